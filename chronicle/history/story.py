"""A record's history, newest first: one entry for each save, with all rows that it changed.

It is paged by key. The keys of a page are found one after another, each by one look into the index of each table
(`<table>_story`), so that a page costs the same in a history of ten entries and of ten thousand.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connections, models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from chronicle.history.parts import Key, Part, parts_of
from chronicle.restricted import telling_of

MOST_ENTRIES = 20
MOST_ROWS = 30
"""How many revisions of one table an entry shows on the page of several; an import may have hundreds."""
MOST_ROWS_ALONE = 2_000


@dataclass
class Row:
    """What an entry did to one row: as it was, and as it was left; None where there was none."""

    part: Part
    number: int
    before: Any
    after: Any

    @property
    def is_changed(self) -> bool:
        """Return whether the entry left it other than it was: what came and went again is nothing."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return bool(self.changed())

    def changed(self) -> list[models.Field]:
        """Return the columns that are not what they were."""
        columns = (self.part.link_field, *self.part.fields) if self.part.link else self.part.fields
        names = ((column, column.attname) for column in columns)
        return [column for column, name in names if getattr(self.before, name) != getattr(self.after, name)]


def without_rows(rows: list[Row], documents: Collection[int]) -> list[Row]:
    """Return the rows that told of none of these documents in any of their states: one query for each table."""
    if not documents:
        return rows
    numbers: dict[Part, set[int]] = defaultdict(set)
    for row in rows:
        numbers[row.part].add(row.number)
    revisions = ((part, part.revisions.filter(pgh_obj__in=found)) for part, found in numbers.items())
    hidden = {(part, row) for part, of_rows in revisions for row in _rows_of(telling_of(of_rows, documents))}
    return [row for row in rows if (row.part, row.number) not in hidden]


def _rows_of(revisions: QuerySet) -> QuerySet:
    return revisions.order_by().values_list("pgh_obj", flat=True).distinct()


@dataclass
class Entry:
    """One save: its key, its context, its rows in the order of the record's tables; how many more are not shown."""

    key: Key
    context: Any = None
    rows: list[Row] = field(default_factory=list)
    left_out: int = 0


@dataclass
class Story:
    """A page of a record's history; `older` is the key after which the next page begins, if there is one."""

    entries: list[Entry]
    older: Key | None = None


def story(model: type[models.Model], number: int, before: Key | None = None, size: int = MOST_ENTRIES) -> Story:
    """Return the entries before a key, or the newest, of the record with this number, which may be deleted."""
    parts = parts_of(model)
    keys = _keys(parts, number, before, size + 1)
    shown = keys[:size]
    return Story(_entries(parts, number, shown, MOST_ROWS), shown[-1] if len(keys) > size else None)


def entry(model: type[models.Model], number: int, key: Key) -> Entry | None:
    """Return one entry with all its rows; None if the record has none at this place."""
    found = _entries(parts_of(model), number, [key], MOST_ROWS_ALONE)
    return found[0] if found and found[0].context else None


ONE = """(SELECT pgh_created_at AS made, pgh_context_id AS context FROM {table}
    WHERE {column} = %(number)s AND (pgh_created_at, pgh_context_id) < (k.made, k.context)
    ORDER BY pgh_created_at DESC, pgh_context_id DESC LIMIT 1)"""
KEYS = """
WITH RECURSIVE k AS (
    SELECT %(made)s::timestamptz AS made, %(context)s::uuid AS context, 0 AS place
    UNION ALL
    SELECT n.made, n.context, k.place + 1 FROM k CROSS JOIN LATERAL (
        SELECT made, context FROM ({each}) AS newest ORDER BY made DESC, context DESC LIMIT 1) AS n
    WHERE k.place < %(size)s
)
SELECT made, context FROM k WHERE place > 0 ORDER BY place
"""
NOW = {"made": "infinity", "context": "ffffffff-ffff-ffff-ffff-ffffffffffff"}


def keys_statement(parts: Iterable[Part]) -> str:
    """Return the statement that walks from key to key; its parameters are made, context, number and size."""
    each = " UNION ALL ".join(
        ONE.format(table=part.revised._meta.db_table, column=part.column)  # noqa: SLF001 - Django documents _meta
        for part in parts
    )
    return KEYS.replace("{each}", each)


def _keys(parts: Iterable[Part], number: int, before: Key | None, size: int) -> list[Key]:
    start: dict[str, Any] = {"made": before.made, "context": before.context} if before else NOW
    with connections["default"].cursor() as cursor:
        cursor.execute(keys_statement(parts), {**start, "number": number, "size": size})
        return [Key(made, context) for made, context in cursor.fetchall()]


def _entries(parts: Iterable[Part], number: int, keys: list[Key], most: int) -> list[Entry]:
    entries = {key: Entry(key) for key in keys}
    if entries:
        for part in parts:
            _add_rows(part, number, entries, most)
    return list(entries.values())


def _add_rows(part: Part, number: int, entries: dict[Key, Entry], most: int) -> None:
    of_row: dict[tuple[Key, int], list[Any]] = defaultdict(list)
    for revision in _revisions(part, number, list(entries), most):
        of_row[Key.of(revision), revision.pgh_obj_id].append(revision)
    earlier = _earlier(part, [revisions[0].earlier for revisions in of_row.values()])
    for (key, row), revisions in of_row.items():
        entry = entries[key]
        first, last = revisions[0], revisions[-1]
        entry.context = last.pgh_context
        entry.left_out += max(0, first.in_all - most) if first.place == 1 else 0
        made = Row(part, row, earlier.get(first.earlier), None if last.pgh_label == "delete" else last)
        if made.is_changed:
            entry.rows.append(made)


def _revisions(part: Part, number: int, keys: list[Key], most: int) -> Any:
    """Return the revisions of one table in these entries, some of each, each with the number of the one before it."""
    one_entry: dict[str, Any] = {"partition_by": [F("pgh_created_at"), F("pgh_context")]}
    before = part.revisions.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    there = Q(pgh_created_at__in={key.made for key in keys}, pgh_context__in={key.context for key in keys})
    counted = part.of(number).filter(there).annotate(
        place=Window(RowNumber(), order_by="pgh_id", **one_entry),
        in_all=Window(Count("*"), **one_entry),
        earlier=Subquery(before.values("pgh_id")[:1]),
    )  # fmt: skip
    found = counted.filter(place__lte=most).select_related("pgh_context").order_by("pgh_id")
    return (revision for revision in found if Key.of(revision) in set(keys))


def _earlier(part: Part, numbers: Iterable[int | None]) -> dict[int | None, Any]:
    """Return the revisions with these numbers; one that says that the row was deleted stands for no row."""
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    return {each.pgh_id: each for each in part.revisions.filter(pgh_id__in=wanted).exclude(pgh_label="delete")}
