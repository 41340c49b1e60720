"""The sitemap: an index of parts, each of the records of one kind between two numbers.

Parts are cut by number and not by count, so that a part is one bounded read of an index however many records there are,
and a new record changes no part but the last.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from django.db import connections, models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from chronicle.models import Edition, Event, Location
from chronicle.views.base import PUBLISHED, PublicView, not_found
from sources.models import Agent, Document

PART = 2000
"""How many numbers a part covers; a sitemap may list 50,000 addresses (sitemaps.org, protocol)."""
MOST_PARTS = 10_000
"""How many parts of one kind are listed: numbers beyond twenty million are of no chronicle that is written by hand."""

KINDS: Final[dict[str, tuple[type[models.Model], str]]] = {
    "events": (Event, "event"),
    "documents": (Document, "document"),
    "locations": (Location, "location"),
    "agents": (Agent, "agent"),
}
"""The kinds of records that have pages: their models, and the names of their addresses and of their editions."""

PAGES: Final = (
    *("home", "events", "timeline", "locations", "documents", "agents", "disputes", "telling", "editions"),
    *("method", "figures", "about", "terms", "missing", "accessibility"),
)
"""The pages of which there is one."""

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

FILLED = """
SELECT p.number FROM generate_series(0, least((SELECT max(id) FROM {table}) / %s, %s)) AS p(number)
WHERE EXISTS (SELECT 1 FROM {table} t WHERE t.id >= p.number * %s AND t.id < (p.number + 1) * %s) ORDER BY p.number
"""
"""The parts that have a record in them: one look into the primary key for each."""


class SitemapIndex(PublicView):
    """The parts of the sitemap."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the index: the single pages, then every part that has a record in it."""
        parts = [("pages", 0), *((kind, number) for kind in KINDS for number in _filled(kind))]
        found = (reverse("sitemap-part", args=part) for part in parts)
        return _xml("sitemapindex", "sitemap", ((request.build_absolute_uri(path), None) for path in found))


class SitemapPart(PublicView):
    """Some addresses, each with the day of its newest edition."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the addresses of this part; Http404 for one that the index does not list."""
        kind, part = address["kind"], address["part"]
        if kind == "pages" and part == 0:
            pages = ((request.build_absolute_uri(reverse(page)), None) for page in PAGES)
            return _xml("urlset", "url", pages)
        if kind not in KINDS or part > MOST_PARTS:
            not_found()
        found = list(_records(kind, part))
        return _xml("urlset", "url", _addresses(request, kind, found)) if found else not_found()


def _filled(kind: str) -> list[int]:
    table = KINDS[kind][0]._meta.db_table  # noqa: SLF001 -- Django's documented API
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute(FILLED.format(table=table), [PART, MOST_PARTS, PART, PART])
        return [number for (number,) in cursor.fetchall()]


def _records(kind: str, part: int) -> models.QuerySet[Any]:
    """The slugs in a part, each with the moment of its newest edition."""
    model, subject = KINDS[kind]
    editions = Edition.objects.using(PUBLISHED).filter(**{f"{subject}_id": OuterRef("pk")}).order_by("-number")
    rows = model._default_manager.using(PUBLISHED).filter(pk__gte=part * PART, pk__lt=(part + 1) * PART)  # noqa: SLF001
    return rows.order_by("pk").values_list("slug", Subquery(editions.values("made_at")[:1]))


def _addresses(
    request: HttpRequest, kind: str, found: Iterable[tuple[str, datetime]]
) -> Iterator[tuple[str, datetime]]:
    """The whole addresses; the pattern is looked up once, since slugs are plain."""
    before, after = request.build_absolute_uri(reverse(KINDS[kind][1], args=["SLUG"])).split("SLUG")
    return ((f"{before}{slug}{after}", made_at) for slug, made_at in found)


def _xml(root: str, element: str, found: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    rows = "".join(f"<{element}><loc>{escape(url)}</loc>{_changed(made_at)}</{element}>\n" for url, made_at in found)
    words = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} {NAMESPACE}>\n{rows}</{root}>\n'
    return HttpResponse(words, content_type="application/xml; charset=utf-8")


def _changed(made_at: datetime | None) -> str:
    return f"<lastmod>{made_at.isoformat(timespec='seconds')}</lastmod>" if made_at else ""


index = SitemapIndex.as_view()
part = SitemapPart.as_view()
