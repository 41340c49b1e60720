"""The page of a record's history: every save of it and of its rows, by any path, as one story."""

from typing import Any, ClassVar

from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chronicle.history.parts import Key
from chronicle.history.story import Story, entry, story
from chronicle.history.telling import editions_among, told_page
from chronicle.secrecy import hidden_from
from sources.models.record import Record


def key_in(request: HttpRequest, name: str) -> Key | None:
    """Return the place in a history that an address names, if it names one; anything else is no page."""
    text = request.GET.get(name)
    if not text:
        return None
    try:
        return Key.read(text)
    except ValueError as error:
        raise Http404(f"{name}: no such place in a history.") from error


class Stories(ModelAdmin):
    """Shows the history of a record; `subject` is the edition's column for it."""

    subject: ClassVar[str]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show a page of the history, newest first; or one save of it with all that it changed."""
        record = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        key = key_in(request, "entry")
        shown = self._one(request, record, key) if key else self._several(request, record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": record},
            "opts": self.opts,
            "original": record,
            "change_url": self.page_url("change", record.pk),
            "history_url": self.page_url("history", record.pk),
            "restore_url": self.page_url("restore", record.pk),
            "may_restore": self.has_change_permission(request, record),
            "is_one": key is not None,
            **shown,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/chronicle/history.html", context)

    def _several(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        before = key_in(request, "before")
        page = story(self.model, record.pk, before)
        items = told_page(page, editions_among(self.subject, record.pk, page, before), hidden_from(request))
        newest = page.entries[0].key if page.entries and before is None else None
        return {"items": items, "older": page.older, "newest": newest, "is_first": before is None}

    def _one(self, request: HttpRequest, record: Record, key: Key) -> dict[str, Any]:
        found = entry(self.model, record.pk, key)
        if found is None:
            raise Http404("The record has no such place in its history.")
        return {"items": told_page(Story([found]), [], hidden_from(request)), "is_first": False}

    def page_url(self, page: str, *arguments: Any) -> str:
        """Return the address of a page of this kind of record."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=arguments)
