"""Reads of the records that stand alone: contested terms, and what is missing."""

from typing import Self

from django.db.models import Prefetch

from chronicle.querysets.related import rows_of
from sources.models.record import RecordQuerySet


class TermQuerySet(RecordQuerySet):
    """Reads of contested terms."""

    def with_uses(self) -> Self:
        """Bring the wordings of each, with the documents that use them and whom those speak for."""
        uses = rows_of("chronicle.TermUse", "document__publisher__party", "document__party")
        return self.prefetch_related(Prefetch("uses", uses.order_by("wording", "-times", "pk")))


class MissingDocumentQuerySet(RecordQuerySet):
    """Reads of what is missing."""

    def with_events(self) -> Self:
        """Bring the events that each would bear on, in the order of their titles."""
        events = rows_of("chronicle.EventMissingDocument", "event").order_by("event__title_folded", "pk")
        return self.select_related("party").prefetch_related(Prefetch("event_missing_documents", events))
