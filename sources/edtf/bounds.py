"""From when to when: the days between which a date in EDTF lies."""

from __future__ import annotations

from typing import Protocol

from sources.edtf.dates import Date, Missing, Qualifier, Span
from sources.edtf.days import Bounds, Day
from sources.edtf.extents import SEASONS, first_day, last_day, years_of_precision

__all__ = ["Bounds", "Day", "bounds", "widened"]


class Spanned(Protocol):
    """Anything made of spans, as a parsed string is."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans, at least one."""


def bounds(edtf: Spanned) -> Bounds:
    """The first and the last day that a date allows, as it is written.

    Open and unknown ends are unbounded. A moment counts as its local day, whatever its zone. A set reaches from its
    earliest member to its latest.
    """
    starts = [None if isinstance(span.start, Missing) else first_day(span.start) for span in edtf.spans]
    ends = [None if isinstance(span.end, Missing) else last_day(span.end) for span in edtf.spans]
    return _hull(starts, ends)


def widened(edtf: Spanned) -> Bounds:
    """The bounds, moved outwards by one unit of its own precision at every end that is approximate (`~` or `%`).

    A unit is a day, a month, a season, a year, a decade…; where only a part is approximate (2004-06~-11), it is a unit
    of the smallest such part. An end that is uncertain (`?`) does not move: doubt has no measure.
    """
    starts = [None if isinstance(span.start, Missing) else _widened_start(span.start) for span in edtf.spans]
    ends = [None if isinstance(span.end, Missing) else _widened_end(span.end) for span in edtf.spans]
    return _hull(starts, ends)


def _hull(starts: list[Day | None], ends: list[Day | None]) -> Bounds:
    """The earliest start and the latest end; a single unbounded one decides."""
    known_starts = [day for day in starts if day is not None]
    known_ends = [day for day in ends if day is not None]
    return Bounds(
        min(known_starts) if len(known_starts) == len(starts) else None,
        max(known_ends) if len(known_ends) == len(ends) else None,
    )


def _widened_start(date: Date) -> Day | None:
    day = first_day(date)
    if day is None or not date.qualifiers & Qualifier.APPROXIMATE:
        return day
    return day.months_later(-months) if (months := _months_of_unit(date)) else day.previous()


def _widened_end(date: Date) -> Day | None:
    day = last_day(date)
    if day is None or not date.qualifiers & Qualifier.APPROXIMATE:
        return day
    months = _months_of_unit(date)
    if not months:
        return day.next()
    later = day.months_later(months)
    return later if date.day else later.last_of_month()


def _months_of_unit(date: Date) -> int:
    """The length in months of the smallest approximate part's unit, 0 for a day."""
    if date.day_qualifier & Qualifier.APPROXIMATE:
        return 0
    if date.month_qualifier & Qualifier.APPROXIMATE:
        return SEASONS[date.month][1] if date.month in SEASONS else 1
    return 12 * years_of_precision(date)
