"""Columns of what a row points to: `event.title` beside `event` makes the event as well, where it is not there yet.

So one sheet can hold a document and what it asserts, a row for each assertion, of events that it names for the first
time. What stands in one row of a record holds for all; an empty cell says nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from chronicle.imports.outcomes import Fault
from chronicle.imports.tables import Again, Line, Table, fillable, importable, of_kind


def parted(table: Table) -> list[Table]:
    """Return a table and those of the records that its rows point to and describe."""
    links = {column.name: column.related_model for column in fillable(table.model) if isinstance(column, ForeignKey)}
    dotted: dict[str, list[str]] = {}
    for heading in table.columns:
        link, _dot, column = heading.partition(".")
        if column and links.get(link) in importable().values():
            dotted.setdefault(link, []).append(column)
    if not dotted:
        return [table]
    own = [heading for heading in table.columns if heading.partition(".")[0] not in dotted or heading in dotted]
    tables = [_of(table, links[link], link, columns) for link, columns in dotted.items()]
    return [*tables, Table(table.model, table.name, own, Again(lambda: _own(table, own)))]


def _own(table: Table, columns: Sequence[str]) -> Iterator[Line]:
    for line in table.lines:
        yield Line(line.number, {name: line.cells[name] for name in columns if name in line.cells}, line.faults)


def _of(table: Table, model: type[Model], link: str, columns: Sequence[str]) -> Table:
    name = of_kind(table.name, model)
    return Table(model, name, ["slug", *columns], Again(lambda: iter(_records(table, link, columns))))


def _records(table: Table, link: str, columns: Sequence[str]) -> list[Line]:
    """A line for each record that a row describes, with the number of the first of them."""
    found: dict[str, Line] = {}
    for line in table.lines:
        slug = line.cells.get(link, "").strip()
        cells = {column: cell for column in columns if (cell := line.cells.get(f"{link}.{column}", "").strip())}
        if slug and cells:
            first = found.setdefault(slug, Line(line.number, {"slug": slug}))
            found[slug] = Line(first.number, first.cells | cells, (*first.faults, *_faults(line, first.cells, cells)))
    return list(found.values())


def _faults(line: Line, before: Mapping[str, str], cells: Mapping[str, str]) -> Iterator[Fault]:
    for column, cell in cells.items():
        if before.get(column, cell) != cell:
            words = {"row": line.number, "before": before[column]}
            yield Fault(column, cell, _("Row %(row)s says otherwise than a row before it: %(before)s.") % words)
