"""The pages that are measured: names, and what makes an address for each of several requests.

To measure a new page, add a line to PUBLIC. `known` is what the database has, `turn` counts the requests from 0: ask
for another record in each turn, so that the slowest of them is seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db import connections, models
from django.test import RequestFactory
from django.urls import reverse

from chronicle.corpus.making.words import COMMON, RARE, UNCOMMON
from chronicle.models import Citation, Edition, Event, Location
from sources.models import Agent, Document

PUBLISHED = "published"
SAMPLE = 50


@dataclass(frozen=True)
class Known:
    """Records to ask for: spread over the whole table, the first and the last included."""

    events: list[str]
    event_numbers: list[int]
    citations: list[int]
    documents: list[str]
    locations: list[str]
    agents: list[str]
    most_cited_document: str
    busiest_location: str
    largest_event: str
    editions: int

    def of(self, records: list[Any], turn: int) -> Any:
        """Return another record for each turn."""
        return records[turn * 7 % len(records)]

    def other_document(self, turn: int) -> str:
        """Return a document to put beside the one that is cited most."""
        return str(self.of([slug for slug in self.documents if slug != self.most_cited_document], turn))


def look() -> Known:
    """Find records to ask for; this looks over everything, as no page does, and may take longer than a reader's query."""
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute("SET statement_timeout = '5min'")
        try:
            return _found()
        finally:
            cursor.execute("RESET statement_timeout")


def _found() -> Known:
    events = _spread(Event, "slug", "pk")
    counts = Event.objects.using(PUBLISHED).filter(counts__citations__isnull=False)
    return Known(
        events=[slug for slug, _pk in events],
        event_numbers=[pk for _slug, pk in events],
        citations=[pk for (pk,) in _spread(Citation, "pk")],
        documents=[slug for (slug,) in _spread(Document, "slug")],
        locations=[slug for (slug,) in _spread(Location, "slug")],
        agents=[slug for (slug,) in _spread(Agent, "slug")],
        most_cited_document=_busiest("document", Document),
        busiest_location=_busiest("location", Location),
        largest_event=counts.order_by("-counts__citations").values_list("slug", flat=True).first() or "",
        editions=Edition.objects.using(PUBLISHED).count(),
    )


def _spread(model: type[models.Model], *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of records spread evenly over a table, and of the last."""
    rows = model._default_manager.using(PUBLISHED).order_by("pk")
    last = rows.values_list("pk", flat=True).last() or 0
    found = [rows.filter(pk__gte=last * place // SAMPLE).values_list(*columns).first() for place in range(SAMPLE)]
    return [row for row in [*found, rows.values_list(*columns).last()] if row]


def _busiest(subject: str, model: type[models.Model]) -> str:
    from chronicle.models import Tally  # noqa: PLC0415  # after django.setup()

    tally = Tally.objects.using(PUBLISHED).filter(facet=subject).order_by("-number", "pk").first()
    return model._default_manager.using(PUBLISHED).get(pk=tally.value).slug if tally else ""


Maker = Callable[[Known, int], str]

PUBLIC: dict[str, Maker] = {
    "home": lambda known, turn: "/",
    "locations": lambda known, turn: "/locations/",
    "locations, of a kind": lambda known, turn: "/locations/?kind=district",
    "locations, by name": lambda known, turn: "/locations/?q=ka",
    "locations, by a similar name": lambda known, turn: "/locations/?q=zzyzxandka",
    "map": lambda known, turn: "/map/",
    "map, of a decade": lambda known, turn: "/map/?period=198X&names=en",
    "map, around a place": lambda known, turn: f"/map/?place={known.of(known.locations, turn)}&at=40,47&zoom=7",
    "map, as data": lambda known, turn: "/map/places.geojson?disputed=killed",
    "location": lambda known, turn: f"/locations/{known.of(known.locations, turn)}/",
    "location with most events": lambda known, turn: f"/locations/{known.busiest_location}/",
    "documents": lambda known, turn: "/documents/",
    "documents, of a type": lambda known, turn: "/documents/?type=book",
    "documents, by title": lambda known, turn: "/documents/?q=near",
    "documents, of an agent": lambda known, turn: f"/documents/?agent={known.of(known.agents, turn)}",
    "document": lambda known, turn: f"/documents/{known.of(known.documents, turn)}/",
    "document with most events": lambda known, turn: f"/documents/{known.most_cited_document}/",
    "agents": lambda known, turn: "/agents/",
    "agents, by name": lambda known, turn: "/agents/?q=ka",
    "agent": lambda known, turn: f"/agents/{known.of(known.agents, turn)}/",
    "telling": lambda known, turn: "/telling/",
    "telling, of chosen documents": lambda known, turn: (
        f"/telling/?document={known.other_document(turn)}&document={known.most_cited_document}"
    ),
    "telling, of two": lambda known, turn: f"/telling/{known.most_cited_document}/{known.other_document(turn)}/",
    "events": lambda known, turn: "/events/",
    "events, of a decade": lambda known, turn: "/events/?period=198X",
    "events, at a place": lambda known, turn: f"/events/?place={known.of(known.locations, turn)}",
    "events, of a document": lambda known, turn: f"/events/?document={known.of(known.documents, turn)}",
    "events, disputed in a month": lambda known, turn: "/events/?disputed=killed&period=1985-04",
    "timeline": lambda known, turn: "/timeline/",
    "timeline, of a decade": lambda known, turn: "/timeline/?period=198X",
    "timeline, of a day": lambda known, turn: "/timeline/?period=1985-04-17",
    "timeline, of days on end": lambda known, turn: "/timeline/?period=1980-03-15/1985-04-17",
    "timeline, at a place": lambda known, turn: f"/timeline/?place={known.of(known.locations, turn)}",
    "timeline, disputed since": lambda known, turn: "/timeline/?disputed=killed&period=1985/..",
    "disputes": lambda known, turn: "/disputes/",
    "disputes, of an aspect": lambda known, turn: "/disputes/?aspect=killed&verdict=disagree",
    "editions": lambda known, turn: "/editions/",
    "feed": lambda known, turn: "/editions/feed.atom",
    "terms": lambda known, turn: "/terms/",
    "missing": lambda known, turn: "/missing/",
    "embedded timeline": lambda known, turn: "/embed/timeline/",
    "embedded map": lambda known, turn: "/embed/map/?period=1985",
    "method": lambda known, turn: "/method/",
    "in figures": lambda known, turn: "/method/figures/",
    "accessibility": lambda known, turn: "/accessibility/",
    "sitemap": lambda known, turn: "/sitemap.xml",
    "sitemap, single pages": lambda known, turn: "/sitemaps/pages-0.xml",
    "sitemap, events": lambda known, turn: f"/sitemaps/events-{turn % 2}.xml",
    "sitemap, documents": lambda known, turn: "/sitemaps/documents-0.xml",
    "robots": lambda known, turn: "/robots.txt",
    "manifest": lambda known, turn: "/site.webmanifest",
    "search, described": lambda known, turn: "/search/description.xml",
    "search, a date": lambda known, turn: "/search/?q=17+October+1985",
    "search, a year": lambda known, turn: "/search/?q=1985",
    "search, a figure": lambda known, turn: "/search/?q=3%2C773",
    "search, a name": lambda known, turn: "/search/?q=kanda",
    "event": lambda known, turn: f"/events/{known.of(known.events, turn)}/",
    "event with most citations": lambda known, turn: f"/events/{known.largest_event}/",
    "edition": lambda known, turn: f"/events/{known.of(known.events, turn)}/editions/1/",
    "plot": lambda known, turn: f"/embed/events/{known.of(known.events, turn)}/killed/",
    "plot of the event with most citations": lambda known, turn: f"/embed/events/{known.largest_event}/killed/",
    "plot, as a picture": lambda known, turn: f"/embed/events/{known.of(known.events, turn)}/killed.svg",
    "plot of an edition": lambda known, turn: f"/embed/events/{known.of(known.events, turn)}/editions/1/date/",
    "oEmbed": lambda known, turn: f"/oembed?url=http://testserver/events/{known.of(known.events, turn)}/",
    "event by number": lambda known, turn: f"/e/{known.of(known.event_numbers, turn)}",
    "citation by number": lambda known, turn: f"/c/{known.of(known.citations, turn)}",
    "no such event": lambda known, turn: f"/events/there-is-none-{turn}/",
    "API": lambda known, turn: "/api/",
    "API, events": lambda known, turn: "/api/events?period=198X&limit=100",
    "API, events at a place": lambda known, turn: f"/api/events?place={known.of(known.locations, turn)}",
    "API, event": lambda known, turn: f"/api/events/{known.of(known.events, turn)}",
    "API, edition": lambda known, turn: f"/api/events/{known.of(known.events, turn)}/editions/1",
    "API, editions of an event": lambda known, turn: f"/api/events/{known.of(known.events, turn)}/editions",
    "API, citations": lambda known, turn: "/api/citations",
    "API, citations of a document": lambda known, turn: f"/api/citations?document={known.of(known.documents, turn)}",
    "API, citation": lambda known, turn: f"/api/citations/{known.of(known.citations, turn)}",
    "API, locations": lambda known, turn: "/api/locations",
    "API, location": lambda known, turn: f"/api/locations/{known.of(known.locations, turn)}",
    "API, documents": lambda known, turn: "/api/documents",
    "API, document": lambda known, turn: f"/api/documents/{known.of(known.documents, turn)}",
    "API, agents": lambda known, turn: "/api/agents",
    "API, agent": lambda known, turn: f"/api/agents/{known.of(known.agents, turn)}",
    "API, disputes": lambda known, turn: "/api/disputes?aspect=killed",
    "API, editions": lambda known, turn: "/api/editions",
    "API, search": lambda known, turn: "/api/search?q=kanda",
}
"""Readers' pages by name."""


def public_addresses() -> Iterator[tuple[str, Maker]]:
    """Yield readers' pages, and the search of words that many events have, some, few and none."""
    yield from PUBLIC.items()
    for name, word in searched_words().items():
        yield _named(f"search, {name}", "/search/", {"q": word})


def searched_words() -> dict[str, str]:
    """Return words for searching, by how many events have them."""
    return {"common word": COMMON, "uncommon word": UNCOMMON, "rare word": RARE, "no such word": "zzyzx"}


def desk_addresses(user: Any) -> Iterator[tuple[str, Maker]]:
    """Yield the pages of every list in the admin: as it opens, sorted, filtered, searched, paged, and autocompleted."""
    for model, pages in admin.site._registry.items():
        if model._meta.app_label in {"chronicle", "sources"}:
            yield from _list_addresses(user, model, pages)
    for field in Citation._meta.fields:
        if field.related_model in admin.site._registry and field.name != "event":
            yield from _autocompletes(field)


def _list_addresses(user: Any, model: type[models.Model], pages: Any) -> Iterator[tuple[str, Maker]]:
    name, start = model._meta.verbose_name_plural, _list_of(model)
    request = RequestFactory().get(start)
    request.user = user
    changes = pages.get_changelist_instance(request)
    last = changes.paginator.num_pages
    queries: dict[str, dict[str, Any]] = {"": {}} | ({"page 2": {"p": 2}, "last page": {"p": last}} if last > 1 else {})
    for place, column in enumerate(changes.list_display):
        if changes.get_ordering_field(column) and (pages.sortable_by is None or column in pages.sortable_by):
            queries |= {f"by {column}": {"o": place}, f"by {column}, last first": {"o": -place}}
    if pages.search_fields:
        found = model._default_manager.order_by("-pk").first()
        own = str(found).split()[-1].strip("()") if found else "specimen"
        words = {"specimen": "specimen", "near": "near", "talks around": "talks around", "its own name": own}
        words |= {"two letters": "ka", "nothing": "zzyzx", "nothing and something": "zzyzx specimen"}
        queries |= {f"search {label}": {"q": word} for label, word in words.items()}
    for label, query in queries.items():
        yield _named(f"{name} {label}", start, query)
    for spec in changes.filter_specs:
        for choice in list(spec.choices(changes))[1:6]:
            yield _fixed(f"{name} {spec.title} {choice['display']}", start + choice["query_string"])
    first = model._default_manager.order_by("pk").first()
    if first:
        yield _fixed(f"{name} form", reverse(_name_of(model, "change"), args=[first.pk]))


def _autocompletes(field: Any) -> Iterator[tuple[str, Maker]]:
    asked = {"app_label": "chronicle", "model_name": "citation", "field_name": field.name}
    for term in ("", "sp", "12", "khokak", "zzyzx"):
        yield _named(f"autocomplete {field.name} “{term}”", "/admin/autocomplete/", {**asked, "term": term})


def _named(name: str, start: str, query: dict[str, Any]) -> tuple[str, Maker]:
    return _fixed(name.strip(), f"{start}?{urlencode(query)}" if query else start)


def _fixed(name: str, address: str) -> tuple[str, Maker]:
    return name, lambda known, turn: address


def _list_of(model: type[models.Model]) -> str:
    return reverse(_name_of(model, "changelist"))


def _name_of(model: type[models.Model], page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
