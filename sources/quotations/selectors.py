"""What a quotation is, and where it may be: the selectors of the W3C Web Annotation Data Model."""

from dataclasses import dataclass
from typing import Final

CONTEXT: Final = 32
"""Code points of context that a quotation is given before and after it, at least, where the text has them."""


@dataclass(frozen=True)
class Quotation:
    """A `TextQuoteSelector`: the words themselves, and a few words just before and just after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Position:
    """A `TextPositionSelector`: code points of the text, from `start` to before `end`; None where no end is known."""

    start: int
    end: int | None = None

    def points_at(self, start: int, end: int) -> bool:
        """Whether it is this stretch exactly."""
        return self.start == start and self.end in (None, end)


def quotation_at(text: str, start: int, end: int) -> Quotation:
    """Return the quotation of a stretch of a text, with whole words of context until nothing else reads like it."""
    exact, room = text[start:end], CONTEXT
    while True:
        quotation = Quotation(exact, _before(text, start, room), _after(text, end, room))
        whole = quotation.prefix + exact + quotation.suffix
        again = text.find(whole, text.find(whole) + 1)
        if again < 0 or room > len(text):
            return quotation
        room *= 2


def _before(text: str, start: int, room: int) -> str:
    """The context before a stretch, from the beginning of a word on."""
    begin = max(0, start - room)
    context = text[begin:start]
    if begin == 0 or text[begin - 1].isspace():
        return context
    words = context.split(maxsplit=1)
    return context[context.index(words[1]) :] if len(words) > 1 else context


def _after(text: str, end: int, room: int) -> str:
    """The context after a stretch, to the end of a word."""
    context = text[end : end + room]
    if end + room >= len(text) or text[end + room].isspace():
        return context
    words = context.rsplit(maxsplit=1)
    return context[: context.rindex(words[1])].rstrip() if len(words) > 1 else context
