"""Races: two at once, each on a connection of its own, round after round, and then a look at what came of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client

from chronicle.database.publishing import turns, withholding
from chronicle.database.publishing.functions import function
from chronicle.imports import Table, import_tables
from chronicle.models import Citation, Edition, Event
from chronicle.publication import publish
from tests import factories as make
from tests.chronicle.admin import races as savers
from tests.chronicle.admin.desk import curator, logged_in, shown, url
from tests.chronicle.imports.lines import table
from tests.chronicle.test_merging_races import KINDS, at_once, strays
from tests.chronicle.walls import races
from tests.chronicle.walls.consistency import inconsistencies
from tests.trust.drills import Drill, Seen
from tests.trust.ground import as_owner, planted

TOGETHER = 50
"""Rounds of publishing after which it is looked at everything that readers see."""

UNCITED = """
    SELECT e.event_id, e.number FROM desk.chronicle_edition e WHERE e.event_id IS NOT NULL AND NOT e.is_tombstone
    AND jsonb_array_length(e.snapshot -> 'chronicle_citation') = 0
"""


def two_publishers() -> races.Duel:
    """Two editors publish the next edition of one event."""
    event = make.cited_event()
    publish([event])
    Event.objects.filter(pk=event.pk).update(title="Again")
    return lambda: publish([event]), lambda: publish([event])


def twice_published() -> list[str]:
    """Editions of an event that say what the one before them said."""
    found = []
    rows = (
        Edition.objects.exclude(event=None).order_by("event_id", "number").values_list("event_id", "number", "snapshot")
    )
    before: tuple[Any, ...] = (None, 0, None)
    for row in rows:
        if row[0] == before[0] and row[2] is not None and row[2] == before[2]:
            found.append(f"event {row[0]} was published twice, as {before[1]} and {row[1]}")
        before = row
    return found


def of_publishing(race: Callable[[], races.Duel]) -> Callable[[int], Seen]:
    """Return the attack that runs a race of verbs."""

    def attack(rounds: int) -> Seen:
        seen, done, met = Seen(rounds=rounds), 0, 0
        errors: races.Result = races.Result()
        while done < rounds:
            result = races.run(race, min(TOGETHER, rounds - done))
            done, met = done + result.rounds, met + result.met
            errors.errors.update(result.errors)
            with connections["owner"].cursor() as cursor:
                seen.found += inconsistencies(cursor)
            seen.found += [f"an edition without a citation: event {row[0]}" for row in as_owner(UNCITED)]
            seen.found += twice_published()
        seen.found += [f"{count} times {' '.join(cause)} met by a curator" for cause, count in errors.errors.items()]
        editions = Edition.objects.exclude(event=None).count()
        seen.figures = {"rounds in which they met": met, "editions of events": editions, "deadlocks": deadlocks(errors)}
        return seen

    return attack


def deadlocks(result: races.Result) -> int:
    """How many deadlocks a curator would have met."""
    return sum(count for cause, count in result.errors.items() if "40P01" in cause)


def two_savers(rounds: int) -> Seen:
    """Two curators save one event in the same moment: one is done, the other is shown what differs."""
    editor = get_user_model().objects.create_superuser("curator")
    both, seen = [logged_in(editor), logged_in(curator("contributor", "anna"))], Seen(rounds=rounds)
    kinds, lost = list(savers.CHANGES), 0
    for turn in range(rounds):
        race = savers.raced(both, kinds[turn % len(kinds)])
        lost += race.lost
        if race.answers != (302, 409) or race.lost or not race.is_told:
            seen.found.append(f"round {turn}, {kinds[turn % len(kinds)]}: {race}")
    seen.figures = {"lost": lost}
    return seen


def two_merges(rounds: int) -> Seen:
    """Records are merged in both directions, in a chain, and while they are published, cited and edited."""
    seen, refused = Seen(rounds=rounds), 0
    for turn in range(rounds):
        try:
            deeds, look = KINDS[turn % len(KINDS)]()
            before = Citation.objects.count()
            refused += sum(bool(words) for words in at_once(*deeds))
            look()
        except Exception as error:  # noqa: BLE001 -- whatever a curator could meet
            seen.found.append(f"round {turn}: {type(error).__name__} {error}"[:300])
            continue
        if Citation.objects.count() not in (before, before + 1):
            seen.found.append(f"round {turn}: citations went from {before} to {Citation.objects.count()}")
        seen.found += strays()
    seen.figures = {"told to come again": refused}
    return seen


def import_and_edit(rounds: int) -> Seen:
    """A spreadsheet changes the title of an event while a curator changes its summary in the form."""
    client, seen = logged_in(get_user_model().objects.create_superuser("curator")), Seen(rounds=rounds)
    make.kind(slug="battle")
    both = only_import = only_edit = 0
    for turn in range(rounds):
        event = make.cited_event(title="Before")
        status, is_written, told = met(client, event)
        event.refresh_from_db()
        lost = (status == 302 and event.summary != "Typed.") or (is_written and event.title != "Imported")
        if status not in {302, 409} or lost or told:
            seen.found.append(
                f"round {turn}: form {status}, import {is_written}, {event.title}, {event.summary}, {told}"
            )
        both += status == 302 and is_written
        only_import += status == 409 and is_written
        only_edit += status == 302 and not is_written
    seen.figures = {"both done": both, "form told": only_import, "import told": only_edit}
    return seen


def met(client: Client, event: Event) -> tuple[int, bool, str]:
    """Send the form and the spreadsheet at once; return the answer, whether the file was written, and any error."""
    form = shown(client.get(url(event))) | {"summary": "Typed."}
    newest = Event.pgh_event_model.objects.filter(pgh_obj=event.pk).latest("pgh_id").pgh_id
    start = Barrier(2)

    def send() -> int:
        start.wait()
        try:
            return int(client.post(url(event), form).status_code)
        finally:
            connections.close_all()

    def take_in() -> Any:
        start.wait()
        try:
            return import_tables([line_of(event, newest)])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        sent, taken = pool.submit(send), pool.submit(take_in)
    errors = [str(each.exception()) for each in (sent, taken) if each.exception()]
    if errors:
        return 500, False, "; ".join(errors)
    return sent.result(), taken.result().is_written, ""


def line_of(event: Event, revision: int) -> Table:
    """A line that changes the title of what somebody saw."""
    return table(Event, {"slug": event.slug, "title": "Imported", "kind": "battle", "revision": str(revision)})


def citations_vanish() -> Any:
    """A verb after which the newest event that readers see has lost its citations."""
    body = "BEGIN DELETE FROM published.chronicle_citation; RETURN NULL; END"
    return planted("forgets", "AFTER INSERT ON published.chronicle_citation", body)


def updates_vanish(of: str) -> Callable[[], Any]:
    """An update that is said to be done and is not."""
    return lambda: planted("loses", f"BEFORE UPDATE ON desk.{of} FOR EACH ROW", "BEGIN RETURN OLD; END")


@contextmanager
def verbs_meet() -> Iterator[None]:
    """Verbs that are ended as PostgreSQL ends one of two that wait for each other."""
    as_owner(function("begin_verb", "", "BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = 'deadlock_detected'; END"))
    try:
        yield
    finally:
        as_owner(turns.BEGIN_VERB)


@contextmanager
def nothing_is_cut() -> Iterator[None]:
    """A verb that withholds and leaves editions as they are."""
    uncut = "CREATE OR REPLACE FUNCTION functions.cut(snapshot jsonb, documents bigint[]) RETURNS jsonb LANGUAGE sql "
    as_owner(f"{uncut} IMMUTABLE PARALLEL SAFE AS 'SELECT snapshot'")
    try:
        yield
    finally:
        as_owner(withholding.CUT)


PUBLISHING = {
    "publish, delete last citation": (races.publish_and_delete_last_citation, verbs_meet),
    "republish, delete last citation": (races.republish_and_delete_last_citation, citations_vanish),
    "publish, withhold": (races.publish_and_withhold, citations_vanish),
    "publish, withhold only document": (races.publish_and_withhold_the_only_document, nothing_is_cut),
    "two publishers": (two_publishers, citations_vanish),
}
DRILLS = (
    *(
        Drill(f"race: {name}", of_publishing(race), fault, promised=1000, few=4, enough=4)
        for name, (race, fault) in PUBLISHING.items()
    ),
    Drill("race: two savers", two_savers, updates_vanish("chronicle_event"), promised=1000, few=2, enough=1),
    Drill("race: two merges", two_merges, updates_vanish("chronicle_citation"), promised=1000, few=6, enough=3),
    Drill("race: import, edit", import_and_edit, updates_vanish("chronicle_event"), promised=1000, few=3, enough=1),
)
