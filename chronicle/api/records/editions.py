"""Editions: what was published when, signed as, and why."""

from datetime import date as day
from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from chronicle.api.records.values import Addresses, Link
from chronicle.models import Edition
from chronicle.vocabularies import NoteKind


class EditionEntry(Schema):
    """An edition of an event."""

    event_number: int = Field(examples=[147])
    event: Link | None = Field(description="Null where the event is no longer public.")
    number: int = Field(description="Counts the editions of its event, from 1.", examples=[3])
    made_at: datetime
    signed_as: str = Field(description="The editorial body.")
    note_kind: NoteKind
    note: str = Field(description="Why it was made.")
    is_tombstone: bool = Field(description="Whether it says that the event was taken down.")
    sources_removed: list[day] = Field(description="The days on which a source was cut out of it.")
    page: str | None = Field(description="Its permanent page; null where it cannot be opened.")
    api: str | None = Field(description="The event here, as this edition has it.")


PLAIN = ("number", "made_at", "signed_as", "note_kind", "note", "is_tombstone", "sources_removed")
"""What goes out under the name and with the value that it has in the database."""


def edition_entry(edition: Edition, event: Any, at: Addresses) -> dict[str, Any]:
    """Return an edition of an event, which is None where that is no longer public."""
    is_open = event is not None and not edition.is_tombstone
    page = at.page("edition", event.slug, edition.number) if is_open else None
    return {
        **{name: getattr(edition, name) for name in PLAIN},
        "event_number": edition.event_id,
        "event": at.link_if("event", event),
        "page": page,
        "api": at.of(f"/api/events/{event.slug}/editions/{edition.number}") if is_open else None,
    }
