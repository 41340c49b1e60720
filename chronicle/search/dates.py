"""Events that are filed in a period, and assertions that give exactly a date."""

from typing import Final

from chronicle.models import Citation, Event, EventCount
from chronicle.models.facts import STARTS_OPEN, UNDATED
from sources.edtf import EDTF, Bounds

LASTING: Final = 50
"""How many events that last over a period are looked at."""


def beginning_in(date: EDTF, using: str, *, limit: int) -> list[int]:
    """Return the numbers of the events whose filing begins in a period, in the order of their first days."""
    first, last = date.bounds
    low = STARTS_OPEN if first is None else _clamped(first.ordinal)
    high = UNDATED - 1 if last is None else _clamped(last.ordinal)
    counts = EventCount.objects.using(using).filter(first_day__gte=low, first_day__lte=high)
    return list(counts.order_by("first_day", "event_id").values_list("event_id", flat=True)[:limit])


def lasting_over(date: EDTF, using: str) -> list[int]:
    """Return numbers of events whose filing begins before a period and reaches into it, in no order."""
    first = date.bounds.earliest
    if first is None:
        return []
    lasting = Event.objects.using(using).filter(date_range__contains=Bounds(first.previous(), first))
    return list(lasting.order_by().values_list("pk", flat=True)[:LASTING])


def asserting_date(date: EDTF, using: str, *, after: int = 0, limit: int) -> list[int]:
    """Return the numbers of assertions that give exactly these days, in order."""
    given = Citation.objects.using(using).filter(asserted_date_range=date.bounds, pk__gt=after)
    return list(given.order_by("asserted_date_range", "pk").values_list("pk", flat=True)[:limit])


def _clamped(ordinal: int) -> int:
    """A day as `EventCount.first_day` counts it, within what that column can hold."""
    return max(STARTS_OPEN, min(ordinal, UNDATED - 1))
