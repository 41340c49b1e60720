"""What a date says, cut into pieces to be drawn: a day, what lasts, some day in a span, an end that is no exact day.

One reading for every drawing, so that a date never looks one way on one page and another way on the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from sources.edtf.bounds import bounds, widened
from sources.edtf.dates import Date, Missing, Qualifier, Span
from sources.edtf.days import Bounds, Day
from sources.edtf.values import EDTF


class Form(Enum):
    """What a piece says: what lasts and what is some day in a span must never look alike."""

    DAY = "day"
    LASTING = "lasting"
    SPAN = "span"
    EDGE = "edge"


class Piece(NamedTuple):
    """Days of one form by their ordinals, both included; None is unbounded: open, or, for an edge, said to be unknown.

    An approximate piece is as wide as comparisons take it: one unit of its own precision is added.
    """

    form: Form
    first: int | None
    last: int | None
    is_approximate: bool = False


class _Spans(NamedTuple):
    """What bounds are worked out from."""

    spans: tuple[Span, ...]


def pieces(date: EDTF) -> tuple[Piece, ...]:
    """What a date says, from its beginning to its end: its days, its spans, or what lasts from one end to the other."""
    if date.is_interval:
        return tuple(_lasting(date.spans[0]))
    return tuple(_member(span, is_every=date.is_all_of) for span in date.spans)


def _member(span: Span, *, is_every: bool) -> Piece:
    """A day, or some day in a span; of a set that means all of its dates, a span is all of its days."""
    is_approximate = any(date.qualifiers & Qualifier.APPROXIMATE for date in span.dates)
    first, last = widened(_Spans((span,)))
    form = Form.SPAN
    if is_every and not span.is_single:
        form = Form.LASTING
    elif first == last and not is_approximate:
        form = Form.DAY
    return _piece(form, first, last, is_approximate=is_approximate)


def _piece(form: Form, first: Day | None, last: Day | None, *, is_approximate: bool = False) -> Piece:
    return Piece(form, first and first.ordinal, last and last.ordinal, is_approximate)


def _lasting(span: Span) -> Iterator[Piece]:
    """What lasts: from the last day on which it can have begun to the first on which it can have ended.

    Where an end is a month or a year, or is approximate, the days before and after are an edge; and where it is said to
    be unknown, an edge without end. An interval that can have ended before it began lasts as long as it can.
    """
    starts, ends, reach = _limits(span.start), _limits(span.end), widened(_Spans((span,)))
    begun, ending = starts.latest, ends.earliest
    if begun and ending and ending < begun:
        begun, ending = reach
    if begun and reach.earliest and reach.earliest < begun:
        yield _piece(Form.EDGE, reach.earliest, begun.previous(), is_approximate=_is_about(span.start))
    elif span.start is Missing.UNKNOWN and ending:
        yield _piece(Form.EDGE, None, ending.previous())
    yield _piece(Form.LASTING, *_solid(span, begun, ending))
    if ending and reach.latest and reach.latest > ending:
        yield _piece(Form.EDGE, ending.next(), reach.latest, is_approximate=_is_about(span.end))
    elif span.end is Missing.UNKNOWN and begun:
        yield _piece(Form.EDGE, begun.next(), None)


def _solid(span: Span, begun: Day | None, ending: Day | None) -> Bounds:
    """From the day by which it had begun to the day on which it had not ended; of an unknown end, the day before it."""
    first = ending if span.start is Missing.UNKNOWN else begun
    return Bounds(first, begun if span.end is Missing.UNKNOWN else ending)


def _limits(end: Date | Missing) -> Bounds:
    """The first and the last day that an end of an interval allows, as it is written."""
    return Bounds(None, None) if isinstance(end, Missing) else bounds(_Spans((Span(end, end),)))


def _is_about(end: Date | Missing) -> bool:
    return isinstance(end, Date) and bool(end.qualifiers & Qualifier.APPROXIMATE)
