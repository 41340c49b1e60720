"""What stands in a form, of whichever side: the fields of a stored row, and those that a browser sent."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.forms import BoundField, CheckboxInput, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from sources.admin.stale.comparing import Values

TICKED = "on"

Sent = dict[str, list[str]]
"""What was sent of a row, by the name of the field."""


@dataclass(frozen=True)
class Side:
    """A stored row as a form shows it; `shown` are the columns that the page shows and nobody types."""

    form: ModelForm
    link: str = ""
    shown: tuple[str, ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """The fields that a curator fills."""
        own = {self.form.instance._meta.pk.name, DELETION_FIELD_NAME, self.link}  # noqa: SLF001 - Django documents _meta
        return [name for name in self.form.fields if name not in own]

    @cached_property
    def values(self) -> Values:
        """What a browser would send of it, if nothing were touched; and what it would show besides."""
        shown = {name: _plain(getattr(self.form.instance, name)) for name in self.shown}
        return {name: as_sent(self.form[name]) for name in self.names} | shown

    def is_same(self, name: str, sent: Any) -> bool:
        """Return whether what was sent is what stands in the field here, however it is written."""
        field, initial = self.form.fields[name], self.form.get_initial_for_field(self.form.fields[name], name)
        if not field.has_changed(initial, sent):
            return True
        return isinstance(sent, str) and _lines(sent) == _lines(self.values[name])


def as_sent(field: BoundField) -> str:
    """Return what a browser would send of a field; nothing for a box that is not ticked."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, CheckboxInput):
        return TICKED if value else ""
    value = widget.format_value(value)
    return _plain(next(iter(value), "") if isinstance(value, list | tuple) else value)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _lines(text: str) -> str:
    """Return a text with the ends of lines that it is stored with; browsers send others."""
    return text.replace("\r\n", "\n")


def mine(data: QueryDict, prefix: str, sides: Iterable[Side]) -> dict[str, str]:
    """Return what was typed into a row, each field as the first of these sides writes it that has the same.

    What nobody types is as the last side has it.
    """
    first, *others = sides
    last = (others or [first])[-1]
    typed = {name: last.values[name] for name in last.shown}
    for name in first.names:
        widget = first.form.fields[name].widget
        sent = widget.value_from_datadict(data, {}, f"{prefix}-{name}" if prefix else name)
        same = (side.values[name] for side in (first, *others) if side.is_same(name, sent))
        written = (TICKED if sent else "") if isinstance(widget, CheckboxInput) else _plain(sent)
        typed[name] = next(same, written)
    return typed


@dataclass
class TypedRow:
    """A row of an inline, as it was sent."""

    prefix: str
    number: int | None
    is_new: bool
    sent: Sent = field(default_factory=dict)

    @property
    def is_removed(self) -> bool:
        """Whether it was marked for deletion."""
        return bool(CheckboxInput().value_from_datadict(self._last, {}, DELETION_FIELD_NAME))

    @property
    def _last(self) -> dict[str, str]:
        return {name: values[-1] for name, values in self.sent.items() if values}


def typed_rows(data: QueryDict, prefix: str, model: type[models.Model]) -> list[TypedRow]:
    """Return the rows of an inline in the order in which they were sent."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,6}})-(\w+)")
    sent: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for key in data:
        if found := pattern.fullmatch(key):
            sent[int(found[1])][found[2]] = data.getlist(key)
    total, initial = (_count(data, prefix, name) for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT))
    key = model._meta.pk.name  # noqa: SLF001 - Django documents _meta
    return [
        TypedRow(f"{prefix}-{index}", _number(sent[index].get(key)), index >= initial, sent[index])
        for index in sorted(sent)
        if index < total
    ]


def _count(data: QueryDict, prefix: str, name: str) -> int:
    return _number([data.get(f"{prefix}-{name}") or ""]) or 0


def _number(sent: list[str] | None) -> int | None:
    text = sent[-1] if sent else ""
    return int(text) if text.isdecimal() and len(text) < len(str(2**63)) else None


def rewritten(data: QueryDict, prefix: str, stored: list[Sent], new: list[Sent]) -> None:
    """Put these rows in the place of those that were sent."""
    pattern = re.compile(rf"{re.escape(prefix)}-\d+-\w+")
    for key in [key for key in data if pattern.fullmatch(key)]:
        del data[key]
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(stored) + len(new))
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(stored))
    for index, row in enumerate([*stored, *new]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)


def written(row: Mapping[str, list[str]], values: Mapping[str, str]) -> dict[str, list[str]]:
    """Return a sent row with these values in its fields; a box without a tick is not sent at all."""
    others = {name: sent for name, sent in row.items() if name not in values}
    return others | {name: [value] for name, value in values.items() if value}
