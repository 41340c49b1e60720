"""Reads of the gazetteer."""

from typing import Self

from django.db.models import Prefetch, Q

from chronicle.querysets.related import rows_of
from sources.models.record import RecordQuerySet
from sources.models.spelling import spelled_like, spelled_nearly


class LocationQuerySet(RecordQuerySet):
    """Reads of the gazetteer."""

    def with_names(self) -> Self:
        """Bring every name with the party that uses it."""
        return self.prefetch_related(Prefetch("names", rows_of("chronicle.LocationName", "party")))

    def with_page(self) -> Self:
        """Bring what a location's page shows of the location itself: names, and what it lies within."""
        within = rows_of("chronicle.LocationWithin", "within", "party", "source").order_by("within__name_folded", "pk")
        return self.with_names().prefetch_related(Prefetch("withins", within))

    def named_like(self, words: str) -> Self:
        """Return the locations of which a name, in whatever language, has these words in it."""
        return self._named(spelled_like("name_folded", words), spelled_like("toponym_folded", words))

    def named_nearly(self, words: str) -> Self:
        """Return the locations of which a name is similar to these words."""
        return self._named(spelled_nearly("name_folded", words), spelled_nearly("toponym_folded", words))

    def lying_within(self, number: int) -> Self:
        """Return the locations that lie within this one at any time, on any basis, without a step between."""
        return self.filter(pk__in=rows_of("chronicle.LocationWithin").filter(within_id=number).values("location_id"))

    def _named(self, heading: Q, toponym: Q) -> Self:
        """Both indexes are asked, each for itself: a condition on two tables at once has none."""
        headings = rows_of("chronicle.Location").filter(heading).order_by().values("pk")
        toponyms = rows_of("chronicle.LocationName").filter(toponym).order_by().values("location_id")
        return self.filter(pk__in=headings.union(toponyms))
