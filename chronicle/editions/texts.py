"""Two wordings of one text, word by word: what stayed, what went, what came."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]  # it has no types

SECONDS: Final = 0.3
"""How long the shortest difference is looked for; after that a longer one is good enough."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_FIRST: Final = 0xE000  # behind the surrogates: a character for each different word, a million of them
_REMOVED, _ADDED = -1, 1


@dataclass(frozen=True)
class Part:
    """Some words of a text: in both wordings, only in the earlier one (removed), or only in the later (added)."""

    text: str
    is_removed: bool = False
    is_added: bool = False


def compared(before: str, after: str) -> tuple[Part, ...]:
    """Return both wordings as one row of parts; whole words are compared, as readers do."""
    known: dict[str, str] = {}
    encoded = [_encoded(text, known) for text in (before, after)]
    words = {letter: word for word, letter in known.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = SECONDS
    found = engine.diff_main(*encoded, checklines=False)
    engine.diff_cleanupSemantic(found)
    return tuple(
        Part("".join(words[letter] for letter in text), kind == _REMOVED, kind == _ADDED) for kind, text in found
    )


def replaced(before: str, after: str) -> tuple[Part, ...]:
    """Return two values of which the later one takes the place of the earlier one as a whole."""
    parts = (Part(before, is_removed=True), Part(after, is_added=True))
    return tuple(part for part in parts if part.text)


def _encoded(text: str, known: dict[str, str]) -> str:
    words: Sequence[str] = _WORDS.findall(text)
    return "".join(known.setdefault(word, chr(_FIRST + len(known))) for word in words)
