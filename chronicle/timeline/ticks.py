"""Ticks of the axis: at the beginnings of round years, of months or of days, so few that their labels have room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.utils.dates import MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chronicle.timeline.window import Window, per_cent
from sources.edtf import Day
from sources.edtf.names import year_name

MOST: Final = 9
"""How many labels have room on a wide screen; a phone shows every other."""
DAYS: Final = (1, 2, 5, 10)
MONTHS: Final = (1, 2, 3, 6)
ROUND: Final = (1, 2, 5)
SHORTEST_YEARS: Final = 366 * 4
LAST_OF_MONTH_TO_LABEL: Final = 26
"""After this day a tick would stand too close to the first of the next month."""


class Tick(NamedTuple):
    """A place on the axis with its label; where it is anchored, and whether narrow screens leave the label out."""

    x: str
    label: str
    anchor: str
    is_minor: bool


def ticks(window: Window) -> list[Tick]:
    """The ticks of a window, from left to right."""
    found = _days(window)
    return [_tick(window, day, label, number) for number, (day, label) in enumerate(found)]


def _tick(window: Window, day: int, label: str, number: int) -> Tick:
    place = window.place(day)
    anchor = "start" if place < EDGE else "end" if place > 100 - EDGE else "middle"
    return Tick(per_cent(place), label, anchor, number % 2 == 1)


EDGE: Final = 4.0
"""How near to the edge, in per cent, a label that is centred would be cut."""


def _days(window: Window) -> list[tuple[int, str]]:
    """The days at which ticks stand, with their labels: of the smallest step that leaves room for them."""
    first, last = Day.of_ordinal(window.first), Day.of_ordinal(window.last)
    if window.days <= MOST * 31:
        for step in DAYS:
            found = [(day.ordinal, _day_label(day)) for day in _round_days(window, step)]
            if len(found) <= MOST:
                return found
    if window.days <= SHORTEST_YEARS:
        for step in MONTHS:
            months = [Day(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13, step)]
            found = [(m.ordinal, _month_label(m)) for m in months if window.holds(m.ordinal, m.ordinal)]
            if len(found) <= MOST:
                return found
    return _years(window, first.year, last.year)


def _round_days(window: Window, step: int) -> Iterator[Day]:
    """The first of each month, and every so many days after it."""
    for number in range(window.first, window.last + 1):
        day = Day.of_ordinal(number)
        if step == 1 or (day.day == 1 or (day.day % step == 0 and day.day <= LAST_OF_MONTH_TO_LABEL)):
            yield day


def _day_label(day: Day) -> str:
    month = capfirst(MONTHS_3[day.month])
    return _("%(day)d %(month)s") % {"day": day.day, "month": month}


def _month_label(day: Day) -> str:
    month = capfirst(MONTHS_3[day.month])
    if day.month > 1:
        return month
    return _("%(month)s %(year)s") % {"month": month, "year": year_name(day.year)}


def _years(window: Window, first: int, last: int) -> list[tuple[int, str]]:
    step = _step(last - first + 1)
    years = [*_round_years_before_christ(first, last, step), *_round_years(first, last, step)]
    days = [(Day(year, 1, 1).ordinal, year_name(year)) for year in years]
    return [(day, label) for day, label in days if window.holds(day, day)]


def _step(years: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50… that makes no more ticks than have room."""
    power = 1
    while True:
        for number in ROUND:
            if years <= number * power * MOST:
                return number * power
        power *= 10


def _round_years(first: int, last: int, step: int) -> range:
    return range(max(-(-first // step), 1) * step, last + 1, step)


def _round_years_before_christ(first: int, last: int, step: int) -> list[int]:
    """Years as historians count them: 100 BC is the year -99."""
    before = range(-(-(1 - min(last, 0)) // step) * step or step, 1 - first + 1, step)
    return [1 - year for year in reversed(before) if year > 0]
