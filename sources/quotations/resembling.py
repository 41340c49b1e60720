"""Stretches of a text that resemble words which do not stand in it.

A text is too long to be compared with at every place, so runs of the quotation that stand in it unchanged say where to
look; there the stretch with the fewest insertions, deletions and substitutions is taken (Levenshtein's distance, worked
out by rapidfuzz).
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from sources.quotations.normalisation import Normalised, compared
from sources.quotations.places import Place, Text
from sources.quotations.selectors import Quotation

SHORTEST: Final = 12
"""Of fewer characters too much resembles anything."""
RUN: Final = 8
"""How many characters have to stand unchanged for a stretch to be looked at."""
MOST_RUNS: Final = 16
"""How many runs of a quotation are looked for, spread over its length."""
MOST_HITS: Final = 64
"""A run that stands more often says nothing of where to look, unless every run does."""
MOST_STRETCHES: Final = 12
"""How many stretches are compared: those in which most runs stand, and at least half as many as in the best."""
LIKE: Final = 0.75
"""How much of the characters has to agree."""
CLOSE: Final = 0.05
"""Likenesses that differ by less decide nothing."""
LIKE_CONTEXT: Final = 0.5
CLOSE_CONTEXT: Final = 0.1
"""The same for the words before and after, which are few."""
_WORD: Final = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Resembling:
    """A stretch of a text, and how much of it agrees with the quotation: from 0 to 1."""

    place: Place
    likeness: float


def alike(one: float, other: float) -> bool:
    """Whether two likenesses are too close to each other to decide anything."""
    return abs(one - other) < CLOSE


def most_alike(words: str, text: Text) -> list[Resembling]:
    """Return the stretches that resemble the words, the most alike first, none of them over another."""
    sought = compared(words)
    if len(sought) < SHORTEST:
        return []
    under_rule = text.normalised
    stretches = [_aligned(sought, under_rule, around) for around in _around(sought, under_rule.text)]
    found: list[Resembling] = []
    for one in sorted((one for one in stretches if one), key=lambda one: (-one.likeness, one.place)):
        if not any(one.place.overlaps(other.place) for other in found):
            found.append(one)
    return found


def nearest_context(places: list[Place], quotation: Quotation, text: Text) -> Place | None:
    """Return the place whose surroundings resemble the context of the quotation clearly more than any other's."""
    ranked = sorted(((_context_likeness(quotation, text.surroundings(one)), one) for one in places), reverse=True)
    (best, place), (second, _) = ranked[:2]
    return place if best >= LIKE_CONTEXT and best - second >= CLOSE_CONTEXT else None


def _context_likeness(given: Quotation, found: Quotation) -> float:
    """How alike the words before and after are, from 0 to 1; a few letters more or less do not shift the rest."""
    prefix, suffix = compared(given.prefix), compared(given.suffix)
    before, after = compared(found.prefix), compared(found.suffix)
    sides = [
        fuzz.partial_ratio(context, around) / 100
        for context, around in ((prefix, before[-_wider(prefix) :]), (suffix, after[: _wider(suffix)]))
        if context
    ]
    return sum(sides) / len(sides)


def _wider(context: str) -> int:
    return len(context) * 4 // 3 + 1


def _around(sought: str, text: str) -> list[tuple[int, int]]:
    """The stretches to compare: those in which most runs of the quotation stand, with room for what was put in."""
    room = len(sought) // 4 + RUN
    votes = Counter(start // room for start in _beginnings(sought, text))
    both = {bucket: count + votes.get(bucket + 1, 0) for bucket, count in votes.items()}
    best = sorted(both, key=lambda bucket: (-both[bucket], bucket))[:MOST_STRETCHES]
    enough = both[best[0]] / 2 if best else 0
    starts = [bucket * room for bucket in best if both[bucket] >= enough]
    return [(max(0, start - room), min(len(text), start + 3 * room + len(sought))) for start in starts]


def _beginnings(sought: str, text: str) -> list[int]:
    """Where the quotation would begin, if a run of it that stands in the text stood where it should."""
    hits = {offset: _hits(sought[offset : offset + RUN], text) for offset in _offsets(len(sought))}
    telling = {offset: found for offset, found in hits.items() if len(found) <= MOST_HITS}
    chosen = telling if any(telling.values()) else hits
    return [hit - offset for offset, found in chosen.items() for hit in found]


def _offsets(length: int) -> list[int]:
    last = length - RUN
    return [*range(0, last, max(RUN // 2, last // MOST_RUNS)), last]


def _hits(run: str, text: str) -> list[int]:
    hits: list[int] = []
    start = text.find(run)
    while start >= 0 and len(hits) <= MOST_HITS:
        hits.append(start)
        start = text.find(run, start + 1)
    return hits


def _aligned(sought: str, text: Normalised, around: tuple[int, int]) -> Resembling | None:
    """The part of a stretch that is most like the words; None if that is not much.

    Between the first and the last run that are the same nothing is left to choose; before and after them, the ends of
    words are tried.
    """
    begin, end = around
    stretch = text.text[begin:end]
    same = [block for block in Levenshtein.opcodes(sought, stretch) if block.tag == "equal"]
    runs = [block for block in same if block.src_end - block.src_start >= RUN]
    if not runs:
        return None
    start = runs[0].dest_start - _length(sought[: runs[0].src_start][::-1], stretch[: runs[0].dest_start][::-1])
    stop = runs[-1].dest_end + _length(sought[runs[-1].src_end :], stretch[runs[-1].dest_end :])
    likeness = Levenshtein.normalized_similarity(sought, stretch[start:stop])
    original = text.original(begin + start, begin + stop)
    return Resembling(Place(*original), likeness) if original and likeness >= LIKE else None


def _length(words: str, beyond: str) -> int:
    """How much of what lies beyond a run is most like the words there: nothing, or up to an end of a word."""
    if not words:
        return 0
    ends = [match.end() for match in _WORD.finditer(beyond[: 2 * len(words) + RUN])]
    return min((0, *ends), key=lambda end: (Levenshtein.distance(words, beyond[:end]), abs(end - len(words))))
