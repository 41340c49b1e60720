"""Parties in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sources.admin.records import RecordAdmin, RowInline
from sources.models import Party, PartyName


class PartyNameInline(RowInline):
    """What the party is called in other languages."""

    model = PartyName
    verbose_name = _("name")
    verbose_name_plural = _("names by language")


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    """Parties to the conflict."""

    slug_from = "name_short"
    when_empty = _("No parties yet. Add those whom the events concern, before the agents that speak for them.")
    list_display = ("name", "name_short", "period_edtf", "slug")
    search_fields = ("name_folded", "name_short", "slug", "names__name")
    fieldsets = (
        (None, {"fields": ("name", "name_short", "slug", "period_edtf")}),
        (_("At the desk"), {"fields": ("curators_note",)}),
    )
    inlines = (PartyNameInline,)
