"""One box for a value, read by the aspect: a date in EDTF, a figure in words, a location, a party."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chronicle.admin.entry.naming import Found
from chronicle.figures import FigureError, parse_figure
from chronicle.figures.understood import understood_figure
from chronicle.models import EventKind, Population, Unit
from chronicle.vocabularies import FIGURE_ASPECTS, VALUED_ASPECTS, Aspect, DateOf, LocationRole, Stance
from sources.admin.widgets import understood
from sources.models import Party

UNKNOWN = "unknown"
"""What is typed for a value of which the document says that it is not known."""

SCOPES = {
    Aspect.DATE: "date_of",
    Aspect.LOCATION: "asserted_location_role",
    **dict.fromkeys(FIGURE_ASPECTS, "unit"),
}
"""The column that says what a value dates, places or counts, by aspect."""


class Vocabularies:
    """What a row chooses from, read once for a whole grid."""

    def __init__(self) -> None:
        self.kinds = {str(kind.pk): kind for kind in EventKind.objects.all()}
        self.units = {str(unit.pk): unit for unit in Unit.objects.all()}
        self.populations = {str(population.pk): population for population in Population.objects.all()}
        self.parties = {str(party.pk): party for party in Party.objects.order_by("name_folded", "pk")}

    def scopes(self) -> list[tuple[Any, Any]]:
        """Return what can be dated, placed or counted, in groups."""
        return [
            ("", "---------"),
            (_("Date of"), [(f"date_of:{value}", label) for value, label in DateOf.choices]),
            (_("Location as"), [(f"asserted_location_role:{value}", label) for value, label in LocationRole.choices]),
            (_("Figure of"), [(f"unit:{number}", unit.name_plural) for number, unit in self.units.items()]),
        ]

    def party_named(self, text: str) -> Party:
        """Return the party with this name, short name or slug; ValidationError names all parties if none has it."""
        wanted = text.casefold()
        for party in self.parties.values():
            if wanted in {party.name.casefold(), party.name_short.casefold(), party.slug}:
                return party
        known = ", ".join(party.name_short for party in self.parties.values())
        raise ValidationError(
            _("Value: no party is called “%(text)s”. There are: %(known)s.") % {"text": text, "known": known}
        )


@dataclass(frozen=True)
class Typed:
    """What stands in the boxes of a row that make its value."""

    aspect: str
    stance: str
    value: str
    scope: str


@dataclass
class Reading:
    """A value as it was understood: the columns of the citation, in words, and what is wrong, by box."""

    columns: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    errors: dict[str, Any] = field(default_factory=dict)


def read(typed: Typed, vocabularies: Vocabularies, locations: Found) -> Reading:
    """Return how a value is understood, as far as it is."""
    reading = Reading()
    scope = _read_scope(typed, vocabularies, reading)
    if typed.value.casefold() == UNKNOWN:
        reading.columns["asserts_unknown"] = True
        reading.words = _("the document says that it is not known")
        return reading
    if not typed.value:
        if typed.aspect in VALUED_ASPECTS and typed.stance == Stance.SUPPORTS:
            reading.errors["value"] = _(MISSING[typed.aspect])
        return reading
    if typed.aspect not in VALUED_ASPECTS:
        reading.errors["value"] = _(FOREIGN)
        return reading
    try:
        _read_value(typed, vocabularies, locations, scope, reading)
    except ValidationError as error:
        reading.errors["value"] = error
    if typed.aspect in SCOPES and scope is None and "scope" not in reading.errors:
        reading.errors["scope"] = _(NO_SCOPE[SCOPES[Aspect(typed.aspect)]])
    return reading


def _read_scope(typed: Typed, vocabularies: Vocabularies, reading: Reading) -> Any:
    """Return what the value dates, places or counts, None where nothing fitting is chosen."""
    column, _colon, chosen = typed.scope.partition(":")
    if not chosen:
        return None
    if not typed.aspect or SCOPES.get(Aspect(typed.aspect)) != column:
        reading.errors["scope"] = _(FOREIGN_SCOPE)
        return None
    if not typed.value or typed.value.casefold() == UNKNOWN:
        return None  # chosen for a value that is not given
    reading.columns[column] = vocabularies.units[chosen] if column == "unit" else chosen
    return reading.columns[column]


def _read_value(typed: Typed, vocabularies: Vocabularies, locations: Found, scope: Any, reading: Reading) -> None:
    if typed.aspect == Aspect.DATE:
        reading.columns["asserted_date_edtf"] = typed.value  # the model's own rules say what is wrong with it
        reading.words = understood(typed.value)
    elif typed.aspect == Aspect.LOCATION:
        reading.columns["asserted_location"] = location = locations.named(typed.value)
        reading.words = _("understood as: %(words)s") % {"words": location}
    elif typed.aspect == Aspect.RESPONSIBILITY:
        reading.columns["asserted_party"] = party = vocabularies.party_named(typed.value)
        reading.words = _("understood as: %(words)s") % {"words": party.name}
    else:
        _read_figure(typed.value, scope, reading)


def _read_figure(value: str, unit: Unit | None, reading: Reading) -> None:
    is_whole = unit is not None and unit.counts_whole_things
    try:
        figure = parse_figure(value, counts_whole_things=is_whole)
    except FigureError as error:
        raise ValidationError(str(error)) from error
    reading.columns |= {"asserted_figure": figure.as_range(), "is_approximate": figure.is_approximate}
    reading.words = understood_figure(figure, unit.name_plural if unit else "", is_whole=is_whole)


_FIGURE = gettext_noop("Value: this aspect needs a figure, such as more than 80; or write unknown.")
MISSING: dict[str, str] = {
    Aspect.DATE: gettext_noop("Value: this aspect needs a date, such as 2020-10-09; or write unknown."),
    Aspect.LOCATION: gettext_noop("Value: this aspect needs a location, such as Shusha; or write unknown."),
    Aspect.RESPONSIBILITY: gettext_noop("Value: this aspect needs a party, such as Armenia; or write unknown."),
    **dict.fromkeys(FIGURE_ASPECTS, _FIGURE),
}
FOREIGN = gettext_noop("Value: this aspect has none. Leave it empty, or choose another aspect, such as date.")
FOREIGN_SCOPE = gettext_noop(
    "Dated, placed or counted: this does not fit the aspect. Choose from the group that does, or leave it empty."
)
NO_SCOPE = {
    "date_of": gettext_noop(
        "Dated, placed or counted: choose which moment it dates, such as “when it was agreed”, or “not stated”."
    ),
    "asserted_location_role": gettext_noop(
        "Dated, placed or counted: choose what the location was to the event, such as site."
    ),
    "unit": gettext_noop("Dated, placed or counted: choose what the figure counts, such as persons."),
}


def parties_of(vocabularies: Vocabularies) -> Iterable[tuple[str, str]]:
    """Return the parties to choose from."""
    return [("", "---------"), *((number, str(party)) for number, party in vocabularies.parties.items())]
