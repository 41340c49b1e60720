"""Axes with round ticks: numbers from zero, and days from any year to any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from django.utils.dates import MONTHS

from chronicle.plots.marks import Number, Tick
from sources.edtf import Day
from sources.edtf.days import MONTHS_IN_YEAR
from sources.edtf.names import day_of_year_name, year_name

INTERVALS: Final = 5
"""Into how many parts an axis is cut, about: the end of the axis is the end of the last."""
ROOM_BEYOND: Final = 2
ROOM_FOR_AN_ARROW: Final = Decimal("1.1")
NICE: Final = (1, 2, 5, 10)


@dataclass(frozen=True)
class FigureScale:
    """Numbers from zero, linear."""

    high: Decimal

    @property
    def low(self) -> Decimal:
        """Zero, always."""
        return Decimal(0)

    @classmethod
    def over(cls, ends: Iterable[Number], *, is_open: bool = False) -> FigureScale:
        """The axis on which all these numbers have room, and an arrow beyond them if one is open."""
        largest = max(map(Decimal, ends), default=Decimal(0)) or Decimal(1)
        needed = largest * ROOM_FOR_AN_ARROW if is_open else largest
        step = _nice(needed / INTERVALS)
        return cls((needed / step).to_integral_value(ROUND_CEILING) * step)

    def ticks(self, most: int) -> list[Tick]:
        """Round numbers from zero to the end of the axis or near it."""
        step = _nice(self.high / INTERVALS)
        while self.high // step + 1 > max(most, 2):
            step = _nice(step * Decimal("1.01"))
        values = [step * number for number in range(int(self.high // step) + 1)]
        return [Tick(value, value, f"{value.normalize():,f}") for value in values]


def _nice(least: Decimal) -> Decimal:
    """The first of 1, 2, 5, 10, 20… that is no less."""
    power = Decimal(10) ** least.log10().to_integral_value(ROUND_FLOOR)
    return next(power * factor for factor in NICE if power * factor >= least)


DAYS: Final = {"day": 1, "month": 30, "year": 365}


@dataclass(frozen=True)
class Step:
    """A unit of the calendar, so many times: 2 days, 3 months, 50 years."""

    unit: str
    times: int

    def floor(self, day: Day) -> Day:
        """The last beginning of a step that is not after a day; days are counted from the first of their month."""
        if self.unit == "year":
            return Day(day.year // self.times * self.times, 1, 1)
        if self.unit == "month":
            return Day(day.year, (day.month - 1) // self.times * self.times + 1, 1)
        return day

    def after(self, day: Day) -> Day:
        """One step later."""
        if self.unit == "day":
            for _ in range(self.times):
                day = day.next()
            return day
        return day.months_later(self.times * (MONTHS_IN_YEAR if self.unit == "year" else 1))

    def before(self, day: Day) -> Day:
        """One step earlier."""
        if self.unit == "day":
            for _ in range(self.times):
                day = day.previous()
            return day
        return day.months_later(-self.times * (MONTHS_IN_YEAR if self.unit == "year" else 1))

    @property
    def days(self) -> int:
        """About how long it is."""
        return self.times * DAYS[self.unit]

    @property
    def half_of_unit(self) -> Decimal:
        """About how many days after its beginning the middle of what a tick names is."""
        return Decimal(DAYS[self.unit]) / 2

    def name(self, day: Day) -> str:
        """What a tick is called."""
        if self.unit == "year":
            return year_name(day.year)
        return str(MONTHS[day.month]) if self.unit == "month" else day_of_year_name(day)


def _steps() -> Iterator[Step]:
    """Steps from a day to as many years as there are."""
    yield from (Step("day", times) for times in (1, 2, 7, 14))
    yield from (Step("month", times) for times in (1, 2, 3, 6))
    power = 1
    while True:
        yield from (Step("year", power * factor) for factor in NICE[:-1])
        power *= 10


FEWEST_DAYS: Final = 4
EDGES: Final = 24
"""An axis of days begins and ends at the beginning of a unit of which it has about so many: no tick need be there."""


@dataclass(frozen=True)
class DateScale:
    """Days from the beginning of one to the beginning of another."""

    first: Day
    beyond: Day

    @property
    def low(self) -> int:
        """The ordinal of the first day."""
        return self.first.ordinal

    @property
    def high(self) -> int:
        """The ordinal of the day after the last."""
        return self.beyond.ordinal

    @classmethod
    def over(cls, days: Sequence[Day], *, opens_before: bool = False, opens_after: bool = False) -> DateScale:
        """The axis on which all these days have room, with a step more on the side on which something is open."""
        first, last = min(days), max(days)
        step = _fitting(last.ordinal - first.ordinal + 1, EDGES)
        start, end = step.floor(first), step.floor(first)
        while end <= last:
            end = step.after(end)
        for _ in range(ROOM_BEYOND):
            start = step.before(start) if opens_before else start
            end = step.after(end) if opens_after else end
        while end.ordinal - start.ordinal < FEWEST_DAYS:
            start, end = start.previous(), end.next()
        return cls(start, end)

    def ticks(self, most: int) -> list[Tick]:
        """Beginnings of days, months or years; the year stands under the first day or month of it."""
        step = _fitting(self.high - self.low, max(most, 2))
        day = step.floor(self.first)
        day = day if day >= self.first else step.after(day)
        found: list[Tick] = []
        year: int | None = None
        while day < self.beyond:
            under = "" if step.unit == "year" or day.year == year else year_name(day.year)
            middle = min(step.half_of_unit, Decimal(self.high - day.ordinal) / 2)
            found.append(Tick(day.ordinal, day.ordinal + middle, step.name(day), under))
            year, day = day.year, step.after(day)
        return found


def _fitting(days: int, most: int) -> Step:
    """The shortest step of which no more than so many are needed."""
    return next(step for step in _steps() if days <= step.days * most)
