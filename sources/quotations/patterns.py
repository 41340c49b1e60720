"""What is looked for: the words of a quotation as a pattern, in which hyphens at the ends of lines are forgiven."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sources.quotations.normalisation import Normalised, compared, normalised
from sources.quotations.selectors import Quotation

_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
WORDS: Final = "words"
"""The group of a pattern that holds the words of the quotation, without its context."""


@dataclass(frozen=True)
class Pattern:
    """A quotation as it is looked for in a text under the rule; `literal` where nothing in it is forgiven."""

    literal: str
    expression: re.Pattern[str] | None

    def spans(self, text: Normalised) -> Iterator[tuple[int, int]]:
        """Yield where the words begin and end in the text under the rule, places that overlap included."""
        return self._literal_spans(text.text) if self.expression is None else self._spans(self.expression, text)

    def _literal_spans(self, text: str) -> Iterator[tuple[int, int]]:
        start = text.find(self.literal)
        while start >= 0:
            yield start, start + len(self.literal)
            start = text.find(self.literal, start + 1)

    def _spans(self, expression: re.Pattern[str], text: Normalised) -> Iterator[tuple[int, int]]:
        match = expression.search(text.text)
        while match:
            if _is_forgiven(match, text.hyphens):
                yield match.span(WORDS)
            match = expression.search(text.text, match.start() + 1)


def pattern_of(quotation: Quotation) -> Pattern | None:
    """Return the pattern of a quotation with its context; None if there is nothing to look for."""
    words, prefix, suffix = normalised(quotation.exact.strip()), quotation.prefix, quotation.suffix
    if not words.text.strip() and not (compared(prefix) or compared(suffix)):
        return None
    forgiving = _forgiving(words)
    if not prefix and not suffix and forgiving == re.escape(words.text):
        return Pattern(words.text, None)
    return Pattern(words.text, re.compile(f"{_before(prefix)}(?P<{WORDS}>{forgiving}){_after(suffix)}"))


def _before(prefix: str) -> str:
    """Context is given with or without the space between it and the quotation; where it has one, so has the text."""
    if not prefix:
        return ""
    return _forgiving(normalised(prefix.rstrip())) + (" " if prefix[-1].isspace() else " ?")


def _after(suffix: str) -> str:
    if not suffix:
        return ""
    return (" " if suffix[0].isspace() else " ?") + _forgiving(normalised(suffix.lstrip()))


def _forgiving(words: Normalised) -> str:
    """The words as an expression: the hyphens between letters in groups of their own, which may be empty."""
    pieces, done = [], 0
    for hyphen in sorted(words.hyphens):
        pieces.append(_HYPHEN.sub("\0", words.text[done:hyphen]))
        done = hyphen
    pieces.append(_HYPHEN.sub("\0", words.text[done:]))
    return "-?".join("(-?)".join(map(re.escape, piece.split("\0"))) for piece in pieces)


def _is_forgiven(match: re.Match[str], hyphens: frozenset[int]) -> bool:
    """Whether every hyphen that the text does not have is one that may have been taken away from the end of a line."""
    named = match.re.groupindex[WORDS]
    groups = (group for group in range(1, match.re.groups + 1) if group != named)
    return all(match.group(group) or match.start(group) in hyphens for group in groups)
