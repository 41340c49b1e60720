"""The public face of the chronicle's tables."""

from chronicle.models.citation import Citation, CitationCounter
from chronicle.models.counting import Population, Unit
from chronicle.models.edition import Edition
from chronicle.models.event import Event, EventKind, EventLocation, EventName, EventParty, Participation
from chronicle.models.facts import Dispute, EventCount, Redirect, Release, Tally, Voice
from chronicle.models.imported import Import
from chronicle.models.location import Location, LocationName, LocationWithin
from chronicle.models.masthead import Masthead
from chronicle.models.merge import Merge
from chronicle.models.missing import EventMissingDocument, MissingDocument
from chronicle.models.note import DisputeNote
from chronicle.models.purge import Purge
from chronicle.models.team import Assignment, Mention, Remark, Restriction
from chronicle.models.term import Term, TermUse

__all__ = [
    "Assignment",
    "Citation",
    "CitationCounter",
    "Dispute",
    "DisputeNote",
    "Edition",
    "Event",
    "EventCount",
    "EventKind",
    "EventLocation",
    "EventMissingDocument",
    "EventName",
    "EventParty",
    "Import",
    "Location",
    "LocationName",
    "LocationWithin",
    "Masthead",
    "Mention",
    "Merge",
    "MissingDocument",
    "Participation",
    "Population",
    "Purge",
    "Redirect",
    "Release",
    "Remark",
    "Restriction",
    "Tally",
    "Term",
    "TermUse",
    "Unit",
    "Voice",
]
