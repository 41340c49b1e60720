"""Dates as people type them, besides EDTF: "17 October 2020", "October 17, 2020", "Oct 2020", "9–12 October 2020"."""

import re

from django.utils.dates import MONTHS, MONTHS_3

from sources.edtf import EDTF, EDTFError, parse

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_UNTIL = r"(?:(?: ?[-–—] ?| to | or | and )(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_MONTH = r"(?P<month>[^\W\d]+)\.?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:on |between |from )?{_DAY}{_UNTIL} (?:of )?{_MONTH},? {_YEAR}",
        rf"(?:on )?{_MONTH} {_DAY}{_UNTIL},? {_YEAR}",
        rf"(?:in )?{_MONTH},? {_YEAR}",
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})",
    )
)


def read_date(text: str) -> EDTF | None:
    """Return the date that a whole question is, in EDTF or in words of the page's language; None for any other."""
    return _parsed(text) or _in_words(text.casefold())


def _in_words(text: str) -> EDTF | None:
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _parsed(_edtf(found.groupdict()))
    return None


def _edtf(parts: dict[str, str | None]) -> str:
    """The date in EDTF; empty where the month is none."""
    number = parts.get("number")
    month = int(number) if number else _months().get(parts.get("month") or "", 0)
    start = f"{parts['year']}-{month:02}"
    if not month or not parts.get("day"):
        return start if month else ""
    first, last = f"{start}-{int(parts['day'] or 0):02}", parts.get("last")
    return f"{first}/{start}-{int(last):02}" if last else first


def _months() -> dict[str, int]:
    """The names of months, whole and short, in the language of the page."""
    return {str(name).casefold(): number for names in (MONTHS_3, MONTHS) for number, name in names.items()}


def _parsed(text: str) -> EDTF | None:
    try:
        return parse(text)
    except EDTFError:
        return None
