"""What lists and pages of deletion do so that nobody acts on what has changed since it was shown."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sources.admin.lists import SortedList
from sources.admin.stale.pages import TOKEN
from sources.admin.stale.positions import Part, lock, newest_revision, positions
from sources.admin.stale.selection import NoTokenError, changed_since, selection_token


class SeenList(SortedList):
    """A list that knows which revision of each record it shows, read in one query with the record."""

    def get_queryset(self, request: HttpRequest, *args: Any) -> QuerySet:
        """Return the records, each with the number of its newest revision."""
        return super().get_queryset(request, *args).annotate(shown_revision=newest_revision(Part("", self.model)))


class RefusingStaleActions:
    """Mixin for the admin of records whose history is kept: what acts on marked records says what was shown of them."""

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:  # noqa: ARG002 - Django's signature
        """Return the class of the list."""
        return SeenList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list with its token; an action on records that changed since is refused."""
        if request.method == "POST" and ACTION_CHECKBOX_NAME in request.POST:
            view = super().changelist_view
            return self._acted(request, lambda: view(request, extra_context))
        response = super().changelist_view(request, extra_context)
        context = _context(response)
        if "cl" in context:
            shown = {row.pk: {"": {row.pk: row.shown_revision}} for row in context["cl"].result_list}
            context[TOKEN] = selection_token([Part("", self.model)], shown)
        return response

    def _acted(self, request: HttpRequest, act: Any) -> HttpResponse:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        numbers = [number for number in map(self.number_of, chosen) if number is not None]
        parts = self.parts(request)
        with transaction.atomic():
            lock(parts, numbers)
            refused = self.refused_as_stale(request, numbers, is_beyond=request.POST.get("select_across") == "1")
            if refused:
                return refused
            response = act()
            context = _context(response)
            if "queryset" in context:
                shown = [record.pk for record in context["queryset"]]
                context[TOKEN] = selection_token(parts, positions(parts, shown))
        return response

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask before deleting; delete only what was shown."""
        number, parts = self.number_of(object_id), self.parts(request)
        if number is None or not self.has_delete_permission(request):
            return super().delete_view(request, object_id, extra_context)
        if request.method != "POST":
            token = selection_token(parts, positions(parts, [number]))
            return super().delete_view(request, object_id, {TOKEN: token, **(extra_context or {})})
        with transaction.atomic():
            lock(parts, [number])
            is_there = number in positions(parts[:1], [number])
            refused = self.refused_as_stale(request, [number]) if is_there else None
            return refused or super().delete_view(request, object_id, extra_context)

    def refused_as_stale(self, request: HttpRequest, numbers: list[int], **options: Any) -> HttpResponse | None:
        """Return to the page with a list of what changed since it was shown; nothing if nothing did."""
        try:
            lines = changed_since(self.parts(request), request.POST.get(TOKEN), numbers, request.user, **options)
        except NoTokenError:
            lines = [_(NOT_TOLD)]
        if not lines:
            return None
        told = format_html_join("", "<br>{}", ((line,) for line in lines[:MOST_TOLD]))
        left = len(lines) - MOST_TOLD
        more = _(" … and %(number)d more.") % {"number": left} if left > 0 else ""
        self.message_user(request, format_html("{}{}{}", _(CHANGED), told, more), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


def _context(response: HttpResponse) -> dict[str, Any]:
    """Return what a page is made of that is not rendered yet."""
    return (response.context_data or {}) if isinstance(response, TemplateResponse) else {}


MOST_TOLD = 12  # lines of a message
CHANGED = gettext_noop("Nothing was done, because something changed since it was shown. Look again, then repeat.")
NOT_TOLD = gettext_noop("The page did not say what it showed.")
