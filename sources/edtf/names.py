"""Names in words of days, months, seasons, years and longer periods: "10 October 2020", "44 BC", "the 1950s"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.edtf.dates import UNSPECIFIED, Date
from sources.edtf.days import DECEMBER, Day
from sources.edtf.extents import SEASONS, first_year, last_year, years_of_precision

DECADE: Final = 10
CENTURY: Final = 100
MILLENNIUM: Final = 1000

SEASON_NAMES: Final[dict[str, Promise]] = {
    "21": gettext_lazy("spring %(year)s"),
    "22": gettext_lazy("summer %(year)s"),
    "23": gettext_lazy("autumn %(year)s"),
    "24": gettext_lazy("winter %(year)s"),
    "25": gettext_lazy("spring %(year)s (northern hemisphere)"),
    "26": gettext_lazy("summer %(year)s (northern hemisphere)"),
    "27": gettext_lazy("autumn %(year)s (northern hemisphere)"),
    "28": gettext_lazy("winter %(year)s (northern hemisphere)"),
    "29": gettext_lazy("spring %(year)s (southern hemisphere)"),
    "30": gettext_lazy("summer %(year)s (southern hemisphere)"),
    "31": gettext_lazy("autumn %(year)s (southern hemisphere)"),
    "32": gettext_lazy("winter %(year)s (southern hemisphere)"),
    "33": gettext_lazy("the first quarter of %(year)s"),
    "34": gettext_lazy("the second quarter of %(year)s"),
    "35": gettext_lazy("the third quarter of %(year)s"),
    "36": gettext_lazy("the fourth quarter of %(year)s"),
    "37": gettext_lazy("the first four months of %(year)s"),
    "38": gettext_lazy("the middle four months of %(year)s"),
    "39": gettext_lazy("the last four months of %(year)s"),
    "40": gettext_lazy("the first half of %(year)s"),
    "41": gettext_lazy("the second half of %(year)s"),
}
ORDINALS: Final[dict[int, Promise]] = {
    1: gettext_lazy("%(number)dst"),
    2: gettext_lazy("%(number)dnd"),
    3: gettext_lazy("%(number)drd"),
}


def year_name(year: int) -> str:
    """A year as historians count it: -43 is 44 BC, 0 is 1 BC; years of less than four digits are marked AD."""
    if year <= 0:
        return _("%(year)d BC") % {"year": 1 - year}
    return _("AD %(year)d") % {"year": year} if year < MILLENNIUM else str(year)


def month_name(day: Day) -> str:
    """The month of a day: "October 2020"."""
    return _("%(month)s %(year)s") % {"month": MONTHS[day.month], "year": year_name(day.year)}


def day_name(day: Day) -> str:
    """A day: "10 October 2020"."""
    return _("%(date)s %(year)s") % {"date": day_of_year_name(day), "year": year_name(day.year)}


def day_of_year_name(day: Day) -> str:
    """A day without its year: "10 October"."""
    return _("%(day)d %(month)s") % {"day": day.day, "month": MONTHS_ALT[day.month]}


def series_names(unit: str, days: Sequence[Day]) -> list[str]:
    """Days that stand for units of one kind, without what the last one says for all: "9" and "10 October 2020"."""
    names = {"day": day_name, "month": month_name, "year": lambda day: year_name(day.year)}
    *before, last = days
    if unit == "year" or len({day.year for day in days}) > 1 or last in before:
        return [names[unit](day) for day in days]
    if unit == "month":
        return [*(str(MONTHS[day.month]) for day in before), month_name(last)]
    if len({day.month for day in days}) > 1:
        return [*(day_of_year_name(day) for day in before), day_name(last)]
    return [*(str(day.day) for day in before), day_name(last)]


def season_name(date: Date) -> str:
    """A sub-year grouping: "spring 2001", "winter 2001–2002", "the first quarter of 2001"."""
    return str(SEASON_NAMES[date.month]) % {"year": _year_of_season(date)}


def _year_of_season(date: Date) -> str:
    """The year that a season lies in, or both of them."""
    if UNSPECIFIED in date.year:
        return one_year(date) if date.month >= "33" else _("of %(year)s") % {"year": one_year(date)}
    year = first_year(date)
    if SEASONS[date.month][0] < DECEMBER:
        return year_name(year)
    return _("%(start)s–%(end)s") % {"start": year_name(year), "end": year_name(year + 1)}


def period_name(date: Date) -> str:
    """The usual name of a year's unspecified digits: "the 1950s", "the 20th century"; empty where there is none.

    There is none before the year 1, where the digits do not count as centuries do, and none for 190X, since "the 1900s"
    are a century to many.
    """
    first = first_year(date)
    if first <= 0 or UNSPECIFIED in date.year.rstrip(UNSPECIFIED):
        return ""
    length = years_of_precision(date)
    if length == DECADE and first % CENTURY:
        return _("the %(year)ds") % {"year": first}
    if length == CENTURY:
        return _("the %(ordinal)s century") % {"ordinal": ordinal(first // CENTURY + 1)}
    if length == MILLENNIUM:
        return _("the %(ordinal)s millennium") % {"ordinal": ordinal(first // MILLENNIUM + 1)}
    return ""


def ordinal(number: int) -> str:
    """A number that counts: "1st", "12th", "23rd"."""
    teens = number // 10 % 10 == 1
    template = ORDINALS.get(0 if teens else number % 10, gettext_lazy("%(number)dth"))
    return str(template) % {"number": number}


def one_year(date: Date) -> str:
    """A year, or one of those that its unspecified digits allow: "one year in the 1560s"."""
    if UNSPECIFIED not in date.year:
        return year_name(first_year(date))
    if not date.year.strip(UNSPECIFIED):
        return _("an unknown year")
    if period := period_name(date):
        return _("one year in %(period)s") % {"period": period}
    names = {"start": year_name(first_year(date)), "end": year_name(last_year(date)), "year": date.year}
    if UNSPECIFIED in date.year.rstrip(UNSPECIFIED):
        return _("one year between %(start)s and %(end)s (%(year)s)") % names
    return _("one year between %(start)s and %(end)s") % names


def year_or_period(date: Date) -> str:
    """What a day or month lies in of which nothing else is known: "1985", "the 1560s"."""
    return period_name(date) or one_year(date)
