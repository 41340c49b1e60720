"""Reading one date, without intervals and sets around it."""

from __future__ import annotations

import re
from typing import Final

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from sources.edtf.dates import UNSPECIFIED, Date, Qualifier
from sources.edtf.days import days_in_month
from sources.edtf.errors import EDTFError
from sources.edtf.extents import MONTHS_FITTING, SEASONS, first_day, insignificant_years
from sources.edtf.mistakes import explanation

FLAGS: Final = {
    "": 0,
    "?": int(Qualifier.UNCERTAIN),
    "~": int(Qualifier.APPROXIMATE),
    "%": int(Qualifier.UNCERTAIN | Qualifier.APPROXIMATE),
}

# Level 0, and most of what anybody writes: 2020, 2020-10, 2020-10-09.
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?").fullmatch

# Levels 1 and 2: every part may have a qualifier on its left, for itself, and on its right, for itself and all before.
_QUALIFIED = re.compile(
    r"""
    (?P<year_left>[?~%]?)
    (?: (?P<year>-?[0-9X]{4})
      | Y (?P<long_year>-?[1-9][0-9]{4,})
      | Y (?P<factor>-?[1-9][0-9]*) E (?P<exponent>[1-9][0-9]{0,2}) )
    (?: S (?P<significant>[1-9][0-9]{0,2}) )?
    (?P<year_right>[?~%]?)
    (?: - (?P<month_left>[?~%]?) (?P<month>[0-9X]{2}) (?P<month_right>[?~%]?)
      (?: - (?P<day_left>[?~%]?) (?P<day>[0-9X]{2}) (?P<day_right>[?~%]?) )? )?
    """,
    re.VERBOSE,
).fullmatch

# Level 0: complete date and time, alone, in UTC or with a shift, which civil time keeps from -12:00 to +14:00. A 60th
# second exists in UTC only.
_MOMENT = re.compile(
    r"""
    (?P<date>-?[0-9]{4}-[0-9]{2}-[0-9]{2})
    T
    (?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|23:59:60(?=Z))
    (?P<zone>Z
      | \+(?:0[0-9]|1[0-3])(?::[0-5][0-9])? | \+14(?::00)?
      | -(?:0[1-9]|1[01])(?::[0-5][0-9])? | -12(?::00)? | -00:(?!00)[0-5][0-9] )?
    """,
    re.VERBOSE,
).fullmatch


def read_plain(text: str) -> Date | None:
    """The date of level 0, a year, a month or a day, or None for anything else, also for days that do not exist."""
    match = _PLAIN(text)
    if match is None:
        return None
    year, month, day = match.groups("")
    if day > "28" and int(day) > days_in_month(int(year), int(month)):
        return None
    return Date(year, month, day)


def read_date(text: str) -> Date:
    """One date of any level. Raises EDTFError."""
    date = read_plain(text)
    if date is not None:
        return date
    match = _QUALIFIED(text)
    if match is None:
        raise EDTFError(text, *explanation(text))
    return _checked(text, _assembled(match))


def read_moment(text: str) -> Date:
    """A date with a time of day, and perhaps its zone. Raises EDTFError."""
    match = _MOMENT(text)
    if match is None:
        raise EDTFError(text, *explanation(text))
    return read_date(match["date"])._replace(time=match["time"], zone=match["zone"] or "")


def _assembled(match: re.Match[str]) -> Date:
    """The date of a match of the second pattern, with every qualifier at each part that it applies to."""
    found = match.groupdict("")
    for_day = FLAGS[found["day_right"]]
    for_month = for_day | FLAGS[found["month_right"]]
    for_year = for_month | FLAGS[found["year_right"]]
    return Date(
        found["year"] or found["long_year"] or _exponential(found["factor"], found["exponent"]),
        found["month"],
        found["day"],
        for_year | FLAGS[found["year_left"]],
        for_month | FLAGS[found["month_left"]],
        for_day | FLAGS[found["day_left"]],
        int(found["significant"] or 0),
    )


def _exponential(factor: str, exponent: str) -> str:
    """The digits of a year such as Y-17E7 (ISO 8601-2:2019, 4.7.2): -170000000."""
    return factor + "0" * int(exponent)


def _checked(text: str, date: Date) -> Date:
    """The date, if its year can be written so and the calendar has a day for it. Raises EDTFError."""
    if date.year == "-0000":
        raise EDTFError(text, _("there is no year -0000: 1 BC is 0000 and 2 BC is -0001"), "0000")
    if date.month and (date.significant_digits or "Y" in text):
        raise EDTFError(text, _("a year with Y or S has no month"), "Y17000 or 1950S2")
    if date.significant_digits:
        _check_significant_digits(text, date)
    if date.month in SEASONS and date.day:
        reason = _("%(number)s is a season, and a season has no day") % {"number": date.month}
        raise EDTFError(text, reason, "2001-21")
    if date.month and date.month not in SEASONS and not MONTHS_FITTING[date.month]:
        reason = _("there is no month %(month)s: months are 01 to 12, seasons 21 to 41") % {"month": date.month}
        raise EDTFError(text, reason, "2020-12")
    if first_day(date) is None:
        raise EDTFError(text, _missing_day(date), "2020-02-29")
    return date


def _check_significant_digits(text: str, date: Date) -> None:
    if UNSPECIFIED in date.year:
        raise EDTFError(text, _("a year has either significant digits (S) or unspecified ones (X)"), "1950S2 or 19XX")
    if insignificant_years(date) == 1 and len(str(abs(int(date.year)))) < date.significant_digits:
        reason = _("the year has fewer than %(number)d digits") % {"number": date.significant_digits}
        raise EDTFError(text, reason, "1950S2")


def _missing_day(date: Date) -> str:
    """Why no day fits: "February 1919 has 28 days"."""
    if date.is_masked or date.day == "00":
        return _("there is no day %(day)s in such a month") % {"day": date.day}
    length = days_in_month(int(date.year), int(date.month))
    words = {"month": MONTHS[int(date.month)], "year": date.year, "number": length}
    return _("%(month)s %(year)s has %(number)d days") % words
