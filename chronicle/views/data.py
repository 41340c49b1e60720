"""Everything as tables: what there is, each as CSV, all of it as one package."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from chronicle.exports import PublicTable, package, public_tables, written
from chronicle.exports.linked_events import TERMS
from chronicle.exports.streaming import BYTE_ORDER_MARK, json_list
from chronicle.exports.workbooks import Sheet
from chronicle.views.base import PUBLISHED, PublicView, not_found
from chronicle.views.downloads import as_workbook, download, in_one_state, streamed
from chronicle.views.paging import Count, counted_together

JSON = "application/json"


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
    description = _(
        "Everything that is published here as tables: CSV files, workbooks, one package with checksums, and JSON."
    )
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return every table with its size, counted up to a bound."""
        tables = public_tables().values()
        counts = counted_together([_rows(table) for table in tables])
        entries = [Entry(table, count) for table, count in zip(tables, counts, strict=True)]
        return {"tables": entries, "terms": TERMS.items()}


def _rows(table: PublicTable) -> models.QuerySet[Any]:
    return table.model._base_manager.using(PUBLISHED)  # noqa: SLF001 -- Django documents it


class Table(PublicView):
    """One table, whole."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the table as CSV, row by row."""
        table = public_tables().get(address["name"]) or not_found()
        return streamed(request, f"{table.name}.csv", "text/csv; charset=utf-8", lambda _origin: _lines(table))


def _lines(table: PublicTable) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield from written([table.headings])
    yield from written(table.rows(PUBLISHED))


class TableRecords(PublicView):
    """The same for programs."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the table as JSON, a record to a line."""
        table = public_tables().get(address["name"]) or not_found()
        return streamed(request, f"{table.name}.json", JSON, lambda _origin: json_list(table.records(PUBLISHED)))


class TableWorkbook(PublicView):
    """The same for spreadsheets."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the table as XLSX, row by row."""
        table = public_tables().get(address["name"]) or not_found()
        return as_workbook(request, f"{table.name}.xlsx", lambda: [_sheet(table)])


class Workbook(PublicView):
    """All tables for spreadsheets."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return a workbook with a sheet for each table."""
        return as_workbook(request, "chronicle.xlsx", lambda: map(_sheet, public_tables().values()))


def _sheet(table: PublicTable) -> Sheet:
    return Sheet(table.name, table.headings, table.rows(PUBLISHED), table.numeric)


class Package(PublicView):
    """All tables with their description."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the package, piece by piece."""
        return download("chronicle.zip", "application/zip", in_one_state(request, package))


data = Data.as_view()
table = Table.as_view()
table_records = TableRecords.as_view()
table_workbook = TableWorkbook.as_view()
whole = Package.as_view()
workbook = Workbook.as_view()
