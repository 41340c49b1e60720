"""Words that were purged after a backup: in the older dump, in no newer one, and gone again after a
restore, also one that is killed before it has purged."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client

from chronicle.backups import folder, programs
from chronicle.backups.purges import LEDGER, ledger, purge_again
from chronicle.models import Event, Purge
from chronicle.purging import purge
from tests.chronicle.backups.test_backups import backed_up
from tests.chronicle.test_purging import TOKEN, planted, tables_with
from tests.files import stored_in
from tests.killing import AtWords, is_killed


def dumped(backup: Path) -> str:
    return programs.run("pg_restore", "--file=-", str(backup / folder.DUMP))


def test_words_purged_after_a_backup_are_gone_again_once_it_is_restored(
    tmp_path: Path, settings: Any, empty_database: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    stored_in(settings, tmp_path / "here")
    event, document = planted()
    records = (event, Event.objects.exclude(pk=event.pk).get(), document)
    collection = tmp_path / "backups"
    older = backed_up(collection)
    assert TOKEN in dumped(older)
    fields = [field for record in records for field in purge(record, words=TOKEN, reason="Order of a court.")]
    newer = backed_up(collection)
    kept = dumped(newer) + (collection / LEDGER).read_text() + (newer / folder.MANIFEST).read_text()
    assert "zyxwvut" not in kept.lower()

    known = ledger(collection / LEDGER)
    empty_database()
    killed = is_killed(lambda: call_command("restore", str(older)), AtWords('FROM "chronicle_purge"'))
    assert killed
    assert tables_with(TOKEN) != set()  # nothing was purged again yet
    (collection / LEDGER).unlink()
    page = f"/events/{event.slug}/"
    assert Client().get(page).status_code == 503
    assert [error.id for error in run_checks(databases=["published"]) if error.is_serious()] == ["chronicle.E005"]
    with pytest.raises(CommandError, match="a restore that did not come to its end"):
        call_command("restore", str(older))

    call_command("restore", str(older), "--replace")

    assert f"{len(fields)} texts erased again. The walls stand." in capsys.readouterr().out
    assert tables_with(TOKEN) == set()
    assert Purge.objects.count() == len(fields)
    assert Client().get(page).status_code == 200
    Event.objects.filter(pk=event.pk).update(title="What was written since")
    assert purge_again(known) == (0, 0)
    assert Event.objects.get(pk=event.pk).title == "What was written since"
