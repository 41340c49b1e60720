"""A text in which quotations are looked for, and places in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from sources.quotations.normalisation import Normalised, normalised
from sources.quotations.patterns import pattern_of
from sources.quotations.selectors import Quotation

MOST_PLACES: Final = 200
"""How many places are looked at; of words that stand more often, no place can be told from the others."""
AROUND: Final = 200
"""How many code points more than its own length are read beside a place to compare its context."""


@dataclass(frozen=True, order=True)
class Place:
    """A stretch of a text, in code points, from `start` to before `end`."""

    start: int
    end: int

    def overlaps(self, other: "Place") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Text:
    """A text in which quotations are looked for; made ready once, for as many of them as there are."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __getitem__(self, place: Place) -> str:
        """Return the words of a place."""
        return self.text[place.start : place.end]

    @cached_property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it, as in a scan."""
        return not self.text.strip()

    @cached_property
    def normalised(self) -> Normalised:
        """The text under the rule of comparison."""
        return normalised(self.text)

    def places_of(self, quotation: Quotation) -> list[Place]:
        """Return the places at which a quotation stands, its context beside it, in the order of the text."""
        found = list(islice(self._under_the_rule(quotation), MOST_PLACES))
        return found or list(islice(self._to_the_letter(quotation), MOST_PLACES))

    def surroundings(self, place: Place) -> Quotation:
        """Return a place as a quotation with more context than any quotation is given."""
        before = self.text[max(0, place.start - AROUND) : place.start]
        return Quotation(self[place], before, self.text[place.end : place.end + AROUND])

    def _under_the_rule(self, quotation: Quotation) -> Iterator[Place]:
        pattern = pattern_of(quotation)
        for start, end in pattern.spans(self.normalised) if pattern else ():
            original = self.normalised.original(start, end)
            if original:
                yield Place(*original)

    def _to_the_letter(self, quotation: Quotation) -> Iterator[Place]:
        """What begins or ends between two characters that the rule takes for one, such as a letter and its mark."""
        words = quotation.exact
        start = self.text.find(words) if words else -1
        while start >= 0:
            place = Place(start, start + len(words))
            if self._stands_between(place, quotation):
                yield place
            start = self.text.find(words, start + 1)

    def _stands_between(self, place: Place, quotation: Quotation) -> bool:
        around = self.surroundings(place)
        before, after = around.prefix, around.suffix
        return before.endswith(quotation.prefix) and after.startswith(quotation.suffix)
