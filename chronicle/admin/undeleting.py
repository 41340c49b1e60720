"""The pages of what was deleted, and of bringing it back."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.restoring import Restoring
from chronicle.admin.ways_back import RestoreForm
from chronicle.history.deleted import deleted
from chronicle.history.restoring import NoWayBackError, Plan, undeleted
from chronicle.secrecy import hidden_from
from sources.models import Document
from sources.slugs import free_slug, holder_of
from sources.validators import validate_ascii_slug


class UndeleteForm(RestoreForm):
    """Why a record comes back, and under which address if its own is taken."""

    slug = forms.CharField(
        label=gettext_lazy("Slug"),
        max_length=80,
        validators=[validate_ascii_slug],
        help_text=gettext_lazy("Its address: its own, unless another record has it by now."),
    )
    field_order = ("slug", "reason")


class Undeleting(Restoring):
    """Lists what was deleted of a kind of record, and brings it back."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of these pages, before all that could be the number of a record."""
        page, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("deleted/", page(self.deleted_view), name=f"{name}_deleted"),
            path("<path:object_id>/undelete/", page(self.undelete_view), name=f"{name}_undelete"),
            *super().get_urls(),
        ]

    def has_undelete_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may bring back what was deleted: whoever may delete and add."""
        return self.has_delete_permission(request) and self.has_add_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, with the way to what was deleted."""
        url = self.page_url("deleted") if self.has_undelete_permission(request) else ""
        return super().changelist_view(request, {"deleted_url": url, **(extra_context or {})})

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Show what was deleted, the newest first."""
        if not self.has_undelete_permission(request):
            raise PermissionDenied
        before = request.GET.get("before", "")
        if before and not (before.isascii() and before.isdecimal() and len(before) < MOST_DIGITS):
            raise Http404("before: no such place in the history.")
        rows, older = deleted(self.model, int(before) if before else None)
        secret = self._hidden(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Deleted %(records)s") % {"records": self.opts.verbose_name_plural},
            "rows": [(row, self.page_url("undelete", row.number)) for row in rows if row.number not in secret],
            "older": older,
            "is_first": not before,
        }
        return TemplateResponse(request, "admin/chronicle/deleted.html", context)

    def undelete_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what would come back with a deleted record; bring it back when that is confirmed."""
        if not self.has_undelete_permission(request):
            raise PermissionDenied
        number = self.number_of(object_id)
        try:
            plan = self._undeleted(request, number or 0)
        except NoWayBackError:
            self.message_user(request, _("It is not deleted: it is there, or never was."), messages.WARNING)
            return HttpResponseRedirect(self.page_url("deleted"))
        record = plan.rows[0].after
        holder = holder_of(self.model, record.slug)
        initial = {"slug": free_slug(self.model, record.slug) if holder else record.slug}
        form = UndeleteForm(request.POST or None, initial=initial)
        if form.is_valid():
            record.slug = form.cleaned_data["slug"]
            if self._went_back(request, plan, form):
                return HttpResponseRedirect(self.page_url("change", plan.number))
        page = {
            "holder": None if holder and holder.pk in self._hidden(request) else holder,
            "title": _("Undelete %(record)s") % {"record": record},
            "back": self.page_url("deleted"),
        }
        return self._shown(request, plan, form, {**page, "button": _("Undelete"), "is_undeleting": True})

    def _hidden(self, request: HttpRequest) -> frozenset[int]:
        """Return the numbers of the records of this kind of which the curator may not know, deleted ones too."""
        return hidden_from(request) if self.model is Document else frozenset()

    def _undeleted(self, request: HttpRequest, number: int) -> Plan:
        if number in self._hidden(request):
            raise NoWayBackError("The record is not there for this curator.")
        return replace(undeleted(self.model, number), unnamed=hidden_from(request))


MOST_DIGITS = 19  # of the number of a revision, which PostgreSQL keeps in eight bytes
