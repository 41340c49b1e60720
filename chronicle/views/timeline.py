"""The timeline: the events of the list where they stand in time, as marks where there are few, as counts where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chronicle.models import Event, EventCount
from chronicle.querysets import EventCountQuerySet
from chronicle.search.plans import searching
from chronicle.sentences import timelines
from chronicle.timeline import Density, Tick, Unit, Window, around, density, edges, enclosing, finest, ticks
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.embedding import TIMELINE, Shared
from chronicle.views.event_list import EventList, asked_of
from chronicle.views.filters import EventFilters, options, read_filters
from chronicle.views.paging import COUNTED
from chronicle.views.timeline_numbers import Numbers, Parts, counts_of, numbers_of, parts_of, tallies_of
from chronicle.views.timeline_rows import MOST_DATES, Row, extent, row
from sources.edtf import Bounds, Day

MOST_ROWS = 60
"""How many events are drawn one by one; where more begin in the window, their numbers are drawn."""

MOST_BESIDE = 20
"""How many events are drawn beside numbers: those that no counted span holds, and those that reach into the view."""


class Timeline(PublicView):
    """Any part of the chronicle in time, by the filters of the list; the whole view is in its address."""

    template_name = "chronicle/timeline.html"
    description = _("Events where they stand in time, drawn by what documents give: every date with those who give it.")
    parameters = EventList.parameters

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one timeline
        """Return the drawing, the same in words, and what it is narrowed down by."""
        filters = read_filters(self.asked)
        return {
            "filters": filters,
            "options": options(),
            "asked": asked_of(self.asked),
            "view": view_of(filters) if filters.is_clear else None,
            "address": self.address_of_spans(),
            "shared": Shared(TIMELINE, self.request),
        }

    def address_of_spans(self) -> str:
        """Return the address of this view without its period, so that the name of another one can be added."""
        kept = self.request.GET.copy()
        kept.pop("period", None)
        return f"{reverse('timeline')}?{kept.urlencode()}{'&' if kept else ''}period="


@dataclass(frozen=True)
class Rows:
    """Events that are drawn one by one, and whether there are more of them than are drawn."""

    drawn: list[Row]
    has_more: bool


NONE = Rows([], has_more=False)


@dataclass(frozen=True)
class View:
    """What the timeline shows of a window.

    Events that begin in it are drawn one by one, or counted where they are too many; those that reach into it from
    before are drawn, and so are those that none of the counted spans holds.
    """

    window: Window
    numbers: Numbers
    density: Density | None
    is_of_what_fits: bool
    is_dense: bool
    starting: Rows
    reaching: Rows
    wider: Rows

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
    def undated(self) -> str:
        """How many events have no place in time, in words; empty where all have one."""
        count = self.numbers.undated
        return timelines.undated(count.number, is_more=count.is_more) if count.number else ""

    @property
    def bands(self) -> list[tuple[str, str]]:
        """What each kind of bar counts."""
        return words_of(self.density) if self.density else []


def words_of(density: Density) -> list[tuple[str, str]]:
    """Return what each kind of bar counts, in words, the finest first; with the name of its class."""
    wider = [(f"band-{band.depth}", str(timelines.IN_NO_PART[band.level])) for band in density.bands]
    return [("band-0", str(timelines.WITHIN[density.level])), *wider]


def view_of(filters: EventFilters) -> View | None:
    """Return what the timeline shows; None where nothing that fits has a date."""
    parts = parts_of(filters)
    starting, reaching = _first(parts.starting), _first(parts.reaching)
    is_crowded = len(starting) > MOST_ROWS
    most_beside = MOST_BESIDE if is_crowded else MOST_ROWS
    drawn = [*(() if is_crowded else starting), *reaching[:most_beside]]
    _with_dates(drawn)
    window = window_of(filters.period, parts, drawn)
    if window is None:
        return None
    levels = finest(window)
    counts, is_of_what_fits = counts_of(filters, parts, levels)
    found = density(levels, counts, window, cut=filters.period is None)
    is_dense = is_crowded and found is not None
    wider, has_more = _wider(parts, edges(found.units(levels), window)) if is_crowded and found else ([], False)
    _with_dates([*wider[:most_beside], *(starting if is_crowded and not is_dense else ())][:MOST_ROWS])
    return View(
        window=window,
        numbers=numbers_of(filters, parts),
        density=found,
        is_of_what_fits=is_of_what_fits,
        is_dense=is_dense,
        starting=NONE if is_dense else _rows(starting, window, most=MOST_ROWS),
        reaching=_rows(reaching, window, most=most_beside),
        wider=_rows(wider, window, most=most_beside, has_more=has_more),
    )


def _first(rows: EventCountQuerySet) -> list[EventCount]:
    return list(rows.titled().order_by("first_day", "pk")[: MOST_ROWS + 1])


def _wider(parts: Parts, days: Sequence[int]) -> tuple[list[EventCount], bool]:
    """The events that no counted span holds, since they reach over an edge between the widest of them.

    They are looked for among the first thousand that do; whether there are more than are drawn is the second answer.
    """
    edges_of_spans = map(Day.of_ordinal, days)
    with searching(PUBLISHED):
        numbers = Event.objects.using(PUBLISHED).reaching_into(*edges_of_spans).order_by().values_list("pk", flat=True)
        candidates = list(numbers[: COUNTED + 1])
    found = _first(parts.starting.filter(pk__in=candidates[:COUNTED]))
    return found, len(candidates) > COUNTED


def _with_dates(rows: Sequence[EventCount]) -> None:
    prefetch_related_objects(rows, *EventCountQuerySet.dated_by(MOST_DATES))


def _rows(rows: Sequence[EventCount], window: Window, *, most: int, has_more: bool = False) -> Rows:
    return Rows([row(counts, window) for counts in rows[:most]], has_more or len(rows) > most)


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


@dataclass(frozen=True)
class Overview:
    """The whole chronicle in time, as the home page draws it."""

    density: Density
    ticks: list[Tick]
    bands: list[tuple[str, str]]


def overview() -> Overview | None:
    """Return the numbers of the whole chronicle, from tallies alone; None where there is nothing to choose."""
    days = EventCount.objects.using(PUBLISHED).extent()
    if days is None:
        return None
    window = around(None, None, days)
    found = density(levels := finest(window), tallies_of(levels), window, cut=True)
    return Overview(found, ticks(window), words_of(found)) if found else None


timeline = Timeline.as_view()
