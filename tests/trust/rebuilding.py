"""Migrations and loads of a corpus that are killed: what was there before is there, or what comes after.

And whoever runs it a second time comes to its end.
"""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.test import Client

from chronicle.models import Citation, Event
from sources.models import Document
from tests.chronicle.walls import corpus
from tests.chronicle.walls.consistency import inconsistencies
from tests.conftest import empty_tables
from tests.killing import AtStatement, Counting, everywhere, is_killed
from tests.trust.drills import Drill, Seen
from tests.trust.ground import as_owner, planted

SEED = 2020
PAGES = ("/", "/events/", "/documents/", "/locations/", "/disputes/", "/editions/", "/api/events", "/api/citations")


def statements_of(does: Callable[[], object]) -> int:
    """How many statements it sends."""
    counting = Counting()
    with everywhere(counting):
        does()
    return counting.passed


def place_in(statements: int, turn: int, dice: random.Random) -> int:
    """Where to kill: anywhere, and first of all in the last quarter, when much is done and not all."""
    return dice.randrange(statements) if turn else statements - 1 - dice.randrange(statements // 4)


def wrong() -> list[str]:
    """What is inconsistent in what readers see."""
    with connections["owner"].cursor() as cursor:
        return inconsistencies(cursor)


def shown(pages: list[str]) -> dict[str, tuple[int, bytes]]:
    """What readers are shown."""
    client = Client(raise_request_exception=False)
    answers = {page: client.get(page) for page in pages}
    return {page: (answer.status_code, answer.content) for page, answer in answers.items()}


def rebuilt() -> None:
    """Migrate after the shape of what readers see has changed, so that all of it is made anew."""
    as_owner("COMMENT ON SCHEMA published IS 'another shape'")
    call_command("migrate", verbosity=0)


def migrating(rounds: int) -> Seen:
    """Kill so many migrations that make the published side anew; each time readers see what they saw."""
    dice, seen, killed = random.Random(SEED), Seen(rounds=rounds), 0
    event = corpus.publish_one_of_everything()
    pages = [*PAGES, f"/events/{event.slug}/"]
    most, before = statements_of(rebuilt), shown(pages)
    for turn in range(rounds):
        killed += is_killed(rebuilt, AtStatement(place_in(most, turn, dice)))
        now = shown(pages)
        rebuilt()
        after = shown(pages)
        for when, these in (("killed", now), ("done", after)):
            seen.found += [f"round {turn}, {when}: {page} differs" for page in pages if these[page] != before[page]]
        seen.found += wrong()
    seen.figures = {"killed": killed, "statements": most}
    return seen


@contextmanager
def emptied_first() -> Iterator[None]:
    """A migration that empties what readers see, and commits that, before it fills it."""

    def in_two_steps(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if str(sql).startswith("LOCK TABLE desk.chronicle_edition"):
            context["connection"].connection.execute("DELETE FROM published.chronicle_citation; COMMIT; BEGIN")
        return execute(sql, params, many, context)

    with connections["owner"].execute_wrapper(in_two_steps):
        yield


CORPUS = """
- model: chronicle.eventkind
  fields: {slug: talks, name: talks}
- model: sources.document
  fields: {slug: report, document_type: report, title: Report, title_short: Report}
"""
ONE = """
- model: chronicle.event
  fields: {{slug: talks-{0}, title: Talks, kind: [talks], date_edtf: 2020-10}}
- model: chronicle.citation
  fields: {{event: [talks-{0}], number: 1, document: [report], aspect: occurrence, statement: They began.}}
"""
EVENTS = 5


def loading(rounds: int) -> Seen:
    """Kill so many loads of a corpus; each time the desk and the readers have all of it, or nothing."""
    dice, seen, killed = random.Random(SEED), Seen(rounds=rounds), 0
    with tempfile.TemporaryDirectory(prefix="chronicle-corpus-") as place:
        Path(place, "all.yaml").write_text(CORPUS + "".join(ONE.format(number) for number in range(EVENTS)))

        def load() -> None:
            call_command("load_corpus", place, stdout=StringIO())

        most = statements_of(load)
        for turn in range(rounds):
            empty_tables()
            killed += is_killed(load, AtStatement(place_in(most, turn, dice)))
            seen.found += [f"round {turn}, killed: {found}" for found in halves(allowed={0, EVENTS})]
            load()
            seen.found += [f"round {turn}, done: {found}" for found in (*halves(allowed={EVENTS}), *wrong())]
    seen.figures = {"killed": killed, "statements": most}
    return seen


def halves(*, allowed: set[int]) -> Iterator[str]:
    """What there is of a corpus neither wholly nor not at all."""
    at_desk, cited = Event.objects.count(), Citation.objects.count()
    public, told = Event.objects.using("published").count(), Citation.objects.using("published").count()
    if at_desk not in allowed or cited != at_desk or Document.objects.count() != bool(at_desk):
        yield f"{at_desk} events at the desk, {cited} citations"
    if public not in allowed or told != public or public > at_desk:
        yield f"{public} public events, {told} citations"


def one_is_lost() -> Any:
    """A load of which one record is missing afterwards."""
    body = "BEGIN DELETE FROM desk.chronicle_citation WHERE id IN (SELECT min(id) FROM fresh); RETURN NULL; END"
    return planted("lost", "AFTER INSERT ON desk.chronicle_citation REFERENCING NEW TABLE AS fresh", body)


DRILLS = (
    Drill("killed: migrate", migrating, emptied_first, promised=50, few=1, enough=1),
    Drill("killed: corpus", loading, one_is_lost, promised=50, few=2, enough=1),
)
