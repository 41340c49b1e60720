"""Headings as columns: by the name of a column, by its words on the desk's forms, or as somebody says."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from django.db.models import Model
from django.utils.translation import gettext as _

from chronicle.imports.said import Said
from chronicle.imports.tables import REVISION, Again, Line, Table, UnreadableError, fillable

NUMBER = "id"
"""The heading of the public numbers in the tables that readers download."""


def headed(table: Table, said: Said) -> tuple[Table, list[str]]:
    """Return a table under the names of columns, and what is read otherwise than it is written.

    UnreadableError where two headings would be one column. Headings that are none stay, and are refused later.
    """
    names = {heading: column_of(table.model, heading, {NUMBER: "", **said.columns}) for heading in table.columns}
    kept = [name for name in names.values() if name]
    twice = sorted({name for name in kept if kept.count(name) > 1})
    if twice:
        headings = ", ".join(heading for heading, name in names.items() if name == twice[0])
        words = {"name": table.name, "headings": headings, "column": twice[0]}
        raise UnreadableError(_("%(name)s: %(headings)s would all be %(column)s; leave out all but one.") % words)
    values = {name: value for name, value in said.values.items() if name in known(table.model)}
    if not values and all(heading == name for heading, name in names.items()):
        return table, []
    columns = [*kept, *(name for name in values if name not in kept)]
    lines = Again(lambda: _renamed(table.lines, names, values))
    return Table(table.model, table.name, columns, lines), _told(table, names, said.columns, values)


def _renamed(lines: Iterable[Line], names: Mapping[str, str], values: Mapping[str, str]) -> Iterator[Line]:
    for line in lines:
        cells = {names[heading]: cell for heading, cell in line.cells.items() if names[heading]}
        filled = {name: value for name, value in values.items() if not cells.get(name, "").strip()}
        yield Line(line.number, cells | filled, line.faults)


def column_of(model: type[Model], heading: str, said: Mapping[str, str]) -> str:
    """Return the name of the column that a heading stands for, nothing if it is left out, itself if it is none."""
    if heading in said and (not said[heading] or said[heading] in known(model)):
        return said[heading]
    return known(model).get(heading) or known(model).get(heading.casefold(), heading)


@cache
def known(model: type[Model]) -> dict[str, str]:
    """Return the columns of a model by their names, and by their words on the desk's forms."""
    found = {str(column.verbose_name).casefold(): column.name for column in reversed(fillable(model))}
    return found | {column.name: column.name for column in fillable(model)} | {REVISION: REVISION}


def _told(table: Table, names: Mapping[str, str], said: Mapping[str, str], values: Mapping[str, str]) -> list[str]:
    told = []
    for heading, name in names.items():
        words = {"name": table.name, "heading": heading, "column": name}
        if not name and heading == NUMBER and NUMBER not in said:
            told.append(_("%(name)s: id is not read: the database gives every row a number of its own.") % words)
        elif not name:
            told.append(_("%(name)s: %(heading)s is left out, as you said.") % words)
        elif name != heading:
            told.append(_("%(name)s: %(heading)s is read as %(column)s.") % words)
    for name, value in values.items():
        words = {"name": table.name, "column": name, "value": value}
        told.append(_("%(name)s: where %(column)s is empty it is %(value)s, as you said.") % words)
    return told
