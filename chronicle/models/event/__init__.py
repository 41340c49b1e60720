"""Events, and what belongs to each."""

from chronicle.models.event.event import Event, EventKind
from chronicle.models.event.parts import EventLocation, EventName, EventParty, Participation

__all__ = ["Event", "EventKind", "EventLocation", "EventName", "EventParty", "Participation"]
