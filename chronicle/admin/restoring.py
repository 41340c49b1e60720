"""The page of going back: a record, a row or a field as it was, shown before it is done."""

from collections.abc import Iterator
from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from chronicle.admin.editions import is_kept_from
from chronicle.admin.story import Stories, key_in
from chronicle.admin.ways_back import RestoreForm, done, foreseen, seal
from chronicle.history.parts import Key
from chronicle.history.restoring import NoWayBackError, Plan, Spot, back_to, field_back, gone_back, happening, row_back
from chronicle.history.telling import told_rows
from chronicle.models import Citation
from chronicle.restricted import telling_of
from chronicle.secrecy import hidden_from
from sources.admin.stale.authors import moment
from sources.admin.stale.positions import NoTokenError, lock, positions
from sources.admin.stale.selection import changed_since, selection_token
from sources.models.record import Record


class Restoring(Stories):
    """Offers the ways back on the history of a record."""

    def get_urls(self) -> list[URLPattern]:
        """Return the address of this page, before all that could be the number of a record."""
        page, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        restore = path("<path:object_id>/restore/", page(self.restore_view), name=f"{name}_restore")
        return [restore, *super().get_urls()]

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what going back would change; do it when that is confirmed."""
        record = self.get_object(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        parts = self.parts(request)
        shown = selection_token(parts, positions(parts, [record.pk]))
        try:
            plan, words = self._asked(request, record.pk)
        except NoWayBackError:
            return self._nothing(request, record)
        form = RestoreForm(request.POST or None)
        if form.is_valid() and self._restored(request, record, form):
            return HttpResponseRedirect(self.page_url("change", record.pk))
        lacking = list(self._not_allowed(request, record, plan))
        page = {"title": words, "shown": shown, "lacking": lacking, "original": record, "button": _("Restore")}
        return self._shown(request, plan, form, {**page, "back": self.page_url("history", record.pk)})

    def _nothing(self, request: HttpRequest, record: Record) -> HttpResponse:
        self.message_user(request, _("Choose in the history what to go back to."), messages.WARNING)
        return HttpResponseRedirect(self.page_url("history", record.pk))

    def _asked(self, request: HttpRequest, number: int) -> tuple[Plan, str]:
        """Return what an address asks for: a record `at` a save, or a row or a field `before` one."""
        at, before = key_in(request, "at"), key_in(request, "before")
        if at is not None:
            plan = back_to(self.model, number, at).without(hidden_from(request))
            return plan, _("Restore the record as it was saved on %(moment)s") % _moment(at)
        part = next((part for part in gone_back(self.model) if part.name == request.GET.get("part")), None)
        row = self.number_of(request.GET.get("row"))
        if before is None or part is None or row is None:
            raise NoWayBackError("Nothing is asked for.")
        spot, column = Spot(part, row, before), request.GET.get("field")
        if telling_of(part.revisions.filter(pgh_obj=row), hidden_from(request)).exists():
            raise NoWayBackError("The row is not there for this curator.")
        if column:
            plan = field_back(self.model, number, spot, column)
            return plan, _("Bring back a field as it was before %(moment)s") % _moment(before)
        return row_back(self.model, number, spot), _("Bring back a row that was deleted")

    def _restored(self, request: HttpRequest, record: Record, form: forms.Form) -> bool:
        """Do it, unless the record changed since it was shown; it is kept from others meanwhile."""
        parts = self.parts(request)
        with transaction.atomic():
            lock(parts, [record.pk])
            plan, _words = self._asked(request, record.pk)
            try:
                lines = changed_since(parts, request.POST.get("shown"), [record.pk], request.user)
            except NoTokenError:
                lines = [_("The page did not say what it showed.")]
            if lines or request.POST.get("seen") != seal(plan):
                form.add_error(None, _("Somebody has saved something meanwhile. Look again, then confirm."))
            for line in (*lines, *self._not_allowed(request, record, plan)):
                form.add_error(None, line)
            return form.is_valid() and self._went_back(request, plan, form)

    def _not_allowed(self, request: HttpRequest, record: Record, plan: Plan) -> Iterator[str]:
        """Tell what of a plan this user may not do: what the form of the record would not offer either."""
        for row in plan.rows:
            options = row.part.model._meta  # noqa: SLF001 - Django documents _meta
            action = {"added": "add", "changed": "change", "deleted": "delete"}[happening(row)]
            if not request.user.has_perm(f"{options.app_label}.{action}_{options.model_name}"):
                yield _("%(kind)s: you may not change these; ask an editor.") % {"kind": options.verbose_name}
        if is_kept_from(request.user, record):
            if any(row.part.model is Citation for row in plan.of("deleted")):
                yield _("Citations of what was published are an editor’s to take away; bring back single fields.")
            if any(row.before.slug != row.after.slug for row in plan.of("changed") if not row.part.link):
                yield _("Slug: the address of what was published is changed by an editor; bring back single fields.")

    def _went_back(self, request: HttpRequest, plan: Plan, form: forms.Form) -> bool:
        """Carry the plan out; what stands in the way is told on the form, and nothing is written then."""
        with pghistory.context(reason=form.cleaned_data["reason"]):
            problems = done(plan, request.user)
        for words in problems:
            form.add_error(None, words)
        if not problems:
            record = self.model._default_manager.get(pk=plan.number)  # noqa: SLF001 - Django documents it
            self.message_user(request, _("“%(record)s” is back as shown.") % {"record": record}, messages.SUCCESS)
        return not problems

    def _shown(self, request: HttpRequest, plan: Plan, form: forms.Form, page: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "rows": told_rows(plan.without(hidden_from(request)).rows),
            "problems": [] if page.get("is_undeleting") else foreseen(plan, request.user),
            "seen": seal(plan),
            "form": form,
            **page,
        }
        return TemplateResponse(request, "admin/chronicle/restore.html", context)


def _moment(key: Key) -> dict[str, str]:
    return {"moment": moment(key.made)}
