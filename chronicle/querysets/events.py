"""Reads of events: with everything that a page shows, and by the days that they are filed under."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Func, Prefetch, Q, Value
from django.db.models.functions import Cast

from chronicle.querysets.related import CITED, rows_of
from sources.edtf import Bounds, Day, range_text
from sources.models.record import RecordQuerySet

PERIODS = "date_range"


class EventQuerySet(RecordQuerySet):
    """Reads of events, at the desk and on the published side alike."""

    def with_assertions(self) -> Self:
        """Bring everything that an event's page shows, in a number of queries that does not grow."""
        related = self.with_notes().select_related("kind", "parent", "companion", "counts")
        return related.prefetch_related(
            Prefetch("names", rows_of("chronicle.EventName", "party")),
            Prefetch("event_locations", rows_of("chronicle.EventLocation", "location")),
            Prefetch("event_locations__location__names", rows_of("chronicle.LocationName", "party")),
            Prefetch("event_parties", rows_of("chronicle.EventParty", "party")),
            Prefetch("participations", rows_of("chronicle.Participation", "agent")),
            Prefetch("event_missing_documents", rows_of("chronicle.EventMissingDocument", "missing__party")),
            Prefetch("citations", rows_of("chronicle.Citation", *CITED, "quotation_text")),
            Prefetch("citations__asserted_location__names", rows_of("chronicle.LocationName", "party")),
            Prefetch("citations__document", rows_of("sources.Document", "publisher__party", "party")),
            Prefetch("citations__document__contributions", rows_of("sources.Contribution", "agent")),
            Prefetch("citations__through", rows_of("sources.Document", "publisher__party", "party")),
            Prefetch("citations__through__contributions", rows_of("sources.Contribution", "agent")),
            Prefetch("voices", rows_of("chronicle.Voice", "party")),
            "disputes",
        )

    def with_aspects(self, aspects: Collection[str]) -> Self:
        """Bring what the sentences of these aspects are made of."""
        cited = rows_of("chronicle.Citation", *CITED).filter(aspect__in=aspects)
        return self.select_related("counts").prefetch_related(
            Prefetch("citations", cited),
            Prefetch("citations__document", rows_of("sources.Document", "publisher__party", "party")),
            Prefetch("citations__document__contributions", rows_of("sources.Contribution", "agent")),
            Prefetch("citations__through", rows_of("sources.Document")),
            Prefetch("disputes", rows_of("chronicle.Dispute").filter(aspect__in=aspects)),
        )

    def with_notes(self) -> Self:
        """Bring what the editors say of disputes."""
        return self.prefetch_related(Prefetch("dispute_notes", rows_of("chronicle.DisputeNote")))

    def filed(self) -> Self:
        """Bring the little that a list of events shows: title and date of the filing."""
        return self.only("slug", "title", "date_edtf")

    def filed_before(self, day: Bounds, number: int) -> Self:
        """Return the events filed under an earlier first day, the nearest first; `number` parts those of one day."""
        first = _first_day(day)
        earlier = self._by_first_day().filter(first_day__lte=first).filter(Q(first_day__lt=first) | Q(pk__lt=number))
        return earlier.order_by("-first_day", "-pk")

    def filed_after(self, day: Bounds, number: int) -> Self:
        """Return the events filed under a later first day, the nearest first; `number` parts those of one day."""
        first = _first_day(day)
        later = self._by_first_day().filter(first_day__gte=first).filter(Q(first_day__gt=first) | Q(pk__gt=number))
        return later.order_by("first_day", "pk")

    def reaching_into(self, *days: Day) -> Self:
        """Return the events of which the filing reaches into one of these days from the day before it."""
        return self.filter(reduce(or_, (Q(date_range__contains=Bounds(day.previous(), day)) for day in days)))

    def parts_of(self, number: int) -> Self:
        """Return the parts of a larger event, in the order of their first days."""
        return self.filter(parent_id=number).order_by(PERIODS, "pk")

    def companions_of(self, number: int) -> Self:
        """Return the events that name this one as their companion."""
        return self.filter(companion_id=number).order_by("pk")

    def _by_first_day(self) -> Self:
        return self.alias(first_day=Func(PERIODS, function="lower", output_field=models.DateField()))


def _first_day(day: Bounds) -> Func:
    """The first day of a range, worked out by PostgreSQL, which knows days that Python's dates do not."""
    text = Value(range_text(day), output_field=models.TextField())
    return Func(Cast(text, _DaysField()), function="lower", output_field=models.DateField())


class _DaysField(models.Field):
    """A range of days in a cast, and nowhere else."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 -- Django's signature
        return "daterange"
