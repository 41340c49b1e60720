"""Words in a drawing, which nothing wraps for us: how wide they are, about, and where lines end."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from sources.directions import CONTROLS, FIRST_STRONG_ISOLATE, FROM_RIGHT, POP_ISOLATE

ELLIPSIS: Final = "…"
RIGHT_TO_LEFT: Final = re.compile(f"[{FROM_RIGHT}](?:[^A-Za-z\u00aa-\u058f{CONTROLS}]*[{FROM_RIGHT}])?")
"""A run of letters of that direction, as Hebrew and Arabic (Unicode, DerivedBidiClass), with what parts its words."""
NARROW: Final = frozenset(" .,;:'’()[]|!ijlftIr-")
WIDE: Final = frozenset("mwMW@%—")
AVERAGE, OF_NARROW, OF_WIDE, OF_CAPITALS, OF_FULL_WIDTH = 0.56, 0.3, 0.88, 0.7, 1.0


def width(words: str, size: float) -> float:
    """About how wide words are, in a sans serif of this size; rather too wide than too narrow."""
    return _width(words) * size


@lru_cache(maxsize=10_000)
def _width(words: str) -> float:
    return sum(map(_width_of, words))


@cache
def _width_of(letter: str) -> float:
    if letter in NARROW:
        return OF_NARROW
    if letter in (FIRST_STRONG_ISOLATE, POP_ISOLATE) or unicodedata.combining(letter):
        return 0
    if letter in WIDE:
        return OF_WIDE
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return OF_FULL_WIDTH
    return OF_CAPITALS if letter.isupper() else AVERAGE


def with_runs_isolated(words: str) -> str:
    """Words in which every run that is written from right to left stands apart from what surrounds it."""
    return RIGHT_TO_LEFT.sub(lambda run: f"{FIRST_STRONG_ISOLATE}{run[0]}{POP_ISOLATE}", words)


def lines(words: str, *, room: float, size: float, most: int) -> list[str]:
    """Words in lines that have room, and no more of them than so many: the last one says that more was there."""
    found: list[str] = []
    left = 0.0
    for word in (piece for long in words.split() for piece in _pieces(long, room, size)):
        taken = width(word, size)
        if found and taken + OF_NARROW * size <= left:
            found[-1] = f"{found[-1]} {word}"
            left -= taken + OF_NARROW * size
        else:
            found.append(word)
            left = room - taken
    kept = found[:most]
    if len(found) > most:
        kept[-1] = _shortened(kept[-1], room, size)
    return _closed(kept)


def _pieces(word: str, room: float, size: float) -> list[str]:
    """A word, cut where it is longer than a line."""
    if width(word, size) <= room:
        return [word]
    pieces = [""]
    left = room
    for letter in word:
        taken = _width_of(letter) * size
        if taken > left and pieces[-1]:
            pieces.append("")
            left = room
        pieces[-1] += letter
        left -= taken
    return pieces


def _shortened(line: str, room: float, size: float) -> str:
    while line and width(line + ELLIPSIS, size) > room:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def _closed(found: list[str]) -> list[str]:
    """Lines of which each closes the isolates that it opens, and opens again what the one before left open."""
    closed, depth = [], 0
    for line in found:
        whole = FIRST_STRONG_ISOLATE * depth + line
        depth = max(0, whole.count(FIRST_STRONG_ISOLATE) - whole.count(POP_ISOLATE))
        closed.append(whole + POP_ISOLATE * depth)
    return closed
