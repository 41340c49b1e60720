"""One change of many events at once: their kind, or of what they are part, shown row by row before it is made."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.filters.chosen import LONGEST_NUMBER, OfferedSelect
from chronicle.admin.verb_pages import MOST_IN_ADDRESS
from chronicle.curators import PUBLISH
from chronicle.models import Event, EventKind
from chronicle.reworking import Change, foreseen, rework, seal
from sources.admin.reasons import because, reason_field
from sources.admin.refusals import refusal
from sources.admin.stale.positions import NoTokenError, Part, lock, positions
from sources.admin.stale.selection import changed_since, selection_token

EVENTS = [Part("", Event)]


class ReworkForm(forms.Form):
    """What the events are to become; what is left empty stays as it is."""

    kind = forms.ModelChoiceField(
        EventKind.objects.none(),
        required=False,
        label=gettext_lazy("Kind"),
        empty_label=gettext_lazy("as it is"),
        help_text=gettext_lazy("What kind of event they are: ceasefire. Public once they are published again."),
    )
    parent = forms.ModelChoiceField(
        Event.objects.all(),
        required=False,
        label=gettext_lazy("Part of"),
        help_text=gettext_lazy(
            "The larger event they belong to; empty: as it is. Public once they are published again."
        ),
    )
    is_apart = forms.BooleanField(
        required=False,
        label=gettext_lazy("Part of nothing"),
        help_text=gettext_lazy("Takes them out of larger events."),
    )
    reason = reason_field()

    def __init__(self, pages: ModelAdmin, data: Any) -> None:
        super().__init__(data)
        self.fields["kind"].queryset = EventKind.objects.order_by("name", "pk")
        self.fields["parent"].queryset = pages.model.objects.all()
        self.fields["parent"].widget = OfferedSelect(Event._meta.get_field("parent"), pages.admin_site)  # noqa: SLF001 - Django documents _meta
        self.fields["parent"].widget.choices = [("", ""), *_offered((data or {}).get("parent", ""))]

    def clean(self) -> Any:
        """Refuse what says two things, or nothing."""
        cleaned = super().clean()
        if cleaned.get("parent") and cleaned.get("is_apart"):
            self.add_error("is_apart", _("Part of nothing: a larger event is chosen too; leave one of the two empty."))
        if not self.errors and not any(cleaned.get(name) for name in ("kind", "parent", "is_apart")):
            self.add_error(None, _("Kind: nothing is chosen yet; choose a kind, a larger event, or “Part of nothing”."))
        return cleaned


class Reworks(ModelAdmin):
    """Offers the change as an action of the list of events; it leads to a page of its own address."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, that of the change among them."""
        page = self.admin_site.admin_view(self.rework_view)
        return [path("rework/", page, name="chronicle_event_rework"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the other actions and this one, for those who may change events."""
        actions = super().get_actions(request)
        if not actions or not self.has_change_permission(request):
            return actions
        return actions | {"rework": (_to_page, "rework", _("Change kind or larger event…"))}

    def rework_view(self, request: HttpRequest) -> HttpResponse:
        """Ask what the marked events are to become; show it row by row; do it when that is confirmed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        asked = [int(number) for number in sent.getlist("id")[:MOST_IN_ADDRESS] if _is_number(number)]
        shown = selection_token(EVENTS, positions(EVENTS, asked))
        events = list(Event.objects.filter(pk__in=asked).select_related("kind", "parent").order_by("pk"))
        if not events:
            self.message_user(request, _("Nothing was chosen: mark some in this list first."), messages.WARNING)
            return HttpResponseRedirect(_list_url())
        is_answered = bool({"look", "confirm"} & set(sent))
        form = ReworkForm(self, sent if is_answered else None)
        changes = foreseen(events, wanted(form), may_publish=_may_publish(request)) if form.is_valid() else []
        is_seen = request.POST.get("seen") == seal(changes)
        if changes and "confirm" in request.POST and not is_seen:
            form.add_error(None, _("This is not what the page showed. Look at it row by row, then confirm."))
        elif changes and "confirm" in request.POST and self._is_made(request, events, form):
            return HttpResponseRedirect(_list_url())
        return TemplateResponse(
            request, "admin/chronicle/rework.html", self._rework_page(request, form, events, changes, shown)
        )

    def _is_made(self, request: HttpRequest, events: list[Event], form: ReworkForm) -> bool:
        """Make the change, unless somebody saved one of the events since it was shown."""
        numbers = [event.pk for event in events]
        try:
            with transaction.atomic(), because(form.cleaned_data["reason"]):
                lock(EVENTS, numbers)
                lines = changed_since(EVENTS, request.POST.get("shown"), numbers, request.user)
                if lines:
                    return _refused(form, lines)
                changes = foreseen(events, wanted(form), may_publish=_may_publish(request))
                if seal(changes) != request.POST.get("seen"):
                    return _refused(form, [_("Somebody has put the larger event into another one meanwhile.")])
                number = rework(changes, wanted(form))
        except NoTokenError:
            return _refused(form, [_("The page did not say what it showed.")])
        except DatabaseError as error:
            words = refusal(error)
            if words is None:
                raise
            return _refused(form, [words])
        self.message_user(request, _("%(number)d events were changed.") % {"number": number}, messages.SUCCESS)
        for change in changes:
            if change.refused:
                self.message_user(request, f"{change.event}: {change.refused}", messages.ERROR)
        return True

    def _rework_page(
        self, request: HttpRequest, form: ReworkForm, events: list[Event], changes: list[Change], shown: str
    ) -> dict[str, Any]:
        sent = request.POST if request.method == "POST" else request.GET
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Change kind or larger event"),
            "media": self.media + form.media,
            "form": form,
            "events": events,
            "changes": changes,
            "seal": seal(changes),
            "is_possible": any(change.values for change in changes),
            "shown": shown,
            "asked": len(set(sent.getlist("id"))),
            "most": MOST_IN_ADDRESS,
            "back": _list_url(),
        }


def wanted(form: ReworkForm) -> dict[str, Any]:
    """Return the new values by column that a valid form asks for."""
    values = {name: form.cleaned_data[name] for name in ("kind", "parent") if form.cleaned_data[name]}
    return values | ({"parent": None} if form.cleaned_data["is_apart"] else {})


def _refused(form: ReworkForm, lines: list[str]) -> bool:
    form.add_error(None, _("Nothing was changed. Look again, then confirm."))
    for line in lines:
        form.add_error(None, line)
    return False


def _may_publish(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(PUBLISH))


def _offered(typed: str) -> list[tuple[int, str]]:
    """Return the event that was chosen, with its title, if it is one."""
    return list(Event.objects.filter(pk=int(typed)).values_list("pk", "title")) if _is_number(typed) else []


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _list_url() -> str:
    return reverse("admin:chronicle_event_changelist")


def _to_page(pages: ModelAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """Lead from the marked rows of the list to the page of the change."""
    numbers = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_IN_ADDRESS + 1])
    if len(numbers) <= MOST_IN_ADDRESS:
        query = "&".join(f"id={number}" for number in numbers)
        return HttpResponseRedirect(f"{reverse('admin:chronicle_event_rework')}?{query}")
    pages.message_user(request, _(TOO_MANY_TO_REWORK) % {"most": MOST_IN_ADDRESS}, messages.ERROR)
    return None


TOO_MANY_TO_REWORK = gettext_lazy(
    "More than %(most)d are marked, and at most %(most)d are changed at once. Nothing was done. Mark fewer of them."
)
