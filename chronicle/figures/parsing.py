"""Reading a figure that a curator typed, and saying what is wrong with one that cannot be read."""

import re
import unicodedata

from chronicle.figures.figure import Figure, FigureError
from chronicle.figures.numbers import wrong_separator
from chronicle.figures.phrases import read_phrase
from chronicle.figures.quantities import UnreadError

MAX_LENGTH = 100
EXAMPLES = "3,773 · more than 80 · up to 20,000 · 7,000 to 8,000 · at least 7,000 · about a million · none"

_PER_CENT = re.compile(r"(?<=\w) ?(?:%|\bper ?cent\b)(?!\w)")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, format, surrogate, private and unassigned characters
_WITHOUT_NUMBER = re.compile(
    r"(?:unknown|many|some|no figures?|no numbers?|not stated|unspecified|numerous)\b(?! \d).*"
)
_ATTACHED = re.compile(r"[~\d., ]*\d([^\W\d_²³]+[²³]?)")


def parse_figure(words: str, *, counts_whole_things: bool = True) -> Figure:
    """The figure that words give: of things counted whole (persons, houses), or else measured (km², per cent).

    A per cent sign is read over, any other unit refused. FigureError names the string, what is wrong, and examples.
    """
    try:
        figure = _read(words)
        return figure.of_whole_things() if counts_whole_things else figure
    except FigureError as error:
        raise FigureError(f"“{_shown(words)}” is not a figure: {error}. Right are: {EXAMPLES}") from None


def _read(words: str) -> Figure:
    text = _tidied(words)
    try:
        return read_phrase(text)
    except UnreadError as error:
        raise FigureError(_why_unread(text) or str(error)) from None


def _shown(words: str) -> str:
    readable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words[:MAX_LENGTH])
    return readable if len(words) <= MAX_LENGTH else readable + "…"


def _tidied(words: str) -> str:
    """Lower case with single blanks, thin and hard blanks among them, and without per cent signs."""
    if len(words) > MAX_LENGTH:
        raise FigureError(f"it is longer than {MAX_LENGTH} characters")
    text = " ".join(words.split())
    if any(unicodedata.category(letter) in _UNSEEN for letter in text):
        raise FigureError("it holds a character that cannot be seen; type it again")
    text = _PER_CENT.sub("", text.lower())
    if not text:
        raise FigureError("it is empty")
    return text.replace("\N{MINUS SIGN}", "-")


def _why_unread(text: str) -> str | None:
    if _WITHOUT_NUMBER.fullmatch(text):
        return "it gives no number; leave the figure empty and mark the value as unknown"
    if rest := _after_figure(text):
        return f"“{rest}” is not part of a number; give the unit in its own field, and whom it counts in theirs"
    return wrong_separator(text)


def _after_figure(text: str) -> str | None:
    """The words that follow a figure and are none: "people" of "more than 80 people", "km²" of "80km²"."""
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        if re.search(r"[^\W\d_]", " ".join(words[count:])) and _is_read(" ".join(words[:count]).rstrip(",")):
            return " ".join(words[count:])
    attached = _ATTACHED.match(text)
    return attached[1] if attached else None


def _is_read(text: str) -> bool:
    try:
        read_phrase(text)
    except FigureError:
        return False
    return True
