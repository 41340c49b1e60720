"""Bounds as the text of PostgreSQL's type `daterange`, which reaches from 4714 BC to the year 5874897.

Text, because the drivers' dates end at the years 1 and 9999.
"""

from __future__ import annotations

import re
from typing import Final

from sources.edtf.days import Bounds, Day

FIRST_DAY: Final = Day(-4713, 11, 24)  # Julian day 0, 24 November 4714 BC, the first day that the type `date` can hold
LAST_DAY: Final = Day(5874897, 12, 31)  # the last one
ISO: Final = "ISO, YMD"

_RANGE = re.compile(r'([\[(])("?)([^",]*)\2,("?)([^",]*)\4([\])])').fullmatch
_ISO_DATE = re.compile(r"([0-9]{4,})-([0-9]{2})-([0-9]{2})( BC)?").fullmatch
_OTHER_DATE = re.compile(r"([0-9]{2})[-/.]([0-9]{2})[-/.]([0-9]{4,})( BC)?").fullmatch


def range_text(bounds: Bounds) -> str:
    """The text that PostgreSQL itself prints for these bounds, the upper one excluded: `[2020-10-09,2020-10-11)`.

    What lies outside the type's reach is unbounded on that side and cut at the first or last day on the other.
    """
    earliest, latest = bounds
    lower = upper = ""
    if earliest is not None and earliest >= FIRST_DAY:
        lower = _date_text(min(earliest, LAST_DAY))
    if latest is not None and latest < LAST_DAY:
        upper = _date_text(max(latest, FIRST_DAY).next())
    return f"{'[' if lower else '('}{lower},{upper})"


def read_range(text: str, datestyle: str = ISO) -> Bounds | None:
    """The bounds of a range as PostgreSQL prints it under a DateStyle; None for the empty range. Raises ValueError."""
    if text == "empty":
        return None
    match = _RANGE(text)
    if match is None:
        raise ValueError(f"{text!r} is not the text of a range of dates, such as [2020-10-09,2020-10-11)")
    opening, _, lower, _, upper, closing = match.groups()
    earliest, latest = _read_date(lower, datestyle), _read_date(upper, datestyle)
    return Bounds(
        earliest.next() if earliest and opening == "(" else earliest,
        latest.previous() if latest and closing == ")" else latest,
    )


def _date_text(day: Day) -> str:
    """A day as PostgreSQL writes it inside a range, where a blank needs quotes: `"0044-03-15 BC"`."""
    if day.year > 0:
        return str(day)
    return f'"{1 - day.year:04}-{day.month:02}-{day.day:02} BC"'


def _read_date(text: str, datestyle: str) -> Day | None:
    """A bound of a range; None for one that is empty or infinite."""
    if text in ("", "infinity", "-infinity"):
        return None
    if match := _ISO_DATE(text):
        year, month, day, era = match.groups()
    elif match := _OTHER_DATE(text):
        month, day, year, era = match.groups()
        if "DMY" in datestyle or "." in text:  # dots are the style German, where the day is always first
            month, day = day, month
    else:
        raise ValueError(f"{text!r} is not a date that PostgreSQL prints, such as 2020-10-09")
    return Day(1 - int(year) if era else int(year), int(month), int(day))
