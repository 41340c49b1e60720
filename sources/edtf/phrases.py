"""One date in English words: "10 October 2020", "about 1822", "one day in April 1985", "the 1950s".

Every phrase is a whole, with named places, so that a translator can turn it round.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.edtf.dates import UNSPECIFIED, Date, Qualifier
from sources.edtf.days import Day
from sources.edtf.extents import DAYS_FITTING, MONTHS_FITTING, SEASONS, first_day, first_year, last_day, last_year
from sources.edtf.names import (
    day_name,
    day_of_year_name,
    month_name,
    one_year,
    period_name,
    season_name,
    series_names,
    year_name,
    year_or_period,
)

UNCERTAIN: Final = int(Qualifier.UNCERTAIN)
APPROXIMATE: Final = int(Qualifier.APPROXIMATE)
BOTH: Final = UNCERTAIN | APPROXIMATE
ANY: Final = UNSPECIFIED * 2

NOTES: Final[dict[tuple[str, int], Promise]] = {
    ("year", UNCERTAIN): gettext_lazy("year uncertain"),
    ("year", APPROXIMATE): gettext_lazy("year approximate"),
    ("year", BOTH): gettext_lazy("year uncertain and approximate"),
    ("month", UNCERTAIN): gettext_lazy("month uncertain"),
    ("month", APPROXIMATE): gettext_lazy("month approximate"),
    ("month", BOTH): gettext_lazy("month uncertain and approximate"),
    ("season", UNCERTAIN): gettext_lazy("season uncertain"),
    ("season", APPROXIMATE): gettext_lazy("season approximate"),
    ("season", BOTH): gettext_lazy("season uncertain and approximate"),
    ("day", UNCERTAIN): gettext_lazy("day uncertain"),
    ("day", APPROXIMATE): gettext_lazy("day approximate"),
    ("day", BOTH): gettext_lazy("day uncertain and approximate"),
    ("whole", UNCERTAIN): gettext_lazy("uncertain"),
    ("whole", APPROXIMATE): gettext_lazy("approximate"),
    ("whole", BOTH): gettext_lazy("uncertain and approximate"),
}


class Phrase(NamedTuple):
    """A date in words: as it stands alone, in a sentence with its preposition, and as an end of something longer."""

    alone: str
    sentence: str
    end: str


def phrase(date: Date) -> Phrase:
    """The words for one date, with all that is said of its parts."""
    if date.time:
        return _moment(date)
    if date.day:
        return _qualified(date, _day(date))
    return _qualified(date, _month(date) if date.month else _year(date))


def _on(name: str) -> Phrase:
    return Phrase(name, _("on %(date)s") % {"date": name}, name)


def _in(name: str) -> Phrase:
    return Phrase(name, _("in %(date)s") % {"date": name}, name)


def _some_time(name: str) -> Phrase:
    """For what begins with "between"."""
    some_time = _("some time %(between)s") % {"between": name}
    return Phrase(name, some_time, some_time)


def _moment(date: Date) -> Phrase:
    """A day with its time, and the zone as it was written."""
    day, time = first_day(date), date.time.removesuffix(":00")
    names = {"date": day_name(day) if day else "", "time": time, "zone": _zone(date.zone)}
    alone = _("%(date)s, %(time)s %(zone)s") % names
    return Phrase(alone, _("on %(date)s at %(time)s %(zone)s") % names, alone)


def _zone(zone: str) -> str:
    """A zone as readers know it: "UTC", "UTC+4", "UTC−4:30", "local time"."""
    if not zone:
        return _("local time")
    if zone == "Z":
        return "UTC"
    hours, _colon, minutes = zone[1:].partition(":")
    shift = f"{int(hours)}:{minutes}" if minutes.strip("0") else str(int(hours))
    return "UTC" if shift == "0" else f"UTC{'+' if zone[0] == '+' else '−'}{shift}"


def _day(date: Date) -> Phrase:
    """A date with a day, which may be any day of a month or year."""
    if not date.is_masked:
        return _on(day_name(_first(date)))
    if date.day == ANY and date.month == ANY:
        return _on(_("one day in %(year)s") % {"year": year_or_period(date)})
    if UNSPECIFIED not in date.month:
        if date.day == ANY:
            return _on(_("one day in %(month)s") % {"month": _month(date._replace(day="")).alone})
        if UNSPECIFIED not in date.day:
            day = day_of_year_name(_first(date))
            return _on(_("%(day)s of %(year)s") % {"day": day, "year": one_year(date)})
    names = _ends("day", date)
    if UNSPECIFIED in date.year + date.month or not _is_unbroken(DAYS_FITTING[date.day]):
        return _on(_("one day between %(start)s and %(end)s (%(written)s)") % names)
    return _on(_("one day between %(start)s and %(end)s") % names)


def _month(date: Date) -> Phrase:
    """A date with a month or season, which may be any month of a year."""
    if date.month in SEASONS:
        return _in(season_name(date))
    if not date.is_masked:
        return _in(month_name(_first(date)))
    if date.month == ANY:
        return _in(_("one month in %(year)s") % {"year": year_or_period(date)})
    if UNSPECIFIED not in date.month:
        return _in(_("%(month)s of %(year)s") % {"month": MONTHS[int(date.month)], "year": one_year(date)})
    names = _ends("month", date)
    if UNSPECIFIED in date.year or not _is_unbroken(MONTHS_FITTING[date.month]):
        return _in(_("one month between %(start)s and %(end)s (%(written)s)") % names)
    return _in(_("one month between %(start)s and %(end)s") % names)


def _year(date: Date) -> Phrase:
    """A year, or a span of years that its digits leave open."""
    names = {"start": year_name(first_year(date)), "end": year_name(last_year(date))}
    if date.significant_digits:
        estimate = year_name(int(date.year))
        return _some_time(_("between %(start)s and %(end)s, estimated at %(year)s") % (names | {"year": estimate}))
    if period := period_name(date):
        return Phrase(period, _("some time in %(period)s") % {"period": period}, period)
    stem = date.year.rstrip(UNSPECIFIED)
    if stem and stem != date.year and UNSPECIFIED not in stem:
        return _some_time(_("between %(start)s and %(end)s") % names)
    return _in(one_year(date))


def _first(date: Date) -> Day:
    """The first day of a date that parsing has found to have one."""
    day = first_day(date)
    if day is None:
        raise ValueError(f"{date.written} has no day")
    return day


def _ends(unit: str, date: Date) -> dict[str, str]:
    """The names of the first and last day or month of a date, and how it is written."""
    start, end = series_names(unit, [_first(date), last_day(date) or _first(date)])
    return {"start": start, "end": end, "written": date.written}


def _is_unbroken(numbers: tuple[int, ...]) -> bool:
    """Whether no number is left out between the first and the last."""
    return numbers[-1] - numbers[0] + 1 == len(numbers)


def _qualified(date: Date, words: Phrase) -> Phrase:
    """The words with "about" or "possibly", or with a note on the parts that are qualified."""
    if not date.qualifiers:
        return words
    flags = {qualifier for _name, qualifier in date.parts}
    if len(flags) > 1:
        return _noted(words, _(", ").join(_notes(date)))
    flag = flags.pop()
    if date.significant_digits or (date.is_masked and (date.month or not period_name(date))):
        return _noted(words, str(NOTES["whole", flag]))
    return _hedged(words, flag)


def _notes(date: Date) -> list[str]:
    """What is said of each qualified part: "year uncertain", "day approximate"."""
    names = {"month": "season" if date.month in SEASONS else "month"}
    return [str(NOTES[names.get(name, name), qualifier]) for name, qualifier in date.parts if qualifier]


def _noted(words: Phrase, note: str) -> Phrase:
    template = _("%(date)s (%(note)s)")
    return Phrase(*(template % {"date": form, "note": note} for form in words))


def _hedged(words: Phrase, flag: int) -> Phrase:
    """About: without a preposition. Possibly: before it."""
    if flag == UNCERTAIN:
        return Phrase(*(_("possibly %(date)s") % {"date": form} for form in words))
    template = _("possibly about %(date)s") if flag == BOTH else _("about %(date)s")
    name = template % {"date": words.alone}
    return Phrase(name, name, name)
