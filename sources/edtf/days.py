"""Days of the proleptic Gregorian calendar, any year, and the bounds that they make.

Python's `datetime.date` stops at the years 1 and 9999; sources do not.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

MONTHS_IN_YEAR = 12
YEARS_IN_CYCLE = 400
DAYS_IN_CYCLE = 146_097
FEBRUARY = 2
DECEMBER = 12
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether a year has 366 days; years are counted astronomically, so that 0 (1 BC) and -4 (5 BC) do."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The number of days of a calendar month, from 28 to 31."""
    return 29 if month == FEBRUARY and is_leap(year) else _LENGTHS[month]


class Day(NamedTuple):
    """A calendar day, compared in order of time. The year is astronomical: 0 is 1 BC, -43 is 44 BC."""

    year: int
    month: int
    day: int

    @property
    def ordinal(self) -> int:
        """The number of the day, 1 for 1 January of the year 1, as `datetime.date.toordinal` counts."""
        before = self.year - 1
        months = sum(days_in_month(self.year, month) for month in range(1, self.month))
        return before * 365 + before // 4 - before // 100 + before // 400 + months + self.day

    @classmethod
    def of_ordinal(cls, number: int) -> Day:
        """The day with this number, however early or late: the calendar repeats itself every 400 years."""
        cycles, rest = divmod(number - 1, DAYS_IN_CYCLE)
        found = date.fromordinal(rest + 1)
        return cls(found.year + cycles * YEARS_IN_CYCLE, found.month, found.day)

    def next(self) -> Day:
        """The day after."""
        if self.day < days_in_month(self.year, self.month):
            return Day(self.year, self.month, self.day + 1)
        return self.months_later(1)._replace(day=1)

    def previous(self) -> Day:
        """The day before."""
        if self.day > 1:
            return Day(self.year, self.month, self.day - 1)
        return self.months_later(-1).last_of_month()

    def months_later(self, months: int) -> Day:
        """The same day so many months later, or the last day of that month where it is shorter."""
        years, month = divmod(self.month - 1 + months, MONTHS_IN_YEAR)
        year = self.year + years
        return Day(year, month + 1, min(self.day, days_in_month(year, month + 1)))

    def last_of_month(self) -> Day:
        """The last day of this day's month."""
        return Day(self.year, self.month, days_in_month(self.year, self.month))

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"


class Bounds(NamedTuple):
    """The first and the last day that something can have happened on, both included; None is unbounded."""

    earliest: Day | None
    latest: Day | None

    def __str__(self) -> str:
        return f"{self.earliest or '..'}/{self.latest or '..'}"
