"""A page of a record's history as a curator reads it: saves and editions in one row, each change word by word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chronicle.editions.texts import Part as Words
from chronicle.history.parts import Key
from chronicle.history.restoring import happening, restorable
from chronicle.history.story import Entry, Row, Story, without_rows
from chronicle.history.told import Contexts, Told
from chronicle.history.values import Values, label
from chronicle.models import Edition


@dataclass(frozen=True)
class Change:
    """One column of a row: what stood there and what stands there, in one row of words."""

    name: str
    label: str
    words: tuple[Words, ...]
    can_return: bool


@dataclass(frozen=True)
class RowTold:
    """What happened to one row: added, changed or deleted."""

    title: str
    part: str
    number: int
    kind: str
    happened: str
    changes: list[Change]


@dataclass(frozen=True)
class Saved:
    """One save, as it is read."""

    made: datetime
    key: Key
    told: Told
    rows: list[RowTold]
    left_out: int
    edition: None = None


@dataclass(frozen=True)
class Published:
    """An edition of the record, between the saves."""

    made: datetime
    edition: Edition
    rows: list[RowTold] = field(default_factory=list)


def told_entries(entries: list[Entry], hidden: frozenset[int] = frozenset()) -> list[Saved]:
    """Return the entries in words, without rows of hidden documents; what they point to is read at once for all."""
    kept = {id(row) for row in without_rows([row for entry in entries for row in entry.rows], hidden)}
    for entry in entries:
        entry.rows = [row for row in entry.rows if id(row) in kept]
    values = _values(row for entry in entries for row in entry.rows)
    contexts = Contexts([entry.context for entry in entries])
    return [
        Saved(
            entry.key.made,
            entry.key,
            contexts.told(entry.context),
            [_row(row, values) for row in entry.rows],
            entry.left_out,
        )
        for entry in entries
        if entry.rows or entry.left_out
    ]


def told_rows(rows: list[Row]) -> list[RowTold]:
    """Return some rows in words; what they point to is read at once."""
    values = _values(rows)
    return [_row(row, values) for row in rows]


def _values(rows: Iterable[Row]) -> Values:
    return Values((row.part, each) for row in rows for each in (row.before, row.after) if each)


def told_page(story: Story, editions: Iterable[Edition], hidden: frozenset[int]) -> list[Saved | Published]:
    """Return the saves of a page and the editions that were made among them, newest first."""
    among = (Published(edition.made_at, edition) for edition in editions)
    return sorted([*told_entries(story.entries, hidden), *among], key=lambda item: item.made, reverse=True)


def editions_among(subject: str, number: int, story: Story, before: Key | None) -> QuerySet:
    """Return the editions of a record that were made between the saves of a page, or after the newest of them."""
    found = Edition.objects.defer("snapshot").filter(**{subject: number}).select_related("editor").order_by("-number")
    if before:
        found = found.filter(made_at__lt=before.made)
    if story.older:
        found = found.filter(made_at__gte=story.older.made)
    return found[:MOST_EDITIONS]


MOST_EDITIONS = 100


def _row(row: Row, values: Values) -> RowTold:
    stands = row.after or row.before
    return RowTold(
        title=values.title(row.part, stands),
        part=row.part.name,
        number=row.number,
        kind=happening(row),
        happened=str(HAPPENED[happening(row)]()),
        changes=list(_changes(row, values)),
    )


HAPPENED = {"added": lambda: _("added"), "deleted": lambda: _("deleted"), "changed": lambda: _("changed")}


def _changes(row: Row, values: Values) -> Iterator[Change]:
    columns: Any = row.changed() if row.before and row.after else row.part.fields
    for column in columns:
        words = values.difference(column, row.before, row.after)
        if words:
            yield Change(column.name, label(column), words, column in restorable(row.part))
