"""Kinds of event, units and populations in the admin."""

from django.contrib import admin

from chronicle.admin.references import ReferenceAdmin
from chronicle.models import EventKind, Population, Unit


@admin.register(EventKind)
class EventKindAdmin(ReferenceAdmin):
    """Kinds of event."""

    subject = "kind"
    list_display = ("name", "description", "slug")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "description")


@admin.register(Unit)
class UnitAdmin(ReferenceAdmin):
    """What figures count or measure."""

    subject = "unit"
    list_display = ("name", "name_plural", "counts_whole_things", "slug")
    search_fields = ("name", "name_plural", "slug")
    fields = ("name", "name_plural", "slug", "counts_whole_things")


@admin.register(Population)
class PopulationAdmin(ReferenceAdmin):
    """Whom figures count."""

    subject = "population"
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    fields = ("name", "slug")
