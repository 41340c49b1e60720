"""What stands behind an event: its documents, who of them leans on whom, and how many sources are left."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chronicle.leaning import Source, sources_of
from chronicle.models import Citation, Event
from chronicle.sentences import leaning
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.events import gone_or_not_found
from chronicle.voices import counts
from sources.directions import isolated
from sources.models import CitedDocument


@dataclass(frozen=True)
class Told:
    """A source and, where several documents come down to it, the sentence that says so."""

    source: Source
    warning: str


class EventSources(PublicView):
    """The independent sources of an event as it is published now."""

    template_name = "chronicle/leaning.html"
    parameters = ()

    def described(self, page: dict[str, Any]) -> str:
        """Return what the page shows."""
        return _("%(event)s: which documents stand behind it, and who of them leans on whom.") % {
            "event": isolated(page["event"])
        }

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the sources of the event at this address, in a number of queries that does not grow."""
        events = Event.objects.using(PUBLISHED).select_related("counts")
        event = events.filter(slug=address["slug"]).first() or gone_or_not_found(address["slug"])
        citations = list(Citation.objects.using(PUBLISHED).leaning_of(event.pk))
        found = sources_of(citations, _citing(citations))
        documents = sum(len(source.documents) for source in found)
        told = [Told(source, _warning(source, documents)) for source in found]
        return {
            "event": event,
            "sources": told,
            "counts": counts(event.counts),
            "come_down_to": leaning.come_down_to(documents, len(found)) if documents > len(found) else "",
        }


def _warning(source: Source, documents: int) -> str:
    return leaning.are_one_source(len(source.documents), of=documents) if source.is_several else ""


def _citing(citations: list[Citation]) -> list[CitedDocument]:
    """Which of the documents of an event, or of those that they lean on, cites which other of them."""
    numbers = {number for one in citations for number in (one.document_id, one.through_id) if number}
    rows = CitedDocument.objects.using(PUBLISHED).filter(document_id__in=numbers, cited_id__in=numbers)
    return list(rows.order_by("pk"))


event_sources = EventSources.as_view()
