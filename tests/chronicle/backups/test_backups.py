"""Backups: back in an empty database row for row, what was purged since gone again; or refused, and nothing done."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from chronicle.backups import BadBackupError, BadLedgerError, Manifest, NotRestoredError, folder, programs, restoring
from chronicle.backups.checksums import are_equal, checksums
from chronicle.backups.ledger import Purge, ledger, together, write_ledger
from chronicle.database import roles, walls
from chronicle.database.build import ONE_AT_A_TIME
from chronicle.fulltexts import attach, purge
from chronicle.models import Event
from sources.fulltexts import extract
from sources.fulltexts.storing import Sent
from sources.models import DocumentFile, DocumentPage
from tests import factories as make
from tests.chronicle.exports.reading import contested
from tests.files import stored_in


def deposit(document: Any, words: str, tmp_path: Path) -> DocumentFile:
    path = tmp_path / "sent"
    path.write_text(words)
    return attach(document, Sent(path, extract(path))).file


def backed_up(collection: Path) -> Path:
    call_command("backup", str(collection))
    return folder.backups(collection)[-1]


def rows() -> dict[str, Any]:
    with connections["owner"].cursor() as cursor:
        return checksums(cursor)


def test_backup_comes_back_row_for_row_without_what_was_purged_since(
    tmp_path: Path, settings: Any, empty_database: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    stored_in(settings, tmp_path / "here")
    event = contested()
    document = event.citations.first().document
    kept, secret = deposit(document, "The river rose.", tmp_path), deposit(document, "Names of witnesses.", tmp_path)
    collection = tmp_path / "backups"
    first = backed_up(collection)
    listed = programs.run("pg_restore", "--list", str(first / folder.DUMP))
    assert "TABLE DATA desk chronicle_event " in listed
    assert " staging " not in listed.replace("SCHEMA - staging", "")  # a verb would wait for whoever reads these
    assert (first / "originals" / secret.sha256[:2] / secret.sha256).read_text() == "Names of witnesses."
    before = rows()
    with pytest.raises(CommandError, match="This chronicle is not empty"):
        call_command("restore", str(first))

    purge(secret, reason="Names of witnesses.")
    (Path(settings.STORAGES["originals"]["OPTIONS"]["location"]) / kept.sha256[:2] / kept.sha256).write_text("Harmed.")
    with pytest.raises(CommandError, match=rf"missing or harmed here: originals/../{kept.sha256}\."):
        call_command("backup", str(collection), "--keep=2")
    assert "purged files deleted from backups" in capsys.readouterr().out
    assert not (first / "originals" / secret.sha256[:2] / secret.sha256).exists()
    assert rows() != before

    empty_database()
    stored_in(settings, tmp_path / "there")
    dump = first / folder.DUMP
    whole = dump.read_bytes()
    dump.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(CommandError, match="is not what it was"):
        call_command("restore", str(first))
    with pytest.raises(NotRestoredError, match="Nothing was restored"):
        restoring._fill(dump, [])
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('desk') IS NULL")
        assert cursor.fetchone() == (True,)
    dump.write_bytes(whole)

    call_command("restore", str(first))

    assert (
        "each compared; 2 files; 1 files purged again, 0 texts erased again, 0 names hidden again. The walls stand."
        in capsys.readouterr().out
    )
    changed = {name for name, one in rows().items() if one != before[name]}
    purging = {"sources_documentfile", "sources_documentpage", "sources_documentfilerevision", "pghistory_context"}
    purging.add("chronicle_purge")
    assert changed == {f"desk.{name}" for name in purging} | {"published.chronicle_change"}
    again = DocumentFile.objects.get(sha256=secret.sha256)
    assert (again.purge_reason, again.purged_at is None) == ("Names of witnesses.", False)
    assert not DocumentPage.objects.filter(text__file=again).exists()
    lying = [path.name for path in (tmp_path / "there").rglob("*") if path.is_file()]
    assert kept.sha256 in lying
    assert secret.sha256 not in lying
    assert Event.objects.using("published").filter(slug=event.slug).exists()
    with connections["published"].cursor() as cursor:
        assert walls.breaches(cursor, login=roles.READER) == []


MANIFEST = Manifest(
    made_at="2026-11-21T18:00:00+00:00",
    program={"version": "0.1.0", "release": ""},
    postgresql="18.6",
    migrations=[["chronicle", "0001_events_citations_editions"]],
    tables={"desk.chronicle_event": {"rows": 3, "checksum": "1"}},
    counters={},
)
PURGED = Purge(12, "a" * 64, "", "2026-11-21T18:00:00+00:00", "Names.", "curator")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup as it lies there, of no database."""
    made = tmp_path / "chronicle-20261121T180000Z"
    (made / "originals/aa").mkdir(parents=True)
    (made / "originals/aa" / PURGED.sha256).write_text("Names of witnesses.")
    (made / folder.DUMP).write_text("A dump.")
    folder.write_manifest(made, MANIFEST)
    folder.write_sums(made)
    return made


def test_backup_is_read_as_it_was_written(backup: Path) -> None:
    assert folder.opened(backup, []) == MANIFEST
    assert MANIFEST.rows == 3
    assert folder.backups(backup.parent) == [backup]


HARMS = {
    "no checksums": (folder.SUMS, None, "is no backup, or one that was not finished"),
    "no dump": (folder.DUMP, None, r"database\.dump is missing"),
    "a file gone": (f"originals/aa/{PURGED.sha256}", None, "is missing: the backup is not whole"),
    "a dump that changed": (folder.DUMP, "A dumq.", "is not what it was when the backup was made"),
    "a manifest that changed": (folder.MANIFEST, "{}", "is not what it was when the backup was made"),
    "checksums cut off": (folder.SUMS, f"{'0' * 64}  {folder.DUMP}\n", "does not name manifest.json"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_backup_that_is_not_what_it_was_is_refused(backup: Path, harm: str) -> None:
    name, content, message = HARMS[harm]
    (backup / name).unlink()
    if content is not None:
        (backup / name).write_text(content)

    with pytest.raises(BadBackupError, match=message):
        folder.opened(backup, [])


def test_checksums_lead_to_no_file_outside_the_backup(backup: Path) -> None:
    with (backup / folder.SUMS).open("a") as sums:
        sums.write(f"{'0' * 64}  ../elsewhere\n")

    with pytest.raises(BadBackupError, match="names files outside"):
        folder.opened(backup, [])


@pytest.mark.parametrize("change", [{"format": "chronicle backup 9"}, {"format": None, "odd": 1}])
def test_backup_of_another_format_is_refused(backup: Path, change: dict[str, Any]) -> None:
    file = backup / folder.MANIFEST
    (backup / folder.SUMS).unlink()
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    folder.write_sums(backup)

    with pytest.raises(BadBackupError, match="format"):
        folder.opened(backup, [])


def test_file_that_was_purged_since_may_be_gone_from_a_backup_and_no_other(backup: Path) -> None:
    (backup / "originals/aa" / PURGED.sha256).unlink()

    assert folder.opened(backup, [PURGED]) == MANIFEST


def test_schema_of_a_newer_release_is_refused_and_an_older_one_is_not() -> None:
    newer = Manifest(**vars(MANIFEST) | {"migrations": [*MANIFEST.migrations, ["chronicle", "9999_much_later"]]})

    restoring._refuse_newer(Manifest(**vars(MANIFEST) | {"migrations": [["auth", "0001_initial"]]}))
    with pytest.raises(NotRestoredError, match=r"schema has chronicle\.9999_much_later"):
        restoring._refuse_newer(newer)


def test_ledger_keeps_every_purge_once_as_it_was_first_written_down(tmp_path: Path) -> None:
    file = tmp_path / "purges.jsonl"
    later = Purge(3, "b" * 64, "", "2026-11-22T18:00:00+00:00", "Another.", "")
    assert ledger(file) == []

    write_ledger(file, together([later, PURGED], [Purge(**vars(PURGED) | {"purged_at": "2027", "reason": "Again."})]))

    assert ledger(file) == [PURGED, later]
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(f"{file.read_text()}{{\n")
    with pytest.raises(BadLedgerError, match="Line 3 of"):
        ledger(file)


def test_backup_is_made_whole_or_not_at_all(published: None, tmp_path: Path) -> None:
    make.event()
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="name another folder"):
        call_command("backup", str(tmp_path / "file" / "backups"))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        with pytest.raises(CommandError, match=r"migrate` is running.*No backup was made"):
            call_command("backup", str(tmp_path / "backups"))

    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize(
    ("told", "by", "expected"),
    [
        ({"rows": 2, "checksum": "1", "stored": "5"}, "checksum", False),
        ({"rows": 2, "checksum": "1", "stored": "5"}, "stored", True),
        ({"rows": 3, "checksum": "4", "stored": "5"}, "stored", False),
        ({"rows": 2, "checksum": "4"}, "stored", True),
        ({"rows": 2, "checksum": "1"}, "stored", False),
    ],
)
def test_tables_are_compared_by_what_both_say_of_them(told: dict[str, Any], by: str, expected: bool) -> None:
    assert are_equal(told, {"rows": 2, "checksum": "4", "stored": "5"}, by=by) is expected
