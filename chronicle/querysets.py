"""Reads with names, each with the prefetches that its pages need."""

from typing import Self

from sources.models.record import RecordQuerySet


class EventQuerySet(RecordQuerySet):
    """Reads of events, at the desk and on the published side alike."""

    def with_assertions(self) -> Self:
        """Bring everything that an event's page shows, in a number of queries that does not grow."""
        return self.select_related("kind", "parent", "companion").prefetch_related(
            "names__party",
            "event_locations__location__names",
            "event_parties__party",
            "participations__agent",
            "citations__document__publisher__party",
            "citations__document__party",
            "citations__document__contributions__agent",
            "citations__through",
            "citations__claimed_by__party",
            "citations__asserted_location",
            "citations__asserted_party",
            "citations__unit",
            "citations__population",
            "citations__side",
        )
