"""JSON as tables: a list of records of one kind, or lists of them by the names of kinds."""

import json
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from chronicle.imports.tables import Line, Table, UnreadableError, importable


def tables_of_records(name: str, data: Any, model: type[Model] | None) -> list[Table]:
    """Return the records of a file, each kind after those that it points to; UnreadableError says what else it is."""
    if isinstance(data, list):
        return [_table(name, data, model)]
    if not isinstance(data, dict) or not all(isinstance(rows, list) for rows in data.values()):
        raise UnreadableError(_("%(name)s: a list of records, or lists by kind of record.") % {"name": name})
    kinds = importable()
    unknown = [kind for kind in data if kind not in kinds]
    if unknown:
        words = {"name": name, "kinds": ", ".join(unknown), "known": ", ".join(kinds)}
        raise UnreadableError(_("%(name)s: there is no kind of record %(kinds)s; there are %(known)s.") % words)
    return [_table(f"{name}, {kind}", data[kind], kinds[kind]) for kind in kinds if kind in data]


def is_bibliography(data: Any) -> bool:
    """Return whether JSON is a list of CSL items, each with a type, and no slug, which our own records have."""
    items = data.get("items") if isinstance(data, dict) else data
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and "type" in first and "slug" not in first


def _table(name: str, rows: list[Any], model: type[Model] | None) -> Table:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise UnreadableError(_("%(name)s, record %(number)s is no object.") % {"name": name, "number": number})
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    if model is None:
        words = {"name": name, "known": ", ".join(importable())}
        raise UnreadableError(_("%(name)s: say what is in it, one of: %(known)s.") % words)
    if not headings:
        raise UnreadableError(_("%(name)s is empty: it has no record with a column.") % {"name": name})
    lines = [
        Line(number, {heading: _as_text(value) for heading, value in row.items()})
        for number, row in enumerate(rows, start=1)
    ]
    return Table(model, name, headings, lines)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
