"""Lines as rows of a model: each cell a value or a fault, each reference a record that is there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from chronicle.corpus.rows import Slugs, identifying, links_to_its_own_kind
from chronicle.figures import Figure
from chronicle.imports.cells import FigureCell, value_of, widgets
from chronicle.imports.outcomes import Difference, Fault, Verdict
from chronicle.imports.tables import REVISION, Line, Table, fillable
from chronicle.models import Citation, Unit
from sources.models import Document

_NO_TEXT = re.compile("[\\x00\\ud800-\\udfff]")
FOLLOWING = {Citation: {"asserted_figure": ("is_approximate",)}}
"""Columns that the words of another column say too."""


@dataclass
class Read:
    """A line, the row that it makes, and what is wrong with it.

    `given` are the columns that the file fills. `pending` are references to rows of the same kind that may come later
    in the file. `verdict` is what becomes of it.
    """

    line: Line
    row: Model
    given: list[str]
    faults: list[Fault] = field(default_factory=list)
    pending: dict[str, str] = field(default_factory=dict)
    verdict: Verdict = Verdict.CREATE

    def fault(self, column: str, words: str) -> None:
        """Say that a cell is wrong, or the whole row where no column is named."""
        self.faults.append(Fault(column, self.line.cells.get(column, ""), words))

    @property
    def words(self) -> str:
        """What identifies the row, as the file has it."""
        cells = [self.line.cells.get(column.name, "") for column in identifying(type(self.row))]
        return " / ".join(cell for cell in cells if cell)


class Reader:
    """Makes rows of the lines of one table, a slice at a time, with a few queries for each."""

    def __init__(self, table: Table, slugs: Slugs, hidden: frozenset[int]) -> None:
        self.table, self.slugs, self.hidden = table, slugs, hidden
        self.columns = [column for column in fillable(table.model) if column.name in set(table.columns)]
        self.own = {column.name for column in links_to_its_own_kind(table.model)}
        self.measured = frozenset(Unit.objects.filter(counts_whole_things=False).values_list("slug", flat=True))

    def rows(self, lines: Sequence[Line]) -> list[Read]:
        """Return what the lines make."""
        self.slugs.forget()
        for column in self.columns:
            if isinstance(column, ForeignKey):
                cells = {line.cells.get(column.name, "").strip() for line in lines} - {""}
                self.slugs.find(column.related_model, {cell for cell in cells if is_text(cell)})
        return [self._row(line) for line in lines]

    def _row(self, line: Line) -> Read:
        given = [column for column in self.columns if column.name in line.cells and not _is_left_to(column, line)]
        read = Read(line, self.table.model(), [column.name for column in given], list(line.faults))
        for column in given:
            cell = line.cells[column.name]
            if not is_text(cell):
                read.fault(column.name, _("It has characters in it that cannot be kept; write it again."))
                continue
            try:
                setattr(read.row, column.attname, self._value(column, cell, read))
            except ValueError as error:
                read.fault(column.name, str(error))
        return read

    def _value(self, column: Any, cell: str, read: Read) -> Any:
        if isinstance(column, ForeignKey):
            return self._number(column, cell.strip(), read)
        widget = widgets(self.table.model)[column.name]
        if isinstance(widget, FigureCell):
            return self._figure(widget, cell, read)
        return value_of(column, cell)

    def _number(self, column: ForeignKey, slug: str, read: Read) -> int | None:
        if not slug:
            return None
        number = self.slugs.number(column.related_model, slug)
        if column.related_model is Document and number in self.hidden:
            number = None
        if number is None and column.name in self.own:
            read.pending[column.name] = slug
        elif number is None:
            name = column.related_model._meta.verbose_name  # noqa: SLF001 -- Django documents it
            raise ValueError(_("There is no %(kind)s with the slug %(slug)s.") % {"kind": name, "slug": slug})
        return number

    def _figure(self, widget: FigureCell, cell: str, read: Read) -> Any:
        """A figure, whose words also say whether it is approximate, unless a column of its own does."""
        unit = read.line.cells.get("unit", "").strip()
        figure: Figure | None = widget.figure(cell, is_whole=unit not in self.measured)
        if figure and "is_approximate" not in read.line.cells:
            read.row.is_approximate = figure.is_approximate  # type: ignore[attr-defined]  # of a citation
            read.given.append("is_approximate")
        return figure.as_range() if figure else None


def _is_left_to(column: Any, line: Line) -> bool:
    """Whether an empty cell leaves the value to the database, as the number of a citation, or a choice as it is."""
    is_chosen = column.choices and column.has_default() and not column.blank
    return bool(column.has_db_default() or is_chosen) and not line.cells[column.name].strip()


def is_text(cell: str) -> bool:
    """Whether PostgreSQL can hold it."""
    return _NO_TEXT.search(cell) is None


def check(read: Read) -> None:
    """Add what is wrong with the values of a row, one by one and together, as far as no database is needed."""
    passed = _passed(type(read.row), tuple(read.given))
    wrong = {fault.column for fault in read.faults}
    try:
        read.row.clean_fields(exclude=passed | wrong if wrong else passed)
    except ValidationError as error:
        explain(read, error)


@lru_cache(maxsize=256)
def _passed(model: type[Model], given: tuple[str, ...]) -> frozenset[str]:
    """The columns that need no look: references, which were looked up, and what is right as it is left empty."""
    references = {column.name for column in fillable(model) if isinstance(column, ForeignKey)}
    return frozenset(references | (_right_if_empty(model) - {*given}))


@cache
def _right_if_empty(model: type[Model]) -> frozenset[str]:
    """The columns of which nothing is wrong in a row that has nothing."""
    names = {column.name for column in model._meta.concrete_fields}  # noqa: SLF001 -- Django documents it
    try:
        model().clean_fields()
    except ValidationError as error:
        names -= {*error.message_dict}
    return frozenset(names)


def explain(read: Read, error: ValidationError) -> None:
    """Add what a validation says to the cells that it is about."""
    columns = {column.name for column in fillable(type(read.row))}
    for name, messages in error.message_dict.items():
        known = name if name != NON_FIELD_ERRORS and name in columns else ""
        read.fault(known, " ".join(messages))


def differences(read: Read, stored: Model) -> tuple[Difference, ...]:
    """Return the given columns in which a row differs from the stored one, in the words of cells."""
    found = []
    shown = widgets(type(stored))
    for column in fillable(type(stored)):
        if column.name not in read.given or column.name == REVISION:
            continue
        before, after = getattr(stored, column.attname), getattr(read.row, column.attname)
        if column.name in read.pending:
            found.append(Difference(column.name, _slug(stored, column), read.pending[column.name]))
        elif isinstance(column, ForeignKey):
            if before != after:
                found.append(Difference(column.name, _slug(stored, column), read.line.cells[column.name].strip()))
        elif before != column.to_python(after):
            widget = shown[column.name]
            found.append(Difference(column.name, widget.render(before, stored), widget.render(after, read.row)))
    return tuple(found)


def values(read: Read) -> tuple[Difference, ...]:
    """Return what a new row would have, in the words of cells, as they were understood."""
    shown = widgets(type(read.row))
    found = []
    for column in fillable(type(read.row)):
        cell = read.line.cells.get(column.name, "").strip()
        if column.name in read.given and cell:
            is_named = isinstance(column, ForeignKey) or any(fault.column == column.name for fault in read.faults)
            after = cell if is_named else shown[column.name].render(getattr(read.row, column.attname), read.row)
            found.append(Difference(column.name, "", after))
    return tuple(found)


def _slug(stored: Model, column: Any) -> str:
    target = getattr(stored, column.name)
    return target.slug if target else ""
