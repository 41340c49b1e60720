"""The part of time that a view shows, and where a day stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WHOLE = 100.0


class Window(NamedTuple):
    """From the first day to the last, both included, by their ordinals."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it has, at least one."""
        return self.last - self.first + 1

    def place(self, day: int) -> float:
        """Where a day begins, in per cent of the width; outside the window below 0 or above 100."""
        return (day - self.first) * WHOLE / self.days

    def share(self, first: int, last: int) -> tuple[float, float]:
        """Where days begin and end, both included, in per cent, cut at the edges."""
        start, end = self.place(first), self.place(last + 1)
        return max(0.0, min(start, WHOLE)), max(0.0, min(end, WHOLE))

    def holds(self, first: int, last: int) -> bool:
        """Whether days lie wholly within it."""
        return self.first <= first and last <= self.last

    def meets(self, first: int, last: int) -> bool:
        """Whether any of the days lies within it."""
        return first <= self.last and last >= self.first


def per_cent(place: float) -> str:
    """A place as SVG has it, the same in every language of the page."""
    return f"{round(place, 3):g}%"


LEAST_DAYS = 7
"""A window that ends where events end has at least so many days, so that one day is not the whole of it."""


def around(first: int | None, last: int | None, days: Sequence[int]) -> Window:
    """A window of which one side or both are not given: they are where the outermost of these days leaves some room."""
    known = [day for day in (*days, first, last) if day is not None] or [1]
    start = min(known) if first is None else first
    end = max(known) if last is None else last
    room = max(LEAST_DAYS - (end - start + 1), (end - start) // 50, 0)
    if first is None:
        start -= room if last is not None else (room + 1) // 2
    if last is None:
        end += room if first is not None else (room + 1) // 2
    return Window(start, max(start, end))
