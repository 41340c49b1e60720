"""Two verbs at once, each with a connection of its own: many rounds, and then a look at what came of it.

`python -m tests.chronicle.walls 1000` runs a thousand rounds of each; the usual tests run fewer.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError, connections

from chronicle.models import Citation, Event
from chronicle.publication import Note, publish, withdraw, withhold
from tests import factories as make

ROUNDS = 30
AT_FIRST = 0.02
"""Seconds that an act is taken to last, before it is known."""
AT_MOST = 0.2
"""Seconds by which one side starts later, at most, also where an act waited long for the machine."""

PATIENCE = 300
"""Seconds for which one side waits for the other, on a machine that is busy."""

REASON = Note(words="Taken back.")

Act = Callable[[], object]
Duel = tuple[Act, Act]


def publish_and_delete_last_citation() -> Duel:
    """Publish an event while its only citation is deleted."""
    event = make.cited_event()
    return lambda: publish([event]), lambda: Citation.objects.filter(event=event).delete()


def republish_and_delete_last_citation() -> Duel:
    """Publish the next edition of an event while its only citation is deleted."""
    event = make.cited_event()
    publish([event])
    Event.objects.filter(pk=event.pk).update(title="Again")
    return lambda: publish([event]), lambda: Citation.objects.filter(event=event).delete()


def publish_and_withdraw_with_shared_document() -> Duel:
    """Publish an event while the only other one that cites its document is withdrawn."""
    town, document = make.location(), make.document(publisher=make.agent(party=make.party()))
    here, there = make.event(locations=(town,)), make.event(locations=(town,))
    make.citation(here, document)
    make.citation(there, document)
    publish([there])
    return lambda: publish([here]), lambda: withdraw([there], note=REASON)


def publish_and_withhold() -> Duel:
    """Publish an event while one of its two documents is withheld."""
    event, secret = make.cited_event(), make.document()
    make.citation(event, secret)
    return lambda: publish([event]), lambda: withhold([secret])


def publish_and_withhold_the_only_document() -> Duel:
    """Publish the next edition of an event while the only document that it cites is withheld."""
    event, secret = make.event(), make.document()
    make.citation(event, secret)
    publish([event])
    Event.objects.filter(pk=event.pk).update(title="Again")
    return lambda: publish([event]), lambda: withhold([secret])


def publish_and_edit_and_publish() -> Duel:
    """Publish an event while somebody else edits it and publishes that."""
    event = make.cited_event()

    def rework() -> None:
        Event.objects.filter(pk=event.pk).update(title="Reworked")
        publish([event])

    return lambda: publish([event]), rework


def publish_and_cite_a_new_document() -> Duel:
    """Publish an event while a curator gives it a citation of a document that was never public."""
    event, document, speaker = make.cited_event(), make.document(publisher=make.agent()), make.agent()
    return lambda: publish([event]), lambda: make.citation(event, document, claimed_by=speaker)


def publish_parent_and_withdraw_child() -> Duel:
    """Publish the larger event while a published part of it is withdrawn."""
    parent = make.cited_event()
    child = make.cited_event(parent=parent)
    publish([child])
    return lambda: publish([parent]), lambda: withdraw([child], note=REASON)


RACES = (
    publish_and_delete_last_citation,
    republish_and_delete_last_citation,
    publish_and_withdraw_with_shared_document,
    publish_and_withhold,
    publish_and_withhold_the_only_document,
    publish_and_edit_and_publish,
    publish_and_cite_a_new_document,
    publish_parent_and_withdraw_child,
)


@dataclass
class Result:
    """What happened in the rounds of a race: errors by side, as SQLSTATE and constraint, and when each side acted."""

    errors: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    rounds: int = 0
    acted: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: {side: [] for side in SIDES})

    @property
    def met(self) -> int:
        """In how many rounds one side began before the other had ended."""
        return sum(
            max(one[0], other[0]) < min(one[1], other[1]) for one, other in zip(*self.acted.values(), strict=True)
        )

    def lasts(self, side: str) -> float:
        """How many seconds an act of a side lasted, the last time, within bounds."""
        return min(AT_MOST, self.acted[side][-1][1] - self.acted[side][-1][0]) if self.acted[side] else AT_FIRST

    def words(self) -> str:
        """Return the counts in a line."""
        errors = ", ".join(f"{count} times {' '.join(cause)}" for cause, count in self.errors.items())
        return f"\n{self.rounds} rounds, met in {self.met}, errors: {errors or 'none'}\n"


SIDES = ("left", "right")


def run(race: Callable[[], Duel], rounds: int) -> Result:
    """Run a race so many times, both sides at once, and return the errors that they met."""
    duels = [race() for _ in range(rounds)]
    barrier, result = threading.Barrier(2), Result(rounds=rounds)
    sides = [
        threading.Thread(target=_side, args=(name, [duel[number] for duel in duels], barrier, result))
        for number, name in enumerate(SIDES)
    ]
    for side in sides:
        side.start()
    for side in sides:
        side.join()
    return result


def _side(name: str, acts: list[Act], barrier: threading.Barrier, result: Result) -> None:
    """Act in each round at some moment of the other's act, however long that lasts: so they meet everywhere."""
    dice, other = random.Random(name), SIDES[1 - SIDES.index(name)]
    for act in acts:
        barrier.wait(timeout=PATIENCE)
        time.sleep(dice.random() * result.lasts(other))
        began = time.monotonic()
        try:
            act()
        except DatabaseError as error:
            result.errors[(name, *_cause(error))] += 1
        result.acted[name].append((began, time.monotonic()))
    for connection in connections.all():
        connection.close()


def _cause(error: DatabaseError) -> Iterator[str]:
    diagnostic = getattr(error.__cause__, "diag", None)
    yield getattr(error.__cause__, "sqlstate", None) or type(error).__name__
    yield (diagnostic and diagnostic.constraint_name) or ""
