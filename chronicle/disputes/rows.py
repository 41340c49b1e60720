"""The rows of an aspect's table: one per assertion, by value, then by date and title of the document."""

from __future__ import annotations

from dataclasses import dataclass

from chronicle.disputes.groups import AspectReading, ValueGroup
from chronicle.disputes.wording import counted_words, locator_words, value_words
from chronicle.models import Citation
from chronicle.sentences.quotations import state_of_quotation
from chronicle.vocabularies import Aspect, Stance
from chronicle.voices import party_of
from sources.models import Agent, Document, Party


@dataclass(frozen=True)
class Row:
    """An assertion: *value · as printed · what is dated or counted · speaker · document and locator · quotation*.

    `value` and `counted` are empty for citations that give none. `speaker` is whom the document names; None means that
    the document itself speaks. `party` is the one for which the document speaks. `quotation` says how the words that
    are quoted stand to the text of the document; empty where none are quoted.
    """

    citation: Citation
    value: str
    as_printed: str
    counted: str
    speaker: Agent | None
    document: Document
    locator: str
    party: Party | None
    quotation: str


def rows(reading: AspectReading) -> list[Row]:
    """Return every assertion of an aspect: values in order, then unknown, disputing, mentioning and silent ones."""
    valued = [_row(citation, _alone(citation)) for group in reading.groups for citation in group.citations]
    without = (*reading.unknown, *reading.disputing, *reading.others)
    return [*valued, *(_row(citation, None) for citation in without)]


def alone(citation: Citation) -> Row:
    """Return one assertion as a row, outside of any event's table."""
    has_value = citation.stance == Stance.SUPPORTS and not citation.asserts_unknown
    return _row(citation, _alone(citation) if has_value else None)


def _alone(citation: Citation) -> ValueGroup:
    """The value of one citation in its own words, also where others give an equal one in different words."""
    return ValueGroup(Aspect(citation.aspect), (citation,))


def _row(citation: Citation, value: ValueGroup | None) -> Row:
    return Row(
        citation=citation,
        value=value_words(value) if value else "",
        as_printed=citation.value_as_printed,
        counted=counted_words(citation),
        speaker=citation.claimed_by,
        document=citation.document,
        locator=locator_words(citation),
        party=party_of(citation.document),
        quotation=_state(citation) if citation.quotation else "",
    )


def _state(citation: Citation) -> str:
    return state_of_quotation(citation.quotation_state, is_confirmed=citation.quotation_confirmed_at is not None)
