"""What the curators' pages of every record have in common."""

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import DatabaseError, models
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.admin.forms import RecordForm, RowForm, RowFormSet, refused
from sources.admin.lists import LargeList
from sources.admin.reasons import AskingReason
from sources.admin.refusals import refusal
from sources.admin.searching import having
from sources.admin.seeing import Seeing, seen
from sources.admin.stale.lists import RefusingStaleActions
from sources.admin.stale.pages import RefusingStale
from sources.admin.widgets import WIDGETS, RememberedSelect


class Remembering(Seeing):
    """Loads what the autocompletes show together with the rows, so that their number of queries does not grow."""

    formfield_overrides = WIDGETS
    help_texts: ClassVar[dict[str, Any]] = {}
    """What to tell of a field whose model tells nothing, by name."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **options: Any) -> Any:
        """Return the field with links to change the chosen record or add one; it is deleted on its own page."""
        if db_field.name in self.help_texts:
            options["help_text"] = self.help_texts[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows with the records that they point to."""
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **options: Any) -> Any:
        """Return the field, with an autocomplete that knows the chosen record."""
        if db_field.name in self.autocomplete_fields:
            options.setdefault("widget", RememberedSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **options)


class RecordAdmin(AskingReason, Remembering, RefusingStale, RefusingStaleActions, LargeList, admin.ModelAdmin):
    """Pages of a record with a slug: found under any spelling, and no error page for what the database refuses."""

    form = RecordForm
    slug_from: ClassVar[str] = "name"
    search_help_text = _("Every word is looked for, in any spelling and script.")
    when_empty: ClassVar[Any] = ""
    """What to tell where there is no record at all: what it is for, and what to do first."""

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:  # noqa: ARG002 - Django's signature
        """Suggest a slug for a new record; a slug that is in use is an address and stays."""
        return {} if obj else {"slug": (self.slug_from,)}

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find the records that have every word, in any spelling, in any of the columns of `search_fields`."""
        return having(queryset, search_term, self.get_search_fields(request)), False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the form; after a refusal of the database, one that shows what was typed and why it was refused."""
        form = super().get_form(request, obj, change, **options)
        form.slug_from = self.slug_from
        form.seen = staticmethod(partial(seen, self.admin_site, request))
        words = getattr(request, "refusal", None)
        return refused(form, words) if words else form

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Save all or nothing; what only the database can refuse comes back as an error of the form."""
        typed = request.POST
        try:
            return super().changeform_view(request, *args, **options)
        except DatabaseError as error:
            words = refusal(error)
            if words is None or request.method != "POST":
                raise
        request.refusal, request.POST = words, typed
        return super().changeform_view(request, *args, **options)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save the rows too, then tell how dates and figures that were typed were understood."""
        super().save_related(request, form, formsets, change)
        told = [told for each in [form, *_saved(formsets)] for told in each.understood()]
        if told:
            lines = format_html_join("", "<br>{}: {}, {}", told[:MOST_TOLD])
            left = len(told) - MOST_TOLD
            more = gettext(" … and %(number)d more.") % {"number": left} if left > 0 else ""
            self.message_user(request, format_html("{}{}{}", gettext("Please compare:"), lines, more), messages.INFO)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Delete after a confirmation that lists what goes along, or say what stands in the way."""
        view = super().delete_view
        return self._or_refused(request, lambda: view(request, object_id, extra_context))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list and carry out its actions."""
        view = super().changelist_view
        context = {"when_empty": self.when_empty, **(extra_context or {})}
        return self._or_refused(request, lambda: view(request, context))

    def _or_refused(self, request: HttpRequest, view: Any) -> HttpResponse:
        """Return what a view returns; if something came to depend on the record meanwhile, say so on the same page."""
        try:
            return view()
        except (ProtectedError, DatabaseError) as error:
            words = STILL_NEEDED if isinstance(error, ProtectedError) else refusal(error)
            if words is None or request.method != "POST":
                raise
        self.message_user(request, gettext(words), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


MOST_TOLD = 12  # lines of a message; a whole form of new citations would push the page out of sight


def _saved(formsets: Any) -> Iterator[Any]:
    for formset in formsets:
        gone = set(map(id, formset.deleted_forms)) if formset.can_delete else set()
        yield from (form for form in formset.forms if hasattr(form, "understood") and id(form) not in gone)


STILL_NEEDED = "Nothing was deleted: something refers to it since just now. Look at what is listed, then decide again."


class RowInline(Remembering, admin.TabularInline):
    """Rows that belong to a record, in a table on its page."""

    form = RowForm
    formset = RowFormSet
    extra = 0
