"""Processes that are killed in the middle of importing and publishing: all or nothing, and what was said to be done is.

What is killed here is the program; servers are killed in `tests.trust.servers`.
"""

import os
import random
import signal
from contextlib import AbstractContextManager

from django.db import connection, connections

from chronicle.imports import Table
from chronicle.models import Citation, Edition, Event, EventKind, Import
from chronicle.publication import publish
from sources.models import Document
from tests import factories as make
from tests.chronicle.imports.killing import Killer, is_killed_at
from tests.chronicle.imports.lines import table
from tests.chronicle.walls.consistency import inconsistencies
from tests.trust.drills import Drill, Seen
from tests.trust.ground import planted

SEED = 2020
MOST_STATEMENTS = 16
"""About as many as an import of these sheets sends: of 60 places, 13 in 50 were within it."""

ROWS = 30


def sheets(turn: int) -> list[Table]:
    """Three kinds of record that belong together."""
    document = {"slug": f"r{turn}", "document_type": "report", "title": "R", "title_short": "R"}
    events = ({"slug": f"e{turn}-{n}", "title": "E", "kind": "battle"} for n in range(ROWS))
    cited = ({"event": f"e{turn}-{n}", "document": f"r{turn}", "aspect": "occurrence"} for n in range(ROWS))
    kinds = table(EventKind, {"slug": "battle", "name": "battle"}, name="kinds")
    documents = table(Document, document, name="documents")
    return [kinds, documents, table(Event, *events, name="events"), table(Citation, *cited, name="cited")]


def importing(rounds: int) -> Seen:
    """Kill so many imports, each at another statement; each time all of it is there, or nothing."""
    dice, seen, killed = random.Random(SEED), Seen(rounds=rounds), 0
    for turn in range(rounds):
        last = dice.randrange(1, MOST_STATEMENTS) if turn else 1000  # the first one lives
        killed += is_killed_at(last, lambda turn=turn: sheets(turn))
        events = Event.objects.filter(slug__startswith=f"e{turn}-").count()
        cited = Citation.objects.filter(document__slug=f"r{turn}").count()
        documents = Document.objects.filter(slug=f"r{turn}").count()
        if (documents, events, cited) not in {(0, 0, 0), (1, ROWS, ROWS)}:
            seen.found.append(f"import {turn} left {documents} documents, {events} events, {cited} citations")
        if Import.objects.count() != Document.objects.count():
            seen.found.append(f"import {turn} is on record otherwise than it was done")
    seen.figures = {"killed": killed, "done": rounds - killed}
    return seen


def publishing(rounds: int) -> Seen:
    """Kill so many processes that publish one event after the other; what they had told of is public."""
    dice, seen, told = random.Random(SEED), Seen(rounds=rounds), 0
    for turn in range(rounds):
        events = [make.cited_event() for _ in range(4)]
        done = published_until_killed(events, dice.randrange(1, 30))
        told += len(done)
        public = set(Event.objects.using("published").filter(pk__in=done).values_list("pk", flat=True))
        seen.found += [f"round {turn}: event {number} was said to be public" for number in set(done) - public]
        with connections["owner"].cursor() as cursor:
            seen.found += inconsistencies(cursor)
    seen.figures = {"told to be done": told, "editions": Edition.objects.exclude(event=None).count()}
    return seen


def published_until_killed(events: list[Event], statement: int) -> list[int]:
    """Publish in another process, which dies at a statement; return the events of which it had told."""
    connections.close_all()  # the other process would end these by ending
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(Killer(statement)):
                for event in events:
                    publish([event])
                    os.write(telling, f"{event.pk}\n".encode())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(telling)
    with os.fdopen(told) as lines:
        done = [int(line) for line in lines]
    os.waitpid(child, 0)
    return done


def a_part_is_lost() -> AbstractContextManager[None]:
    """An import of which one record is missing afterwards."""
    body = "BEGIN DELETE FROM desk.chronicle_citation WHERE id IN (SELECT min(id) FROM fresh); RETURN NULL; END"
    return planted("half", "AFTER INSERT ON desk.chronicle_citation REFERENCING NEW TABLE AS fresh", body)


def forgotten() -> AbstractContextManager[None]:
    """A verb that says it is done, and after which readers see nothing of it."""
    body = "BEGIN DELETE FROM published.chronicle_citation; RETURN NULL; END"
    return planted("gone", "AFTER INSERT ON published.chronicle_citation", body)


DRILLS = (
    Drill("killed: import", importing, a_part_is_lost, promised=50, few=3, enough=1),
    Drill("killed: publish", publishing, forgotten, promised=50, few=3, enough=4),
)
