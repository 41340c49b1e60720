"""Payloads through every field into every page: shown byte for byte, escaped, and never part of the page itself."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.template import base
from django.test import Client

from chronicle.imports.spreadsheet import plain
from chronicle.models import Event
from chronicle.publication import publish, publish_references
from sources.edtf import EDTFField
from sources.models import Agent, Document
from tests.chronicle.admin.desk import list_url, logged_in, saved, url
from tests.factories.whole import of_the_corpus
from tests.trust.canaries import public_ones
from tests.trust.crawling import Addresses, asked, slugs
from tests.trust.drills import Drill, Seen
from tests.trust.payloads import NEVER_STORED, PAYLOADS
from tests.trust.tokens import texts, written

WIDTH = 2
FEW, THIN = 10, 8
"""In a few rounds one address in eight is asked for, in others each."""


class Page(HTMLParser):
    """Looks for what no page of ours has: handlers, scripts within the page, addresses that run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        given = {name: value or "" for name, value in attrs}
        self.inside = given.get("type", "text/javascript") if tag == "script" and "src" not in given else ""
        if self.inside and self.inside not in {"application/ld+json", "application/json", "text/html"}:
            self.wrong.append(f"a script in the page: {self.get_starttag_text()}")
        for name, value in given.items():
            runs = value.strip().lower().startswith(("javascript:", "vbscript:", "data:text/html"))
            if (
                name.startswith("on")
                or "zq" in name
                or (tag == "base" and "zq" in value)
                or (runs and name in {"href", "src", "action", "data", "xlink:href"})
            ):
                self.wrong.append(f"an attribute of {tag}: {name}={value[:60]}")
        if tag in {"iframe", "object", "embed", "marquee", "math", "video", "animate"}:
            self.wrong.append(f"an element {tag}")
        self.words += given.values()

    def handle_endtag(self, tag: str) -> None:
        """A script ends where its tag does."""
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Text is text; within a script it has to be JSON."""
        if self.inside.endswith("json") and data.strip():
            try:
                json.loads(data)
            except ValueError:
                self.wrong.append(f"broken JSON in the page: {data[:80]}")
        self.words.append(data)


def attack(rounds: int) -> Seen:
    """In each round every field gets another of the payloads; after as many rounds as there are, each had all."""
    seen = Seen(rounds=rounds)
    events = public_ones()
    user = get_user_model().objects.create_superuser("curator")
    reader, desk = Client(raise_request_exception=False), logged_in(user)
    desk.raise_request_exception = False
    fields = answers = 0
    for turn in range(rounds):
        fields = plant(turn)
        publish_all(events)
        for client, address in islice(every(reader, desk, width=WIDTH), turn % THIN, None, 1 if rounds > FEW else THIN):
            answers += 1
            seen.found += looked_at(client, address)
        seen.found += unlike_themselves(reader)
        seen.found += not_refused(desk, events[0])
    seen.figures = {"payloads": len(PAYLOADS), "fields": fields, "pages": answers}
    return seen


def plant(turn: int) -> int:
    """Write a payload into every field that takes any words; return how many do."""
    done = 0
    for place, (model, column) in enumerate(fields()):
        most = model._meta.get_field(column_name(model, column)).max_length or 10_000
        payload = PAYLOADS[(place + turn) % len(PAYLOADS)][:most].replace("'", "''")
        done += written(f"UPDATE desk.{model._meta.db_table} SET \"{column}\" = '{payload}'") is not None
    return done


def column_name(model: type[models.Model], column: str) -> str:
    """The name of the field of a column."""
    return next(field.name for field in model._meta.concrete_fields if field.column == column)


def fields() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every text of the tables that curators edit."""
    for model in of_the_corpus():
        for column in texts(model):
            is_bound = isinstance(model._meta.get_field(column_name(model, column)), EDTFField)
            if column != "slug" and not is_bound:
                yield model, column


def publish_all(events: list[Event]) -> None:
    """Let all of it go out."""
    publish(Event.objects.filter(pk__in=[event.pk for event in events]))
    for subject, model in (("document", Document), ("agent", Agent)):
        publish_references(subject, model._default_manager.all())


def every(reader: Client, desk: Client, *, width: int) -> Iterator[tuple[Client, str]]:
    """Yield readers' addresses, and the desk's lists, forms, histories and differences."""
    for address in Addresses(slugs("published"), width=width):
        yield reader, address
    for model in of_the_corpus():
        first = model._default_manager.order_by("pk").first()
        if first and model in admin.site._registry:
            yield from ((desk, address) for address in (list_url(model), url(first), url(first, "history")))


def looked_at(client: Client, address: str) -> list[str]:
    """Return what is wrong with an answer."""
    answer = asked(client, address)
    if answer.status >= 500 and answer.status != 501:
        return [f"{address} failed: {answer.status}"]
    if not any(kind in answer.headers for kind in ("text/html", "image/svg")):
        return []
    page = Page()
    page.feed(answer.body)
    return [f"{address} has {each}" for each in dict.fromkeys(page.wrong)]


def unlike_themselves(reader: Client) -> list[str]:
    """Titles and summaries that a page, a table or a list of records gives otherwise than they were typed."""
    found = []
    rows = list(Event.objects.using("published").values("slug", "title", "summary"))
    table = list(csv.DictReader(io.StringIO(asked_body(reader, "/data/event.csv").removeprefix("\ufeff"), newline="")))
    records = json.loads(asked_body(reader, "/data/event.json"))
    for row in rows:
        of_csv = next(each for each in table if each["slug"] == row["slug"])
        of_json = next(each for each in records if each["slug"] == row["slug"])
        page = Page()
        page.feed(asked_body(reader, f"/events/{row['slug']}/"))
        if row["title"] not in "".join(page.words) and row["title"].strip() not in "".join(page.words):
            found.append(f"the page of {row['slug']} shows its title otherwise: {row['title']!r}")
        for column in ("title", "summary"):
            if plain(of_csv[column]) != row[column]:
                found.append(f"CSV gives {column} {of_csv[column]!r} for {row[column]!r}")
            if of_json[column] != row[column]:
                found.append(f"JSON gives {column} {of_json[column]!r} for {row[column]!r}")
    return found


def asked_body(client: Client, address: str) -> str:
    """What is answered, without its headers."""
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return content.decode()


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
