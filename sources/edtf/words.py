"""Dates in words, on a line or in a sentence: what lasts, and what is one day among several, never read alike."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.edtf.dates import Date, Kind, Missing, Span
from sources.edtf.extents import first_day, precision
from sources.edtf.names import series_names
from sources.edtf.phrases import phrase
from sources.edtf.values import EDTF

SERIAL: Final = ("day", "month", "year")  # units whose names can leave out what the next one repeats

# One among the units between two of them, in a list and in a sentence.
ONE: Final[dict[str, tuple[Promise, Promise]]] = {
    "day": (
        gettext_lazy("one day between %(start)s and %(end)s"),
        gettext_lazy("on one day between %(start)s and %(end)s"),
    ),
    "month": (
        gettext_lazy("one month between %(start)s and %(end)s"),
        gettext_lazy("in one month between %(start)s and %(end)s"),
    ),
    "season": (
        gettext_lazy("one season between %(start)s and %(end)s"),
        gettext_lazy("in one season between %(start)s and %(end)s"),
    ),
    "year": (
        gettext_lazy("one year between %(start)s and %(end)s"),
        gettext_lazy("in one year between %(start)s and %(end)s"),
    ),
}
ONE_TIME: Final = gettext_lazy("some time between %(start)s and %(end)s")

# Every one of the units between two of them, up to one, and from one on.
EVERY: Final[dict[str, tuple[Promise, Promise, Promise]]] = {
    "day": (
        gettext_lazy("every day from %(start)s to %(end)s"),
        gettext_lazy("every day up to %(end)s"),
        gettext_lazy("every day from %(start)s on"),
    ),
    "month": (
        gettext_lazy("every month from %(start)s to %(end)s"),
        gettext_lazy("every month up to %(end)s"),
        gettext_lazy("every month from %(start)s on"),
    ),
    "season": (
        gettext_lazy("every season from %(start)s to %(end)s"),
        gettext_lazy("every season up to %(end)s"),
        gettext_lazy("every season from %(start)s on"),
    ),
    "year": (
        gettext_lazy("every year from %(start)s to %(end)s"),
        gettext_lazy("every year up to %(end)s"),
        gettext_lazy("every year from %(start)s on"),
    ),
}
EVERY_TIME: Final = (
    gettext_lazy("all the time from %(start)s to %(end)s"),
    gettext_lazy("all the time up to %(end)s"),
    gettext_lazy("all the time from %(start)s on"),
)


def words(edtf: EDTF) -> str:
    """A date as it stands on a line of its own: "10 October 2020", "between 12 and 15 July 2020"."""
    span = edtf.spans[0]
    if edtf.kind is Kind.INTERVAL:
        return _interval(span)
    series = _names_of_series(edtf)
    if not series and len(edtf.spans) == 1 and edtf.is_one_of and _is_range(span):
        return _("between %(start)s and %(end)s") % _names(span)
    return _joined(edtf, series or [_member(edtf.kind, span) for span in edtf.spans])


def sentence_words(edtf: EDTF) -> str:
    """A date as a part of a sentence, with its preposition: "on 10 October 2020", "on one day between … and …"."""
    if edtf.kind is Kind.INTERVAL:
        return _interval(edtf.spans[0])
    series = _names_of_series(edtf)
    if series:
        template = _("on %(date)s") if edtf.precision == "day" else _("in %(date)s")
        return template % {"date": _joined(edtf, series)}
    return _joined(edtf, [_member_of_sentence(edtf.kind, span) for span in edtf.spans])


def _is_range(span: Span) -> bool:
    return not span.is_single and len(span.dates) > 1


def _interval(span: Span) -> str:
    """What lasts, from a date to a date, open or unknown at one end."""
    names = _names(span)
    if span.start is Missing.OPEN:
        return _("until %(end)s") % names
    if span.start is Missing.UNKNOWN:
        return _("until %(end)s, beginning unknown") % names
    if span.end is Missing.OPEN:
        return _("from %(start)s on") % names
    if span.end is Missing.UNKNOWN:
        return _("from %(start)s, end unknown") % names
    return _("from %(start)s to %(end)s") % names


def _names(span: Span) -> dict[str, str]:
    """The names of both ends, the first without what the second repeats."""
    if _is_range(span) and (series := _series(span.dates)):
        return dict(zip(("start", "end"), series, strict=True))
    ends = {"start": span.start, "end": span.end}
    return {name: phrase(end).end if isinstance(end, Date) else "" for name, end in ends.items()}


def _names_of_series(edtf: EDTF) -> list[str]:
    """The names of the members of a plain list: "9" and "10 October 2020"; none for any other list.

    A day and the next are all that lies between them, and so a list of two: "between 9 and 10 October" is not said.
    """
    if len(edtf.spans) > 1 and all(span.is_single for span in edtf.spans):
        return _series(edtf.dates)
    return _series(edtf.dates) if _is_one_of_two_days(edtf) else []


def _is_one_of_two_days(edtf: EDTF) -> bool:
    first, last = edtf.bounds
    is_range = edtf.is_one_of and len(edtf.spans) == 1 and _is_range(edtf.spans[0])
    if not is_range or edtf.precision != "day" or first is None or last is None:
        return False
    return last.ordinal - first.ordinal == 1


def _series(dates: tuple[Date, ...]) -> list[str]:
    """Names for dates of one unit, digits all known and nothing qualified; none for others."""
    units = {precision(date) for date in dates}
    if len(units) > 1 or not units.issubset(SERIAL):
        return []
    if any(date.is_masked or date.qualifiers or date.significant_digits for date in dates):
        return []
    days = [day for day in map(first_day, dates) if day is not None]
    return series_names(units.pop(), days)


def _member(kind: Kind, span: Span) -> str:
    """A member of a set as it stands in a list."""
    if isinstance(span.start, Date) and span.is_single:
        return phrase(span.start).alone
    if kind is Kind.ALL_OF:
        return _every(span)
    if _is_range(span):
        return _one(span)[0]
    return _half_open(span, phrase(span.dates[0]).alone)


def _member_of_sentence(kind: Kind, span: Span) -> str:
    """A member of a set, or a date alone, as a part of a sentence."""
    if isinstance(span.start, Date) and span.is_single:
        return phrase(span.start).sentence
    if kind is Kind.ALL_OF:
        return _every(span)
    if _is_range(span):
        return _one(span)[1]
    return _half_open(span, phrase(span.dates[0]).sentence)


def _one(span: Span) -> tuple[str, str]:
    """One of the units from one end to the other, without and with a preposition."""
    alone, sentence = ONE.get(precision(span.dates[0]), (ONE_TIME, ONE_TIME))
    names = _names(span)
    return str(alone) % names, str(sentence) % names


def _every(span: Span) -> str:
    """Every unit from one end to the other, or without end."""
    both, up_to, from_on = EVERY.get(precision(span.dates[0]), EVERY_TIME)
    if span.start is Missing.OPEN:
        return str(up_to) % _names(span)
    return str(from_on if span.end is Missing.OPEN else both) % _names(span)


def _half_open(span: Span, name: str) -> str:
    """A date and all before it, or after it."""
    template = _("%(date)s or earlier") if span.start is Missing.OPEN else _("%(date)s or later")
    return template % {"date": name}


def _joined(edtf: EDTF, members: list[str]) -> str:
    """The members as one list, by "or" or by "and"."""
    *before, last = members
    if not before:
        return last
    template = _("%(others)s and %(last)s") if edtf.is_all_of else _("%(others)s or %(last)s")
    return template % {"others": _(", ").join(before), "last": last}
