"""What is drawn, before anything is placed: rows of marks on one axis, with the words that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Protocol

Number = int | Decimal


class Form(Enum):
    """How a part of a mark looks: what lasts and what is somewhere in a span never look alike."""

    POINT = "point"
    LASTING = "lasting"
    SPAN = "span"
    EDGE = "edge"


@dataclass(frozen=True)
class Part:
    """A part of a mark, from `start` up to `end`, in the numbers of its axis; None is an end that is open.

    Days are ordinals and end where the next one begins: 10 October is from 737708 to 737709.
    """

    form: Form
    start: Number | None
    end: Number | None
    is_approximate: bool = False

    @property
    def ends(self) -> tuple[Number, ...]:
        """The ends that are known."""
        return tuple(end for end in (self.start, self.end) if end is not None)

    @property
    def is_open(self) -> bool:
        """Whether it has an end that is open."""
        return self.start is None or self.end is None


@dataclass(frozen=True)
class Row:
    """One line of a plot: a value with its scope and its speakers in words, and its mark, of one part or several."""

    value: str
    scope: str
    who: str
    parts: tuple[Part, ...]
    is_one_of: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under a heading; `otherwise` is said where there are none."""

    heading: str
    rows: tuple[Row, ...]
    otherwise: str = ""


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and the name of what begins there; `under` is a second, larger unit, where that changes."""

    at: Number
    named_at: Number
    name: str
    under: str = ""


class Scale(Protocol):
    """The axis of a plot."""

    @property
    def low(self) -> Number:
        """Where it begins."""

    @property
    def high(self) -> Number:
        """Where it ends."""

    def ticks(self, most: int) -> list[Tick]:
        """No more than so many ticks, at round places."""


@dataclass(frozen=True)
class Plot:
    """Groups of rows on one axis; `key` explains the marks that are used."""

    name: str
    title: str
    description: str
    groups: tuple[Group, ...]
    scale: Scale
    key: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All its rows."""
        return tuple(row for group in self.groups for row in group.rows)


def parts_of(groups: tuple[Group, ...]) -> list[Part]:
    """Every part of every mark."""
    return [part for group in groups for row in group.rows for part in row.parts]


def marks_used(groups: tuple[Group, ...]) -> Iterator[str]:
    """Yield the names of the marks that a key has to explain, in the order of the key."""
    parts = parts_of(groups)
    for form in Form:
        if any(part.form is form for part in parts):
            yield form.value
    if any(part.is_approximate for part in parts):
        yield "about"
    if any(part.is_open for part in parts):
        yield "open"
    if any(row.is_one_of for group in groups for row in group.rows):
        yield "one-of"


def tells_something(groups: tuple[Group, ...]) -> bool:
    """Whether a drawing says more than words: of two different values, or of a range."""
    marks = {row.parts for group in groups for row in group.rows}
    return len(marks) > 1 or any(part.form is not Form.POINT for parts in marks for part in parts)
