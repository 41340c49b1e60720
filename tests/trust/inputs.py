"""Payloads through every field into every page: shown byte for byte, escaped, and never part of the page itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.template import base
from django.test import Client

from chronicle.models import Event
from chronicle.publication import Note, privately_because, publish, publish_references
from sources.edtf import EDTFField
from sources.models import Agent, Document
from tests.chronicle.admin.desk import logged_in, saved, url
from tests.factories.whole import is_revision
from tests.trust.canaries import public_ones
from tests.trust.crawling import Addresses, Answer, asked, slugs
from tests.trust.drills import Drill, Seen
from tests.trust.exported import unlike_themselves
from tests.trust.ground import as_owner
from tests.trust.markup import Page
from tests.trust.payloads import NEVER_STORED, PAYLOADS
from tests.trust.rooms import crawled, furnish
from tests.trust.tokens import LEFT_ALONE, tables_of_the_desk, texts, written

WIDTH = 2
FEW, THIN = 10, 8
"""In a few rounds one address in eight is asked for, in others each."""
KEPT = {"slug", "username", "password", "session_data"}
"""Columns that are left as they are: addresses, and by what curators get in."""
TOLD_OF_CHANGES = ("reason", "account", "file", "corpus", "source", "url")
"""What the history keeps of a change besides who made it."""


def attack(rounds: int) -> Seen:
    """In each round every field gets another of the payloads; after as many rounds as there are, each had all."""
    seen = Seen(rounds=rounds)
    events = public_ones()
    furnish(PAYLOADS[0])
    reader, desk = Client(raise_request_exception=False), at_the_desk()
    fields = pages = rooms = 0
    for turn in range(rounds):
        fields = plant(turn)
        publish_all(events, PAYLOADS[turn % len(PAYLOADS)])
        thin = 1 if rounds > FEW else THIN
        for address in islice(Addresses(slugs("published"), width=WIDTH), turn % thin, None, thin):
            seen.found += looked_at(answer := asked(reader, address), Page(answer.markup))
            pages += 1
        for answer, page in crawled(desk, width=1, turn=turn, thin=thin):
            seen.found += looked_at(answer, page)
            rooms += 1
        if not seen.found:
            seen.found += unlike_themselves(reader, turn=turn, thin=thin)
        seen.found += not_refused(desk, events[0])
    seen.figures = {"payloads": len(PAYLOADS), "fields": fields, "readers' pages": pages, "pages of the desk": rooms}
    return seen


def at_the_desk() -> Client:
    """A curator who may do everything, whose client raises nothing."""
    desk = logged_in(get_user_model().objects.create_superuser("curator"))
    desk.raise_request_exception = False
    return desk


def plant(turn: int) -> int:
    """Write a payload into every column that takes any words, the program's own included; return how many do."""
    done = 0
    for place, (model, column) in enumerate(fields()):
        most = model._meta.get_field(column_name(model, column)).max_length or 10_000
        payload = PAYLOADS[(place + turn) % len(PAYLOADS)][:most].replace("'", "''")
        done += written(f"UPDATE desk.{model._meta.db_table} SET \"{column}\" = '{payload}'") is not None
    told = json.dumps({name: PAYLOADS[turn % len(PAYLOADS)] for name in TOLD_OF_CHANGES}).replace("'", "''")
    as_owner(f"UPDATE desk.pghistory_context SET metadata = metadata || '{told}'")
    return done


def column_name(model: type[models.Model], column: str) -> str:
    """The name of the field of a column."""
    return next(field.name for field in model._meta.concrete_fields if field.column == column)


def fields() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every text of the desk, of what curators edit, of their work together, and of what the program writes."""
    tables = tables_of_the_desk()
    for model in apps.get_models():
        if model._meta.db_table not in tables or model._meta.label in LEFT_ALONE or is_revision(model):
            continue
        for column in texts(model):
            is_bound = isinstance(model._meta.get_field(column_name(model, column)), EDTFField)
            if not is_bound and column not in KEPT:
                yield model, column


def publish_all(events: list[Event], words: str = "") -> None:
    """Let all of it go out, with words to readers and to colleagues."""
    with privately_because(words):
        note = Note(words=words, signed_as=words)
        publish(Event.objects.filter(pk__in=[event.pk for event in events]), note=note)
    for subject, model in (("document", Document), ("agent", Agent)):
        publish_references(subject, model._default_manager.all())


def looked_at(answer: Answer, page: Page) -> list[str]:
    """Return what is wrong with an answer."""
    if answer.status >= 500 and answer.status != 501:
        return [f"{answer.address} failed: {answer.status}"]
    return [f"{answer.address} has {each}" for each in dict.fromkeys(page.wrong)]


def not_refused(desk: Client, event: Event) -> list[str]:
    """What PostgreSQL cannot hold, typed into a form."""
    found = []
    for text in NEVER_STORED:
        response: Any = saved(desk, url(event), title=f"x{text}")
        if response.status_code != 200:
            found.append(f"a form answers {response.status_code} to {text!r}")
    return found


@contextmanager
def unescaped() -> Iterator[None]:
    """Templates that print what they are given."""
    before = base.conditional_escape
    base.conditional_escape = str
    try:
        yield
    finally:
        base.conditional_escape = before


DRILL = Drill("input", attack, unescaped, promised=len(PAYLOADS), few=1, enough=1)
