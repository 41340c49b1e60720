"""What differs between a quotation and the words that were found for it, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sources.quotations.normalisation import compared

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Words that both have, that only the quotation has, or that only the text has."""

    kind: Literal["both", "quotation", "text"]
    words: str


def difference(quotation: str, found: str) -> list[Piece]:
    """Return both as one row of pieces, compared under the rule: what only typography tells apart is the same."""
    ours, theirs = _WORDS.findall(compared(quotation)), _WORDS.findall(compared(found))
    pieces: list[Piece] = []
    for tag, start, end, begin, stop in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("both", "".join(ours[start:end])))
            continue
        if end > start:
            pieces.append(Piece("quotation", "".join(ours[start:end])))
        if stop > begin:
            pieces.append(Piece("text", "".join(theirs[begin:stop])))
    return pieces
