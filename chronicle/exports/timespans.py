"""Dates as time-spans of CIDOC CRM: both bounds, and the EDTF string that says all of it."""

from typing import Any

from chronicle.exports.dates import iso_day
from sources.edtf import Bounds, bounds, parse, words

TimeSpan = dict[str, Any]


def time_span(edtf: str) -> TimeSpan:
    """Return a date with its first and its last moment, its string, and its words."""
    date = parse(edtf)
    return {**time_span_of(bounds(date)), "edtf": edtf, "_label": words(date)}


def time_span_of(between: Bounds) -> TimeSpan:
    """Return an interval; an open end has no moment. Days are local ones, so no zone is said (XML Schema, dateTime)."""
    first, last = iso_day(between.earliest), iso_day(between.latest)
    moments = {
        "begin_of_the_begin": f"{first}T00:00:00" if first else None,
        "end_of_the_end": f"{last}T23:59:59" if last else None,
    }
    return {"type": "TimeSpan", **{name: moment for name, moment in moments.items() if moment}}
