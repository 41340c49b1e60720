"""Words in random fields, published or only ever in the history, then purged: nobody finds them anywhere.

Not in any table of any schema, not in a dump, not in any answer to a reader; and other words are still there.
"""

import random
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.db import models
from django.test import Client

from chronicle.backups import programs
from chronicle.database.published import RECORDS
from chronicle.database.publishing.purgeable import BESIDE, IMPORT, TEXTS
from chronicle.database.publishing.purging import WITHOUT_SAID
from chronicle.merging import merge
from chronicle.models import Edition, Event, Import
from chronicle.publication import Note, privately_because, publish, publish_references, withdraw
from chronicle.purging import purge
from tests import factories as make
from tests.chronicle.walls import corpus
from tests.trust.crawling import Addresses, asked, slugs
from tests.trust.drills import Drill, Seen
from tests.trust.ground import as_owner
from tests.trust.tokens import SHAPES, written

SEED = 2020
WIDEST = 6
"""Arguments, at most, with which a pattern is asked afterwards."""
HELD = """
    SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'm')
    AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
"""


@dataclass
class Words:
    """What is to be purged: each token with the record that it was written into."""

    mark: str = field(default_factory=lambda: secrets.token_hex(4))
    planted: dict[str, tuple[str, models.Model]] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    """Fields that take no free words."""

    def plant(self, place: str, dice: random.Random) -> None:
        """Write a token into a field of some row, as rules allow, and note whose it is."""
        table, column = place.split(".")
        rows = as_owner(f"SELECT t.id, {owner_of(table)} FROM desk.{table} t ORDER BY t.id")
        token = f"zq{self.mark}n{len(self.planted)}qz"
        for row, subject, number in dice.sample(rows, len(rows)):
            for shape in SHAPES:
                said = shape.format(token)
                if written(f"UPDATE desk.{table} SET {column} = '{said}' WHERE id = {row}"):
                    self.planted[token] = (place, model_of(subject)._default_manager.get(pk=number))
                    return
        self.bound.add(place)


def places() -> list[str]:
    """Every field into which curators write words."""
    beside = {name: one.fields for name, one in BESIDE.items()}
    return sorted(f"{table}.{name}" for table, fields in {**TEXTS, **beside}.items() for name in fields)


def owner_of(table: str) -> str:
    """Say in SQL of which record a row `t` of a table is: its kind and its number."""
    if table in BESIDE:
        return f"{BESIDE[table].subject}, {BESIDE[table].number}"
    found = next((one, part) for one in RECORDS for part in one.tables if part.name == table)
    return f"'{found[0].subject}', t.{found[1].belongs_to}"


def model_of(subject: str) -> Any:
    """The model of a kind of record."""
    return Import if subject == IMPORT else Edition._meta.get_field(subject).related_model


def attack(rounds: int) -> Seen:
    """Write so many tokens, publish now and then, write something else over half of them, purge all, and look."""
    seen, words, dice = Seen(rounds=rounds), Words(), random.Random(SEED)
    shown = furnish()
    fields = dice.sample(places(), len(places()))
    for turn in range(rounds):
        words.plant(fields[turn % len(fields)], dice)
        if turn % 10 == 9:
            go_out(shown)
    go_out(shown)
    because(words, shown[0])
    write_over(words, dice)
    before = lying(words)
    seen.found += [f"{words.planted[token][0]} was never seen" for token in sorted(words.planted.keys() - before)]
    erased = [one for token, (_, record) in words.planted.items() for one in erased_from(record, token)]
    seen.found += left(words)
    seen.figures |= {"words": len(words.planted), "fields erased": len(erased), "fields bound": len(words.bound)}
    seen.figures |= {"answers": read_by_readers(words, seen)}
    return seen


def furnish() -> list[Event]:
    """Make rows of every table, public ones, one that was withdrawn, and what the team says beside them."""
    events = [corpus.event_with_everything(), corpus.event_with_everything()]
    corpus.publish_standing(events[0], "A note.")
    gone, one, other = make.cited_event(), make.cited_event(), make.cited_event()
    curator = get_user_model().objects.get_or_create(username="archivist")[0]
    for record in (events[0], events[0].citations.first().document, make.location()):
        record.remarks.create(words="Which day?", author=curator)
    make.imported()
    with privately_because("A private reason."):
        publish([*events, gone, one, other], note=Note(words="Words to readers.", signed_as="Its editors"))
    merge(one, other, reason="They are the same.")
    withdraw([gone], note=Note(words="Taken back."))
    return events


def go_out(events: list[Event]) -> None:
    """Publish what was written: the events, and every record besides."""
    publish(Event.objects.filter(pk__in=[event.pk for event in events]))
    for record in RECORDS:
        if record.subject != "event":
            publish_references(record.subject, model_of(record.subject)._default_manager.all())


def because(words: Words, event: Event) -> None:
    """Give a token as the reason of a change."""
    token = f"zq{words.mark}n{len(words.planted)}qz"
    with pghistory.context(reason=f"As {token} told."):
        Event.objects.filter(pk=event.pk).update(state="ready")
    words.planted[token] = ("reasons", event)


def write_over(words: Words, dice: random.Random) -> None:
    """Let half of the tokens be nowhere but in the history and in editions."""
    for token, (place, _record) in words.planted.items():
        table, _, column = place.partition(".")
        if column and table != "chronicle_edition" and dice.random() < 0.5:
            written(f"UPDATE desk.{table} SET {column} = 'canary-{token[-4:-2]}' WHERE {column} LIKE '%{token}%'")


def erased_from(record: models.Model, token: str) -> list[Any]:
    """Purge a token from its record."""
    return list(purge(record, words=token, reason="Order of a court."))


def lying(words: Words) -> set[str]:
    """The tokens that are in any table of any schema."""
    return {token for token, _table in found_in_tables(words)}


def found_in_tables(words: Words) -> set[tuple[str, str]]:
    """The tokens in every table, with its name."""
    pattern = f"zq{words.mark}n[0-9]+qz"
    asked_for = [
        f"SELECT DISTINCT m[1], '{name}' FROM {name} t, regexp_matches(lower(t::text), '({pattern})', 'g') AS m"
        for (name,) in as_owner(HELD)
    ]
    return {(token, table) for token, table in as_owner(" UNION ".join(asked_for))}


def left(words: Words) -> list[str]:
    """What a table or a dump still has of what was purged."""
    found = [f"{table} has {words.planted[token][0]}" for token, table in sorted(found_in_tables(words))]
    dump = programs.run("pg_dump", "--no-password", f"--dbname={programs.address()}")
    return found + [f"a dump has {words.planted[token][0]}" for token in sorted(set(pattern(words).findall(dump)))]


def pattern(words: Words) -> re.Pattern[str]:
    """What every token looks like."""
    return re.compile(f"zq{words.mark}n[0-9]+qz")


def read_by_readers(words: Words, seen: Seen) -> int:
    """Ask for everything that readers can ask for; add what tells a token, and return how many answers there were."""
    client, count = Client(raise_request_exception=False), 0
    for address in Addresses(slugs("published"), width=min(WIDEST, 1 + seen.rounds // 60)):
        answer = asked(client, address)
        count += 1
        seen.found += [f"{address} tells {words.planted[token][0]}" for token in pattern(words).findall(answer.text)]
        if answer.status >= 500 and answer.status != 501:
            seen.found.append(f"{address} failed: {answer.status}")
    return count


@contextmanager
def editions_keep_words() -> Iterator[None]:
    """A function that leaves the snapshots of editions as they are."""
    head = WITHOUT_SAID[: WITHOUT_SAID.index("$without$")]
    as_owner(f"{head}$without$ SELECT snapshot $without$;")
    try:
        yield
    finally:
        as_owner(WITHOUT_SAID)


DRILL = Drill("purge", attack, editions_keep_words, promised=600, few=10, enough=10)
