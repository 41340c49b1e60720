"""What a citation asserts: which value fits which aspect, as a condition for PostgreSQL and as advice for curators."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chronicle.vocabularies import FIGURE_ASPECTS, VALUED_ASPECTS, Aspect, Stance

NO_DATE = Q(asserted_date_edtf="", asserted_date_range__isnull=True, date_of="")
NO_LOCATION = Q(asserted_location__isnull=True, asserted_location_role="")
NO_PARTY = Q(asserted_party__isnull=True)
NO_FIGURE = Q(asserted_figure__isnull=True, unit__isnull=True, is_approximate=False)
NOT_UNKNOWN = Q(asserts_unknown=False)
NO_VALUE = NO_DATE & NO_LOCATION & NO_PARTY & NO_FIGURE

A_DATE = ~Q(asserted_date_edtf="") & Q(asserted_date_range__isnull=False) & ~Q(date_of="")
A_LOCATION = Q(asserted_location__isnull=False) & ~Q(asserted_location_role="")
A_PARTY = Q(asserted_party__isnull=False)
A_FIGURE = Q(asserted_figure__isnull=False, unit__isnull=False)

ONE_VALUE = (
    (Q(aspect=Aspect.DATE) & A_DATE & NO_LOCATION & NO_PARTY & NO_FIGURE)
    | (Q(aspect=Aspect.LOCATION) & A_LOCATION & NO_DATE & NO_PARTY & NO_FIGURE)
    | (Q(aspect=Aspect.RESPONSIBILITY) & A_PARTY & NO_DATE & NO_LOCATION & NO_FIGURE)
    | (Q(aspect__in=FIGURE_ASPECTS) & A_FIGURE & NO_DATE & NO_LOCATION & NO_PARTY)
) & NOT_UNKNOWN
SAID_TO_BE_UNKNOWN = Q(aspect__in=VALUED_ASPECTS, asserts_unknown=True) & NO_VALUE
NOTHING_ASSERTED = NO_VALUE & NOT_UNKNOWN

FITS_ASPECT = (
    ONE_VALUE
    | SAID_TO_BE_UNKNOWN
    | (Q(stance=Stance.SUPPORTS) & ~Q(aspect__in=VALUED_ASPECTS) & NOTHING_ASSERTED)
    | (~Q(stance=Stance.SUPPORTS) & NOTHING_ASSERTED)
)
"""A supporting citation of a valued aspect has its one value or says that it is unknown; others may leave it out."""

NO_SCOPE = Q(population__isnull=True, side__isnull=True, period_edtf="")

VALUE_RULES = [
    models.CheckConstraint(
        name="citation_value_fits_aspect",
        condition=FITS_ASPECT,
        violation_error_code="value",
        violation_error_message=_(
            "Aspect: the value must fit it, and be the only one: a date with what it dates for “date”, "
            "a location with its role for “location”, a party for “responsibility”, a figure with its unit "
            "for counts and measures; or “said to be unknown”; for the other aspects no value."
        ),
    ),
    models.CheckConstraint(
        name="citation_scope_needs_figure",
        condition=Q(asserted_figure__isnull=False) | NO_SCOPE | Q(asserts_unknown=True),
        violation_error_code="scope",
        violation_error_message=_("Population, side and period counted belong to a figure; remove them here."),
    ),
    models.CheckConstraint(
        name="citation_figure_is_not_negative",
        condition=Q(asserted_figure__isnull=True)
        | Q(asserted_figure__lower_inf=False, asserted_figure__startswith__gte=0),
        violation_error_code="asserted_figure",
        violation_error_message=_("Asserted figure: it starts at 0 or more, such as up to 20,000."),
    ),
    models.CheckConstraint(
        name="citation_figure_is_not_empty",
        condition=Q(asserted_figure__isnull=True) | Q(asserted_figure__isempty=False),
        violation_error_code="asserted_figure",
        violation_error_message=_("Asserted figure: the upper bound is below the lower one; write 50 to 60."),
    ),
]

ASPECT_VALUES = {
    Aspect.DATE: ("asserted_date_edtf", "date_of"),
    Aspect.LOCATION: ("asserted_location", "asserted_location_role"),
    Aspect.RESPONSIBILITY: ("asserted_party",),
    **dict.fromkeys(FIGURE_ASPECTS, ("asserted_figure", "unit")),
}
"""The fields that together are the value of an aspect."""

MISSING = {
    "asserted_date_edtf": _("Asserted date: this aspect needs one, such as 2020-10-09; or tick “said to be unknown”."),
    "date_of": _("Date of: choose which moment it dates, such as agreed, or “not stated”."),
    "asserted_location": _("Asserted location: this aspect needs one, such as Shusha; or tick “said to be unknown”."),
    "asserted_location_role": _("Role of the location: choose what it was to the event, such as site."),
    "asserted_party": _("Asserted party: this aspect needs one, such as Armenia; or tick “said to be unknown”."),
    "asserted_figure": _("Asserted figure: this aspect needs one, such as more than 80; or tick “said to be unknown”."),
    "unit": _("Unit: choose what the figure counts, such as person."),
}
FOREIGN = {
    "asserted_date_edtf": _("Asserted date: it belongs to the aspect “date”; remove it, or choose that aspect."),
    "date_of": _("Date of: it belongs to the aspect “date”; remove it, or choose that aspect."),
    "asserted_location": _("Asserted location: it belongs to the aspect “location”; remove it, or choose that aspect."),
    "asserted_location_role": _(
        "Role of the location: it belongs to the aspect “location”; remove it, or choose that aspect."
    ),
    "asserted_party": _("Asserted party: it belongs to the aspect “responsibility”; remove it, or choose that aspect."),
    "asserted_figure": _(
        "Asserted figure: it belongs to counts and measures such as “killed”; remove it, or choose such an aspect."
    ),
    "unit": _("Unit: it belongs to counts and measures such as “killed”; remove it, or choose such an aspect."),
}
UNKNOWN_AND_GIVEN = _("Said to be unknown: then there is no value, such as a date; remove one of the two.")
UNKNOWN_WITHOUT_VALUE = _("Said to be unknown: only aspects with a value, such as date, can be; untick it.")
SCOPE_WITHOUT_FIGURE = {
    "population": _("Population: it belongs to a figure, such as more than 80; remove it here."),
    "side": _("Side: it belongs to a figure, such as more than 80; remove it here."),
    "period_edtf": _("Period counted: it belongs to a figure, such as more than 80; remove it here."),
}


def misfits(citation: Any) -> dict[str, Any]:
    """Return what is wrong with the value of a citation that breaks FITS_ASPECT, by the names of its fields."""
    return dict(_misfits(citation))


def _misfits(citation: Any) -> Iterator[tuple[str, Any]]:
    own = ASPECT_VALUES.get(citation.aspect, ())
    filled = _filled(citation, FOREIGN)
    if citation.is_approximate and "asserted_figure" not in filled:
        filled.append("asserted_figure")
    yield from ((name, FOREIGN[name]) for name in filled if name not in own)
    begun = any(name in filled for name in own)
    if citation.asserts_unknown and not own:
        yield "asserts_unknown", UNKNOWN_WITHOUT_VALUE
    elif citation.asserts_unknown and begun:
        yield "asserts_unknown", UNKNOWN_AND_GIVEN
    elif begun or (citation.stance == Stance.SUPPORTS and not citation.asserts_unknown):
        given = _filled(citation, own)
        yield from ((name, MISSING[name]) for name in own if name not in given)


def misplaced_scope(citation: Any) -> dict[str, Any]:
    """Return what is said of whom a figure counts where there is no figure, by the names of its fields."""
    return {name: SCOPE_WITHOUT_FIGURE[name] for name in _filled(citation, SCOPE_WITHOUT_FIGURE)}


def _filled(citation: Any, names: Iterable[str]) -> list[str]:
    columns = {name: citation._meta.get_field(name).attname for name in names}  # noqa: SLF001 - Django documents _meta
    return [name for name, column in columns.items() if getattr(citation, column) not in (None, "")]
