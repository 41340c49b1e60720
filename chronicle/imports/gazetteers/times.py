"""The times of gazetteers as EDTF (Linked Places 1.2, “when”): spans with uncertain ends.

An end that is given as “at the earliest” and “at the latest” is an interval itself, for which EDTF has no place in
another interval: where the two are the bounds of a decade or of a century they are written so, otherwise the outer one
is taken, as approximate, and that is told.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from sources.edtf import EDTFError, parse

Tell = Callable[[str, Any, str], None]
"""Is told of a value that is kept in another form: its name, the value, in which."""

_YEAR = re.compile(r"([+-]?)(\d{1,4})(-\d{2}(?:-\d{2})?)?(?:T.*)?")
_COMPARED = re.compile(r"([<>])=?\s*([+-]?\d{1,4})")
UNITS: Final = ((100, "XX"), (10, "X"))
"""Centuries and decades, and how EDTF writes them."""


class TimeError(ValueError):
    """What is written is no time; the message says what is wrong."""


def period_of(span: Mapping[str, Any], tell: Tell) -> str:
    """Return a time span as EDTF; TimeError where it is none, or ends before it begins."""
    start = _end(span.get("start"), "start", tell)
    end = _end(span.get("end"), "end", tell)
    if not start and not end:
        return ""
    period = start if start == end else f"{start}/{end}"
    try:
        parse(period)
    except EDTFError as error:
        raise TimeError(_("%(period)s is no time: %(error)s") % {"period": period, "error": error}) from error
    return period


def spelled(written: str) -> dict[str, Any]:
    """Return a time span that is written as “730”, “>=730” or “<=730”, as some gazetteers do."""
    compared = _COMPARED.fullmatch(written.strip())
    if not compared:
        return {"start": {"in": written}, "end": {"in": written}}
    return {"start": {"earliest": compared[2]}} if compared[1] == ">" else {"end": {"latest": compared[2]}}


def _end(end: Any, name: str, tell: Tell) -> str:
    """One end of a span; nothing where it is not known."""
    if not isinstance(end, Mapping):
        return day_of(end) if end not in (None, "") else ""
    if end.get("in") not in (None, ""):
        return day_of(end["in"])
    earliest, latest = (day_of(end[key]) if end.get(key) not in (None, "") else "" for key in ("earliest", "latest"))
    if earliest == latest:
        return earliest
    exact = _unit(earliest, latest)
    outer = earliest if name == "start" else latest
    if exact or not outer:
        return exact
    kept = f"{outer}~"
    tell(name, dict(end), _("it is kept as %(kept)s") % {"kept": kept})
    return kept


def _unit(earliest: str, latest: str) -> str:
    """The decade or century that begins and ends with these years."""
    if not (earliest.isdecimal() and latest.isdecimal()):
        return ""
    first, last = int(earliest), int(latest)
    for years, unknown in UNITS:
        if first % years == 0 and last == first + years - 1:
            return f"{earliest[: 4 - len(unknown)]}{unknown}"
    return ""


def day_of(written: Any) -> str:
    """Return a year, month or day as EDTF, which has years of four digits; TimeError where it is none."""
    found = _YEAR.fullmatch(str(written).strip())
    if not found:
        raise TimeError(_("%(written)s is no year or day, such as 1480 or 1480-05-17.") % {"written": written})
    sign = "-" if found[1] == "-" and int(found[2]) else ""
    return f"{sign}{found[2]:>04}{found[3] or ''}"
