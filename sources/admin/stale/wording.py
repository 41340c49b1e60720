"""What the page of a conflict says: groups of lines, with the three values of each as a curator reads them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.forms import BooleanField, ChoiceField, ModelChoiceField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sources.admin.stale.authors import Authors
from sources.admin.stale.comparing import Kind, Values
from sources.admin.stale.typed import TICKED, Side
from sources.admin.stale.weighing import DECIDE, Entry
from sources.admin.widgets import understood
from sources.edtf.forms import EDTFFormField

MOST_SAVINGS = 6  # lines of a page's head; whoever saved every minute is told once for all

Cell = list[tuple[str, str, str]] | None
"""What stands on one side: label, text and how it is understood. The label is empty where the line has it.

None where there is no such row, or nobody knows.
"""


@dataclass(frozen=True)
class Line:
    """A difference, as a line of a table."""

    label: str
    base: Cell
    theirs: Cell
    mine: Cell
    no_base: str
    who: str
    name: str
    decision: str
    keep: str
    take: str


@dataclass(frozen=True)
class Group:
    """The differences of one row: its kind and what tells it from others."""

    title: str
    conflicts: list[Line]
    taken: list[Line]


class Wording:
    """The words for some differences; everything that they need of the database is read at once."""

    def __init__(self, entries: list[Entry], reader: Any) -> None:
        self.entries = entries
        self.revisions = [revision for entry in entries for revision in entry.since]
        self.authors = Authors(self.revisions, reader)
        self.records = _records(entries)

    def groups(self) -> list[Group]:
        """Return the differences of each row, in the order of the form."""
        rows: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            rows[entry.part.prefix, entry.row].append(entry)
        return [
            Group(
                self._title(entries[0]),
                [self._line(entry) for entry in entries if entry.difference.is_conflict],
                [self._line(entry) for entry in entries if not entry.difference.is_conflict],
            )
            for entries in rows.values()
        ]

    def savings(self) -> list[str]:
        """Return who saved, and when, the newest last."""
        ordered = sorted(self.revisions, key=lambda revision: revision.pgh_created_at)
        return list(dict.fromkeys(self.authors.line(revision) for revision in ordered))[-MOST_SAVINGS:]

    def _title(self, entry: Entry) -> str:
        kind = capfirst(str(entry.part.label or entry.part.model._meta.verbose_name))  # noqa: SLF001 - Django documents _meta
        if not entry.part.prefix:
            return kind
        number = getattr(entry.side.form.instance, "number", None)  # what numbered rows are called by
        kind = f"{kind} {number}" if number else kind
        values = entry.theirs or entry.base or entry.mine or {}
        told = (self._text(entry.side, name, values[name]) for name in entry.side.names if values.get(name))
        first = [_shortened(text) for text, _words in told][:NAMING]
        return _("%(kind)s: %(row)s") % {"kind": kind, "row": " · ".join(first)} if first else kind

    def _line(self, entry: Entry) -> Line:
        base, theirs, mine = self._cells(entry)
        keep, take = CHOICES[entry.difference.kind]
        return Line(
            label=_label(entry.side, entry.difference.field),
            base=base,
            theirs=theirs,
            mine=mine,
            no_base=_("not there yet") if entry.difference.kind is Kind.ADDED else _("not known"),
            who=self._who(entry),
            name=f"{DECIDE}{entry.key}",
            decision=entry.decision,
            keep=_(keep),
            take=_(take),
        )

    def _who(self, entry: Entry) -> str:
        """Return who made what stands there now: the oldest revision since which the field is as it is."""
        if not entry.since:
            return ""
        made, name = entry.since[-1], entry.difference.field
        if name:
            column = entry.part.model._meta.get_field(name).attname  # noqa: SLF001 - Django documents _meta
            stands = getattr(made, column)
            same = takewhile(lambda revision: getattr(revision, column) == stands, reversed(entry.since))
            *_newer, made = same
        return self.authors.line(made)

    def _cells(self, entry: Entry) -> tuple[Cell, Cell, Cell]:
        base, theirs, mine, name = entry.base, entry.theirs, entry.mine, entry.difference.field
        if name:
            return tuple(self._cell(entry.side, values, [name], label="") for values in (base, theirs, mine))
        sides = [side for side in (base, theirs, mine) if side is not None]
        names = [each for each in entry.side.names if len({side.get(each) for side in sides}) > 1]
        if len(sides) == 1 or not names:
            names = [each for each in entry.side.names if any(side.get(each) for side in sides)]
        return tuple(self._cell(entry.side, values, names) for values in (base, theirs, mine))

    def _cell(self, side: Side, values: Values | None, names: list[str], *, label: str | None = None) -> Cell:
        if values is None:
            return None
        return [
            (_label(side, name) if label is None else label, *self._text(side, name, values[name]))
            for name in names
            if name in values
        ]

    def _text(self, side: Side, name: str, value: str) -> tuple[str, str]:
        """Return a value as it is read, and how it is understood."""
        field = side.form.fields.get(name)
        if isinstance(field, ModelChoiceField):
            return self._record(field.queryset.model, value), ""
        if isinstance(field, ChoiceField):
            return (str(dict(field.choices).get(value, value)) if value else ""), ""
        if isinstance(field, BooleanField):
            return (_("yes") if value == TICKED else _("no")), ""
        if field is None:
            choices = side.form.instance._meta.get_field(name).flatchoices  # noqa: SLF001 - Django documents _meta
            return str(dict(choices).get(value, value)), ""
        return value, understood(value) if isinstance(field, EDTFFormField) else ""

    def _record(self, model: type[Model], number: str) -> str:
        if not number:
            return ""
        record = self.records.get((model, number))
        return str(record) if record else _("number %(number)s, deleted since") % {"number": number}


CHOICES = {
    Kind.FIELD: ("Keep mine", "Take theirs"),
    Kind.GONE: ("Keep mine, as a new row", "Leave it deleted"),
    Kind.REMOVED: ("Delete it all the same", "Keep it, with their changes"),
    Kind.ADDED: ("", ""),
}
"""What a curator chooses between, by what happened: mine, then theirs."""


def _label(side: Side, name: str) -> str:
    if not name:
        return _("The whole row")
    if name in side.form.fields:
        return capfirst(str(side.form.fields[name].label or name))
    try:
        return capfirst(str(side.form.instance._meta.get_field(name).verbose_name))  # noqa: SLF001 - Django documents _meta
    except FieldDoesNotExist:
        return name


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rstrip()}…"


LONGEST_TITLE = 60
NAMING = 3  # fields that tell a row from others: a citation's document, locator of, locator


def _records(entries: Iterable[Entry]) -> dict[tuple[type[Model], str], Model]:
    """Return the records that the values name, one query for each kind of record."""
    wanted: dict[type[Model], set[str]] = defaultdict(set)
    for model, number in _named(entries):
        wanted[model].add(number)
    return {
        (model, str(number)): record
        for model, numbers in wanted.items()
        for number, record in model._default_manager.in_bulk(numbers).items()  # noqa: SLF001 - Django documents it
    }


def _named(entries: Iterable[Entry]) -> Iterator[tuple[type[Model], str]]:
    for entry in entries:
        for name, field in entry.side.form.fields.items():
            if isinstance(field, ModelChoiceField):
                values = (side.get(name, "") for side in (entry.base, entry.theirs, entry.mine) if side)
                yield from ((field.queryset.model, value) for value in values if value.isdecimal())
