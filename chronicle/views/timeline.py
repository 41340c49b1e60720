"""The timeline: the events of the list where they stand in time, as marks where there are few, as counts where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from chronicle.models import EventCount
from chronicle.querysets import EventCountQuerySet
from chronicle.sentences import timelines
from chronicle.timeline import Density, Tick, Unit, Window, around, density, enclosing, finest, ticks
from chronicle.views.base import PublicView
from chronicle.views.event_list import asked_of
from chronicle.views.filters import EventFilters, options, read_filters
from chronicle.views.timeline_numbers import Numbers, Parts, counts_of, left_out, numbers_of, parts_of
from chronicle.views.timeline_rows import MOST_DATES, Row, extent, row
from sources.edtf import Bounds

MOST_ROWS = 60
"""How many events are drawn one by one; where more begin in the window, their numbers are drawn."""


class Timeline(PublicView):
    """Any part of the chronicle in time, by the filters of the list; the whole view is in its address."""

    template_name = "chronicle/timeline.html"

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one timeline
        """Return the drawing, the same in words, and what it is narrowed down by."""
        filters = read_filters(self.asked)
        return {
            "filters": filters,
            "options": options(),
            "asked": asked_of(self.asked),
            "view": view_of(filters) if filters.is_clear else None,
        }


@dataclass(frozen=True)
class View:
    """What the timeline shows of a window: marks of events, or their numbers, and in words what is in neither."""

    window: Window
    numbers: Numbers
    density: Density | None
    is_of_what_fits: bool
    is_dense: bool
    starting: list[Row]
    reaching: list[Row]
    has_more_starting: bool
    has_more_reaching: bool
    left_out: list[str]

    @property
    def ticks(self) -> list[Tick]:
        """The ticks of the axis."""
        return ticks(self.window)

    @property
    def above(self) -> list[Unit]:
        """The units of the calendar that the window lies within, the widest first, its own left out."""
        return [unit for unit in enclosing(self.window) if unit.window != self.window]

    @property
    def unit(self) -> Unit | None:
        """The unit of the calendar that the window is, if it is one."""
        return next((unit for unit in enclosing(self.window) if unit.window == self.window), None)

    @property
    def bands(self) -> list[tuple[str, str]]:
        """What each kind of bar counts, in words, the finest first; with the name of its class."""
        if self.density is None:
            return []
        wider = [(f"band-{band.depth}", str(timelines.IN_NO_PART[band.level])) for band in self.density.bands]
        return [("band-0", str(timelines.WITHIN[self.density.level])), *wider]


def view_of(filters: EventFilters) -> View | None:
    """Return what the timeline shows; None where nothing that fits has a date."""
    parts = parts_of(filters)
    starting, reaching = _first(parts.starting), _first(parts.reaching)
    is_crowded = len(starting) > MOST_ROWS
    drawn = [*(() if is_crowded else starting), *reaching[:MOST_ROWS]]
    _with_dates(drawn)
    window = window_of(filters.period, parts, drawn)
    if window is None:
        return None
    levels = finest(window)
    counts, is_of_what_fits = counts_of(filters, parts, levels)
    found = density(levels, counts, window, cut=filters.period is None)
    is_dense = is_crowded and found is not None
    if is_crowded and not is_dense:
        _with_dates(starting[:MOST_ROWS])
    numbers = numbers_of(filters, parts)
    return View(
        window=window,
        numbers=numbers,
        density=found,
        is_of_what_fits=is_of_what_fits,
        is_dense=is_dense,
        starting=[] if is_dense else [row(counts, window) for counts in starting[:MOST_ROWS]],
        reaching=[] if is_dense else [row(counts, window) for counts in reaching[:MOST_ROWS]],
        has_more_starting=is_crowded,
        has_more_reaching=len(reaching) > MOST_ROWS,
        left_out=left_out(numbers, found if is_of_what_fits else None, window, is_dense=is_dense),
    )


def _first(rows: EventCountQuerySet) -> list[EventCount]:
    return list(rows.titled().order_by("first_day", "pk")[: MOST_ROWS + 1])


def _with_dates(rows: Sequence[EventCount]) -> None:
    prefetch_related_objects(rows, *EventCountQuerySet.dated_by(MOST_DATES))


def window_of(period: Bounds | None, parts: Parts, drawn: Sequence[EventCount]) -> Window | None:
    """Return the period that is asked for; where it has no beginning or no end, as far as there are events.

    Where events are drawn one by one, that is as far as any date of theirs; else from the first beginning to the last.
    """
    first, last = (day.ordinal if day else None for day in period or Bounds(None, None))
    if first is not None and last is not None:
        return Window(first, last)
    found = [day for day in (*(parts.starting.extent() or ()), *extent(drawn)) if day is not None]
    if period is None and not found:
        return None
    return around(first, last, found)


timeline = Timeline.as_view()
