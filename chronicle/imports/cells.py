"""Cells as values, column by column: the same words that the forms of the desk take, and no others.

Widgets of django-import-export, stricter than its own: an unknown slug, a number with a comma, a word that is no choice
are errors that say what to write. What is rendered reads back as the same value.
"""

import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.contrib.postgres.fields import DecimalRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from chronicle.figures import Figure, FigureError, figure_words, parse_figure
from chronicle.imports.tables import fillable
from sources.edtf import EDTFError, EDTFField, parse

YES = frozenset({"yes", "true", "1", "x"})
NO = frozenset({"no", "false", "0", ""})
_RANGE = re.compile(r"([\[(])\s*(\d[\d.]*)?\s*,\s*(\d[\d.]*)?\s*([\])])")


class Text(Widget):
    """A line or a block of text: white space around it is no part of it, and lines end in one way."""

    def clean(self, value: str, row: Any = None, **_options: Any) -> Any:  # noqa: ARG002 -- its signature
        """Return the text."""
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()

    def render(self, value: Any, obj: Any = None, **_options: Any) -> str:  # noqa: ARG002 -- its signature
        """Return the text."""
        return "" if value is None else str(value)


class Date(Text):
    """A date in EDTF."""

    def clean(self, value: str, row: Any = None, **_options: Any) -> str:  # noqa: ARG002 -- its signature
        """Return the string; ValueError says what is wrong with it."""
        written = value.strip()
        try:
            return str(parse(written)) if written else ""
        except EDTFError as error:
            raise ValueError(str(error)) from error


class Choice(Text):
    """A word of a closed vocabulary, by its code or by its name."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self.codes = {code: str(label) for code, label in choices}
        self.by_name = {str(label).casefold(): code for code, label in self.codes.items()}

    def clean(self, value: str, row: Any = None, **_options: Any) -> str:  # noqa: ARG002 -- its signature
        """Return the code; ValueError names all that there are."""
        written = value.strip()
        if not written or written in self.codes:
            return written
        if written.casefold() in self.by_name:
            return self.by_name[written.casefold()]
        codes = ", ".join(code for code in self.codes if code)
        raise ValueError(_("Write one of these: %(codes)s.") % {"codes": codes})


class YesOrNo(Text):
    """A yes or a no."""

    def clean(self, value: str, row: Any = None, **_options: Any) -> bool:  # noqa: ARG002 -- its signature
        """Return which of the two; nothing is a no."""
        written = value.strip().casefold()
        if written in YES | NO:
            return written in YES
        raise ValueError(_("Write yes or no."))

    def render(self, value: Any, obj: Any = None, **_options: Any) -> str:  # noqa: ARG002 -- its signature
        """Return the word."""
        return "yes" if value else "no"


class Number(Text):
    """A number as programs write it, with a point; whole ones without."""

    def __init__(self, column: models.Field) -> None:
        super().__init__()
        self.is_whole = isinstance(column, models.IntegerField)

    def clean(self, value: str, row: Any = None, **_options: Any) -> int | Decimal | None:  # noqa: ARG002 -- its signature
        """Return the number, or nothing."""
        written = value.strip()
        if not written:
            return None
        try:
            number = Decimal(written)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or "," in written or (self.is_whole and number != number.to_integral_value()):
            if self.is_whole:
                raise ValueError(_("Write a whole number without spaces, such as 2000."))
            raise ValueError(_("Write a number with a point and without spaces, such as 39.758."))
        return int(number) if self.is_whole else number


class Json(Text):
    """A value in JSON, such as a GeoJSON geometry."""

    def clean(self, value: str, row: Any = None, **_options: Any) -> Any:  # noqa: ARG002 -- its signature
        """Return the value."""
        try:
            return json.loads(value) if value.strip() else None
        except (ValueError, RecursionError) as error:
            raise ValueError(_("This is no JSON: %(error)s.") % {"error": error}) from error

    def render(self, value: Any, obj: Any = None, **_options: Any) -> str:  # noqa: ARG002 -- its signature
        """Return the JSON in one line."""
        return "" if value is None else json.dumps(value, ensure_ascii=False)


class FigureCell(Text):
    """A figure in words, or as a range in PostgreSQL's notation."""

    def clean(self, value: str, row: Any = None, **_options: Any) -> NumericRange | None:  # noqa: ARG002 -- its signature
        """Return the range; ValueError says what is wrong with it. That it is approximate is told by `is_about`."""
        figure = self.figure(value, is_whole=True)
        return figure.as_range() if figure else None

    def figure(self, value: str, *, is_whole: bool) -> Figure | None:
        """Return the figure that a cell has, of things that are counted whole or measured."""
        written = value.strip()
        if not written:
            return None
        try:
            found = _RANGE.fullmatch(written)
            if found:
                return Figure(_decimal(found[2]), _decimal(found[3]), found[1] == "[", found[4] == "]")
            return parse_figure(written, counts_whole_things=is_whole)
        except FigureError as error:
            raise ValueError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **_options: Any) -> str:
        """Return the words, where they read back as the same range; else the range."""
        if value is None:
            return ""
        is_approximate = bool(obj is not None and obj.is_approximate)
        figure = Figure.from_range(value, is_approximate=is_approximate)
        words = figure_words(figure)
        try:
            if self.figure(words, is_whole=False) == figure:
                return words
        except ValueError:
            pass
        return figure.notation


class Reference(Text):
    """Another record, by its slug."""

    def render(self, value: Any, obj: Any = None, **_options: Any) -> str:  # noqa: ARG002 -- its signature
        """Return the slug."""
        return "" if value is None else str(value.slug)


def _decimal(written: str | None) -> Decimal | None:
    return Decimal(written) if written else None


MADE: tuple[tuple[Any, Callable[[Any], Widget]], ...] = (
    (ForeignKey, lambda _column: Reference()),
    (EDTFField, lambda _column: Date()),
    (DecimalRangeField, lambda _column: FigureCell()),
    (models.BooleanField, lambda _column: YesOrNo()),
    (models.JSONField, lambda _column: Json()),
    ((models.IntegerField, models.DecimalField, models.FloatField), Number),
)


@cache
def widgets(model: type[Model]) -> dict[str, Widget]:
    """Return how the cells of each column of a model are read and written."""
    return {column.name: _widget(column) for column in fillable(model)}


def _widget(column: Any) -> Widget:
    if column.choices:
        return Choice(column.flatchoices)
    return next((make(column) for kind, make in MADE if isinstance(column, kind)), Text())


def value_of(column: models.Field, cell: str) -> Any:
    """Return the value of a cell that is no reference; ValueError says what is wrong with it."""
    value = widgets(column.model)[column.name].clean(cell)
    if value == "" and column.null:
        return None
    if value is None and not column.null:
        return column.get_default()
    try:
        return column.to_python(value)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
