"""Lines and areas of the map: assertions with their time and their sources, switched on one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chronicle.models import Citation, LocationWithin
from chronicle.views.base import PUBLISHED, not_found
from chronicle.views.map_entries import Entry
from chronicle.views.map_places import PlaceOnMap, switched_on
from chronicle.views.map_state import MapState
from sources.edtf import parse, words
from sources.models import Document

MOST_READ = 200
"""Among how many assertions at a line its sources are looked for; one asserted more often still names many."""


@dataclass(frozen=True)
class Asserted:
    """A line or an area to switch on: what is recorded of when it held, and the documents that speak of it."""

    entry: Entry
    toggle: str
    is_shown: bool
    period: str = ""
    sources: Sequence[Document] = ()


def lines_shown(state: MapState) -> list[PlaceOnMap]:
    """Return the lines and areas that the address switches on; Http404 for what is none, or has no place on earth."""
    found = switched_on(state.shown) if state.shown else []
    return found if len(found) == len(state.shown) else not_found()


def asserted_of(state: MapState, entries: Sequence[Entry], shown: Sequence[Entry]) -> list[Asserted]:
    """Return the lines and areas of the selection, and those that are on; the latter alone with their sources."""
    on = {entry.place.location.pk: entry for entry in shown}
    sources, periods = _sources(list(on)), _periods(list(on))
    offered = {entry.place.location.pk: entry for entry in entries if entry.place.is_asserted}
    ordered = sorted((offered | on).values(), key=lambda entry: entry.order)
    return [
        Asserted(
            entry,
            state.toggled(entry.place.location.slug),
            entry.place.location.pk in on,
            periods.get(entry.place.location.pk, ""),
            sources.get(entry.place.location.pk, ()),
        )
        for entry in ordered
    ]


def _sources(numbers: list[int]) -> dict[int, list[Document]]:
    """The documents that place something there, or say what it lies within, by title.

    Without an order of the rows: with one, PostgreSQL would read all that are asserted there before the first.
    """
    if not numbers:
        return {}
    placing = Citation.objects.using(PUBLISHED).filter(asserted_location_id__in=numbers).order_by()
    lying = LocationWithin.objects.using(PUBLISHED).filter(location_id__in=numbers, source__isnull=False).order_by()
    pairs = {*placing.values_list("asserted_location_id", "document_id")[: MOST_READ * len(numbers)]}
    pairs |= {*lying.values_list("location_id", "source_id")[: MOST_READ * len(numbers)]}
    documents = Document.objects.using(PUBLISHED).in_bulk({document for _number, document in pairs})
    found: dict[int, list[Document]] = {number: [] for number in numbers}
    for number, document in sorted(pairs, key=lambda pair: documents[pair[1]].title):
        found[number].append(documents[document])
    return found


def _periods(numbers: list[int]) -> dict[int, str]:
    """When it lay within what it lay within, as recorded, in words."""
    if not numbers:
        return {}
    rows = (
        LocationWithin.objects.using(PUBLISHED).filter(location_id__in=numbers).exclude(period_edtf="").order_by("pk")
    )
    found: dict[int, dict[str, None]] = {}
    for number, period in rows.values_list("location_id", "period_edtf")[: MOST_READ * len(numbers)]:
        found.setdefault(number, {})[words(parse(period))] = None
    return {number: _("; ").join(periods) for number, periods in found.items()}
