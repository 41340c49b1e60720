"""The parts of an event's page that are more than one record."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle import plots
from chronicle.disputes import Row
from chronicle.models import Citation, DisputeNote, Event, EventLocation, Location, LocationName
from chronicle.vocabularies import FIGURE_ASPECTS, VALUED_ASPECTS, Aspect, Certainty, LocationRole
from sources.directions import isolated
from sources.models import Document

Companion = tuple[str, Sequence[Citation]]
"""The title of an event's companion, and the figures that documents give of it."""


@dataclass(frozen=True)
class Surroundings:
    """What an event's page leads to, or compares it with, that is not part of its editions."""

    before: Sequence[Event] = ()
    after: Sequence[Event] = ()
    parts: Sequence[Event] = ()
    companions: Sequence[Event] = ()
    has_more_parts: bool = False
    compared: Companion | None = None


class Drawing:
    """A plot as SVG: for where there is room, and for narrow screens; the style sheet shows one of the two."""

    def __init__(self, plot: plots.Plot) -> None:
        self.plot = plot

    @cached_property
    def widths(self) -> tuple[plots.Drawn, plots.Drawn]:
        """The wide one and the narrow one, with how tall they are."""
        return plots.inline(self.plot, f"plot-{self.plot.name}")

    @property
    def svgs(self) -> list[SafeString]:
        """Both of them."""
        return [mark_safe(drawn.svg) for drawn in self.widths]  # noqa: S308 -- XML that a writer of XML has escaped


@dataclass(frozen=True)
class Section:
    """One aspect: its sentences, the editors' note on it, its plots, and a table with a row per assertion."""

    aspect: Aspect
    sentences: Sequence[str]
    rows: Sequence[Row]
    values: int
    is_contested: bool
    drawings: Sequence[Drawing] = ()
    apart: str = ""
    note: DisputeNote | None = None

    @property
    def title(self) -> str:
        """The name of the aspect, as a heading."""
        return capfirst(str(self.aspect.label))

    @property
    def has_values(self) -> bool:
        """Whether its assertions have values that stand in a column of their own."""
        return self.aspect in VALUED_ASPECTS

    @property
    def has_quotations(self) -> bool:
        """Whether words of a document are quoted: how they stand to its text has a column of its own."""
        return any(row.quotation for row in self.rows)

    @property
    def columns(self) -> int:
        """How many columns its table has."""
        return 5 + bool(self.scope_title) + self.has_quotations

    @property
    def scope_title(self) -> str:
        """What stands above the column of what is dated or counted; empty where an aspect has none."""
        if self.aspect == Aspect.DATE:
            return _("What is dated")
        if self.aspect == Aspect.LOCATION:
            return _("As what")
        return _("What is counted") if self.aspect in FIGURE_ASPECTS else ""

    @property
    def mark(self) -> str:
        """What marks a contested aspect: words."""
        if not self.is_contested or not self.has_values:
            return ""
        return ngettext("%(number)d value", "%(number)d values", self.values) % {"number": self.values}


def names_of_parties(location: Location) -> list[LocationName]:
    """Return the preferred names that are a party's, each spelling once, by party and language."""
    used = [name for name in location.names.all() if name.party_id and name.is_preferred]
    found = {name.toponym: name for name in used if name.toponym != location.name}
    return sorted(found.values(), key=lambda name: (str(name.party).casefold(), name.language))


@dataclass(frozen=True)
class Place:
    """A location under which an event is filed, with the names that the parties use for it."""

    event_location: EventLocation

    @property
    def location(self) -> Location:
        """The location itself, with its names."""
        return self.event_location.location

    @property
    def slug(self) -> str:
        """The address of its page in the gazetteer."""
        return self.location.slug

    @property
    def notes(self) -> list[str | Promise]:
        """Its role where it is not the site, and how sure the editors are where they are not."""
        row = self.event_location
        role = [LocationRole(row.role).label] if row.role != LocationRole.SITE else []
        return [*role, *([Certainty(row.certainty).label] if row.certainty != Certainty.CERTAIN else [])]


@dataclass(frozen=True)
class Reference:
    """A document in the list of references; `known_through` are those that lean on it, where it is not cited itself."""

    document: Document
    known_through: tuple[Document, ...] = ()

    @property
    def known_through_words(self) -> str:
        """Their short titles."""
        return _(", ").join(map(isolated, self.known_through))
