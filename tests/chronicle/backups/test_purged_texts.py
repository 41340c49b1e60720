"""Words that were purged after a backup: in the older dump, in no newer one, and gone again after a restore."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from chronicle.backups import folder, programs
from chronicle.backups.purges import LEDGER, ledger, purge_again
from chronicle.models import Event, Purge
from chronicle.purging import purge
from tests.chronicle.backups.test_backups import backed_up
from tests.chronicle.test_purging import TOKEN, planted, tables_with
from tests.files import stored_in


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

    empty_database()
    call_command("restore", str(older))

    assert f"{len(fields)} texts erased again. The walls stand." in capsys.readouterr().out
    assert tables_with(TOKEN) == set()
    assert Purge.objects.count() == len(fields)
    Event.objects.filter(pk=event.pk).update(title="What was written since")
    assert purge_again(ledger(collection / LEDGER)) == (0, 0)
    assert Event.objects.get(pk=event.pk).title == "What was written since"
