"""Ticks of the axis: at the beginnings of round years, of months or of days, so few that their labels have room."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.dates import MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chronicle.timeline.steps import beginnings
from chronicle.timeline.window import Window, per_cent
from sources.edtf import Day
from sources.edtf.names import year_name

MOST: Final = 9
"""How many labels have room on a wide screen; a phone shows every other."""


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
    """The days at which ticks stand, with their labels: of the shortest step that leaves room for them."""
    step, days = beginnings(Day.of_ordinal(window.first), Day.of_ordinal(window.last), MOST)
    return [(day.ordinal, LABELS[step.unit](day)) for day in days]


def _day_label(day: Day) -> str:
    month = capfirst(MONTHS_3[day.month])
    return _("%(day)d %(month)s") % {"day": day.day, "month": month}


def _month_label(day: Day) -> str:
    month = capfirst(MONTHS_3[day.month])
    if day.month > 1:
        return month
    return _("%(month)s %(year)s") % {"month": month, "year": year_name(day.year)}


def _year_label(day: Day) -> str:
    return year_name(day.year)


LABELS: Final = {"day": _day_label, "month": _month_label, "year": _year_label}
