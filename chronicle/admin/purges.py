"""The list of purges: what had to go, from which record, when, by whom and why. Never the words."""

from collections import defaultdict
from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Model, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.edition import ReadOnly
from chronicle.database.publishing.purgeable import IMPORT, REASONS
from chronicle.models import Citation, Edition, Event, Import, MissingDocument, Purge
from chronicle.models.edition import SUBJECTS
from chronicle.restricted import telling_of
from chronicle.secrecy import hidden_from
from chronicle.vocabularies import PurgeKind
from sources.admin.lists import LargeList, SortedList
from sources.models import Document

WHEN_EMPTY = gettext_lazy("Nothing was purged. “Purge words…” and “Purge…” are on the pages of records and of files.")
NAMED_BY = {Event: "title", Document: "title", MissingDocument: "title", Import: "files"}
"""What a record is called by, where that is no name."""


class PurgeList(SortedList):
    """A page of the list, with the names of the records that are still there: one query for all of them."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page, and give each purge the name of its record; nothing where the record is gone."""
        super().get_results(request)
        names = named(self.result_list)
        for purge in self.result_list:
            purge.record_name = names.get((purge.subject, purge.record), "")


def record_models() -> dict[str, type[Model]]:
    """Return the models of the records, by the columns of editions, and that of imports."""
    records: dict[str, Any] = {name: Edition._meta.get_field(name).related_model for name in SUBJECTS}  # noqa: SLF001 - Django documents _meta
    return {**records, IMPORT: Import}


def named(purges: Any) -> dict[tuple[str, int | None], str]:
    """Return the names of the records of these purges."""
    wanted: dict[str, set[int | None]] = defaultdict(set)
    for purge in purges:
        wanted[purge.subject].add(purge.record)
    found = [
        model._default_manager.order_by()  # noqa: SLF001 - Django documents it
        .filter(pk__in=wanted[subject])
        .annotate(subject=Value(subject), called=F(NAMED_BY.get(model, "name")))
        .values_list("subject", "pk", "called")
        for subject, model in record_models().items()
        if subject in wanted
    ]
    return {(subject, number): name for subject, number, name in (found[0].union(*found[1:]) if found else ())}


@admin.register(Purge)
class PurgeAdmin(ReadOnly, LargeList, admin.ModelAdmin):
    """What was purged; nobody adds to it by hand, changes or deletes it."""

    list_display = ("purged_at", "kind", "what", "of_record", "purged_by", "reason")
    list_display_links = None
    list_select_related = ("purged_by",)
    list_filter = ("kind", "purged_at")
    sorting: ClassVar[dict[str, Any]] = {"purged_at": "id"}
    ordering = ("-id",)
    fields = readonly_fields = ("kind", "what", "of_record", "purged_at", "purged_by", "reason", "sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the purges, without those that tell of documents that whoever asks may not see."""
        hidden = hidden_from(request)
        purges = super().get_queryset(request)
        if not hidden:
            return purges
        citations = telling_of(Citation.objects.all(), hidden).order_by().values("pk")
        return purges.exclude(
            Q(subject="document", record__in=hidden) | Q(table_name="chronicle_citation", number__in=citations)
        )

    def get_object(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Return the purge with the name of its record."""
        purge = super().get_object(request, *args, **options)
        if purge:
            purge.record_name = named([purge]).get((purge.subject, purge.record), "")
        return purge

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:  # noqa: ARG002 - Django's signature
        """Return the class of the list."""
        return PurgeList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, and how it is filled."""
        return super().changelist_view(request, {"when_empty": WHEN_EMPTY, **(extra_context or {})})

    @cached_property
    def models(self) -> dict[str, type[Model]]:
        """The models of the tables, by their names."""
        return {model._meta.db_table: model for model in apps.get_models()}  # noqa: SLF001 - Django documents _meta

    @admin.display(description=gettext_lazy("field"))
    def what(self, purge: Purge) -> str:
        """Return the table and its column, in the words of the forms; the beginning of a file's checksum."""
        model = self.models.get(purge.table_name)
        if purge.kind != PurgeKind.WORDS or model is None:
            return purge.sha256[:12] or "–"
        options = model._meta  # noqa: SLF001 - Django documents _meta
        is_told = purge.field == REASONS
        field = _("reasons of its changes") if is_told else options.get_field(purge.field).verbose_name
        return f"{capfirst(options.verbose_name)}: {field}"

    @admin.display(description=gettext_lazy("record"))
    def of_record(self, purge: Purge) -> str:
        """Return the record, with a link to it where it is still there."""
        model = record_models().get(purge.subject)
        if model is None:
            return _("row %(number)s") % {"number": purge.number}
        options = model._meta  # noqa: SLF001 - Django documents _meta
        called = f"{capfirst(options.verbose_name)} {purge.record}"
        if not purge.record_name:
            return _("%(record)s, no longer there") % {"record": called}
        address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[purge.record])
        return format_html('{}: <a href="{}">{}</a>', called, address, purge.record_name)
