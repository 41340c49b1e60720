"""What stands around a quantity: "about", "at least", "or more", and interval notation."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from chronicle.figures.figure import Figure, FigureError
from chronicle.figures.numbers import read_number
from chronicle.figures.quantities import Quantity, UnreadError, read_quantity

_ABOUT = re.compile(
    r"(?:(?:about|around|roughly|approximately|approx|circa|some|almost|nearly|close to|an estimated|ca|c)(?![a-z])\.?"
    r"|~|≈) ?(?=\S)"
)
_OR_SO = re.compile(r"(.+) or so")
_AT_LEAST = (
    r"(?:at least|no fewer than|not fewer than|no less than|not less than|a minimum of|upwards of)(?![a-z])|≥|>="
)
_MORE_THAN = r"(?:more than|greater than|over|above|exceeding|in excess of)(?![a-z])|>"
_AT_MOST = r"(?:up to|at most|no more than|not more than|a maximum of)(?![a-z])|≤|<="
_LESS_THAN = r"(?:fewer than|less than|under|below)(?![a-z])|<"
_BOUND = re.compile(rf"(?:({_AT_LEAST})|({_MORE_THAN})|({_AT_MOST})|({_LESS_THAN})) ?(?=\S)")
_OR_MORE = re.compile(r"(.+?)(?:,? (?:or|and) (?:more|over|above|upwards)| ?\+)")
_OR_FEWER = re.compile(r"(.+?),? or (?:fewer|less|under)")
_UP_TO = re.compile(rf"(.+?)(?:,? (?:and|but)|,) ((?:{_AT_MOST}|{_LESS_THAN}) ?\S.*)")
_BRACKETS = re.compile(r"([\[(]) ?([\d.]*) ?, ?([\d.]*) ?([\])])", re.ASCII)
_DOTS = re.compile(r"(?:(\S*\d) ?\.\.|\.\. ?(\S*\d))", re.ASCII)
_NONE = {"none", "nobody", "no one", "nil", "no"}


def read_phrase(words: str) -> Figure:
    """The figure, as of measured things, of lower-case words with single blanks; FigureError if they give none."""
    if words in _NONE:
        return Figure(Decimal(0), Decimal(0))
    if about := _ABOUT.match(words):
        return replace(read_phrase(words[about.end() :]), is_approximate=True)
    for form, reading in _FORMS:
        if found := form.fullmatch(words):
            return reading(found)
    if bound := _BOUND.match(words):
        return _bounded(bound, words[bound.end() :])
    quantity = read_quantity(words)
    return Figure(quantity.low, quantity.high)


def _or_so(found: re.Match[str]) -> Figure:
    return replace(read_phrase(found[1]), is_approximate=True)


def _in_brackets(found: re.Match[str]) -> Figure:
    """`[81,)` and `(80,90]`."""
    lower, upper = (_plain_number(end) if end else None for end in found.group(2, 3))
    return Figure(lower, upper, found[1] == "[", found[4] == "]")


def _with_dots(found: re.Match[str]) -> Figure:
    """`7000..` and `..8000`."""
    if found[1]:
        return Figure(_plain_number(found[1]), None)
    return Figure(Decimal(0), _plain_number(found[2]))


def _plain_number(digits: str) -> Decimal:
    number = read_number(digits)
    if number is None:
        raise UnreadError(f"“{digits}” is not a number")
    return number.value


def _from_up_to(found: re.Match[str]) -> Figure:
    """ "more than 80 and up to 90"."""
    low, high = read_phrase(found[1]), read_phrase(found[2])
    if low.upper is not None:
        raise FigureError("it has two upper ends")
    is_approximate = low.is_approximate or high.is_approximate
    return Figure(low.lower, high.upper, low.lower_inclusive, high.upper_inclusive, is_approximate)


def _bounded(bound: re.Match[str], rest: str) -> Figure:
    """ "at least 50", "fewer than about 50"."""
    at_least, more_than, at_most, _ = bound.groups()
    about = _ABOUT.match(rest)
    quantity = read_quantity(rest[about.end() :] if about else rest)
    if at_least or more_than:
        excludes = more_than and quantity.high is not None  # more than "thousands" is thousands
        return Figure(quantity.low, None, lower_inclusive=not excludes, is_approximate=bool(about))
    return Figure(Decimal(0), _top(quantity), upper_inclusive=bool(at_most), is_approximate=bool(about))


def _or_more(found: re.Match[str]) -> Figure:
    return Figure(read_quantity(found[1]).low, None)


def _or_fewer(found: re.Match[str]) -> Figure:
    return Figure(Decimal(0), _top(read_quantity(found[1])))


def _top(quantity: Quantity) -> Decimal:
    if quantity.high is None:
        raise FigureError("it sets an upper end without a number")
    return quantity.high


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Figure]], ...] = (
    (_OR_SO, _or_so),
    (_BRACKETS, _in_brackets),
    (_DOTS, _with_dots),
    (_UP_TO, _from_up_to),
    (_OR_MORE, _or_more),
    (_OR_FEWER, _or_fewer),
)
