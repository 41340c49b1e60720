"""Dates as marks: what lasts is a solid bar, some day in a span is hollow, and what is open, cut or about says so.

`pieces` reads what a date says, in days; `marks` puts the pieces on an axis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from chronicle.timeline.window import WHOLE, Window, per_cent
from sources.edtf import EDTF, Bounds, Day, bounds
from sources.edtf.dates import Date, End, Kind, Missing, Span

NARROW: Final = 1.6
"""Up to which width, in per cent, a span is drawn as wide as can be seen, and no narrower."""


class Shape(StrEnum):
    """How a piece of a date is drawn."""

    LASTING = "lasting"
    WITHIN = "within"
    DAY = "day"
    UNKNOWN = "unknown"


class Piece(NamedTuple):
    """Days of one shape, both included; None is unbounded, since the date is open there or says that it is unknown."""

    shape: Shape
    first: int | None
    last: int | None


class _Spans(NamedTuple):
    spans: tuple[Span, ...]


def pieces(edtf: EDTF) -> tuple[Piece, ...]:
    """What a date says, from its beginning to its end.

    An interval lasts for certain from the last day on which it can have begun to the first on which it can have ended;
    where its ends are months or years, these are spans in which it began or ended on some day.
    """
    if edtf.kind is Kind.INTERVAL:
        return _interval(edtf.spans[0])
    return tuple(piece for span in edtf.spans for piece in _of_span(edtf, span))


def _of_span(edtf: EDTF, span: Span) -> tuple[Piece, ...]:
    if edtf.is_all_of and not span.is_single:
        return _interval(span)
    first, last = _days(bounds(_Spans((span,))))
    is_day = first is not None and first == last and len(edtf.spans) == 1
    if edtf.is_all_of and first == last:
        is_day = True
    return (Piece(Shape.DAY if is_day else Shape.WITHIN, first, last),)


def _interval(span: Span) -> tuple[Piece, ...]:
    began, ended = _ends(span.start), _ends(span.end)
    core = (began[1], ended[0])
    if core[0] is not None and core[1] is not None and core[0] > core[1]:
        return (Piece(Shape.LASTING, began[0], ended[1]),)
    found = [Piece(Shape.LASTING, *core)] if core != (None, None) or began != (None, None) else []
    if began[0] != began[1] and began[1] is not None:
        found.insert(0, Piece(Shape.WITHIN, began[0], began[1] - 1))
    elif span.start is Missing.UNKNOWN:
        found = [Piece(Shape.UNKNOWN, None, ended[0]), Piece(Shape.LASTING, ended[0], ended[0])]
    if ended[0] != ended[1] and ended[0] is not None:
        found.append(Piece(Shape.WITHIN, ended[0] + 1, ended[1]))
    elif span.end is Missing.UNKNOWN:
        found = [*found[:-1], Piece(Shape.LASTING, began[1], began[1]), Piece(Shape.UNKNOWN, began[1], None)]
    return tuple(found)


def _ends(end: End) -> tuple[int | None, int | None]:
    """The first and the last day that an end can be."""
    return _days(bounds(_Spans((Span(end, end),)))) if isinstance(end, Date) else (None, None)


def _days(found: Bounds) -> tuple[int | None, int | None]:
    first, last = found
    return first.ordinal if first else None, last.ordinal if last else None


def hull(found: Iterable[Bounds | None]) -> tuple[int | None, int | None]:
    """The first and the last day that any of these bounds names, unbounded sides left out."""
    days = [day.ordinal for one in found if one for day in one if isinstance(day, Day)]
    return (min(days), max(days)) if days else (None, None)


@dataclass(frozen=True)
class Mark:
    """A piece on the axis: its shape, from where to where, and what happens at the two edges of the view.

    `opens` is the side, start or end, on which the date itself is open; `goes_on` the sides on which it is cut at the
    edge of the view; `lies` is the side on which it lies outside, and nothing of it is seen.
    """

    shape: Shape
    start: float
    end: float
    is_about: bool = False
    opens: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    lies: str = ""

    @property
    def x(self) -> str:
        """Where it begins; where it goes on beyond the view, a little outside, so that no edge is drawn."""
        return per_cent(self._start)

    @property
    def width(self) -> str:
        """How wide it is."""
        return per_cent(self._end - self._start)

    @property
    def end_x(self) -> str:
        """Where it ends."""
        return per_cent(self._end)

    @property
    def middle(self) -> str:
        """Its middle, for what is drawn in a size of its own."""
        return per_cent((self.start + self.end) / 2)

    @property
    def is_narrow(self) -> bool:
        """Whether it would hardly be seen at its own width."""
        return self.end - self.start < NARROW

    @property
    def is_small(self) -> bool:
        """Whether it is drawn in a size of its own, around its middle."""
        return self.is_narrow or self.shape is Shape.DAY

    @property
    def _start(self) -> float:
        return self.start - BEYOND if "start" in (*self.opens, *self.goes_on) else self.start

    @property
    def _end(self) -> float:
        return self.end + BEYOND if "end" in (*self.opens, *self.goes_on) else self.end


BEYOND: Final = 2.0


def marks(edtf: EDTF, window: Window) -> list[Mark]:
    """The marks of a date in a window; one that only says on which side it lies, where nothing of it is seen."""
    found = [_mark(piece, window, is_about=edtf.is_approximate) for piece in pieces(edtf)]
    seen = [mark for mark in found if not mark.lies]
    return seen or found[:1]


def _mark(piece: Piece, window: Window, *, is_about: bool) -> Mark:
    first = window.first if piece.first is None else piece.first
    last = window.last if piece.last is None else piece.last
    if piece.last is not None and last < window.first:
        return Mark(piece.shape, 0.0, 0.0, lies="start")
    if piece.first is not None and first > window.last:
        return Mark(piece.shape, WHOLE, WHOLE, lies="end")
    start, end = window.share(first, last)
    opens = [side for side, day in (("start", piece.first), ("end", piece.last)) if day is None]
    cut = [side for side, is_cut in (("start", first < window.first), ("end", last > window.last)) if is_cut]
    return Mark(piece.shape, start, end, is_about, tuple(opens), tuple(cut))
