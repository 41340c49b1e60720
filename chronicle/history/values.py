"""What stands in a column, in words; records by their names, of which all that a page needs are read at once."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chronicle.editions.texts import Part as Words
from chronicle.editions.texts import compared, replaced
from chronicle.figures.figure import Figure
from chronicle.figures.words import figure_words
from chronicle.history.parts import Part, is_range
from sources.edtf import EDTFField

LONGEST_NAME = 60
NAMING = 3  # columns that tell a row from others: a citation's document, locator of, locator


class Values:
    """Says values of some revisions or rows, whose tables are the parts'; three queries at most for each kind of record
    that they point to, however many they are."""

    def __init__(self, found: Iterable[tuple[Part, Any]]) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for part, row in found:
            for column in _links(part):
                number = getattr(row, column.attname)
                if number is not None:
                    wanted[column.related_model].add(number)
        self.names = {model: _names(model, numbers) for model, numbers in wanted.items()}

    def text(self, column: models.Field, row: Any) -> str:
        """Return what stands in a column of a row; nothing for what is empty."""
        value = getattr(row, column.attname)
        if value is None or value == "":
            return ""
        if isinstance(column, models.ForeignKey):
            return self.names[column.related_model].get(value) or _("number %(number)s, not known") % {"number": value}
        if column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return _plain(column, value)

    def difference(self, column: models.Field, before: Any, after: Any) -> tuple[Words, ...]:
        """Return both values in one row of words; texts are compared word by word."""
        old = "" if before is None else self.text(column, before)
        new = "" if after is None else self.text(column, after)
        return compared(old, new) if _is_text(column) else replaced(old, new)

    def title(self, part: Part, row: Any) -> str:
        """Return what a row is called: its kind, and the first words that tell it from others."""
        kind = capfirst(str(part.model._meta.verbose_name))  # noqa: SLF001 - Django documents _meta
        if not part.link:
            return kind
        number = getattr(row, "number", None)  # what numbered rows are called by
        kind = f"{kind} {number}" if number else kind
        texts = (self.text(column, row) for column in part.fields if column.name != "number")
        first = [_shortened(text) for text in texts if text][:NAMING]
        return _("%(kind)s: %(row)s") % {"kind": kind, "row": " · ".join(first)} if first else kind


def label(column: models.Field) -> str:
    """Return what a form calls a column."""
    return capfirst(str(column.verbose_name))


def _links(part: Part) -> list[Any]:
    columns = [part.link_field] if part.link else []
    return [column for column in (*columns, *part.fields) if isinstance(column, models.ForeignKey)]


def _names(model: type[models.Model], numbers: set[int]) -> dict[int, str]:
    """Return the names of records; those that are gone by what they were last called."""
    found = {number: str(record) for number, record in model._default_manager.in_bulk(list(numbers)).items()}  # noqa: SLF001 - Django documents it
    gone = last_names(model, numbers - found.keys())
    return found | {number: _("%(record)s (deleted since)") % {"record": name} for number, name in gone.items()}


def last_names(model: type[models.Model], numbers: set[int]) -> dict[int, str]:
    """Return what records were last called, of which only the history knows."""
    if not numbers or not hasattr(model, "pgh_event_model"):
        return {}
    newest = model.pgh_event_model.objects.filter(pgh_obj__in=numbers).order_by("pgh_obj_id", "-pgh_id")
    found = newest.distinct("pgh_obj_id")
    return {revision.pgh_obj_id: str(as_row(Part(model), revision)) for revision in found}


def as_row(part: Part, revision: Any) -> Any:
    """Return the row that a revision recorded, not saved; what follows from other columns is worked out anew."""
    columns: tuple[Any, ...] = (*part.fields, part.model._meta.pk)  # noqa: SLF001 - Django documents _meta
    if part.link:
        columns = (*columns, part.link_field)
    return part.model(**{column.attname: getattr(revision, column.attname) for column in columns})


def _plain(column: models.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if is_range(column):
        return figure_words(Figure.from_range(value))
    if isinstance(column, models.JSONField):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def _is_text(column: models.Field) -> bool:
    is_words = isinstance(column, models.CharField | models.TextField)
    return is_words and not column.flatchoices and not isinstance(column, EDTFField)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rstrip()}…"
