"""What was purged or hidden after a backup: in the older dump, in no newer one, and gone again after a
restore, also one that is killed before it has purged."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client

from chronicle.backups import folder, programs
from chronicle.backups.ledger import LEDGER, NameToReaders, PurgedText, ledger, together
from chronicle.backups.purges import Again, purge_again
from chronicle.models import Event, Purge
from chronicle.publication import name_agents, publish
from chronicle.purging import purge
from chronicle.purging_whole import purge_whole
from sources.models import Agent
from sources.vocabularies import NameShown
from tests import factories as make
from tests.chronicle.backups.test_backups import backed_up
from tests.chronicle.test_names_shown import everywhere, told_at, witness
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
    agent, told = witness()
    whole = make.cited_event(title=f"{TOKEN}, of whom nothing stays")
    publish([whole])
    number = whole.pk
    collection = tmp_path / "backups"
    older = backed_up(collection)
    assert TOKEN in dumped(older)
    fields = [field for record in records for field in purge(record, words=TOKEN, reason="Order of a court.")]
    name_agents([agent], shown=NameShown.INITIALS)
    purge_whole(whole, reason="Order of a court.")
    newer = backed_up(collection)
    kept = dumped(newer) + (collection / LEDGER).read_text() + (newer / folder.MANIFEST).read_text()
    assert "zyxwvut" not in kept.lower()
    assert agent.name not in (collection / LEDGER).read_text()

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

    assert f"{len(fields) + 1} texts erased again, 1 names hidden again. The walls stand." in capsys.readouterr().out
    assert tables_with(TOKEN) == set()
    assert told_at(*everywhere(told, agent)) == {}
    assert Agent.objects.using("published").get(pk=agent.pk).name == "Z. Q."
    assert Purge.objects.count() == len(fields) + 1
    assert not Event.objects.filter(pk=number).exists()
    assert not Event.objects.using("published").filter(pk=number).exists()
    assert Client().get(page).status_code == 200
    Event.objects.filter(pk=event.pk).update(title="What was written since")
    assert purge_again(known) == Again()
    assert Event.objects.get(pk=event.pk).title == "What was written since"


def test_record_on_which_others_lean_in_the_backup_loses_every_word(published: None) -> None:
    parent = make.event(title=f"{TOKEN} came", summary=f"{TOKEN} saw.")
    make.event(parent=parent)
    gone = PurgedText("chronicle_event", parent.pk, "", LATER, "Order of a court.", "")

    assert purge_again([gone]) == Again(texts=1)

    assert Event.objects.get(pk=parent.pk).title == f"[removed {parent.pk}]"
    assert tables_with(TOKEN) == set()


def test_record_of_the_ledger_that_the_history_alone_knows_goes_too(published: None) -> None:
    event = make.event(title=f"{TOKEN} came")
    gone = PurgedText("chronicle_event", event.pk, "", LATER, "Order of a court.", "")
    event.delete()

    assert purge_again([gone]) == Again(texts=1)
    assert tables_with(TOKEN) == set()
    assert purge_again([gone]) == Again()


SINCE = "2026-05-03T12:00:00+00:00"
LATER = "2026-06-03T12:00:00+00:00"


@pytest.mark.parametrize(
    ("here", "told", "expected"),
    [
        ("full", NameToReaders(1, "initials", LATER), "initials"),
        ("full", NameToReaders(1, "full", LATER), "full"),
        ("full", NameToReaders(2, "initials", LATER), "full"),
        ("initials", NameToReaders(1, "withheld", "2999-01-01T00:00:00+00:00"), "withheld"),
        ("initials", NameToReaders(1, "withheld", SINCE), "initials"),
        ("initials", NameToReaders(1, "full", "2999-01-01T00:00:00+00:00"), "initials"),
    ],
)
def test_name_is_hidden_again_unless_the_backup_knows_better(
    published: None, here: str, told: NameToReaders, expected: str
) -> None:
    agent = make.agent(name="Zulfiya Qurbanova")
    if here != "full":
        name_agents([agent], shown=NameShown(here))

    assert purge_again([told]) == Again(names=int(here != expected))
    assert Agent.objects.get(pk=agent.pk).name_shown == expected


def test_name_that_was_shown_again_before_the_backup_stays_shown(published: None) -> None:
    agent = make.agent(name="Zulfiya Qurbanova")
    for shown in ("initials", "full"):
        name_agents([agent], shown=NameShown(shown))

    assert purge_again([NameToReaders(agent.pk, "initials", SINCE)]) == Again()
    assert Agent.objects.get().name_shown == "full"


def test_ledger_keeps_the_newest_word_on_a_name() -> None:
    hidden, shown = NameToReaders(1, "initials", SINCE), NameToReaders(1, "full", LATER)

    assert together([shown], [hidden]) == together([hidden], [shown]) == [shown]


def test_number_of_the_ledger_is_not_given_to_what_comes_later(published: None) -> None:
    gone = PurgedText("chronicle_event", 500, "title", SINCE, "Order of a court.", "")
    assert purge_again([gone, NameToReaders(70, "initials", SINCE)]) == Again()

    assert (make.event().pk, make.agent().pk) == (501, 71)
    assert purge_again([gone]) == Again()
