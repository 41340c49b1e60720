"""Editions in the admin: the history of publications, to read and never to write."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chronicle.admin.editions import subject_of
from chronicle.models import Edition
from chronicle.models.edition import SUBJECTS
from chronicle.secrecy import for_curator
from sources.admin.lists import LargeList

TOLD = ("number", "made_at", "editor", "signed_as", "note_kind", "note", "private_reason", "is_tombstone")
"""What is told of an edition wherever it stands."""


class ReadOnly(admin.options.BaseModelAdmin):
    """Rows that nobody adds, changes or deletes here: the verbs of publication write them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


class EditionInline(ReadOnly, admin.TabularInline):
    """The editions of an event, on its page."""

    model = Edition
    fk_name = "event"
    template = "admin/chronicle/rows.html"
    fields = readonly_fields = TOLD
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows without their snapshots, which are large."""
        return for_curator(super().get_queryset(request), request).defer("snapshot").select_related("editor")


@admin.register(Edition)
class EditionAdmin(ReadOnly, LargeList, admin.ModelAdmin):
    """Who published what, when, and what readers were told."""

    list_display = ("made_at", "record", "number", "editor", "note_kind", "note", "is_tombstone")
    list_display_links = ("made_at",)
    list_select_related = (*SUBJECTS, "editor")
    list_filter = ("note_kind", "is_tombstone", "made_at")
    sorting = {"made_at": "id"}  # publishing is serial: editions are numbered in the order in which they were made
    search_fields = ("slug",)
    search_help_text = _("The whole slug of a record, such as first-ceasefire-october-2020.")
    fields = readonly_fields = ("record", *TOLD, "sources_removed", "shape", "refers_to")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows without their snapshots, which are large."""
        editions = for_curator(super().get_queryset(request), request)
        return editions.defer("snapshot").select_related(*self.list_select_related)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, and how it is filled."""
        return super().changelist_view(request, {"when_empty": WHEN_EMPTY, **(extra_context or {})})

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:  # noqa: ARG002 - Django's signature
        """Find the editions of the records at this address, one look into the index of each kind of record."""
        if not search_term:
            return queryset, False
        found = Q(pk__in=[])
        for name in SUBJECTS:
            model = Edition._meta.get_field(name).related_model  # noqa: SLF001 - Django documents _meta
            numbers = list(model._default_manager.filter(slug=search_term.strip()).values_list("pk", flat=True))  # noqa: SLF001 - the same
            found |= Q(**{f"{name}__in": numbers}) if numbers else Q()
        return queryset.filter(found), False

    @admin.display(description=_("record"))
    def record(self, edition: Edition) -> SafeString:
        """Return what it is an edition of, with a link to it."""
        _name, record = subject_of(edition)
        options = record._meta  # noqa: SLF001 - Django documents _meta
        address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])
        return format_html('{}: <a href="{}">{}</a>', options.verbose_name, address, record)


WHEN_EMPTY = _(
    "Nothing has been published yet. Publish an event: its edition, and those of what it needs, are listed here."
)
