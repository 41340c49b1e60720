"""Who tells what: events × documents with the gaps."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from chronicle.models import Citation, Event, EventCount, EventKind, Tally
from chronicle.models.facts import STARTS_OPEN, UNDATED
from chronicle.views.base import PUBLISHED, MovedError, PublicView, not_found
from chronicle.views.documents import alphabetical_parties, chosen_party
from chronicle.views.paging import counted, page_of
from chronicle.vocabularies import Aspect, Stance
from chronicle.voices import date_and_title, party_of
from sources.edtf import EDTFError, parse
from sources.models import Document, Party

COLUMNS = 8
"""How many documents stand side by side."""
OFFERED = 40
"""How many documents the form offers besides those that are chosen and those that are looked for."""
FOUND = 20
"""How many documents a search adds to the form."""
KINDS = 200
"""How many kinds of event the form offers."""
SAID = ("event_id", "document_id", "pk", "aspect", "stance")
"""What the matrix reads of an assertion."""


@dataclass(frozen=True)
class Column:
    """A document that stands in the matrix."""

    document: Document

    @property
    def party(self) -> Party | None:
        """The party that it speaks for, if any."""
        return party_of(self.document)


@dataclass(frozen=True)
class Cell:
    """What one document tells of one event: a gap where `assertions` is 0 and it is not silent."""

    document: Document
    assertions: int = 0
    aspects: tuple[str, ...] = ()
    first: int | None = None
    is_silent: bool = False


@dataclass(frozen=True)
class Row:
    """An event with a cell for every document."""

    event: Event
    cells: Sequence[Cell]


class Telling(PublicView):
    """The matrix of the chosen documents, or of those that are cited for most events."""

    template_name = "chronicle/telling.html"
    description = _(
        "Events beside documents, with the gaps: which document tells of which event, and on which aspects."
    )
    parameters = ("document", "kind", "party", "period", "q")

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one matrix
        """Return a page of the events of which any of these documents tells, by first day."""
        self._leave_for_two()
        chosen = self.asked_all("document")[:COLUMNS]
        offered = _offered(chosen)
        documents = _columns(offered, chosen)
        narrowed = self._narrowed()
        rows = narrowed.pop("rows").with_any_facet(f"document:{document.pk}" for document in documents)
        found = page_of(rows.titled(), "first_day", after=self.asked("after"), read=int)
        return {
            "list": found,
            "count": counted(rows),
            "columns": [Column(document) for document in documents],
            "rows": _rows([row.event for row in found.rows], documents),
            "offered": sorted({*offered, *self._looked_for()}, key=date_and_title),
            "chosen": {document.slug for document in documents},
            "is_chosen": bool(chosen),
            "most": COLUMNS,
            **narrowed,
        }

    def _leave_for_two(self) -> None:
        """Lead to the page of two texts where the form asks for these."""
        left, right = self.asked("left"), self.asked("right")
        if left and right:
            try:
                place = self.asked("place")
                at = f"?{urlencode({'place': place})}" if place else ""
                raise MovedError(f"{reverse('telling-pair', args=[left, right])}{at}")
            except NoReverseMatch:
                not_found()

    def _looked_for(self) -> list[Document]:
        words = self.asked("q")
        rows = Document.objects.using(PUBLISHED).select_related("publisher__party", "party")
        return list(rows.titled_like(words).order_by("title_folded", "pk")[:FOUND]) if words else []

    def _narrowed(self) -> dict[str, Any]:
        """The events that the form narrows the matrix down to, and what it offers for that."""
        kinds = list(EventKind.objects.using(PUBLISHED).order_by("name", "pk")[:KINDS])
        kind = next((kind for kind in kinds if kind.slug == self.asked("kind")), None)
        if self.asked("kind") and kind is None:
            not_found()
        parties = alphabetical_parties()
        party = chosen_party(parties, self.asked("party"))
        facets = [*([f"kind:{kind.pk}"] if kind else []), *([f"party:{party.pk}"] if party else [])]
        period, mistake = _period(self.asked("period"))
        return {
            "rows": EventCount.objects.using(PUBLISHED).with_facets(*facets).filter(period),
            "kinds": kinds,
            "parties": parties,
            "mistake": mistake,
            "asked": {name: self.asked(name) for name in ("kind", "party", "period", "q")},
        }


def _offered(chosen: Sequence[str]) -> list[Document]:
    """The documents that are cited for most events, and the chosen ones."""
    most = Tally.objects.using(PUBLISHED).filter(facet="document").order_by("-number", "pk")[:OFFERED]
    numbers = [int(number) for number in most.values_list("value", flat=True)]
    rows = Document.objects.using(PUBLISHED).filter(Q(pk__in=numbers) | Q(slug__in=chosen))
    found = {document.pk: document for document in rows.select_related("publisher__party", "party")}
    first = [found.pop(number) for number in numbers if number in found]
    return [*first, *found.values()]


def _columns(offered: Sequence[Document], chosen: Sequence[str]) -> list[Document]:
    """The documents of the matrix: never in the order of how much they tell, but by date and title."""
    documents = [document for document in offered if document.slug in chosen] if chosen else list(offered[:COLUMNS])
    if len(documents) < len(chosen):
        not_found()
    return sorted(documents, key=date_and_title)


def _period(words: str) -> tuple[Q, str]:
    """The condition that an event is filed as beginning in this period; or what is wrong with its words."""
    if not words:
        return Q(), ""
    try:
        bounds = parse(words).bounds
    except EDTFError as error:
        return Q(), str(error)
    earliest = max(bounds.earliest.ordinal, STARTS_OPEN) if bounds.earliest else STARTS_OPEN
    latest = min(bounds.latest.ordinal, UNDATED - 1) if bounds.latest else UNDATED - 1
    return Q(first_day__gte=min(earliest, UNDATED), first_day__lte=max(latest, STARTS_OPEN)), ""


def _rows(events: Sequence[Event], documents: Sequence[Document]) -> list[Row]:
    """The events with what each document tells of them, in one read."""
    citations = Citation.objects.using(PUBLISHED).filter(event_id__in=[event.pk for event in events])
    told: dict[tuple[int, int], list[tuple[int, str, str]]] = defaultdict(list)
    columns = citations.filter(document_id__in=[document.pk for document in documents]).order_by("pk")
    for event, document, number, aspect, stance in columns.values_list(*SAID):
        told[event, document].append((number, aspect, stance))
    return [Row(event, [_cell(document, told[event.pk, document.pk]) for document in documents]) for event in events]


def _cell(document: Document, said: Sequence[tuple[int, str, str]]) -> Cell:
    speaking = [(number, aspect) for number, aspect, stance in said if stance != Stance.SILENT]
    if not speaking:
        return Cell(document, is_silent=bool(said))
    aspects = {aspect for _number, aspect in speaking}
    names = tuple(str(aspect.label) for aspect in Aspect if aspect in aspects)
    return Cell(document, len(speaking), names, speaking[0][0])


telling = Telling.as_view()
