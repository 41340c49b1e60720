"""Everything as tables: what there is, each as CSV, all of it as one package; and a list of events as it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from chronicle import overload
from chronicle.exports import PublicTable, package, public_tables, written
from chronicle.exports.dates import iso_bounds
from chronicle.middleware import one_state
from chronicle.models import EventCount, Masthead
from chronicle.views.base import PUBLISHED, PublicView, not_found
from chronicle.views.event_list import page_of_events
from chronicle.views.filters import EventFilters, read_filters
from chronicle.views.paging import Count, counted_together

MOST_LISTED = 10_000
"""How many events a list has that is downloaded as it is shown; all of them are in the package."""
PAGE = 500
"""How many of them are read at a time."""
HEADINGS = ("number", "slug", "title", "kind", "date_edtf", "earliest", "latest", "places", "documents", "disputes")


@dataclass(frozen=True)
class Entry:
    """A table on the page: what it is called, its columns, how many rows it has."""

    table: PublicTable
    count: Count

    @property
    def title(self) -> str:
        """What its rows are."""
        return str(self.table.model._meta.verbose_name_plural)  # noqa: SLF001 -- Django documents it

    @property
    def columns(self) -> str:
        """The names of its columns."""
        return ", ".join(self.table.headings)


class Data(PublicView):
    """What can be downloaded."""

    template_name = "chronicle/data.html"
    description = _("Everything that is published here as tables: CSV files, one package with checksums, and JSON.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return every table with its size, counted up to a bound."""
        tables = public_tables().values()
        counts = counted_together([_rows(table) for table in tables])
        return {"tables": [Entry(table, count) for table, count in zip(tables, counts, strict=True)]}


def _rows(table: PublicTable) -> models.QuerySet[Any]:
    return table.model._base_manager.using(PUBLISHED)  # noqa: SLF001 -- Django documents it


class Table(PublicView):
    """One table, whole."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- every table for everybody
        """Return the table as CSV, row by row."""
        table = public_tables().get(address["name"]) or not_found()
        return download(f"{table.name}.csv", "text/csv; charset=utf-8", _lines(table))


def _lines(table: PublicTable) -> Iterator[bytes]:
    with one_state():
        for text in written([table.headings]):
            yield text.encode("utf-8-sig")
        for text in written(table.rows(PUBLISHED)):
            yield text.encode()


class Package(PublicView):
    """All tables with their description."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the package, piece by piece."""
        return download("chronicle.zip", "application/zip", _package())


def _package() -> Iterator[bytes]:
    with one_state() as changed_at:
        if changed_at is not None:
            yield from package(Masthead.objects.using(PUBLISHED).current(), changed_at, using=PUBLISHED)


class EventTable(PublicView):
    """The list of events, narrowed down as its page is."""

    parameters = ()

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- all of it is asked for
        """Return the list as CSV; of what cannot be understood the page tells more."""
        filters = read_filters(self.asked)
        if not filters.is_clear:
            not_found()
        return download("events.csv", "text/csv; charset=utf-8", _listed(filters))


def _listed(filters: EventFilters) -> Iterator[bytes]:
    with one_state():
        for text in written([HEADINGS]):
            yield text.encode("utf-8-sig")
        after, listed = "", 0
        while listed < MOST_LISTED:
            page = page_of_events(filters, after, size=PAGE)
            yield "".join(written(map(_event, page.rows))).encode()
            after, listed = page.after, listed + len(page.rows)
            if not after:
                return


def _event(row: EventCount) -> list[str]:
    event = row.event
    days = iso_bounds(event.date_edtf) if event.date_edtf else (None, None)
    places = "; ".join(str(place.location) for place in event.event_locations.all())
    own = [str(event.pk), event.slug, event.title, str(event.kind), event.date_edtf]
    return [*own, *(day or "" for day in days), places, str(row.documents), str(row.disputes)]


def download(name: str, content_type: str, content: Iterator[bytes]) -> HttpResponse:
    """Return a file that is made while it is sent; of many at once some are asked to come back."""
    if not overload.downloads.acquire(blocking=False):
        raise overload.TooBusyError
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = StreamingHttpResponse(content, content_type=content_type, headers=headers)
    response._resource_closers.append(overload.downloads.release)  # type: ignore[attr-defined]  # noqa: SLF001 -- Django closes these
    return response  # type: ignore[return-value]  # the stubs know no response that streams


data = Data.as_view()
table = Table.as_view()
whole = Package.as_view()
event_table = EventTable.as_view()
