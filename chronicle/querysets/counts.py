"""Reads of lists of events, by facets and periods, and of how many there are."""

from collections.abc import Collection, Iterable
from typing import Any, Final, Self

from django.db import connections, models
from django.db.models import Prefetch, Sum

from chronicle.querysets.related import rows_of
from sources.edtf import Bounds, Day


class EventCountQuerySet(models.QuerySet):
    """Reads of lists of events, which are in the order of their first day, then of their number."""

    def with_facets(self, *facets: str) -> Self:
        """Return the events that have all of these facets, such as location:12."""
        return self.filter(facets__contains=list(facets)) if facets else self

    def with_any_facet(self, facets: Iterable[str]) -> Self:
        """Return the events that have one of these facets."""
        return self.filter(facets__overlap=list(facets))

    def titled(self) -> Self:
        """Bring title and date of the events, and no more."""
        return self.select_related("event").only("first_day", "event__slug", "event__title", "event__date_edtf")

    @staticmethod
    def dated_by(most: int) -> tuple[Prefetch, ...]:
        """Return what brings `dates` to events of a list: what documents assert of them, no more than `most`."""
        dates = rows_of("chronicle.Citation", "document").filter(aspect="date").order_by("asserted_date_range", "pk")
        return (Prefetch("event__citations", dates[:most], to_attr="dates"),)

    def listed(self) -> Self:
        """Bring what a list says of its events, in three queries."""
        places = Prefetch("event__event_locations", rows_of("chronicle.EventLocation", "location"))
        names = Prefetch("event__event_locations__location__names", rows_of("chronicle.LocationName", "party"))
        return self.select_related("event__kind").prefetch_related(places, names)

    def parts_of_period(self, period: Bounds) -> tuple[Self, Self]:
        """Return the events that reach into a period from before it, and those that begin in it: an index for each.

        A single condition on overlapping would sort all that overlap, or read all that began earlier.
        """
        beginning = self.filter(first_day__lt=LAST_ORDINAL)
        if period.latest:
            beginning = beginning.filter(first_day__lte=period.latest.ordinal)
        if period.earliest is None:
            return self.none(), beginning
        return self.reaching_into(period.earliest), beginning.filter(first_day__gte=period.earliest.ordinal)

    def reaching_into(self, day: Day) -> Self:
        """Return the events that reach into a day from the day before it."""
        around: Any = rows_of("chronicle.Event")
        return self.filter(event__in=around.reaching_into(day).order_by().values("pk")[:EVERY])

    def extent(self) -> tuple[int, int] | None:
        """Return the earliest and the latest first day, open starts and undated events left out.

        Few events are all looked at; of many, one index has the first and the last. PostgreSQL would take that index
        for few as well, and read it until it met one of them.
        """
        dated = self.filter(first_day__gt=OPEN_ORDINAL, first_day__lt=LAST_ORDINAL).order_by()
        fitting, values = dated.values("first_day")[: FEW + 1].query.sql_with_params()
        ends = [dated.order_by(order).values("first_day")[:1].query.sql_with_params() for order in BOTH_ENDS]
        (first, first_values), (last, last_values) = ends
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                EXTENT.format(fitting=fitting, first=first, last=last),
                [*values, FEW, *first_values, FEW, *last_values],
            )
            found = cursor.fetchone()
        return None if found[0] is None else found

    def undated(self) -> Self:
        """Return the events that are filed under no date."""
        return self.filter(first_day=LAST_ORDINAL)

    def counted_by(self, facets: Collection[str], *, most: int) -> dict[str, int] | None:
        """Return how many of these events have each facet; None where they are more than `most`, and not counted."""
        fitting, values = self.order_by().values("facets")[: most + 1].query.sql_with_params()
        with connections[self.db].cursor() as cursor:
            cursor.execute(COUNTED_BY.format(fitting=fitting), [*values, list(facets)])
            counts = dict(cursor.fetchall())
        return None if counts.pop("", 0) > most else counts


COUNTED_BY: Final = """
WITH fitting AS MATERIALIZED ({fitting})
SELECT '' AS facet, count(*) FROM fitting
UNION ALL
SELECT f.facet, count(*) FROM fitting CROSS JOIN LATERAL unnest(fitting.facets) AS f(facet)
WHERE f.facet = ANY (%s::text[]) GROUP BY f.facet"""

FEW: Final = 1_000
"""Up to how many events are looked at one by one for the first and the last of them."""

BOTH_ENDS: Final = ("first_day", "-first_day")

EXTENT: Final = """
WITH fitting AS MATERIALIZED ({fitting})
SELECT CASE WHEN count(*) <= %s THEN min(fitting.first_day) ELSE ({first}) END,
       CASE WHEN count(*) <= %s THEN max(fitting.first_day) ELSE ({last}) END
FROM fitting"""

EVERY = 2**31 - 1
"""A LIMIT that leaves nothing out: PostgreSQL works out what stands inside by itself, from the index of periods.

Without it, it takes every event that began earlier, in their order, and looks whether it reaches so far.
"""

OPEN_ORDINAL = -(2**31)
"""The first day of events whose start is open."""
LAST_ORDINAL = 2**31 - 1
"""The first day of events that are filed under no date."""


class TallyQuerySet(models.QuerySet):
    """Reads of what publishing counts."""

    def published_events(self) -> int:
        """Return how many events are public: each is of one kind."""
        return self.filter(facet="kind").aggregate(events=Sum("number"))["events"] or 0
