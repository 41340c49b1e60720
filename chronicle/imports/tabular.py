"""Rows of cells as tables: the first row has the headings, by which the known data sets are told as well."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePath

from django.db.models import Model
from django.utils.translation import gettext as _

from chronicle.imports.gazetteers import is_lp_tsv, read_lp_tsv
from chronicle.imports.said import Read, Said
from chronicle.imports.spreadsheet import plain
from chronicle.imports.tables import Again, Line, Table, UnreadableError, importable
from chronicle.imports.ucdp import is_ucdp, read_ucdp

EXPLAINS = "# "
"""How a row right below the headings begins that tells people what they are, as in the templates."""
Rows = Iterator[tuple[int, list[str]]]


def read_rows(name: str, rows: Callable[[], Rows], model: type[Model] | None, said: Said) -> Read:
    """Return the tables of a sheet, of which `rows` begins anew each time that it is called."""
    headings = _headings(name, rows())
    lines = Again(lambda: _lines(name, headings, islice(rows(), 1, None)))
    if model is None and is_ucdp(headings):
        return read_ucdp(name, lines)
    if model is None and is_lp_tsv(headings):
        return read_lp_tsv(name, lines, said)
    if model is None:
        known = ", ".join(importable())
        raise UnreadableError(_("%(name)s: say what is in it, one of: %(known)s.") % {"name": name, "known": known})
    return Read([Table(model, name, headings, lines)])


def _headings(name: str, rows: Rows) -> list[str]:
    """The cells of the first row, every one with another name."""
    headings = [cell.strip() for cell in next(rows, (0, []))[1]]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise UnreadableError(_("%(name)s is empty: the first row has the names of the columns.") % {"name": name})
    twice = {heading for heading in headings if headings.count(heading) > 1 or not heading}
    if twice:
        words = {"name": name, "columns": ", ".join(sorted(twice)) or _("an empty one")}
        raise UnreadableError(_("%(name)s: every column has a name of its own; look at %(columns)s.") % words)
    return headings


def _lines(name: str, headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Line]:
    for place, (number, row) in enumerate(rows):
        cells = list(row)
        if place == 0 and cells and cells[0].startswith(EXPLAINS):
            continue
        while len(cells) > len(headings) and not cells[-1].strip():
            cells.pop()
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(headings):
            words = {"name": name, "line": number, "cells": len(cells), "columns": len(headings)}
            raise UnreadableError(
                _("%(name)s, row %(line)s has %(cells)s cells for %(columns)s columns: give every column one.") % words
            )
        yield Line(number, {heading: plain(cell) for heading, cell in zip(headings, cells, strict=True)})


def model_of(name: str) -> type[Model] | None:
    """The kind of record that a file is named after: events.csv, event-2020.csv, locationname.csv."""
    stem = PurePath(name).stem.lower().split("-")[0].split(".")[0]
    return model_called(stem)


def model_called(name: str) -> type[Model] | None:
    """Return the kind of record of this name, in the singular or the plural; assertions are citations."""
    name = "citation" if name == "assertions" else name
    return importable().get(name) or importable().get(name.removesuffix("s"))
