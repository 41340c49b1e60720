"""Find a quotation in a text: see the rule in `sources.quotations`."""

from dataclasses import dataclass, replace

from sources.quotations.places import Place, Text
from sources.quotations.resembling import alike, most_alike, nearest_context
from sources.quotations.selectors import Position, Quotation
from sources.vocabularies import QuotationState


@dataclass(frozen=True)
class Finding:
    """How a quotation stands to a text: its state, its one place if it has one, and all places among which none is it.

    `likeness` says how much of the words agrees, from 0 to 1; of surroundings that changed it says nothing.
    """

    state: QuotationState
    place: Place | None = None
    places: tuple[Place, ...] = ()
    likeness: float = 1.0


def find(quotation: Quotation, text: Text | None, *, hint: Position | None = None) -> Finding:
    """Return where a quotation stands in a text; `hint` is a position in this very text, or None."""
    if text is None or text.is_empty:
        return Finding(QuotationState.NO_TEXT, likeness=0.0)
    beside = text.places_of(quotation)
    if beside:
        return _one_of(beside, quotation, text, hint)
    elsewhere = text.places_of(Quotation(quotation.exact)) if quotation.prefix or quotation.suffix else []
    return _changed_around(elsewhere, quotation, text, hint) if elsewhere else _changed(quotation, text)


def _one_of(places: list[Place], quotation: Quotation, text: Text, hint: Position | None) -> Finding:
    """Points 2 and 3 of the rule."""
    place = places[0] if len(places) == 1 else _hinted(places, hint)
    if place is None:
        return Finding(QuotationState.AMBIGUOUS, places=tuple(places))
    is_exact = text[place] == quotation.exact.strip()
    return Finding(QuotationState.EXACT if is_exact else QuotationState.NORMALISED, place)


def _changed_around(places: list[Place], quotation: Quotation, text: Text, hint: Position | None) -> Finding:
    """Point 4: the words, but not their context."""
    place = places[0] if len(places) == 1 else _hinted(places, hint) or nearest_context(places, quotation, text)
    if place is None:
        return Finding(QuotationState.AMBIGUOUS, places=tuple(places))
    return Finding(QuotationState.CHANGED, place)


def _changed(quotation: Quotation, text: Text) -> Finding:
    """Point 5: the words nowhere, but others that resemble them."""
    found = most_alike(quotation.exact, text)
    if not found:
        return Finding(QuotationState.MISSING, likeness=0.0)
    rivals = [one for one in found if alike(one.likeness, found[0].likeness)]
    if len(rivals) == 1:
        return Finding(QuotationState.CHANGED, found[0].place, likeness=found[0].likeness)
    places = tuple(sorted(one.place for one in rivals))
    return replace(Finding(QuotationState.AMBIGUOUS, places=places), likeness=found[0].likeness)


def _hinted(places: list[Place], hint: Position | None) -> Place | None:
    """The one place at which a hint points exactly; none if it points between them, or at two."""
    if hint is None:
        return None
    pointed = [place for place in places if hint.points_at(place.start, place.end)]
    return pointed[0] if len(pointed) == 1 else None
