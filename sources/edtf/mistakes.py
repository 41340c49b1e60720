"""What people write instead of EDTF, and what they should write: reasons for the parser's refusals."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Mistake(NamedTuple):
    """A way of writing dates that is not EDTF; no pattern may need more than one pass over the string."""

    pattern: re.Pattern[str]
    reason: Promise
    example: str


def _mistake(pattern: str, reason: Promise, example: str) -> Mistake:
    return Mistake(re.compile(pattern, re.IGNORECASE | re.ASCII), reason, example)


MISTAKES: Final = (
    _mistake(r"\s|.*\s\Z", _("it has a blank at its beginning or end"), "2020-10-10"),
    _mistake(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}\Z", _("year, month and day stand in that order"), "2020-10-09"),
    _mistake(r"[0-9]{4}[./][0-9]{1,2}([./][0-9]{1,2})?\Z", _("parts are joined by hyphens"), "2020-10-09"),
    _mistake(r"-?[0-9]{4}-([0-9]|[0-9]{1,2}-[0-9])\Z", _("month and day have two digits"), "2020-05-09"),
    _mistake(r"-?[0-9]{1,3}\Z", _("a year has four digits"), "0476"),
    _mistake(r"-?[0-9]{5,}\Z", _("a year of more than four digits begins with Y"), "Y17000"),
    _mistake(r"y-?[0-9]{1,4}\Z", _("Y is for years of more than four digits"), "Y17000"),
    _mistake(r"[0-9]{4}s\Z|[0-9]{3}[ux]\Z", _("a decade is written with a capital X"), "195X"),
    _mistake(r"[0-9]{2}(uu|xx)\Z", _("a century is written with a capital X"), "19XX"),
    _mistake(r"-?[0-9]{1,4} *(ad|bc|ce|bce)\Z", _("years have no era: 0000 is 1 BC and -0043 is 44 BC"), "-0043"),
    _mistake(r"(c|ca|circa|about|around|approx)\b", _("an approximate date ends in ~"), "1822~"),
    _mistake(r"(before|until|by)\b", _("an open beginning is written with two dots"), "../1985"),
    _mistake(r"(after|since|from)\b", _("an open end is written with two dots"), "1985/.."),
    _mistake(r"(open|now|present)\Z", _("an open end is written with two dots"), "1985/.."),
    _mistake(r"unknown\Z", _("an unknown end is left empty"), "1985/"),
    _mistake(r"-?[0-9-]{4,10}\.\.", _("a choice or a list stands in brackets"), "[2020-10-09..2020-10-11]"),
    _mistake(
        r"[0-9-]{10}t", _("a time has hours, minutes and seconds, and perhaps its zone"), "2020-10-10T12:00:00+04:00"
    ),
)
ANYTHING_ELSE: Final = (_("it follows no pattern of ISO 8601-2"), "2020-10-09, 2020-10, 1822~ or 2020-09-27/2020-11-10")


def explanation(text: str) -> tuple[str, str]:
    """The reason why a string is no date, as far as it can be guessed, and a right example."""
    for mistake in MISTAKES:
        if mistake.pattern.match(text):
            return str(mistake.reason), mistake.example
    reason, example = ANYTHING_ELSE
    return str(reason), example
