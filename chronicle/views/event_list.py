"""Events in the order of their filing: narrowed down by what the address asks for, paged by key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from chronicle.models import EventCount, Location, Tally
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.filters import NAMED, EventFilters, labels, options, read_filters
from chronicle.views.paging import SIZE, Count, Page, counted, page_of, place
from sources.edtf import parse, words

LEVELS = ("century", "decade", "year", "month", "day")
MOST_PERIODS = 60
"""How many units of the calendar are offered: those of the first level that has at least two and no more than these."""


class EventList(PublicView):
    """The list of events, with a form that works without script."""

    template_name = "chronicle/events.html"
    description = _(
        "Events with the documents behind each and what these differ on: by period, kind, place, document and party."
    )
    parameters = (*(named.name for named in NAMED), "disputed", "period")

    def named(self, page: dict[str, Any]) -> list[Location]:
        """Return the places under which the events of the list are filed."""
        rows = page["list"].rows if page["list"] else []
        return [place.location for row in rows for place in row.event.event_locations.all()]

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one list
        """Return one page of the list, what it is narrowed down by, and how many events there are."""
        filters = read_filters(self.asked)
        after = self.asked("after")
        return {
            "filters": filters,
            "list": page_of_events(filters, after) if filters.is_clear else None,
            "count": count_of(filters) if filters.is_clear else None,
            "options": options(),
            "periods": periods(filters),
            "asked": asked_of(self.asked),
        }


def asked_of(asked: Callable[[str], str]) -> dict[str, str]:
    """Return what was typed or chosen, by the name of the filter; the form shows the period as it was typed."""
    return {name: asked(name) for name in labels() if name != "period"}


def page_of_events(filters: EventFilters, after: str, *, size: int = SIZE) -> Page:
    """Return one page of the events: those that reach into the period from before it, then those that begin in it."""
    rows = EventCount.objects.using(PUBLISHED).with_facets(*filters.facets).listed()
    if filters.period is None:
        return page_of(rows, "first_day", after=after, read=int, size=size)
    found: list[EventCount] = []
    for part in rows.parts_of_period(filters.period):
        missing = size + 1 - len(found)
        found += page_of(part, "first_day", after=after, read=int, size=missing).rows if missing > 0 else []
    last = found[size - 1] if len(found) > size else None
    if after:
        place(after, int)
    return Page(found[:size], f"{last.first_day}~{last.pk}" if last else "", not after)


def count_of(filters: EventFilters) -> Count:
    """Return how many events fit: from the tallies where these know it, else counted up to a bound."""
    tallies = Tally.objects.using(PUBLISHED)
    if filters.period is None and not filters.facets:
        return Count(tallies.filter(facet="kind").aggregate(events=Sum("number"))["events"] or 0)
    if filters.period is None and len(filters.facets) == 1:
        return Count(tallies.filter(id=filters.facets[0]).values_list("number", flat=True).first() or 0)
    rows = EventCount.objects.using(PUBLISHED).with_facets(*filters.facets)
    if filters.period is None:
        return counted(rows)
    counts = [counted(part) for part in rows.parts_of_period(filters.period)]
    return Count(sum(count.number for count in counts), any(count.is_more for count in counts))


@dataclass(frozen=True)
class Period:
    """A unit of the calendar, with the number of events filed wholly within it."""

    edtf: str
    words: str
    events: int


def periods(filters: EventFilters) -> list[Period]:
    """Return the units of the calendar below the chosen one, of the first level at which there is a choice.

    Counts are of the whole chronicle, whatever else the list is narrowed down by.
    """
    above, prefix = _level_of(filters.period_edtf)
    if above is None:
        return []
    levels = LEVELS[above:]
    tallies = Tally.objects.using(PUBLISHED).filter(value__startswith=prefix).order_by("value")
    first, *others = (tallies.filter(facet=level)[: MOST_PERIODS + 1] for level in levels)
    found: dict[str, list[Tally]] = {level: [] for level in levels}
    for tally in first.union(*others, all=True) if others else first:
        found[tally.facet].append(tally)
    chosen = next((found[level] for level in levels if 2 <= len(found[level]) <= MOST_PERIODS), [])  # noqa: PLR2004
    return [Period(tally.value, words(parse(tally.value)), tally.number) for tally in chosen]


def _level_of(edtf: str) -> tuple[int | None, str]:
    """From which level to look, and how the units below a period begin; no level where it is no unit itself."""
    if not edtf:
        return 0, ""
    level = {4: 3 if not edtf.endswith("X") else (1 if edtf.endswith("XX") else 2), 7: 4}.get(len(edtf.lstrip("-")))
    return level, edtf.rstrip("X")


event_list = EventList.as_view()
