"""Steps of the calendar at which the ticks of an axis stand: round days of a month, round months, round years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from sources.edtf import Day
from sources.edtf.days import MONTHS_IN_YEAR

LENGTHS: Final = {"day": 1, "month": 30, "year": 365}
ROUND_DAYS: Final = {1: range(1, 32), 2: range(1, 29, 2), 5: (1, 5, 10, 15, 20, 25), 10: (1, 10, 20)}
"""At which days of a month ticks stand; none at the end of it, too close to the first of the next."""
ROUND_MONTHS: Final = (1, 2, 3, 6)
ROUND: Final = (1, 2, 5)


@dataclass(frozen=True)
class Step:
    """A unit of the calendar, so many times: 2 days, 3 months, 50 years."""

    unit: str
    times: int

    @property
    def days(self) -> int:
        """About how long it is."""
        return self.times * LENGTHS[self.unit]

    def floor(self, day: Day) -> Day:
        """The last round year or month that is not after a day; steps of days begin with any day."""
        if self.unit == "year":
            return Day(day.year // self.times * self.times, 1, 1)
        if self.unit == "month":
            return Day(day.year, (day.month - 1) // self.times * self.times + 1, 1)
        return day

    def moved(self, day: Day, steps: int) -> Day:
        """So many steps later, or earlier where they are negative."""
        if self.unit == "day":
            return Day.of_ordinal(day.ordinal + steps * self.times)
        return day.months_later(steps * self.times * (MONTHS_IN_YEAR if self.unit == "year" else 1))

    def beginnings(self, first: Day, last: Day) -> Iterator[Day]:
        """The round days, months or years from one day to another, both included."""
        return (day for day in self._around(first, last) if first <= day <= last)

    def _around(self, first: Day, last: Day) -> Iterator[Day]:
        if self.unit == "year":
            return (Day(year, 1, 1) for year in _round_years(first.year, last.year, self.times))
        if self.unit == "month":
            return _months(self.floor(first), last, self.times)
        months = _months(first._replace(day=1), last, 1)
        return (month._replace(day=day) for month in months for day in _days_of(month, self.times))


def _months(month: Day, last: Day, times: int) -> Iterator[Day]:
    while month <= last:
        yield month
        month = month.months_later(times)


def _days_of(month: Day, times: int) -> list[int]:
    return [day for day in ROUND_DAYS[times] if day <= month.last_of_month().day]


def _round_years(first: int, last: int, step: int) -> Iterator[int]:
    """Years that are round as historians count them: 100 BC is the year -99, and no year is 0."""
    if first <= 0:
        farthest, nearest = 1 - first, 1 - min(last, 0)
        yield from (1 - year for year in range(farthest // step * step, nearest - 1, -step) if year > 0)
    yield from range(max(-(-first // step), 1) * step, last + 1, step)


def steps() -> Iterator[Step]:
    """Steps from a day to as many years as there are."""
    yield from (Step("day", times) for times in ROUND_DAYS)
    yield from (Step("month", times) for times in ROUND_MONTHS)
    yield from (Step("year", factor * 10**power) for power in count() for factor in ROUND)


def fitting(days: int, most: int) -> Step:
    """The shortest step of which no more than so many are needed for so many days."""
    return next(step for step in steps() if days <= step.days * most)


def beginnings(first: Day, last: Day, most: int) -> tuple[Step, Sequence[Day]]:
    """The shortest step that begins no more than so many times from one day to another, and these beginnings.

    One alone is no measure: then some of those of the step before it stand instead.
    """
    days = last.ordinal - first.ordinal + 1
    before: list[Day] = []
    for step in steps():
        if days > step.days * (most + 1) * LEEWAY:
            continue
        found = list(step.beginnings(first, last))
        if len(found) <= most:
            break
        shorter, before = step, found
    if len(found) < FEWEST and before:
        return shorter, before[:: -(-len(before) // most)]
    return step, found


LEEWAY: Final = 2
"""Steps of which there would be far too many are not tried out; a month without the ticks at its end has fewer."""
FEWEST: Final = 2
