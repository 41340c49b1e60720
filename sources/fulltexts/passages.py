"""Passages on a page: its text cut where they begin and end, so that each can be marked, also where they overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Passage:
    """A stretch of a text, in its code points, and by what number it is called."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Stretch:
    """A part of a page, the passages that it is part of, and those that begin with it."""

    content: str
    passages: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


def stretches(content: str, start: int, passages: Iterable[Passage]) -> Sequence[Stretch]:
    """Return a page in stretches; `start` is where it begins in its text. Passages may reach over its ends."""
    end = start + len(content)
    here = sorted((one for one in passages if one.start < end and one.end > start), key=lambda one: one.start)
    cuts = sorted({start, end, *(min(max(cut, start), end) for one in here for cut in (one.start, one.end))})
    return [
        Stretch(
            content[first - start : last - start],
            tuple(one.number for one in here if one.start <= first and one.end >= last),
            tuple(one.number for one in here if max(one.start, start) == first),
        )
        for first, last in pairwise(cuts)
    ]
