"""Locations in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from chronicle.admin.filters import InHands, InWorklist
from chronicle.admin.merging import MergePages
from chronicle.admin.purging import Purge
from chronicle.admin.references import ReferenceAdmin
from chronicle.admin.team import Assign, WorkedOnTogether
from chronicle.models import Location, LocationName, LocationWithin
from sources.admin.records import RowInline
from sources.admin.widgets import ONE_BLOCK, WIDGETS


class GeometryFormField(forms.JSONField):
    """A GeoJSON geometry as text; none is an empty text, not the word null."""

    widget = AdminTextareaWidget(attrs={"rows": ONE_BLOCK})

    def prepare_value(self, value: Any) -> Any:
        """Return the text to edit."""
        return "" if value is None else super().prepare_value(value)


class LocationNameInline(RowInline):
    """What the location is called, by whom and when."""

    model = LocationName
    autocomplete_fields = ("party",)
    fields = ("toponym", "language", "party", "period_edtf", "is_preferred")
    verbose_name = _("name")
    verbose_name_plural = _("names by language and party")


class LocationWithinInline(RowInline):
    """What the location lies within, on what basis and when."""

    model = LocationWithin
    fk_name = "location"
    autocomplete_fields = ("within", "party", "source")
    help_texts = {"within": _("The larger location, such as a district. Public.")}
    fields = ("within", "basis", "party", "period_edtf", "source")
    verbose_name = _("larger location")
    verbose_name_plural = _("lies within")


@admin.register(Location)
class LocationAdmin(MergePages, WorkedOnTogether, ReferenceAdmin):
    """The gazetteer."""

    subject = "location"
    more_verbs = (Assign(), Purge())
    formfield_overrides = {**WIDGETS, models.JSONField: {"form_class": GeometryFormField}}
    when_empty = _("No locations yet. Add where events happened, with the names that the parties use.")
    list_display = ("name", "kind", "latitude", "longitude", "coordinate_uncertainty_m", "slug")
    list_filter = (InWorklist, InHands, "kind")
    sorting = {"name": "name_folded", "slug": "slug"}
    search_fields = ("name_folded", "names__toponym_folded", "slug")
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind")}),
        (
            _("Where it is"),
            {"fields": (("latitude", "longitude", "coordinate_uncertainty_m"), "geometry")},
        ),
        (_("The same in other gazetteers"), {"fields": (("geonames_id", "wikidata_id"),)}),
        (_("At the desk"), {"fields": ("curators_note",)}),
    )
    inlines = (LocationNameInline, LocationWithinInline)

    def beside_name(self, location: Location) -> str:
        """Return what a picker says of a location besides its name: its kind, and its address, which no other has."""
        return f"{location.get_kind_display()} · {location.slug}"
