"""Dates as marks: what lasts is a solid bar, some day in a span is hollow, and what is open, cut or about says so.

`sources.edtf.pieces` reads what a date says, in days; `marks` puts the pieces on an axis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chronicle.timeline.window import WHOLE, Window, per_cent
from sources.edtf import EDTF, Bounds, Day, Form, Piece, pieces

NARROW: Final = 1.6
"""Up to which width, in per cent, a span is drawn as wide as can be seen, and no narrower."""


class Shape(StrEnum):
    """How a piece of a date is drawn."""

    LASTING = "lasting"
    WITHIN = "within"
    DAY = "day"
    UNKNOWN = "unknown"


SHAPES: Final = {
    Form.DAY: Shape.DAY,
    Form.LASTING: Shape.LASTING,
    Form.SPAN: Shape.WITHIN,
    Form.EDGE: Shape.WITHIN,
}


def shape(piece: Piece, *, is_one_of: bool = False) -> Shape:
    """How a piece is drawn; a day that is one of several, not known which, is hollow as spans are."""
    if piece.form is Form.EDGE and None in (piece.first, piece.last):
        return Shape.UNKNOWN
    if piece.form is Form.DAY and is_one_of:
        return Shape.WITHIN
    return SHAPES[piece.form]


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
    is_one_of = edtf.is_one_of and len(edtf.spans) > 1
    found = [_mark(piece, shape(piece, is_one_of=is_one_of), window) for piece in pieces(edtf)]
    seen = [mark for mark in found if not mark.lies]
    return seen or found[:1]


def _mark(piece: Piece, shape: Shape, window: Window) -> Mark:
    first = window.first if piece.first is None else piece.first
    last = window.last if piece.last is None else piece.last
    if piece.last is not None and last < window.first:
        return Mark(shape, 0.0, 0.0, lies="start")
    if piece.first is not None and first > window.last:
        return Mark(shape, WHOLE, WHOLE, lies="end")
    start, end = window.share(first, last)
    opens = [side for side, day in (("start", piece.first), ("end", piece.last)) if day is None]
    cut = [side for side, is_cut in (("start", first < window.first), ("end", last > window.last)) if is_cut]
    return Mark(shape, start, end, piece.is_approximate, tuple(opens), tuple(cut))
