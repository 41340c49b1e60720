"""Locations that lack something."""

from collections.abc import Collection

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chronicle.models import Location, LocationWithin
from chronicle.vocabularies import LocationKind
from chronicle.worklists.changes import changed
from chronicle.worklists.worklist import Worklist, among_newest, has_no, has_some

NEAR = 0.5
"""Within how many degrees of latitude and of longitude two places of one name are near each other: about 50 km."""


def without_coordinates(locations: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the locations that have neither coordinates nor a geometry."""
    return locations.filter(latitude__isnull=True, geometry__isnull=True)


@among_newest
def without_parent(locations: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the locations, countries aside, that lie within nothing."""
    withins = LocationWithin.objects.order_by().filter(location=OuterRef("pk"))
    return locations.exclude(kind=LocationKind.COUNTRY).filter(has_no(withins))


@among_newest
def alike(locations: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the locations with the name of another one, in any spelling, that is near, or may be."""
    others = Location.objects.order_by().exclude(pk=OuterRef("pk")).filter(name_folded=OuterRef("name_folded"))
    near = Q(
        latitude__range=(OuterRef("latitude") - NEAR, OuterRef("latitude") + NEAR),
        longitude__range=(OuterRef("longitude") - NEAR, OuterRef("longitude") + NEAR),
    )
    return locations.filter(
        Q(has_some(others.filter(near | Q(latitude=None)))) | Q(latitude=None) & Q(has_some(others))
    )


def reworked(locations: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the public locations that changed since their newest edition."""
    return changed(locations, "location")


WORKLISTS = (
    Worklist("reworked", Location, _("public, with changes that readers do not see"), _("Publish changes."), reworked),
    Worklist(
        "without-coordinates",
        Location,
        _("without coordinates"),
        _("Enter them with their uncertainty; no map shows these."),
        without_coordinates,
    ),
    Worklist("without-parent", Location, _("within nothing"), _("Say within what they lie."), without_parent),
    Worklist("alike", Location, _("like another one: its name, and near it"), _("Look whether they are one."), alike),
)
