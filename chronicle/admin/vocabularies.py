"""Kinds of event, units and populations in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from chronicle.admin.purging import Purge
from chronicle.admin.references import ReferenceAdmin
from chronicle.models import EventKind, Population, Unit


@admin.register(EventKind)
class EventKindAdmin(ReferenceAdmin):
    """Kinds of event."""

    subject = "kind"
    more_verbs = (Purge(),)
    when_empty = _(
        "No kinds of event yet. Add one before the first event: ceasefire, strike, in words that either side could use."
    )
    list_display = ("name", "description", "slug")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "description")


@admin.register(Unit)
class UnitAdmin(ReferenceAdmin):
    """What figures count or measure."""

    subject = "unit"
    more_verbs = (Purge(),)
    when_empty = _("No units yet. Add what figures count before the first figure: person, house, km².")
    list_display = ("name", "name_plural", "counts_whole_things", "slug")
    search_fields = ("name", "name_plural", "slug")
    fields = ("name", "name_plural", "slug", "counts_whole_things")


@admin.register(Population)
class PopulationAdmin(ReferenceAdmin):
    """Whom figures count."""

    subject = "population"
    more_verbs = (Purge(),)
    when_empty = _("No populations yet. Add whom figures count, where documents say it: military, civilian.")
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    fields = ("name", "slug")
