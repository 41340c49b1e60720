"""The passages of a text that are, or may be, what a citation quotes: as a curator compares them."""

from dataclasses import dataclass
from typing import Final

from chronicle.models import Citation
from chronicle.quotations.texts import StoredText, newest_stored, stored_text
from sources.models import DocumentPage
from sources.quotations import Piece, Place, Quotation, difference, find

SHOWN: Final = 20
"""How many of the passages among which none is the one are shown."""
AROUND: Final = 160
"""Code points of the text shown before and after a passage."""


@dataclass(frozen=True)
class Passage:
    """A stretch of a text with what stands around it, its page, and how it differs from the quotation."""

    place: Place
    page: DocumentPage
    before: str
    words: str
    after: str
    difference: list[Piece]

    @property
    def is_different(self) -> bool:
        """Whether more than typography tells it from the quotation."""
        return any(piece.kind != "both" for piece in self.difference)


@dataclass(frozen=True)
class Passages:
    """The passages of a quotation, the text they stand in, and how many there are, of which some may not be shown."""

    text: int | None
    shown: list[Passage]
    number: int


def passages_of(citation: Citation) -> Passages:
    """Return where a quotation stands: in the text where it was found, or all places among which none could be told."""
    start, end = citation.quotation_start, citation.quotation_end
    if citation.quotation_text_id is not None and start is not None and end is not None:
        return _shown(citation, stored_text(citation.quotation_text_id), [Place(start, end)])
    text = newest_stored(citation.document_id)
    if text is None:
        return Passages(None, [], 0)
    quotation = Quotation(citation.quotation, citation.quotation_prefix, citation.quotation_suffix)
    return _shown(citation, text, list(find(quotation, text.text).places))


def _shown(citation: Citation, text: StoredText, places: list[Place]) -> Passages:
    numbers = [text.page_at(place.start) for place in places[:SHOWN]]
    pages = {page.number: page for page in _pages(text, numbers)}
    shown = [_passage(citation, text, place, pages[number]) for place, number in zip(places, numbers, strict=False)]
    return Passages(text.number, shown, len(places))


def _pages(text: StoredText, numbers: list[int]) -> list[DocumentPage]:
    return list(DocumentPage.objects.filter(text_id=text.number, number__in=numbers).only("number", "label", "text_id"))


def _passage(citation: Citation, text: StoredText, place: Place, page: DocumentPage) -> Passage:
    whole = text.text.text
    words = text.text[place]
    before, after = whole[max(0, place.start - AROUND) : place.start], whole[place.end : place.end + AROUND]
    return Passage(place, page, before, words, after, difference(citation.quotation, words))
