"""Dates as other programs read them: days in ISO 8601, beside the EDTF string that says all of it."""

from itertools import chain
from typing import Any

from chronicle.models import Event
from sources.edtf import Bounds, Day, bounds, parse, words

LAST_PLAIN_YEAR = 9999
"""The last year that ISO 8601 writes without a sign."""


def iso_day(day: Day | None) -> str | None:
    """Return a day in ISO 8601: years before 0 and after 9999 with sign and six digits; None of an open end."""
    if day is None:
        return None
    year = f"{day.year:04d}" if 0 <= day.year <= LAST_PLAIN_YEAR else f"{day.year:+07d}"
    return f"{year}-{day.month:02d}-{day.day:02d}"


def iso_bounds(edtf: str) -> tuple[str | None, str | None]:
    """Return the first and the last day that a date in EDTF leaves possible."""
    between = bounds(parse(edtf))
    return iso_day(between.earliest), iso_day(between.latest)


def dated(edtf: str) -> dict[str, Any] | None:
    """Return a date with its words and both of its bounds, or nothing where there is none."""
    if not edtf:
        return None
    earliest, latest = iso_bounds(edtf)
    return {"edtf": edtf, "words": words(parse(edtf)), "earliest": earliest, "latest": latest}


def _every_date(event: Event) -> list[Bounds]:
    """The bounds of every date that documents assert of an event, and of its filing; citations have to be fetched."""
    asserted = (citation.asserted_date_edtf for citation in event.citations.all())
    return [bounds(parse(edtf)) for edtf in chain(asserted, [event.date_edtf]) if edtf]


def known_days(event: Event) -> list[Day]:
    """Return the first and last days of all of these that are known: of an open end there is none."""
    return [day for between in _every_date(event) for day in between if day is not None]


def span(event: Event) -> Bounds | None:
    """Return the interval over every date that documents assert of an event, and its filing; None where none does.

    What a machine is told instead of a single date of a contested event.
    """
    found = _every_date(event)
    if not found:
        return None
    starts, ends = [one.earliest for one in found], [one.latest for one in found]
    earliest = None if None in starts else min(day for day in starts if day)
    latest = None if None in ends else max(day for day in ends if day)
    return Bounds(earliest, latest)
