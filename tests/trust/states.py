"""Random states of a graph of 200 records, published in part: no public page fails for what it points to.

Each round one of the verbs is done to some of the records, or what hangs together is changed at the desk. Then pages
are asked for, and what they link to.
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from django.test import Client
from django.urls import Resolver404, resolve

from chronicle.models import Citation, Event, Location
from chronicle.publication import Note, publish, publish_references, release, withdraw, withhold
from sources.models import Agent, CitedDocument, Document, Party
from tests import factories as make
from tests.conftest import empty_tables
from tests.trust.crawling import BESIDE, Addresses, slugs
from tests.trust.drills import Drill, Seen
from tests.trust.ground import as_owner

SEED = 2020
RECORDS = 200
PAGES = 12
"""Pages that are asked for in each state, and as many that they link to."""

TAKEN_BACK = Note(words="Taken back.")
AWAY = {200, 301, 302, 410}


class Graph:
    """Events, documents, agents, locations and parties that point to each other by chance."""

    def __init__(self, records: int) -> None:
        self.dice = random.Random(SEED)
        fifth = records // 5
        self.parties = [make.party() for _ in range(fifth // 4)]
        self.agents = [make.agent(party=self._maybe(self.parties)) for _ in range(fifth)]
        self.documents = [make.document(publisher=self._maybe(self.agents)) for _ in range(fifth)]
        self.locations = [make.location() for _ in range(fifth)]
        self.events = [make.cited_event() for _ in range(records - 3 * fifth - fifth // 4)]
        for _ in range(records):
            self.rework()

    def _maybe(self, records: list[Any]) -> Any:
        return self.dice.choice([None, *records])

    def rework(self) -> None:
        """Point from one record to another, or to nothing."""
        choose = self.dice.choice
        event, document, one, other = choose(self.events), choose(self.documents), *self.dice.sample(self.locations, 2)
        self.dice.choice(
            (
                lambda: Event.objects.filter(pk=event.pk).update(parent=self._other(event)),
                lambda: Event.objects.filter(pk=event.pk).update(companion=self._other(event)),
                lambda: make.citation(event, document, claimed_by=self._maybe(self.agents)),
                lambda: make.citation(event, document, through=self._leant(document)),
                lambda: make.citation(event, aspect="location", asserted_location=one, asserted_location_role="site"),
                lambda: event.participations.get_or_create(agent=choose(self.agents), role="spoke"),
                lambda: event.event_locations.get_or_create(location=one, role="site"),
                lambda: event.event_parties.get_or_create(party=choose(self.parties)),
                lambda: make.within(one, other, source=document) if one.pk < other.pk else None,
                lambda: CitedDocument.objects.get_or_create(document=document, cited=self._leant(document)),
                lambda: Document.objects.filter(pk=document.pk).update(publisher=self._maybe(self.agents)),
                lambda: self._one_citation_less(event),
            )
        )()  # fmt: skip

    def _other(self, event: Event) -> Event | None:
        return self.dice.choice([None, *(each for each in self.events if each.pk < event.pk)])

    def _leant(self, document: Document) -> Document:
        return self.dice.choice([each for each in self.documents if each.pk != document.pk])

    def _one_citation_less(self, event: Event) -> None:
        last = Citation.objects.filter(event=event).order_by("-pk").values_list("pk", flat=True)[:1]
        Citation.objects.filter(pk__in=list(last)).delete()

    def act(self) -> None:
        """Do one of the verbs to some of the records."""
        events, documents = self.dice.sample(self.events, 6), self.dice.sample(self.documents, 3)
        verbs: tuple[Callable[[], object], ...] = (
            lambda: publish(events),
            lambda: publish(events),
            lambda: withdraw(events[:3], note=TAKEN_BACK),
            lambda: withhold(documents),
            lambda: release(documents),
            lambda: self._described(documents),
            lambda: publish_references("document", documents),
        )
        self.dice.choice(verbs)()

    def _described(self, documents: list[Document]) -> None:
        numbers = [each.pk for each in documents]
        Document.objects.filter(pk__in=numbers).update(public_description="Testimony of a resident")
        withhold(documents, access="described")


def attack(rounds: int) -> Seen:
    """Change the graph and publish parts of it so many times; ask for pages in each state."""
    graph, client, seen = Graph(min(RECORDS, 40 + rounds)), Client(raise_request_exception=False), Seen(rounds=rounds)
    publish(graph.events)
    answers: dict[int, int] = {}
    for turn in range(rounds):
        graph.rework()
        graph.act()
        for address, status in asked(client, graph.dice):
            answers[status] = answers.get(status, 0) + 1
            if status not in AWAY:
                seen.found.append(f"state {turn}: {address} answers {status}")
    seen.figures = {"records": total(), "pages": sum(answers.values()), "gone (410)": answers.get(410, 0)}
    return seen


def total() -> int:
    """How many records there are."""
    return sum(model._default_manager.count() for model in (Event, Document, Agent, Location, Party))


def asked(client: Client, dice: random.Random) -> Iterator[tuple[str, int]]:
    """Ask for some of the pages of what is public, and for some that they link to."""
    public = [each for each in Addresses(slugs("published"), width=400) if is_page(each)]
    linked: set[str] = set()
    for address in dice.sample(public, min(PAGES, len(public))):
        response = client.get(address)
        response.close()
        yield address, response.status_code
        if response.status_code == 200 and not response.streaming:
            linked.update(links(response.content.decode()))
    for address in dice.sample(sorted(linked), min(PAGES, len(linked))):
        response = client.get(address)
        response.close()
        yield address, response.status_code


RECORD = re.compile(r"/(api/)?(events|documents|locations|agents)/[^/]+/?|/[ec]/\d+|/events/[^/]+/sources/")


def is_page(address: str) -> bool:
    """Whether it is the address of a record or of a list, that there is as long as the record is public."""
    if (
        address in BESIDE
        or "?" in address
        or "/editions/" in address
        or address.startswith(("/health", "/media", "/static", "/.data"))
    ):
        return False
    return bool(RECORD.fullmatch(address)) or address in LISTS


LISTS = ("/", "/events/", "/locations/", "/documents/", "/agents/", "/disputes/", "/telling/", "/timeline/", "/map/",
         "/editions/", "/editions/feed.atom", "/sitemap.xml", "/terms/", "/missing/", "/method/figures/",
         "/api/events", "/api/citations", "/api/disputes")  # fmt: skip


def links(page: str) -> Iterator[str]:
    """Yield the addresses of the site to which a page links."""
    for found in re.findall(r'href="(/[^"#]*)', page):
        address = unescape(found)
        if not address.startswith(("/static/", "/data/", "/embed/")) and is_known(address.split("?")[0]):
            yield address


def is_known(path: str) -> bool:
    """Whether the resolver knows it."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'published'::regnamespace
"""


@contextmanager
def documents_vanish() -> Iterator[None]:
    """A verb that forgets what points to documents, and no foreign key that would hold it up."""
    keys = as_owner(FOREIGN_KEYS)
    for table, name, _key in keys:
        as_owner(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    as_owner(FORGETFUL)
    try:
        yield
    finally:
        as_owner("DROP TRIGGER forgetful ON published.chronicle_event; DROP FUNCTION published.forgetful()")
        empty_tables()  # else what points to nothing would be in the way of the keys
        for table, name, key in keys:
            as_owner(f"ALTER TABLE {table} ADD CONSTRAINT {name} {key}")


FORGETFUL = """
    CREATE FUNCTION published.forgetful() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN DELETE FROM published.sources_document; RETURN NULL; END';
    CREATE TRIGGER forgetful AFTER INSERT ON published.chronicle_event EXECUTE FUNCTION published.forgetful()
"""

DRILL = Drill("states", attack, documents_vanish, promised=500, few=6, enough=4)
