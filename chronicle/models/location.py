"""Locations: the gazetteer, with the names that the parties use and what lies within what."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chronicle.models.rules import NeverWithinItself
from chronicle.querysets import LocationQuerySet
from chronicle.validators import validate_geojson_geometry, validate_latitude, validate_longitude
from chronicle.vocabularies import LocationKind, WithinBasis
from sources.edtf import EDTFField, EDTFRangeField
from sources.models import Document, Party
from sources.models.columns import curators_note, folded, language_field, parent_of, text_line
from sources.models.constraints import known_constraint, language_constraint, slug_constraint
from sources.models.record import MergeableRecord, PartManager, Row
from sources.models.tracking import tracked


@tracked("LocationRevision", exclude=["name_folded"])
class Location(MergeableRecord):
    """A place, with its precision: a district is an area, not a point."""

    name = text_line(
        _("heading name"), max_length=200, help_text=_("By the rule of the method page, in English: Shusha. Public.")
    )
    name_folded = folded("name")
    kind = models.CharField(
        _("kind"), max_length=20, choices=LocationKind, help_text=_("What kind of place it is. Public.")
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[validate_latitude],
        help_text=_("Decimal degrees, WGS 84, north positive: 39.758. Public."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[validate_longitude],
        help_text=_("Decimal degrees, WGS 84, east positive: 46.749. Public."),
    )
    coordinate_uncertainty_m = models.PositiveIntegerField(
        _("uncertainty in metres"),
        null=True,
        blank=True,
        help_text=_("The radius in metres that surely holds it: 2000 for a town, 25000 for a district. Public."),
    )
    geometry = models.JSONField(
        _("geometry"),
        null=True,
        blank=True,
        validators=[validate_geojson_geometry],
        help_text=_("A GeoJSON geometry (RFC 7946), such as a polygon; empty where a circle says enough. Public."),
    )
    geonames_id = models.PositiveIntegerField(
        _("GeoNames id"), null=True, blank=True, help_text=_("Such as 585225. Public.")
    )
    wikidata_id = text_line(_("Wikidata id"), max_length=20, blank=True, help_text=_("Such as Q189127. Public."))
    curators_note = curators_note()

    objects = LocationQuerySet.as_manager()  # type: ignore[misc]  # the stubs see a variable of the class and of the instance

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["name_folded", "id"]
        indexes = [
            GinIndex(name="location_name_trigrams", fields=["name_folded"], opclasses=["functions.gin_trgm_ops"]),
            models.Index(name="location_by_folded_name", fields=["name_folded", "id"]),
            models.Index(
                name="location_without_coordinates",
                fields=["name_folded", "id"],
                condition=Q(latitude__isnull=True, geometry__isnull=True),
            ),
            models.Index(name="location_by_kind", fields=["kind", "name_folded", "id"]),
        ]
        constraints = [
            slug_constraint("location_slug_is_plain"),
            models.CheckConstraint(
                name="location_has_name",
                condition=~Q(name=""),
                violation_error_code="name",
                violation_error_message=_("Heading name: a location has one, such as Shusha."),
            ),
            known_constraint(
                "location_kind_is_known",
                "kind",
                LocationKind,
                told=_("Kind: choose one of the listed ones, such as settlement."),
            ),
            models.CheckConstraint(
                name="location_latitude_is_on_earth",
                condition=Q(latitude__isnull=True) | Q(latitude__range=(-90, 90)),
                violation_error_code="latitude",
                violation_error_message=_("Latitude: between -90 and 90 degrees, such as 39.758."),
            ),
            models.CheckConstraint(
                name="location_longitude_is_on_earth",
                condition=Q(longitude__isnull=True) | Q(longitude__range=(-180, 180)),
                violation_error_code="longitude",
                violation_error_message=_("Longitude: between -180 and 180 degrees, such as 46.749."),
            ),
            models.CheckConstraint(
                name="location_coordinates_are_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True, coordinate_uncertainty_m__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, coordinate_uncertainty_m__isnull=False)
                & Q(coordinate_uncertainty_m__gt=0),
                violation_error_code="coordinates",
                violation_error_message=_(
                    "Latitude, longitude and their uncertainty in metres belong together: 39.758, 46.749, 2000."
                ),
            ),
            models.CheckConstraint(
                name="location_geometry_is_an_object",
                condition=Q(geometry__isnull=True) | Q(geometry__has_key="type"),
                violation_error_code="geometry",
                violation_error_message=_(
                    'Geometry: a GeoJSON object, such as {"type": "Point", "coordinates": [46.75, 39.76]}.'
                ),
            ),
            models.CheckConstraint(
                name="location_wikidata_id_is_plain",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                violation_error_code="wikidata_id",
                violation_error_message=_("Wikidata id: Q and a number, such as Q189127."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its public page."""
        return reverse("location", args=[self.slug])

    def explained(self, error: ValidationError) -> Mapping[str, Any]:
        """Return what to tell of a broken constraint; of coordinates, beside each of them that is missing."""
        if error.code != "coordinates":
            return super().explained(error)
        wanted = {"latitude": self.latitude, "longitude": self.longitude}
        missing = [name for name, degrees in wanted.items() if degrees is None]
        return dict.fromkeys(
            missing if self.coordinate_uncertainty_m else [*missing, "coordinate_uncertainty_m"], error
        )


@tracked("LocationNameRevision", exclude=["toponym_folded"])
class LocationName(Row):
    """What a location is called: in which language, by which party, when."""

    location = parent_of(Location, "names", _("location"))
    toponym = text_line(_("toponym"), max_length=200, help_text=_("As that language writes it: Şuşa. Public."))
    toponym_folded = folded("toponym")
    language = language_field()
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("used by"),
        help_text=_("The party that uses it, if it is one party's name. Public."),
    )
    period_edtf = EDTFField(
        verbose_name=_("period"),
        range_field="period_range",
        blank=True,
        help_text=_("When it was in use, EDTF: 1923/1991. Empty: not limited. Public."),
    )
    period_range = EDTFRangeField(null=True, editable=False)
    is_preferred = models.BooleanField(
        _("preferred"), default=False, help_text=_("Whether it is the first name to show in its language. Public.")
    )

    objects = PartManager("location__slug", "language", "toponym", "period_edtf")

    class Meta:
        verbose_name = _("name of a location")
        verbose_name_plural = _("names of locations")
        ordering = ["language", "-is_preferred", "toponym", "id"]
        indexes = [
            GinIndex(name="location_toponym_trigrams", fields=["toponym_folded"], opclasses=["functions.gin_trgm_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "language", "toponym", "period_edtf"],
                name="location_name_is_given_once",
                violation_error_code="toponym",
                violation_error_message=_(
                    "Toponym: it is given for this language and period already; change one of the two, or remove one."
                ),
            ),
            models.CheckConstraint(
                name="location_name_has_toponym",
                condition=~Q(toponym=""),
                violation_error_code="toponym",
                violation_error_message=_("Toponym: write the name, such as Şuşa."),
            ),
            language_constraint("location_name_language_is_tag"),
        ]

    def __str__(self) -> str:
        return self.toponym

    def natural_key(self) -> tuple[str, ...]:
        """Return the location's slug, the language, the toponym and the period."""
        return (*self.location.natural_key(), self.language, self.toponym, self.period_edtf)

    natural_key.dependencies = ["chronicle.location"]  # type: ignore[attr-defined]  # where Django looks


LOCATION_NEVER_WITHIN_ITSELF = NeverWithinItself(
    name="location_never_within_itself",
    child="location_id",
    parent="within_id",
    message="Lies within: this would put the location within itself; choose a larger one",
)


@tracked("LocationWithinRevision")
class LocationWithin(Row):
    """One location lies within another, for a period, on a basis that is a party's or nature's.

    A district can lie within two at once: by the law of one party and under the control of another.
    """

    location = parent_of(Location, "withins", _("location"))
    within = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="contains", verbose_name=_("lies within")
    )
    period_edtf = EDTFField(
        verbose_name=_("period"),
        range_field="period_range",
        blank=True,
        help_text=_("When, EDTF: 1992-05-18/2020-12-01. Empty: always. Public."),
    )
    period_range = EDTFRangeField(null=True, editable=False)
    basis = models.CharField(_("basis"), max_length=10, choices=WithinBasis, help_text=_("On what basis. Public."))
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("of party"),
        help_text=_("Whose law or whose control; empty by nature. Public."),
    )
    source = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
        help_text=_("The document that says so. Public."),
    )

    objects = PartManager("location__slug", "within__slug", "basis", "period_edtf")

    class Meta:
        verbose_name = _("what a location lies within")
        verbose_name_plural = _("what locations lie within")
        ordering = ["basis", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "within", "basis", "period_edtf"],
                name="location_within_is_given_once",
                violation_error_code="within",
                violation_error_message=_(
                    "Lies within: it is said for this basis and period already; change one of the two, or remove one."
                ),
            ),
            models.CheckConstraint(
                name="location_within_is_another",
                condition=~Q(location=models.F("within")),
                violation_error_code="within",
                violation_error_message=_("Lies within: a location cannot lie within itself; choose a larger one."),
            ),
            known_constraint(
                "location_within_basis_is_known", "basis", WithinBasis, told=_("Basis: law, control or nature.")
            ),
            models.CheckConstraint(
                name="location_within_party_fits_basis",
                condition=Q(basis=WithinBasis.NATURE, party__isnull=True)
                | (~Q(basis=WithinBasis.NATURE) & Q(party__isnull=False)),
                violation_error_code="party",
                violation_error_message=_(
                    "Of party: law and control are a party's, such as Azerbaijan's; by nature it stays empty."
                ),
            ),
        ]
        triggers = [
            LOCATION_NEVER_WITHIN_ITSELF,
        ]

    def __str__(self) -> str:
        return f"{self.location} → {self.within}"

    def clean(self) -> None:
        """Refuse a ring of locations beforehand; the trigger refuses it in any case."""
        if self.location_id != self.within_id and LOCATION_NEVER_WITHIN_ITSELF.is_broken_by(self):
            raise ValidationError({"within": LOCATION_NEVER_WITHIN_ITSELF.message})

    def natural_key(self) -> tuple[str, ...]:
        """Return the slugs of both locations, the basis and the period."""
        return (*self.location.natural_key(), *self.within.natural_key(), self.basis, self.period_edtf)

    natural_key.dependencies = ["chronicle.location"]  # type: ignore[attr-defined]  # where Django looks
