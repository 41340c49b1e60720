"""The page of a merge, on the admin of each kind of record that can be merged."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from chronicle.admin.editions import UNSEEN
from chronicle.admin.merging.forms import MergeForm, OtherForm
from chronicle.admin.merging.wording import moved, solved
from chronicle.merging import MergeRefusedError, foreseen, merge
from chronicle.models import Merge
from chronicle.secrecy import has_unseen
from sources.admin.refusals import refusal
from sources.admin.stale.positions import NoTokenError, Part, lock, positions
from sources.admin.stale.selection import changed_since, selection_token

MERGE = "chronicle.merge"
"""The permission that merging needs."""
MOST_DIGITS = 19


class MergePages(ModelAdmin):
    """Offers merging: as an action on two marked records, and on the page of each."""

    def get_urls(self) -> list[URLPattern]:
        """Return the address of the page, before all that could be the number of a record."""
        page = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", page, name=self._merge_address()), *super().get_urls()]

    def _merge_address(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_merge"

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Leave out of lists and choices what was merged away."""
        return super().get_search_results(request, queryset.filter(merged_into=None), search_term)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the other actions, and merging for those who may."""
        actions = super().get_actions(request)
        offered = actions and request.user.has_perm(MERGE)
        return actions | {"merge": (_to_merge_page, "merge", _("Merge two…"))} if offered else actions

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list; merging that the user may not do is refused, not overlooked."""
        if request.POST.get("action") == "merge" and not request.user.has_perm(MERGE):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the form; of a record that was merged away, one that shows what was typed and saves nothing."""
        if obj is not None and obj.merged_into_id and request.method == "POST":
            request.refusal = _(MERGED_AWAY) % {"record": obj.merged_into}
        return super().get_form(request, obj, change, **options)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Show the form with the way to merging; of a record that was merged away, say where it went."""
        record = context.get("original")
        if record and record.merged_into_id:
            words = _("This was merged into another record; the list of merges can undo that.")
            kept = record.merged_into
            link = format_html('{} <a href="{}">{}</a>', words, self._change_url(kept), kept)
            self.message_user(request, link, messages.WARNING)
        response = super().render_change_form(request, context, *args, **options)
        if record and request.user.has_perm(MERGE) and not record.merged_into_id:
            link = {"url": f"{reverse(f'admin:{self._merge_address()}')}?id={record.pk}", "label": _("Merge…")}
            response.context_data["verb_links"] = [*response.context_data.get("verb_links", []), link]
        return response

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the other record; show what a merge would do; do it when that is confirmed."""
        if not request.user.has_perm(MERGE) or not self.has_change_permission(request):
            raise PermissionDenied
        asked = request.POST.getlist("id") if request.method == "POST" else request.GET.getlist("id")
        numbers = [int(each) for each in asked[:2] if each.isdecimal() and len(each) < MOST_DIGITS]
        request.shown = selection_token(self.parts(request), positions(self.parts(request), numbers))
        found = self.get_queryset(request).in_bulk(numbers)
        records = [found[number] for number in dict.fromkeys(numbers) if number in found]
        if not records:
            self.message_user(request, _("Nothing was chosen: mark two records in this list first."), messages.WARNING)
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        if len(records) == 1:
            return self._other_asked(request, records[0])
        return self._merge_page(request, *records)

    def _other_asked(self, request: HttpRequest, record: Any) -> HttpResponse:
        form = OtherForm(request.GET if "other" in request.GET else None)
        if form.is_valid():
            text = form.cleaned_data["other"].strip().lstrip("eE")
            is_number = text.isdecimal() and len(text) < MOST_DIGITS
            wanted = Q(slug=form.cleaned_data["other"].strip()) | (Q(pk=int(text)) if is_number else Q())
            other = self.get_queryset(request).exclude(pk=record.pk).filter(wanted).first()
            if other:
                return HttpResponseRedirect(f"{request.path}?id={record.pk}&id={other.pk}")
            form.add_error("other", _(NONE_SUCH))
        context = self._context(record, None) | {"form": form, "title": _("Merge %(record)s") % {"record": record}}
        return self._merging_page(request, "merge_other.html", context)

    def _merge_page(self, request: HttpRequest, kept: Any, merged: Any) -> HttpResponse:
        form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, merged=merged)
        if form.is_valid() and self._merged(request, kept, merged, form):
            return HttpResponseRedirect(self._change_url(kept))
        refused, preview = [], None
        try:
            _refuse_unseen(request, kept, merged)
            preview = foreseen(kept, merged, form.choices if form.is_bound and form.is_valid() else None)
        except MergeRefusedError as error:
            refused = error.reasons
        except ValidationError as error:
            refused = error.messages
        except DatabaseError as error:
            refused = [_told(error)]
        context = self._context(kept, merged) | {
            "title": _("Merge %(merged)s into %(kept)s") % {"merged": merged, "kept": kept},
            "form": form,
            "refused": refused,
            "moved": moved(preview) if preview else [],
            "solved": solved(preview) if preview else [],
            "tells_readers": bool(preview and preview.was_public),
            "seal": _seal(preview),
            "shown": request.shown,
        }
        return self._merging_page(request, "merge.html", context)

    def _merging_page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        context = self.admin_site.each_context(request) | context
        return TemplateResponse(request, f"admin/chronicle/{template}", context)

    def _context(self, kept: Any, merged: Any) -> dict[str, Any]:
        swapped = f"?id={merged.pk}&id={kept.pk}" if merged else ""
        address = self._change_url
        return {
            "opts": self.opts,
            "kept": kept,
            "merged": merged,
            "kept_url": address(kept),
            "merged_url": address(merged) if merged else "",
            "swapped": swapped,
            "back": address(kept),
        }

    def _merged(self, request: HttpRequest, kept: Any, merged: Any, form: MergeForm) -> bool:
        """Do it, unless something changed since it was shown."""
        try:
            with transaction.atomic():
                lock([Part("", self.model)], [kept.pk, merged.pk], "NO KEY UPDATE")
                _refuse_unseen(request, kept, merged)
                if not self._is_unchanged(request, kept, merged, form):
                    return False
                made = merge(
                    kept, merged, choices=form.choices, reason=form.cleaned_data["reason"], editor=request.user
                )
        except MergeRefusedError as error:
            form.add_error(None, error.reasons)
            return False
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        except DatabaseError as error:
            form.add_error(None, _told(error))
            return False
        undo = f"{reverse('admin:chronicle_merge_undo')}?id={made.pk}"
        words = _("%(merged)s is merged into %(kept)s.") % {"merged": merged, "kept": kept}
        self.message_user(request, format_html('{} <a href="{}">{}</a>', words, undo, _("Undo…")), messages.SUCCESS)
        return True

    def _is_unchanged(self, request: HttpRequest, kept: Any, merged: Any, form: MergeForm) -> bool:
        """Return whether both records, and what moves with them, are as the page showed them."""
        try:
            lines = changed_since(self.parts(request), request.POST.get("shown"), [kept.pk, merged.pk], request.user)
        except NoTokenError:
            lines = [_("The page did not say what it showed.")]
        if not lines:
            try:
                if request.POST.get("seen") == _seal(foreseen(kept, merged)):
                    return True
            except ValidationError:
                pass
        form.add_error(None, [_("Something changed since this was shown. Look again, then confirm."), *lines])
        return False

    def _change_url(self, record: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])


def _refuse_unseen(request: HttpRequest, kept: Any, merged: Any) -> None:
    if has_unseen([kept, merged], request):
        raise MergeRefusedError([_(UNSEEN)])


def _to_merge_page(page: MergePages, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    numbers = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
    if len(numbers) == 2:  # noqa: PLR2004 - a merge is of two
        return HttpResponseRedirect(f"{reverse(f'admin:{page._merge_address()}')}?id={numbers[0]}&id={numbers[1]}")  # noqa: SLF001 - an action of the page itself
    page.message_user(request, _("A merge is of two records: mark just two of them."), messages.ERROR)
    return None


def _seal(preview: Merge | None) -> str:
    """Return what tells this merge from another: the rows that move, go or are emptied."""
    if preview is None:
        return ""
    told = [preview.changes[name] for name in ("moved", "removed", "emptied")]
    return hashlib.sha256(repr((told, preview.was_public)).encode()).hexdigest()


def _told(error: DatabaseError) -> str:
    words = refusal(error)
    if words is None:
        raise error
    return words


NONE_SUCH = gettext_noop("The other record: none has this number or slug. Look at the address of its page.")
MERGED_AWAY = gettext_noop("Nothing was saved: this was merged into %(record)s. Make the change there.")
WHEN_EMPTY = gettext_lazy("Nothing was merged yet. Mark two records in a list, and choose “Merge two…”.")
