"""Citations as a list, by how their quotations stand; and the page on which a curator decides on one of them."""

from hashlib import sha256
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.edition import ReadOnly
from chronicle.admin.filters import InWorklist
from chronicle.models import Citation
from chronicle.quotations import check_document, choose, confirm, passages_of
from chronicle.secrecy import for_curator
from chronicle.worklists.quotations import QUOTED, WAITING
from sources.admin.lists import LargeList
from sources.quotations import Place
from sources.references import locator_words
from sources.vocabularies import QuotationState


class QuotationStanding(admin.SimpleListFilter):
    """How quotations stand to the text of their document."""

    title = gettext_lazy("quotation")
    parameter_name = "quotation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 - Django's signature
        """Return the answers: what waits for a curator first."""
        states = [(str(state.value), state.label) for state in QuotationState]
        return [("waiting", _("to be decided")), *states, ("confirmed", _("confirmed")), ("new", _("not compared yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:  # noqa: ARG002 - Django's signature
        """Return the citations of the chosen answer."""
        conditions = {
            "waiting": WAITING,
            "confirmed": Q(quotation_state=QuotationState.CHANGED, quotation_confirmed_at__isnull=False),
            "new": Q(quotation_state=""),
            **{state.value: Q(quotation_state=state.value) for state in QuotationState},
        }
        return queryset.filter(QUOTED, conditions.get(self.value() or "", Q()))


@admin.register(Citation)
class CitationAdmin(ReadOnly, LargeList, admin.ModelAdmin):
    """Citations with a quotation; what else a citation says is edited on the page of its event."""

    list_display = ("number_shown", "event", "place", "words", "state")
    list_display_links = ("number_shown",)
    list_select_related = ("event", "document")
    list_filter = (InWorklist, QuotationStanding)
    sorting = {"number_shown": "id"}
    ordering = ("-id",)
    search_fields = ("=id",)
    search_help_text = gettext_lazy("The number of a citation, such as 1187.")
    when_empty = gettext_lazy("No citations yet. They are added on the page of their event.")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the citations that whoever asks may see."""
        return for_curator(super().get_queryset(request), request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list."""
        return super().changelist_view(request, {"when_empty": self.when_empty, **(extra_context or {})})

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Let the page of a document lead to the quotations from it."""
        return lookup == "document__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("citation"))
    def number_shown(self, citation: Citation) -> str:
        """Return the public number."""
        return str(citation)

    @admin.display(description=gettext_lazy("document and place in it"))
    def place(self, citation: Citation) -> str:
        """Return the siglum and the locator."""
        words = locator_words(citation.locator_label, citation.locator) if citation.locator else ""
        return f"{citation.document.title_short}, {words}" if words else citation.document.title_short

    @admin.display(description=gettext_lazy("quotation"))
    def words(self, citation: Citation) -> SafeString:
        """Return the beginning of the quotation, in its own language and direction."""
        short = Truncator(citation.quotation).words(18)
        return format_html('<q dir="auto" lang="{}">{}</q>', citation.document.language, short)

    @admin.display(description=gettext_lazy("state"))
    def state(self, citation: Citation) -> str:
        """Return how the quotation stands, and whether a curator has confirmed it."""
        return standing(citation)

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_options: Any) -> HttpResponse:
        """Show the quotation beside the text, and carry out what a curator decides of it."""
        citation = self.get_object(request, object_id)
        if citation is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, citation):
            raise PermissionDenied
        if request.method == "POST":
            return self._decided(request, citation)
        return TemplateResponse(request, "admin/chronicle/quotation.html", self._page(request, citation))

    def _page(self, request: HttpRequest, citation: Citation) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Quotation of %(citation)s") % {"citation": citation},
            "citation": citation,
            "standing": standing(citation),
            "locator": self.place(citation),
            "passages": passages_of(citation) if citation.quotation else None,
            "seen": _seal(citation),
            "may_decide": _may_decide(request),
            "event_url": reverse("admin:chronicle_event_change", args=[citation.event_id]),
        }

    def _decided(self, request: HttpRequest, citation: Citation) -> HttpResponse:
        """Do what was asked, if the quotation is still what the page showed; lead back to the page."""
        if not _may_decide(request):
            raise PermissionDenied
        level, words = messages.WARNING, _("Somebody changed the quotation or its text meanwhile. Look again.")
        if request.POST.get("seen") == _seal(citation) and _carried_out(request, citation):
            level, words = messages.SUCCESS, _("Done.")
        self.message_user(request, words, level)
        return HttpResponseRedirect(request.path)


def standing(citation: Citation) -> str:
    """Return how a quotation stands, in words: its state, or that it was not compared, or was confirmed."""
    if not citation.quotation:
        return _("no quotation")
    if not citation.quotation_state:
        return _("not compared yet")
    state = str(citation.get_quotation_state_display())
    return _("%(state)s, confirmed") % {"state": state} if citation.quotation_confirmed_at else state


def _may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("chronicle.change_citation")


def _seal(citation: Citation) -> str:
    """What a page shows of a quotation, in short."""
    place = (citation.quotation_text_id, citation.quotation_start, citation.quotation_end, citation.quotation_state)
    words = (citation.quotation, citation.quotation_prefix, citation.quotation_suffix, citation.document_id)
    return sha256(repr((*place, *words)).encode()).hexdigest()


def _carried_out(request: HttpRequest, citation: Citation) -> bool:
    decision = request.POST.get("decision", "")
    if decision == "compare":
        check_document(citation.document_id, only=[citation.pk])
        return True
    if decision == "confirm":
        return confirm(citation, request.user)
    text, _colon, place = decision.removeprefix("choose:").partition(":")
    start, _dash, end = place.partition("-")
    if not all(number.isdecimal() and len(number) < LONGEST_NUMBER for number in (text, start, end)):
        return False
    return choose(citation, int(text), Place(int(start), int(end)))


LONGEST_NUMBER = 16
"""Digits of a number in a form: more are none of ours."""
