"""How many events a view of the timeline has, in each of its spans and beside them: tallies, and bounded counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chronicle.models import EventCount, Tally
from chronicle.querysets import EventCountQuerySet
from chronicle.sentences import timelines
from chronicle.timeline import Counts, Density, Unit, Window
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
    """How many events begin in a view, reach into it from before, go on beyond its end; and how many have no date."""

    starting: Count
    reaching: Count = NOTHING
    going_on: Count = NOTHING
    undated: Count = NOTHING

    @property
    def total(self) -> Count:
        """All that are in the view."""
        return Count(self.starting.number + self.reaching.number, self.starting.is_more or self.reaching.is_more)


def numbers_of(filters: EventFilters, parts: Parts) -> Numbers:
    """Return the numbers of a view, each counted up to a bound where no tally knows it."""
    if filters.period is None:
        everything, undated = count_of(filters), counted(parts.rows.undated())
        return Numbers(Count(max(0, everything.number - undated.number), everything.is_more), undated=undated)
    latest = filters.period.latest
    going_on = counted(parts.starting.reaching_into(latest.next())) if latest else NOTHING
    return Numbers(counted(parts.starting), counted(parts.reaching), going_on)


def counts_of(filters: EventFilters, parts: Parts, levels: Mapping[str, Sequence[Unit]]) -> tuple[Counts, bool]:
    """Return how many events lie within each unit, and whether that is of what fits or, where more fit, of all."""
    keys = [unit.key for some in levels.values() for unit in some]
    if filters.facets:
        found = parts.starting.counted_by(keys, most=COUNTED)
        if found is not None:
            return found, True
    return dict(Tally.objects.using(PUBLISHED).filter(pk__in=keys).values_list("pk", "events")), not filters.facets


def left_out(numbers: Numbers, density: Density | None, window: Window, *, is_dense: bool) -> list[str]:
    """Return in words what a view says nothing else of; `density` is None where its counts are not of what fits."""
    said = []
    if is_dense:
        said.append(_said(numbers.reaching, timelines.reaching))
        said.append(_said(numbers.going_on, timelines.going_on))
        said.append(_wider(numbers, density, window))
    said.append(_said(numbers.undated, timelines.undated))
    return [sentence for sentence in said if sentence]


def _said(count: Count, sentence: timelines.Counted) -> str:
    return sentence(count.number, is_more=count.is_more) if count.number else ""


def _wider(numbers: Numbers, density: Density | None, window: Window) -> str:
    """Events that begin and end in the view, and lie in none of the spans that it counts."""
    if density and density.tree[0].unit.window == window:
        return ""
    if density is None or numbers.starting.is_more or numbers.going_on.is_more or numbers.undated.is_more:
        return timelines.wider_without_number()
    number = numbers.starting.number - numbers.going_on.number - density.counted
    return timelines.wider(number) if number > 0 else ""
