"""Rows on their way into the desk's tables by COPY."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db import models
from psycopg import sql

from sources.edtf import EDTFField, parse, range_text


@lru_cache(maxsize=100_000)
def _ranges(edtf: str) -> tuple[str, str]:
    """Return the bounds of a date and its widened ones, as our own parser has them."""
    parsed = parse(edtf)
    return range_text(parsed.bounds), range_text(parsed.widened)


class Sheet:
    """The columns of one table, in the order in which their values are copied, each with what it is if nobody says."""

    def __init__(self, model: type[models.Model]) -> None:
        self.table = model._meta.db_table  # noqa: SLF001  # Django documents it
        fields = [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001
        self._blank = {field.attname: _blank(field) for field in fields}
        self._dates = [field for field in fields if isinstance(field, EDTFField)]

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._blank)

    def row(self, **values: Any) -> list[Any]:
        """Return the values of a row; the ranges of its dates are derived as a form derives them."""
        found = {**self._blank, **values}
        if len(found) != len(self._blank):
            raise ValueError(f"{self.table} has no column {set(found) - set(self._blank)}")
        for date in self._dates:
            if found[date.attname]:
                bounds, widened = _ranges(found[date.attname])
                if date.range_field:
                    found[date.range_field] = bounds
                if date.widened_field:
                    found[date.widened_field] = widened
        return list(found.values())


def _blank(field: models.Field) -> Any:
    if field.has_default():
        return field.get_default()
    return None if field.null else ""


class Rows:
    """Rows that wait to be copied together, table after table in the order in which they were first met."""

    def __init__(self) -> None:
        self._sheets: dict[type[models.Model], Sheet] = {}
        self._waiting: dict[type[models.Model], list[list[Any]]] = defaultdict(list)
        self.copied: dict[str, int] = defaultdict(int)

    def add(self, model: type[models.Model], **values: Any) -> None:
        """Let a row wait."""
        sheet = self._sheets.get(model) or self._sheets.setdefault(model, Sheet(model))
        self._waiting[model].append(sheet.row(**values))

    def copy(self, cursor: Any) -> None:
        """Copy all that wait, a statement for each table."""
        for model, sheet in self._sheets.items():
            rows = self._waiting.pop(model, [])
            if rows:
                _copy(cursor, sheet, rows)
                self.copied[sheet.table] += len(rows)

    def tables(self) -> Iterator[type[models.Model]]:
        """Return the models of all rows so far."""
        yield from self._sheets


def _copy(cursor: Any, sheet: Sheet, rows: list[list[Any]]) -> None:
    names = sql.SQL(", ").join(sql.Identifier(name) for name in sheet.columns)
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(sheet.table), names)) as copy:
        for row in rows:
            copy.write_row(row)
