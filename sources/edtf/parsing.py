"""Parsing of the Extended Date/Time Format, levels 0, 1 and 2 (ISO 8601-2:2019; Library of Congress, 4 February 2019).

Seasons, unspecified digits and qualifiers are told apart here; what days they mean is worked out in `bounds`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from sources.edtf.dates import End, Kind, Missing, Span
from sources.edtf.dating import read_date, read_moment, read_plain
from sources.edtf.errors import EDTFError
from sources.edtf.extents import first_day, last_day, precision
from sources.edtf.mistakes import explanation
from sources.edtf.values import EDTF

__all__ = ["EDTF", "MAX_LENGTH", "EDTFError", "parse"]

MAX_LENGTH: Final = 200
REMEMBERED: Final = 2000
"""How many dates are kept as they were understood; each is less than 2 kB."""
BRACKETS: Final = {"[": ("]", Kind.ONE_OF), "{": ("}", Kind.ALL_OF)}


@lru_cache(maxsize=REMEMBERED)
def parse(text: str) -> EDTF:
    """The date that a string means, exactly as written: blanks around it are refused. Raises EDTFError.

    A row is asked for its dates several times on its way into a table, and rows of one day come together.
    """
    plain = read_plain(text)
    if plain is not None:
        return EDTF(text, Kind.DATE, (Span(plain, plain),))
    if not text:
        raise EDTFError(text, _("it is empty"), "2020-10-09")
    if len(text) > MAX_LENGTH:
        raise EDTFError(text, _("it has more than %(number)d characters") % {"number": MAX_LENGTH}, "2020-10-09")
    try:
        return _parse(text)
    except EDTFError as error:
        if error.text == text:
            raise
        reason = _("in %(part)r, %(reason)s") % {"part": error.text, "reason": error.reason}
        raise EDTFError(text, reason, error.example) from None


def _parse(text: str) -> EDTF:
    """The date of a string that is not one of the plain ones."""
    if text[0] in BRACKETS:
        return _set(text)
    if "/" in text:
        return EDTF(text, Kind.INTERVAL, (_interval(text),))
    if "T" in text:
        date, kind = read_moment(text), Kind.MOMENT
    else:
        date, kind = read_date(text), Kind.DATE
    return EDTF(text, kind, (Span(date, date),))


def _interval(text: str) -> Span:
    """Level 0 "Time interval" and level 1 "Extended interval"; its ends are dates without time of day."""
    start, slash, end = text.partition("/")
    if not start.strip(".") and not end.strip("."):
        raise EDTFError(text, _("an interval has a date at one end at least"), "1985/..")
    if "/" in end:
        raise EDTFError(text, *explanation(text))
    span = Span(_end(start), _end(end))
    if _is_reversed(span):
        raise EDTFError(text, _("the interval ends before it begins"), f"{end}{slash}{start}")
    return span


def _end(text: str) -> End:
    """An end of an interval: open, unknown or a date."""
    if text == "..":
        return Missing.OPEN
    return read_date(text) if text else Missing.UNKNOWN


def _is_reversed(span: Span) -> bool:
    """Whether the last day of the end lies before the first of the start."""
    if isinstance(span.start, Missing) or isinstance(span.end, Missing):
        return False
    first, last = first_day(span.start), last_day(span.end)
    return first is not None and last is not None and last < first


def _set(text: str) -> EDTF:
    """Level 2 "Set representation": one of the members, or all of them."""
    closing, kind = BRACKETS[text[0]]
    if text[-1] != closing:
        brackets = {"opening": text[0], "closing": closing}
        reason = _("a set that begins with %(opening)s ends with %(closing)s") % brackets
        raise EDTFError(text, reason, "[1667,1668,1670..1672]")
    members = text[1:-1].split(",")
    spans = tuple(_member(member, text) for member in members)
    if any(span.start is Missing.OPEN for span in spans[1:]) or any(span.end is Missing.OPEN for span in spans[:-1]):
        raise EDTFError(text, _("two dots at nothing stand only at the beginning or end of a set"), "[..1983,1985..]")
    return EDTF(text, kind, spans)


def _member(member: str, text: str) -> Span:
    """A member of a set: a date, or all dates from one to another of the same precision."""
    start, dots, end = member.partition("..")
    if not start and not end:
        raise EDTFError(text, _("a member of the set is empty"), "[1667,1668,1670..1672]")
    if not dots:
        date = read_date(start)
        return Span(date, date)
    if ".." in end:
        raise EDTFError(member, _("two dots join two dates, not three"), "[1670..1672]")
    span = Span(read_date(start) if start else Missing.OPEN, read_date(end) if end else Missing.OPEN)
    if len({precision(date) for date in span.dates}) > 1:
        raise EDTFError(member, _("both ends have the same precision"), "[2025-01..2026-12]")
    if _is_reversed(span):
        raise EDTFError(member, _("it ends before it begins"), f"[{end}..{start}]")
    return span
