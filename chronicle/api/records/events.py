"""Events, as lists and as records of their own."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from chronicle.api.records.citations import CitationRecord, citation_record
from chronicle.api.records.editions import EditionEntry, edition_entry
from chronicle.api.records.values import Addresses, Date, Link, Word, word
from chronicle.exports.dates import dated
from chronicle.models import DisputeNote, Edition, EventCount
from chronicle.vocabularies import Aspect, Certainty, LocationRole, ParticipationRole, Verdict


class Counts(Schema):
    """How much stands behind an event."""

    citations: int
    documents: int
    independent_documents: int = Field(description="How many are left once it is followed who leans on whom.")
    parties: int = Field(description="For how many parties they speak.")
    disputes: int


class EventPlace(Schema):
    """Where the editors file an event."""

    location: Link
    role: LocationRole
    certainty: Certainty


class EventEntry(Schema):
    """An event in a list."""

    number: int = Field(description="Its public number, which never changes: E147.", examples=[147])
    slug: str = Field(examples=["first-ceasefire"])
    title: str
    page: str
    api: str
    kind: Word
    filed_under: Date | None = Field(description="The editors’ filing: no statement about which date is right.")
    places: list[EventPlace]
    counts: Counts


class Name(Schema):
    """What a record is called in a language, and by which party."""

    name: str
    language: str = Field(description="BCP 47.", examples=["az-Latn"])
    party: Word | None


class Participant(Schema):
    """An agent's part in an event."""

    agent: Link
    role: ParticipationRole


class Pair(Schema):
    """Two groups of equal values of one aspect, and how they stand to each other: computed by one rule."""

    aspect: Aspect
    verdict: Verdict
    document: Link | None = Field(description="Set where both values stand in one text.")
    left: list[int] = Field(description="The numbers of citations with the one value.", examples=[[1187]])
    right: list[int] = Field(description="Those with the other; empty where all agree.", examples=[[1190, 1191]])


class EditorsNote(Schema):
    """What the editors say of the dispute on an aspect, in their own words: they choose no value."""

    aspect: Aspect
    text: str
    written_on: date = Field(description="The day on which the words were settled.")


class Voice(Schema):
    """A party at an event, also one without any document."""

    party: Word
    is_concerned: bool
    documents: int = Field(description="How many documents here speak for it.")
    speakers: int = Field(description="How many of those who speak for it are named.")


class EventRecord(Schema):
    """An event with everything that documents say of it, as one edition has it."""

    number: int = Field(description="Its public number, which never changes: E147.", examples=[147])
    slug: str = Field(examples=["first-ceasefire"])
    title: str
    names: list[Name]
    kind: Word
    edition: EditionEntry
    filed_under: Date | None = Field(description="The editors’ filing: no statement about which date is right.")
    reading_note: str = Field(description="The reason for the filing.")
    summary: str = Field(description="The editors’, of what no document here disputes.")
    part_of: Link | None
    companion: Link | None = Field(description="The same thing on the other side.")
    places: list[EventPlace]
    parties_concerned: list[Word]
    participants: list[Participant]
    citations: list[CitationRecord]
    disputes: list[Pair]
    notes: list[EditorsNote]
    voices: list[Voice]
    counts: Counts | None = Field(description="Null, like disputes and voices, where a source was removed.")


def counts(found: EventCount | None) -> dict[str, int] | None:
    """Return how much stands behind an event; nothing where a source was removed from this edition."""
    return {name: getattr(found, name) for name in Counts.model_fields} if found else None


def editors_note(note: DisputeNote) -> dict[str, Any]:
    """Return what the editors say of a dispute."""
    return {name: getattr(note, name) for name in EditorsNote.model_fields}


def event_entry(row: EventCount, at: Addresses) -> dict[str, Any]:
    """Return an event of a list, as `EventCountQuerySet.listed` brings it."""
    event = row.event
    link = at.link("event", event)
    return {
        **{name: link[name] for name in ("number", "slug", "page", "api")},
        "title": event.title,
        "kind": word(event.kind),
        "filed_under": dated(event.date_edtf),
        "places": _places(event, at),
        "counts": counts(row),
    }


def event_record(event: Any, edition: Edition, at: Addresses) -> dict[str, Any]:
    """Return an event as `EventQuerySet.with_assertions` brings it, or as an edition is read."""
    return {
        **{name: getattr(event, name) for name in ("slug", "title", "reading_note", "summary")},
        "number": event.pk,
        "names": [{"name": row.name, "language": row.language, "party": word(row.party)} for row in event.names.all()],
        "kind": word(event.kind),
        "edition": edition_entry(edition, event, at),
        "filed_under": dated(event.date_edtf),
        "part_of": at.link_if("event", event.parent),
        "companion": at.link_if("event", event.companion),
        "places": _places(event, at),
        "parties_concerned": [word(row.party) for row in event.event_parties.all()],
        "participants": [
            {"agent": at.link("agent", row.agent), "role": row.role} for row in event.participations.all()
        ],
        "citations": [citation_record(citation, at) for citation in _citations(event)],
        "disputes": _disputes(event, at),
        "notes": [editors_note(row) for row in event.dispute_notes.all()],
        "voices": [_voice(row) for row in event.voices.all()],
        "counts": counts(getattr(event, "counts", None)),
    }


def _citations(event: Any) -> list[Any]:
    rows = sorted(event.citations.all(), key=lambda citation: citation.number)
    for row in rows:
        row.event = event
    return rows


def _places(event: Any, at: Addresses) -> list[dict[str, Any]]:
    return [
        {"location": at.link("location", row.location), "role": row.role, "certainty": row.certainty}
        for row in event.event_locations.all()
    ]


def _disputes(event: Any, at: Addresses) -> list[dict[str, Any]]:
    documents = {citation.document_id: citation.document for citation in event.citations.all()}
    return [
        {
            "aspect": row.aspect,
            "verdict": row.verdict,
            "document": at.link_if("document", documents.get(row.document_id)),
            "left": row.left,
            "right": row.right,
        }
        for row in event.disputes.all()
    ]


def _voice(row: Any) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in ("is_concerned", "documents", "speakers")}
    return {"party": word(row.party), **numbers}
