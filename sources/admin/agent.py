"""Agents in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sources.admin.records import RecordAdmin, RowInline
from sources.models import Agent, AgentName


class AgentNameInline(RowInline):
    """What the agent is called in other languages."""

    model = AgentName
    verbose_name = _("name")
    verbose_name_plural = _("names by language")


@admin.register(Agent)
class AgentAdmin(RecordAdmin):
    """Persons and bodies."""

    when_empty = _("No agents yet. Add who makes documents or is quoted in them: a ministry, a newspaper, a person.")
    list_display = ("name", "kind", "party", "slug")
    list_select_related = ("party",)
    list_filter = ("kind", "name_shown", "party")
    sorting = {"name": "name_folded", "slug": "slug"}
    search_fields = ("name_folded", "names__name_folded", "slug")
    autocomplete_fields = ("party",)
    readonly_fields = ("name_shown",)
    fieldsets = (
        (None, {"fields": ("name", "name_sorted", "name_shown", "slug", "kind")}),
        (_("For whom it speaks"), {"fields": ("party", "basis")}),
        (_("At the desk"), {"fields": ("curators_note",)}),
    )
    inlines = (AgentNameInline,)

    def beside_name(self, agent: Agent) -> str:
        """Return what a picker says of an agent besides its name: kind, and the party it speaks for."""
        return " · ".join(str(fact) for fact in (agent.get_kind_display(), agent.party) if fact)
