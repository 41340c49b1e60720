"""Two texts side by side, on the events of which either tells."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chronicle import disputes
from chronicle.disputes import Row
from chronicle.models import Citation, Dispute, Event, EventCount
from chronicle.views.addresses import at_any_address
from chronicle.views.base import PUBLISHED, MovedError, PublicView, not_found
from chronicle.views.filters import read_place
from chronicle.views.paging import Count, counted, page_of
from chronicle.views.tallies import tallies
from chronicle.vocabularies import Aspect, Verdict
from chronicle.voices import party_of
from sources.directions import isolated
from sources.models import Document

SIZE = 20
"""How many events stand on a page: each has a table of its own."""


@dataclass(frozen=True)
class Told:
    """One aspect of an event in two texts, with the verdicts of the rule between what they give."""

    aspect: Aspect
    left: Sequence[Row]
    right: Sequence[Row]
    verdicts: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """An event in two texts, aspect by aspect."""

    event: Event
    aspects: Sequence[Told]


class PairView(PublicView):
    """Two texts side by side."""

    template_name = "chronicle/pair.html"
    parameters = ("told", "place")

    def described(self, page: dict[str, Any]) -> str:
        """Return the two short titles."""
        words = {"left": isolated(page["left"].title_short), "right": isolated(page["right"].title_short)}
        return _("What %(left)s and %(right)s say of the same events, side by side, aspect by aspect.") % words

    def page(self, **address: Any) -> dict[str, Any]:
        """Return a page of the events of which both tell, one of them, or either; at one place if so asked."""
        left, right = self._texts(address["left"], address["right"])
        at = read_place(self.asked("place"))
        there = (
            EventCount.objects.using(PUBLISHED).with_facets(*at.facets) if at.is_clear else EventCount.objects.none()
        )
        every = there.with_any_facet(_facets(left, right))
        both = counted(there.with_facets(*_facets(left, right)))
        found = page_of(
            self._asked_for(every, left, right).titled(), "first_day", after=self.asked("after"), read=int, size=SIZE
        )
        return {
            "left": left,
            "right": right,
            "parties": {"left": party_of(left), "right": party_of(right)},
            "list": found,
            "comparisons": _comparisons([row.event for row in found.rows], left, right),
            "told": self.asked("told"),
            "at": at,
            "both": both,
            "alone": None if self.asked("place") else _alone(left, right, both),
        }

    def _texts(self, left: str, right: str) -> tuple[Document, Document]:
        """The two documents; MovedError where one has another address now, or where both are the same."""
        rows = Document.objects.using(PUBLISHED).select_related("publisher__party", "party")
        found = tuple(at_any_address(rows, "document", slug) for slug in (left, right))
        if found[0] == found[1]:
            raise MovedError(reverse("document", args=[found[0].slug]))
        if (found[0].slug, found[1].slug) != (left, right):
            raise MovedError(reverse("telling-pair", args=[found[0].slug, found[1].slug]))
        return found[0], found[1]

    def _asked_for(self, every: Any, left: Document, right: Document) -> Any:
        told, (first, second) = self.asked("told"), _facets(left, right)
        narrowed = {
            "": every,
            "both": every.with_facets(first, second),
            "left": every.with_facets(first).exclude(facets__contains=[second]),
            "right": every.with_facets(second).exclude(facets__contains=[first]),
        }
        return narrowed[told] if told in narrowed else not_found()


def _facets(left: Document, right: Document) -> list[str]:
    return [f"document:{left.pk}", f"document:{right.pk}"]


def _alone(left: Document, right: Document, both: Count) -> dict[str, int] | None:
    """Of how many events one of them tells and the other does not; None where too many are told by both to count."""
    if both.is_more:
        return None
    events = tallies("document", [left.pk, right.pk])
    return {
        "left": events.get(left.pk, 0) - both.number,
        "right": events.get(right.pk, 0) - both.number,
    }


def _comparisons(events: Sequence[Event], left: Document, right: Document) -> list[Comparison]:
    """The events with what both texts say of them, in two reads."""
    texts = {left.pk: left, right.pk: right}
    numbers = [event.pk for event in events]
    said: dict[int, list[Citation]] = defaultdict(list)
    citations = Citation.objects.using(PUBLISHED).filter(event_id__in=numbers, document_id__in=texts)
    for citation in citations.with_words().order_by("pk"):
        citation.document = texts[citation.document_id]
        said[citation.event_id].append(citation)
    compared: dict[int, list[Dispute]] = defaultdict(list)
    for dispute in Dispute.objects.using(PUBLISHED).filter(event_id__in=numbers, document=None):
        compared[dispute.event_id].append(dispute)
    return [Comparison(event, _aspects(said[event.pk], compared[event.pk], left, right)) for event in events]


def _aspects(citations: Sequence[Citation], compared: Sequence[Dispute], left: Document, right: Document) -> list[Told]:
    of = {side.pk: {c.pk for c in citations if c.document_id == side.pk} for side in (left, right)}
    found = []
    for reading in disputes.read(citations, []):
        rows = disputes.rows(reading)
        verdicts = {d.verdict for d in compared if d.aspect == reading.aspect and _is_between(d, *of.values())}
        sides = [[row for row in rows if row.document.pk == side.pk] for side in (left, right)]
        labels = [str(verdict.label) for verdict in Verdict if verdict in verdicts]
        found.append(Told(reading.aspect, sides[0], sides[1], labels))
    return found


def _is_between(dispute: Dispute, left: set[int], right: set[int]) -> bool:
    """Whether a row of the rule compares what one of the two texts gives with what the other does."""
    lower, higher = set(dispute.left), set(dispute.right) or set(dispute.left)
    return bool((lower & left and higher & right) or (lower & right and higher & left))


pair = PairView.as_view()
