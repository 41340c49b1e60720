"""The normalisation under which a quotation is compared with a text, with the way back to every place of the text.

Case, letters, marks, digits and punctuation count. What does not count, in this order:

1. A hyphen at the end of a line, between two letters: it may belong to the word or not, so it is taken away, and a
   hyphen of the quotation at this place is forgiven. Between digits the hyphen stays and only the line ends, lest
   10-12 become 1012.
2. Any run of white space, line ends and page ends included, is one space.
3. Characters that print nothing are taken away: soft hyphens, zero-width characters, marks of direction.
4. Quotation marks of every kind are one of two: single or double. Dashes and hyphens of every kind, and runs of them,
   are one hyphen.
5. What NFKC (Unicode Standard Annex 15) makes of a character and the marks that follow it: ligatures in letters,
   superscript and full-width figures in plain ones, letters with their marks composed.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

SILENT: Final = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
DOUBLE: Final = "“”„‟«»″〝〞〟＂"
SINGLE: Final = "‘’‚‛‹›′ʼ`´＇"
DASHES: Final = "\\-‐‑‒–—―−﹘﹣－"
_LETTER: Final = r"[^\W\d_]"
_LINE: Final = r"\s*[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]\s*"

RULES: Final[tuple[tuple[str, str, str], ...]] = (
    ("hyphen", r"[-‐\u00ad]", rf"(?<={_LETTER}[-‐\u00ad]){_LINE}(?={_LETTER})"),
    ("kept", r"[-‐–]", rf"(?<=\d[-‐–]){_LINE}(?=\d)"),
    ("space", r"[^\S ]", rf"[\s{SILENT}]*"),
    ("spaces", r" ", rf"[\s{SILENT}]+"),
    ("silent", rf"[{SILENT}]", rf"[{SILENT}]*"),
    ("double", rf"[{DOUBLE}]", ""),
    ("single", rf"[{SINGLE}]", ""),
    ("dash", rf"[{DASHES}]", rf"(?:[{DASHES}{SILENT}]*[{DASHES}])?"),
)
"""By name: the characters with which a stretch begins, and what follows them. Looking for the first ones alone lets the
expression pass over the rest of a text at once."""
BECOMES: Final = {
    **dict.fromkeys(("hyphen", "silent"), ""),
    **dict.fromkeys(("space", "spaces"), " "),
    **dict.fromkeys(("kept", "dash"), "-"),
    "double": '"',
    "single": "'",
}

_FOLDED: Final = {ord(mark): sign for marks, sign in ((DOUBLE, '"'), (SINGLE, "'")) for mark in marks}
_JAMO: Final = range(0x1160, 0x1200)
"""Vowels and ends of Korean syllables, which join what stands before them without being marks."""


@dataclass(frozen=True)
class Normalised:
    """A text under the rule, and for each stretch that became another one, where it stands in both.

    `starts` and `ends` are the bounds of those stretches here, `origins` and `origin_ends` there; `hyphens` are the
    places here at which a hyphen at the end of a line was taken away.
    """

    text: str
    starts: list[int] = field(default_factory=list, repr=False)
    ends: list[int] = field(default_factory=list, repr=False)
    origins: list[int] = field(default_factory=list, repr=False)
    origin_ends: list[int] = field(default_factory=list, repr=False)
    hyphens: frozenset[int] = frozenset()

    def original(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch stands in the text as it was; None if it begins or ends inside one character of it."""
        first, last = self._begin(start), self._end(end)
        if first is None or last is None:
            return None
        return (first, max(first, last))

    def _begin(self, offset: int) -> int | None:
        """The first character of a stretch that begins here: after whatever was taken away just before it."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return offset
        if offset == self.starts[index] < self.ends[index]:
            return self.origins[index]
        return None if offset < self.ends[index] else self.origin_ends[index] + offset - self.ends[index]

    def _end(self, offset: int) -> int | None:
        """The end of a stretch that ends here: before whatever was taken away just after it."""
        index = bisect_left(self.starts, offset) - 1
        if index < 0:
            return offset
        return None if offset < self.ends[index] else self.origin_ends[index] + offset - self.ends[index]


def normalised(text: str) -> Normalised:
    """Return a text under the rule; the text itself is not kept."""
    made = Normalised("")
    pieces: list[str] = []
    hyphens: list[int] = []
    length = done = 0
    for begin, end, instead, rule in _stretches(text):
        pieces += (text[done:begin], instead)
        length += begin - done
        if rule == "hyphen":
            hyphens.append(length)
        made.starts.append(length)
        length += len(instead)
        made.ends.append(length)
        made.origins.append(begin)
        made.origin_ends.append(end)
        done = end
    pieces.append(text[done:])
    return Normalised("".join(pieces), made.starts, made.ends, made.origins, made.origin_ends, frozenset(hyphens))


def _stretches(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Every stretch that becomes another one: where it begins and ends, what it becomes, and by which rule."""
    pattern = _pattern(set(text))
    for match in pattern.finditer(text):
        rule = match.lastgroup or ""
        instead = BECOMES[rule] if rule in BECOMES else _composed(match.group())
        if instead != match.group():
            yield match.start(), match.end(), instead, rule


def _pattern(characters: set[str]) -> re.Pattern[str]:
    """The rules, with the characters of this text that NFKC changes: most texts have few, so they are found fast."""
    marks = {one for one in characters if unicodedata.combining(one) or ord(one) in _JAMO}
    loose = {one for one in characters - marks if _is_loose(one)}
    rules = [*RULES, ("loose", f"[{_class(loose)}]", "")] if loose else list(RULES)
    first = "".join(begin.removeprefix("[").removesuffix("]") for _, begin, _ in rules if begin != r"[^\S ]")
    plain = f"[{first}\\s](?:{'|'.join(f'(?P<{name}>(?<={begin}){rest})' for name, begin, rest in rules)})"
    return re.compile(f"(?P<marked>[^\\s{SILENT}](?:[{SILENT}]*[{_class(marks)}])+)|{plain}" if marks else plain)


def _is_loose(character: str) -> bool:
    return not character.isspace() and not unicodedata.is_normalized("NFKC", character)


def _class(characters: set[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))


def _composed(cluster: str) -> str:
    plain = re.sub(f"[{SILENT}]", "", cluster).translate(_FOLDED)
    composed = unicodedata.normalize("NFKC", plain).translate(_FOLDED)
    return re.sub(f"[{DASHES}]+", "-", re.sub(r"\s+", " ", composed))


def compared(text: str) -> str:
    """Return what is left of a text under the rule, without white space at its ends."""
    return normalised(text).text.strip()
