"""Axes with round ticks: numbers from zero, and days from any year to any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from django.utils.dates import MONTHS

from chronicle.plots.marks import Number, Tick
from chronicle.timeline.steps import LENGTHS, Step, beginnings, fitting
from sources.edtf import Day
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
        step = fitting(last.ordinal - first.ordinal + 1, EDGES)
        start, end = step.floor(first), step.floor(first)
        while end <= last:
            end = step.moved(end, 1)
        start = step.moved(start, -ROOM_BEYOND) if opens_before else start
        end = step.moved(end, ROOM_BEYOND) if opens_after else end
        while end.ordinal - start.ordinal < FEWEST_DAYS:
            start, end = start.previous(), end.next()
        return cls(start, end)

    def ticks(self, most: int) -> list[Tick]:
        """Beginnings of days, months or years; the year stands under the first day or month of it."""
        step, days = beginnings(self.first, self.beyond.previous(), max(most, 2))
        found: list[Tick] = []
        year: int | None = None
        for day in days:
            under = "" if step.unit == "year" or day.year == year else year_name(day.year)
            middle = min(Decimal(LENGTHS[step.unit]) / 2, Decimal(self.high - day.ordinal) / 2)
            found.append(Tick(day.ordinal, day.ordinal + middle, _name(step, day), under))
            year = day.year
        return found


def _name(step: Step, day: Day) -> str:
    if step.unit == "year":
        return year_name(day.year)
    return str(MONTHS[day.month]) if step.unit == "month" else day_of_year_name(day)
