"""How many events a view of the timeline has, in each of its spans and beside them: tallies, and bounded counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chronicle.models import EventCount, Tally
from chronicle.querysets import EventCountQuerySet
from chronicle.timeline import Counts, Unit
from chronicle.views.base import PUBLISHED
from chronicle.views.event_list import count_of
from chronicle.views.filters import EventFilters
from chronicle.views.paging import COUNTED, Count, counted
from sources.edtf import Bounds

NOTHING = Count(0)


@dataclass(frozen=True)
class Parts:
    """The events of a view: all that fit, those that reach into the window from before, those that begin in it."""

    rows: EventCountQuerySet
    reaching: EventCountQuerySet
    starting: EventCountQuerySet


def parts_of(filters: EventFilters) -> Parts:
    """Return what the address asks for, part by part."""
    rows = EventCount.objects.using(PUBLISHED).with_facets(*filters.facets)
    return Parts(rows, *rows.parts_of_period(filters.period or Bounds(None, None)))


@dataclass(frozen=True)
class Numbers:
    """How many events a view has, whether they begin in it or reach into it; and how many that fit have no date."""

    total: Count
    undated: Count = NOTHING


def numbers_of(filters: EventFilters, parts: Parts) -> Numbers:
    """Return the numbers of a view, each counted up to a bound where no tally knows it."""
    if filters.period is None:
        everything, undated = count_of(filters), counted(parts.rows.undated())
        return Numbers(Count(max(0, everything.number - undated.number), everything.is_more), undated)
    return Numbers(count_of(filters))


def counts_of(filters: EventFilters, parts: Parts, levels: Mapping[str, Sequence[Unit]]) -> tuple[Counts, bool]:
    """Return how many events lie within each unit, and whether that is of what fits or, where more fit, of all."""
    if filters.facets:
        found = parts.starting.counted_by(_keys(levels), most=COUNTED)
        if found is not None:
            return found, True
    return tallies_of(levels), not filters.facets


def tallies_of(levels: Mapping[str, Sequence[Unit]]) -> Counts:
    """Return how many events of the whole chronicle lie within each unit."""
    return dict(Tally.objects.using(PUBLISHED).filter(pk__in=_keys(levels)).values_list("pk", "number"))


def _keys(levels: Mapping[str, Sequence[Unit]]) -> list[str]:
    return [unit.key for some in levels.values() for unit in some]
