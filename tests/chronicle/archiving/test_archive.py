"""Archives of the whole desk: back in an empty chronicle every table has the same rows, or nothing was done."""

import hashlib
import io
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connections

from chronicle.archiving import NotRestoredError, archive, restoring
from chronicle.archiving.rows import counters, rows, tables
from chronicle.archiving.writing import END, PIECE
from chronicle.backups.ledger import LEDGER, purged, write_ledger
from chronicle.models import Event
from chronicle.purging import purge
from sources.fulltexts.storing import place_of
from sources.models import Party
from tests import factories as make
from tests import files
from tests.chronicle.exports.reading import contested
from tests.conftest import empty_tables

pytestmark = pytest.mark.usefixtures("published")

FILE = b"A deposited file."
CHECKSUM = hashlib.sha256(FILE).hexdigest()
PLACE = place_of(CHECKSUM)
PASSPHRASE = "six words that came by chance"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    return file


def everything() -> dict[str, list[bytes]]:
    """Every row of every table, as PostgreSQL writes it; and where the numbers stand."""
    with connections["owner"].cursor() as cursor:
        found = {table.full_name: sorted(b"".join(rows(cursor, table)).splitlines()) for table in tables(cursor)}
        return found | {"counters": sorted(repr(one).encode() for one in counters(cursor).items())}


def desk() -> Event:
    """A desk with published and unpublished events, history, an account, a year before Christ and an odd text."""
    event = contested()
    get_user_model().objects.create_user("curator", password="only for this test")
    make.party(slug="old", name="Old\tone\\.\n\\N", period_edtf="-0044/..")
    event.summary = "Changed\nsince."
    event.save()
    return event


def test_every_table_and_file_comes_back_as_it_was(
    tmp_path: Path, secret: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    files.stored_in(settings, tmp_path / "here")
    desk()
    storages["originals"].save(PLACE, ContentFile(FILE))
    before = everything()
    file = tmp_path / "desk.age"
    call_command("archive_desk", str(file), f"--passphrase-file={secret}")
    assert "holds every secret of the desk" in capsys.readouterr().out
    assert file.stat().st_mode & 0o077 == 0
    assert b"Losses" not in file.read_bytes()
    with pytest.raises(CommandError, match="This chronicle is not empty"):
        call_command("restore_desk", str(file), f"--passphrase-file={secret}")
    assert everything() == before
    empty_tables()
    files.stored_in(settings, tmp_path / "there")
    assert not Party.objects.exists()

    call_command("restore_desk", str(file), f"--passphrase-file={secret}")

    after = everything()
    assert len(before) > 60
    assert {name for name in before if before[name] != after[name]} == set()
    assert Party.objects.get(slug="old").name == "Old\tone\\.\n\\N"
    assert Path(storages["originals"].path(PLACE)).read_bytes() == FILE
    revisions = Party.pgh_event_model.objects.count()
    Party.objects.update(name="Another")
    assert Party.pgh_event_model.objects.count() > revisions  # history goes on


def test_what_was_purged_since_does_not_come_back_with_an_archive(tmp_path: Path, secret: Path) -> None:
    make.event(title="Testimony of Zulfiya", summary="What was said.")
    file, told = tmp_path / "desk.age", tmp_path / LEDGER
    call_command("archive_desk", str(file), f"--passphrase-file={secret}")
    purge(Event.objects.get(), words="Zulfiya", reason="Order of a court.")
    with connections["owner"].cursor() as cursor:
        write_ledger(told, purged(cursor))
    empty_tables()
    with pytest.raises(CommandError, match="There is no ledger"):
        call_command("restore_desk", str(file), f"--passphrase-file={secret}", f"--purges={tmp_path / 'other'}")

    call_command("restore_desk", str(file), f"--passphrase-file={secret}", f"--purges={told}")

    event = Event.objects.get()
    assert (event.title, event.summary) == (f"[removed {event.pk}]", "What was said.")
    assert {revision.title for revision in event.revisions.all()} == {event.title}


def test_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path, settings: Any) -> None:
    files.stored_in(settings, tmp_path)
    for name in (f"files/originals/{PLACE}", "files/sent/x", f"files/originals/../{CHECKSUM}"):
        with pytest.raises(NotRestoredError, match="is not what its name says"):
            restoring._keep(name, io.BytesIO(b"Something else."))

    assert not storages["originals"].exists(PLACE)
    restoring._keep(f"files/originals/{PLACE}", io.BytesIO(FILE))
    assert storages["originals"].exists(PLACE)


def test_file_is_put_in_and_taken_out_piece_by_piece(tmp_path: Path, settings: Any) -> None:
    files.stored_in(settings, tmp_path / "here")
    content = bytes(range(256)) * 4096 * 5 + b"the last bytes"
    checksum = hashlib.sha256(content).hexdigest()
    place = place_of(checksum)
    storages["originals"].save(place, ContentFile(content))

    pieces = list(archive())

    assert max(map(len, pieces)) < 2 * PIECE < len(content)
    with tarfile.open(fileobj=io.BytesIO(b"".join(pieces)), mode="r|") as tar:
        names = []
        for member in tar:
            names.append(member.name)
            if member.name == f"files/originals/{place}":
                files.stored_in(settings, tmp_path / "there")
                restoring._keep(member.name, tar.extractfile(member))
    assert names[-2:] == [f"files/originals/{place}", END]
    assert Path(storages["originals"].path(place)).read_bytes() == content


def test_what_cannot_be_opened_to_its_end_changes_nothing(tmp_path: Path, secret: Path) -> None:
    desk()
    file = tmp_path / "desk.age"
    call_command("archive_desk", str(file), f"--passphrase-file={secret}")
    empty_tables()
    empty, content = everything(), file.read_bytes()
    other = tmp_path / "other"
    other.write_text("quite another passphrase")
    harmed = {
        "cut off": (content[: len(content) * 2 // 3], secret),
        "changed": (content[:-3000] + bytes([content[-3000] ^ 1]) + content[-2999:], secret),
        "another passphrase": (content, other),
        "no archive": (b"No archive.", secret),
    }

    for harm, (data, words) in harmed.items():
        file.write_bytes(data)
        with pytest.raises(CommandError, match="Nothing was restored"):
            call_command("restore_desk", str(file), f"--passphrase-file={words}")
        assert everything() == empty, harm


def test_archive_is_not_written_over_and_short_passphrases_are_refused(tmp_path: Path, secret: Path) -> None:
    file = tmp_path / "desk.age"
    file.write_text("Mine.")
    with pytest.raises(CommandError, match="is there already"):
        call_command("archive_desk", str(file), f"--passphrase-file={secret}")
    assert file.read_text() == "Mine."

    secret.write_text("short\n")
    with pytest.raises(CommandError, match="at least 12 characters"):
        call_command("archive_desk", str(tmp_path / "other.age"), f"--passphrase-file={secret}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk.age", "passphrase"]
