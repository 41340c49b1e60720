"""What a list of events is narrowed down by, as its address says it: all of it, so that a view can be linked to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from chronicle.models import EventKind, Location, Tally
from chronicle.vocabularies import Aspect
from sources.edtf import Bounds, EDTFError, bounds, parse, words
from sources.models import Document, Party

PUBLISHED = "published"
CANDIDATES = 10
"""How many records are offered where a name fits several."""


@dataclass(frozen=True)
class Chosen:
    """One filter that is on: its name in the address, what it is called, and what was chosen."""

    name: str
    label: str
    words: str


@dataclass(frozen=True)
class Candidates:
    """A name that fits several records, or none: what was typed, and the records to choose from."""

    name: str
    label: str
    typed: str
    records: list[Any]


@dataclass
class EventFilters:
    """The filters of one request: facets that must all be there, a period, and what could not be understood."""

    facets: list[str] = field(default_factory=list)
    period: Bounds | None = None
    period_edtf: str = ""
    chosen: list[Chosen] = field(default_factory=list)
    unclear: list[Candidates] = field(default_factory=list)
    wrong_period: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether everything that was asked for could be understood."""
        return not self.unclear and not self.wrong_period


@dataclass(frozen=True)
class Named:
    """A filter by a record that is found by its slug, or by its name where `spelled` says how."""

    name: str
    facet: str
    model: type[models.Model]
    spelled: Callable[[str], models.QuerySet[Any]] | None = None

    def found(self, typed: str) -> list[Any]:
        """Return the records that fit what was typed, no more than can be offered; alone the one that is called so."""
        records = self.model._default_manager.using(PUBLISHED)  # noqa: SLF001 -- Django documents it
        exact = list(records.filter(slug__in={typed, slugify(typed)}).order_by("pk")[:1])
        return exact or (list(self.spelled(typed)[:CANDIDATES]) if self.spelled else [])


NAMED = (
    Named("kind", "kind", EventKind),
    Named("place", "location", Location, lambda typed: Location.objects.using(PUBLISHED).named_like(typed)),
    Named("document", "document", Document, lambda typed: Document.objects.using(PUBLISHED).titled_like(typed)),
    Named("party", "party", Party),
    Named("silent", "silent", Party),
)


def labels() -> dict[str, str]:
    """Return what the filters are called, in the language of the page."""
    return {
        "kind": _("kind"),
        "place": _("place"),
        "document": _("document"),
        "party": _("party concerned"),
        "silent": _("party without a voice"),
        "disputed": _("contested"),
        "period": _("period"),
    }


def read_filters(asked: Callable[[str], str]) -> EventFilters:
    """Return the filters that an address asks for; `asked` gives the words under a name."""
    filters = EventFilters()
    for named in NAMED:
        if typed := asked(named.name):
            _add_named(filters, named, typed)
    _add_disputed(filters, asked("disputed"))
    _add_period(filters, asked("period"))
    return filters


def read_place(typed: str) -> EventFilters:
    """Return what a list of events is narrowed down by where it is by a place alone."""
    filters = EventFilters()
    if typed:
        _add_named(filters, next(named for named in NAMED if named.name == "place"), typed)
    return filters


def _add_named(filters: EventFilters, named: Named, typed: str) -> None:
    found = named.found(typed)
    label = labels()[named.name]
    if len(found) == 1:
        filters.facets.append(f"{named.facet}:{found[0].pk}")
        filters.chosen.append(Chosen(named.name, label, str(found[0])))
    else:
        filters.unclear.append(Candidates(named.name, label, typed, found))


def _add_disputed(filters: EventFilters, aspect: str) -> None:
    if aspect in Aspect.values:
        filters.facets.append(f"disputed:{aspect}")
        filters.chosen.append(Chosen("disputed", labels()["disputed"], str(Aspect(aspect).label)))
    elif aspect:
        filters.unclear.append(Candidates("disputed", labels()["disputed"], aspect, []))


def _add_period(filters: EventFilters, typed: str) -> None:
    if not typed:
        return
    try:
        date = parse(typed)
    except EDTFError as error:
        filters.wrong_period = str(error)
        return
    filters.period, filters.period_edtf = bounds(date), typed
    filters.chosen.append(Chosen("period", labels()["period"], words(date)))


@dataclass(frozen=True)
class Option:
    """A value to choose, with the number of published events that have it."""

    value: str
    words: str
    events: int


def options() -> dict[str, list[Option]]:
    """Return what the form offers, by the name of the filter: three queries, of vocabularies and tallies alone."""
    tallies = Tally.objects.using(PUBLISHED).filter(facet__in=("kind", "party", "silent", "disputed"))
    counts = {tally.id: tally.number for tally in tallies}
    parties = list(Party.objects.using(PUBLISHED).order_by("name_folded", "pk")[:MOST_OPTIONS])
    kinds = EventKind.objects.using(PUBLISHED).order_by("name", "pk")[:MOST_OPTIONS]
    return {
        "kind": list(_counted("kind", kinds, counts)),
        "party": list(_counted("party", parties, counts)),
        "silent": list(_counted("silent", parties, counts)),
        "disputed": [
            Option(aspect.value, str(aspect.label), counts[f"disputed:{aspect}"])
            for aspect in Aspect
            if f"disputed:{aspect}" in counts
        ],
    }


MOST_OPTIONS = 200
"""How many parties or kinds a form offers; a chronicle with more of them can be filtered by address."""


def _counted(facet: str, records: Iterable[Any], counts: dict[str, int]) -> Iterable[Option]:
    for record in records:
        if number := counts.get(f"{facet}:{record.pk}"):
            yield Option(record.slug, capfirst(str(record)), number)
