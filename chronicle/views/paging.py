"""Pages of lists by key: the next one begins after the last row, however long the list is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections, models
from django.db.models import Q

from chronicle.views.base import not_found

SIZE = 50
"""How many rows a page has."""
COUNTED = 1000
"""Up to how many rows a list is counted; of longer ones the page says “more than”."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list; `after` is what the next page begins after, empty on the last one."""

    rows: list[Any]
    after: str = ""
    is_first: bool = True


@dataclass(frozen=True)
class Count:
    """How many rows a list has; of a long one only that it is more than `number`."""

    number: int
    is_more: bool = False


def page_of(
    rows: models.QuerySet[Any], key: str, *, after: str, read: Callable[[str], Any] = str, size: int = SIZE
) -> Page:
    """Return the rows after the place `after` (key~number), in the order of `key` and number, which one index has."""
    if after:
        value, number = place(after, read)
        rows = rows.filter(**{f"{key}__gte": value}).filter(Q(**{f"{key}__gt": value}) | Q(pk__gt=number))
    found = list(rows.order_by(key, "pk")[: size + 1])
    return Page(found[:size], _place_of(found[size - 1], key) if len(found) > size else "", not after)


def page_back(
    rows: models.QuerySet[Any], key: str, *, after: str, read: Callable[[str], Any] = str, size: int = SIZE
) -> Page:
    """Return the rows before the place `after` (key~number), the greatest first, as `page_of` does upwards."""
    if after:
        value, number = place(after, read)
        rows = rows.filter(**{f"{key}__lte": value}).filter(Q(**{f"{key}__lt": value}) | Q(pk__lt=number))
    found = list(rows.order_by(f"-{key}", "-pk")[: size + 1])
    return Page(found[:size], _place_of(found[size - 1], key) if len(found) > size else "", not after)


def moment(text: str) -> datetime:
    """Return the moment that a place in a list of editions names; ValueError for anything else."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    try:
        return read.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is beyond the years that can be told") from error


def place(after: str, read: Callable[[str], Any] = str) -> tuple[Any, int]:
    """Return the key and the number that a place in a list names; Http404 for anything else."""
    value, _, number = after.rpartition("~")
    try:
        return read(value), int(number)
    except ValueError:
        not_found()


def _place_of(row: Any, key: str) -> str:
    return f"{getattr(row, key)}~{row.pk}"


def counted(rows: models.QuerySet[Any], limit: int = COUNTED) -> Count:
    """Return how many rows there are, looking at no more than `limit` and one."""
    return _count(rows.order_by()[: limit + 1].count(), limit)


def counted_together(lists: Sequence[models.QuerySet[Any]], limit: int = COUNTED) -> list[Count]:
    """Return how many rows each of several lists has, as `counted` does, in one query."""
    found = [_bounded(rows, limit) for rows in lists]
    counts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS bounded)" for sql, _values in found)  # noqa: S608 -- the SQL is Django's
    with connections[lists[0].db].cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [value for _sql, values in found for value in values])
        return [_count(number, limit) for number in cursor.fetchone()]


def _bounded(rows: models.QuerySet[Any], limit: int) -> tuple[str, tuple[Any, ...]]:
    return rows.order_by().values("pk")[: limit + 1].query.get_compiler(rows.db).as_sql()


def _count(number: int, limit: int) -> Count:
    return Count(min(number, limit), number > limit)
