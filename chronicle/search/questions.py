"""What somebody typed into the box, and all that it may mean."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from chronicle.figures import Figure, FigureError, parse_figure
from chronicle.search.calendar import read_date
from sources.edtf import EDTF

LONGEST: Final = 200
"""How many characters of a question are read."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
"""Control characters and halves of characters, of which PostgreSQL takes neither NUL nor the halves."""
_NUMBER = re.compile(r"([ec]) ?([0-9]{1,18})", re.IGNORECASE)
_WORDS_AFTER_A_FIGURE: Final = 6


@dataclass(frozen=True)
class Question:
    """A question and its meanings; those that it cannot have are None."""

    text: str
    number: tuple[Literal["E", "C"], int] | None = None
    date: EDTF | None = None
    figure: Figure | None = None

    def __bool__(self) -> bool:
        return bool(self.text)


def read(typed: str) -> Question:
    """Return what a question may mean; nothing that can be typed is refused."""
    text = " ".join(_UNSEEN.sub(" ", typed[: LONGEST * 4]).split())[:LONGEST].strip()
    date = read_date(text)
    return Question(text, _read_number(text), date, _read_figure(text, with_words=date is None))


def _read_number(text: str) -> tuple[Literal["E", "C"], int] | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return ("E" if found[1] in "Ee" else "C", int(found[2]))


def _read_figure(text: str, *, with_words: bool) -> Figure | None:
    """The figure that the whole question is, or that it begins with: "more than 80 people"."""
    words = text.split(" ")
    fewest = max(1, len(words) - _WORDS_AFTER_A_FIGURE) if with_words else len(words)
    for count in range(len(words), fewest - 1, -1):
        part = " ".join(words[:count])
        if count < len(words) and not any(letter.isdigit() for letter in part):
            return None
        try:
            return parse_figure(part, counts_whole_things=False)
        except FigureError:
            continue
    return None
