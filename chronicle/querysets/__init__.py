"""Reads with names, each with the prefetches that its pages need; a module for each subject."""

from chronicle.querysets.citations import CitationQuerySet, LocatorOrder
from chronicle.querysets.counts import EventCountQuerySet, TallyQuerySet
from chronicle.querysets.disputes import DisputeQuerySet
from chronicle.querysets.editions import EditionQuerySet, RedirectQuerySet
from chronicle.querysets.events import EventQuerySet
from chronicle.querysets.locations import LocationQuerySet
from chronicle.querysets.standing import MissingDocumentQuerySet, TermQuerySet

__all__ = [
    "CitationQuerySet",
    "DisputeQuerySet",
    "EditionQuerySet",
    "EventCountQuerySet",
    "EventQuerySet",
    "LocationQuerySet",
    "LocatorOrder",
    "MissingDocumentQuerySet",
    "RedirectQuerySet",
    "TallyQuerySet",
    "TermQuerySet",
]
