"""A number, a range or a vague plural, before "at least" or "about" say what to make of it.

Where a word leaves room the reading claims the least: "hundreds" and "several hundred" are at least two hundreds.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from chronicle.figures.figure import FigureError
from chronicle.figures.numbers import Number, read_number

_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_LARGE_PLURALS = {f"{word}s": value for word, value in _LARGE.items()}
_PLURALS = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100} | _LARGE_PLURALS
_COUNTED = {"dozen": 12, "hundred": 100} | _LARGE
_VAGUE = re.compile(
    rf"(?:(?:several|a few|many) )?({'|'.join(_PLURALS)})(?: of ({'|'.join(_LARGE_PLURALS)}))?"
    rf"|(?:several|a few)(?: ({'|'.join(_COUNTED)}))?(?: ({'|'.join(_LARGE)}))?"
)
_SEPARATOR = re.compile(r" to | or | ?(?:\.\.|[–—]) ?| - |(?<=\d)-(?=\d)")
_BETWEEN = re.compile(r" and ")


class UnreadError(FigureError):
    """No form of a figure fits; what exactly is wrong is for whoever knows the whole string."""


@dataclass(frozen=True)
class Quantity:
    """The ends that the words give; no `high` where they name none ("thousands")."""

    low: Decimal
    high: Decimal | None


def read_quantity(words: str) -> Quantity:
    """The quantity that lower-case words with single blanks give as a whole; FigureError if they give none."""
    if words.startswith(("-", "–", "minus ")):
        raise FigureError("nothing is counted or measured below 0")
    if number := read_number(words):
        return Quantity(number.value, number.value)
    if vague := _VAGUE.fullmatch(words):
        unit = prod((_PLURALS | _COUNTED)[word] for word in vague.groups() if word)
        return Quantity(Decimal(2 * unit), None)
    low, high = _ends(words)
    if low.scale == 1 < high.scale and 0 < low.value * high.scale <= high.value:  # "50 to 60 thousand"
        raise FigureError(f"does it begin at {low.value:,f} or at {low.value * high.scale:,f}? Write both ends in full")
    return Quantity(low.value, high.value)


def _ends(words: str) -> tuple[Number, Number]:
    """The two numbers of "7,000 to 8,000" or "between 50 and 60"."""
    separator, rest = _SEPARATOR, words.removeprefix("from ")
    if words.startswith("between "):
        separator, rest = _BETWEEN, words.removeprefix("between ")
    for found in separator.finditer(rest):
        low, high = read_number(rest[: found.start()]), read_number(rest[found.end() :])
        if low and high:
            return low, high
    raise UnreadError("it is not a number in digits or English words")
