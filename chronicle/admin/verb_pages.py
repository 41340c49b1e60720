"""Pages of verbs: what publishing, withdrawing or withholding would do, shown before it is done.

A verb is offered as an action of the list and as a button of each record's page; both lead to one page of its own
address, which is a plain form. Without the verb's permission every way to it answers 403.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chronicle.admin.verbs import Outcome, Preview, Verb
from sources.admin.refusals import refusal
from sources.admin.stale.positions import NoTokenError, lock, positions
from sources.admin.stale.selection import changed_since, selection_token
from sources.models.record import Record

MOST_IN_ADDRESS = 200  # numbers that travel in the address of a page, which proxies cut at some 4,000 characters
MOST_AT_ONCE = 1_000  # what a curator can still look through, and one slice of publishing
MOST_TOLD = 12  # outcomes as messages above the next page; more have a page of their own


class VerbPages(ModelAdmin):
    """Offers verbs on the pages of a record's admin."""

    verbs: ClassVar[tuple[Verb, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the verbs' pages, before all that could be the number of a record."""
        return [
            path(
                f"{verb.name}/",
                self.admin_site.admin_view(partial(self.verb_view, verb=verb)),
                name=self._address_of(verb),
            )
            for verb in self.verbs
        ] + super().get_urls()

    def _address_of(self, verb: Verb) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{verb.name}"

    def verb_url(self, verb: Verb, numbers: Iterable[int]) -> str:
        """Return the address of the verb's page for the records with these numbers."""
        address = reverse(f"admin:{self._address_of(verb)}")
        return f"{address}?{urlencode([('id', number) for number in numbers])}"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return Django's actions and the verbs that the user may do."""
        if self.actions is None or IS_POPUP_VAR in request.GET:
            return {}
        offered = [verb for verb in self.verbs if verb.is_allowed(request.user)]
        return super().get_actions(request) | {
            verb.name: (partial(_to_page, verb=verb), verb.name, verb.label) for verb in offered
        }

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list; a verb that the user may not do is refused, not overlooked."""
        asked = request.POST.get("action")
        if any(verb.name == asked and not verb.is_allowed(request.user) for verb in self.verbs):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Show the form with a button for each verb that can be done to the record."""
        record = context.get("original")
        context["verb_links"] = [
            {"url": self.verb_url(verb, [record.pk]), "label": verb.label}
            for verb in self.verbs
            if record and verb.is_allowed(request.user) and verb.is_offered(record)
        ]
        return super().render_change_form(request, context, *args, **options)

    def verb_view(self, request: HttpRequest, *, verb: Verb) -> HttpResponse:
        """Show what the verb would do to the chosen records; do it when that is confirmed."""
        if not verb.is_allowed(request.user) or not self.has_view_permission(request):
            raise PermissionDenied
        form = verb.asking(request.POST if request.method == "POST" else None, request.user)
        return self.verb_page(request, verb, [*dict.fromkeys(_asked(request))], form)

    def verb_page(self, request: HttpRequest, verb: Verb, asked: list[str], form: forms.Form) -> HttpResponse:
        """Show the verb's page for the records with these numbers, or do what a confirmed form says and tell of it."""
        numbers = [int(number) for number in asked[:MOST_AT_ONCE] if number.isdecimal()]
        parts = self.parts(request)
        request.shown = selection_token(parts, positions(parts, numbers))
        records = list(self.get_queryset(request).filter(pk__in=numbers).order_by("pk"))
        if not records:
            self.message_user(request, _("Nothing was chosen: mark some in this list first."), messages.WARNING)
            return HttpResponseRedirect(self._list_url())
        outcomes = self._carried_out(request, verb, records, form) if form.is_valid() else []
        if outcomes:
            return self._told(request, verb, outcomes)
        context = {**self.admin_site.each_context(request), "shown": request.shown}
        context |= self._page(verb, records, form, verb.foreseen_by(records, request.user))
        left = len(asked) - len(records) if len(asked) <= MOST_AT_ONCE else 0
        context |= {"asked": len(asked) if len(asked) > MOST_AT_ONCE else 0, "vanished": left}
        return TemplateResponse(request, "admin/chronicle/verb.html", context)

    def _told(self, request: HttpRequest, verb: Verb, outcomes: list[Outcome]) -> HttpResponse:
        """Tell what was done: above the next page, or for many on a page of its own, the refused ones first."""
        if len(outcomes) > MOST_TOLD:
            refused = [(each, self._url_of(each.record)) for each in outcomes if each.is_refused]
            left = self._list_url() if verb.takes_away else ""
            done = [(each, left or self._url_of(each.record)) for each in outcomes if not each.is_refused]
            told = {"opts": self.opts, "title": verb.label, "refused": refused, "done": done, "back": self._list_url()}
            context = {**self.admin_site.each_context(request), **told}
            return TemplateResponse(request, "admin/chronicle/outcomes.html", context)
        for outcome in outcomes:
            level = messages.ERROR if outcome.is_refused else messages.SUCCESS
            self.message_user(request, f"{outcome.record}: {outcome.words}", level)
        is_left = len(outcomes) == 1 and (outcomes[0].is_refused or not verb.takes_away)
        return HttpResponseRedirect(self._url_of(outcomes[0].record) if is_left else self._list_url())

    def _is_as_seen(self, request: HttpRequest, verb: Verb, records: list[Record], form: forms.Form) -> bool:
        """Return whether the records, and what would happen, are still what the page showed."""
        numbers = [record.pk for record in records]
        try:
            lines = changed_since(self.parts(request), request.POST.get("shown"), numbers, request.user)
        except NoTokenError:
            lines = [_("The page did not say what it showed.")]
        if not lines and request.POST.get("seen") == verb.foreseen_by(records, request.user).seal:
            return True
        form.add_error(None, _("Somebody has saved or published something meanwhile. Look again, then confirm."))
        for line in lines:
            form.add_error(None, line)
        return False

    def _carried_out(self, request: HttpRequest, verb: Verb, records: list[Record], form: forms.Form) -> list[Outcome]:
        """Do it, unless something changed since it was shown; records are kept from other curators meanwhile.

        Returns what was done and what was refused; nothing if nothing was, which the form then says.

        They are locked so that publishing may refer to them: whoever publishes waits for the editions only, not for
        these locks, which curators' saves do wait for.
        """
        try:
            with transaction.atomic():
                lock(self.parts(request), [record.pk for record in records], "SHARE")
                if not self._is_as_seen(request, verb, records, form):
                    return []
                return list(verb.carry_out(records, form.cleaned_data, request.user))
        except DatabaseError as error:
            words = refusal(error)
            if words is None:
                raise
            form.add_error(None, words)
        return []

    def _page(self, verb: Verb, records: list[Record], form: forms.Form, preview: Preview) -> dict[str, Any]:
        return {
            "opts": self.opts,
            "title": verb.label,
            "verb": verb,
            "rows": [(outcome, self._url_of(outcome.record)) for outcome in preview.outcomes],
            "preview": preview,
            "form": form,
            "url": reverse(f"admin:{self._address_of(verb)}"),
            "most": MOST_AT_ONCE,
            "back": self._url_of(records[0]) if len(records) == 1 else self._list_url(),
        }

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _url_of(self, record: Record) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])


def _asked(request: HttpRequest) -> list[str]:
    return request.POST.getlist("id") if request.method == "POST" else request.GET.getlist("id")


def _to_page(pages: VerbPages, request: HttpRequest, queryset: QuerySet, *, verb: Verb) -> HttpResponse | None:
    """Lead from the marked rows of a list to the page of a verb."""
    numbers = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(numbers) <= MOST_IN_ADDRESS:
        return HttpResponseRedirect(pages.verb_url(verb, numbers))
    if len(numbers) <= MOST_AT_ONCE:
        return pages.verb_page(request, verb, [str(number) for number in numbers], verb.asking(None, request.user))
    pages.message_user(request, _(TOO_MANY) % {"most": MOST_AT_ONCE}, messages.ERROR)
    return None


TOO_MANY = gettext_noop(
    "More than %(most)d are marked, and at most %(most)d go at once. Nothing was done. Search or filter the list, or "
    "mark one page of it at a time, then repeat."
)
