"""Assertions outside the page of their event: each a line with its number, its event, and what it says."""

from dataclasses import dataclass

from chronicle.disputes import ValueGroup
from chronicle.disputes.wording import value_words
from chronicle.models import Citation
from chronicle.vocabularies import VALUED_ASPECTS, Aspect, Stance


@dataclass(frozen=True)
class Assertion:
    """A line about what a document says of an event; what its value names has to be fetched."""

    citation: Citation

    @property
    def aspect(self) -> str:
        """The name of its aspect."""
        return str(Aspect(self.citation.aspect).label)

    @property
    def value(self) -> str:
        """Its value in words, with what it dates or counts; empty where it has none."""
        citation = self.citation
        gives_value = citation.stance == Stance.SUPPORTS and not citation.asserts_unknown
        if not gives_value or citation.aspect not in VALUED_ASPECTS:
            return ""
        return value_words(ValueGroup(Aspect(citation.aspect), (citation,)))
