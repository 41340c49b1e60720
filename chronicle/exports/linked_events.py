"""Events as JSON-LD: CIDOC CRM in the terms of Linked Art 1.0, every citation an attribution by a document.

Nothing is chosen: a value that a document asserts is an `AttributeAssignment`, which says what it assigns, by whom and
out of which document; rivals stand side by side. The event's own `timespan` is the interval over all of them. What CRM
has no word for is in words of our own (`TERMS`), which the page of downloads explains.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chronicle.exports.assignments import assignment, reference
from chronicle.exports.dates import span
from chronicle.exports.origin import Origin
from chronicle.exports.streaming import json_object
from chronicle.exports.timespans import TimeSpan, time_span, time_span_of
from chronicle.models import DisputeNote, Event

LINKED_ART: Final = "https://linked.art/ns/v1/linked-art.json"
EDTF_DATATYPE: Final = "http://id.loc.gov/datatypes/edtf"

TERMS: Final[Mapping[str, Promise]] = {
    "approximate": _("Whether a figure is “about”."),
    "aspect": _("The aspect of the event that a citation, or a note of the editors, speaks of."),
    "companion": _("The same thing on the other side."),
    "concerns": _("A party that the event concerns, whether or not it has a voice."),
    "certainty": _("How sure the editors are of a place of filing."),
    "date_of": _("Which moment of the event an asserted date is the date of."),
    "disputes": _("Pairs of groups of equal values, and how they stand to each other: computed by one rule."),
    "edition": _("The number of the edition that is told here."),
    "edtf": _("A date in the Extended Date/Time Format, as it was written."),
    "filed_at": _("Where the editors file the event: no statement about which place is right."),
    "filed_under": _("The date under which the editors file the event: no statement about which is right."),
    "is_unknown": _("That a document says that this is not known."),
    "left": _("The citations with the one value of a pair."),
    "locator": _("Where in its document a citation stands."),
    "next": _("Where the list goes on that a file has the first events of."),
    "participants": _("Agents who had a part in the event."),
    "period": _("Over which time a figure counts."),
    "population": _("Whom a figure counts."),
    "quotation": _("The words of the document."),
    "range": _("A figure as a range: a square bracket belongs to it, a round one does not."),
    "responsibility": _("Whom a document holds responsible."),
    "right": _("The citations with the other value of a pair."),
    "role": _("The part of a place or an agent in the event."),
    "side": _("Whose people or things a figure counts."),
    "stance": _("How a document stands to what it is cited for (CiTO)."),
    "stated_on": _("When the speaker said so."),
    "value_as_printed": _("The document’s own few words for a value."),
    "verdict": _("How two values stand to each other."),
}
"""The words that are not CRM's; the address of each is that of the page of downloads, with its name."""


def context(origin: Origin) -> list[Any]:
    """Return what the names in a file stand for."""
    own = f"{origin.page('data')}#"
    return [LINKED_ART, {"@vocab": own, "edtf": {"@id": f"{own}edtf", "@type": EDTF_DATATYPE}}]


def collection(events: Iterable[Event], origin: Origin, following: Callable[[], str] = str) -> Iterator[str]:
    """Yield events one after another, as `EventQuerySet.with_assertions` brings them.

    `following` is asked last: the address at which the list goes on, nothing where it ends here.
    """
    nodes = (node(event, origin) for event in events)

    def last() -> dict[str, Any]:
        address = following()
        return {"next": {"id": address}} if address else {}

    return json_object({"@context": context(origin)}, "@graph", nodes, last)


def document(event: Event, origin: Origin, *, edition: int) -> dict[str, Any]:
    """Return one event as a file of its own."""
    return {"@context": context(origin), **node(event, origin), "edition": edition}


def node(event: Event, origin: Origin) -> dict[str, Any]:
    """Return an event with all that documents say of it."""
    found: dict[str, Any] = {
        "id": origin.page("event", event.slug),
        "type": "Event",
        "_label": event.title,
        "identified_by": _names(event),
        "classified_as": [{"type": "Type", "_label": str(event.kind)}],
        "referred_to_by": _texts(event),
        "timespan": _span(event),
        "filed_under": time_span(event.date_edtf) if event.date_edtf else None,
        "filed_at": [_place(row, origin) for row in event.event_locations.all()],
        "part_of": [reference("event", event.parent, "Event", origin)] if event.parent else [],
        "companion": reference("event", event.companion, "Event", origin) if event.companion else None,
        "concerns": [{"type": "Group", "_label": str(row.party)} for row in event.event_parties.all()],
        "participants": [
            {**reference("agent", row.agent, "Actor", origin), "role": row.role} for row in event.participations.all()
        ],
        "attributed_by": [assignment(citation, origin) for citation in _in_order(event)],
        "disputes": [_pair(row, origin) for row in event.disputes.all()],
    }
    return {name: value for name, value in found.items() if value}


def _names(event: Event) -> list[dict[str, Any]]:
    """The public number, the heading, and what parties call it."""
    named = [
        {"type": "Name", "content": row.name, "language": [{"type": "Language", "_label": row.language}]}
        for row in event.names.all()
    ]
    return [{"type": "Identifier", "content": f"E{event.pk}"}, {"type": "Name", "content": event.title}, *named]


def _texts(event: Event) -> list[dict[str, Any]]:
    """The editors' texts: the summary, why it is filed where it is, their notes on disputes with their aspects."""
    texts = [{"type": "LinguisticObject", "content": text} for text in (event.summary, event.reading_note) if text]
    return [*texts, *map(_note, event.dispute_notes.all())]


def _note(note: DisputeNote) -> dict[str, Any]:
    written = {"type": "Creation", "timespan": time_span(note.written_on.isoformat())}
    return {"type": "LinguisticObject", "content": note.text, "aspect": note.aspect, "created_by": written}


def _span(event: Event) -> TimeSpan | None:
    between = span(event)
    return time_span_of(between) if between else None


def _place(row: Any, origin: Origin) -> dict[str, Any]:
    place = reference("location", row.location, "Place", origin)
    return {**place, "role": row.role, "certainty": row.certainty}


def _in_order(event: Event) -> list[Any]:
    return sorted(event.citations.all(), key=lambda citation: citation.number)


def _pair(row: Any, origin: Origin) -> dict[str, Any]:
    """Two groups of equal values, by the addresses of their citations."""
    sides = {
        side: [{"id": origin.page("citation-by-number", number)} for number in getattr(row, side)]
        for side in ("left", "right")
    }
    return {"aspect": row.aspect, "verdict": row.verdict, **sides}
