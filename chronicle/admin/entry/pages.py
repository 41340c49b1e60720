"""The pages of entry: the grid of a document, and what its script asks while somebody types."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.admin.entry.grid import MOST_ROWS, grid_of
from chronicle.admin.entry.naming import written
from chronicle.admin.entry.rows import CARRIED
from chronicle.models import Citation, Event, Location
from chronicle.secrecy import for_curator
from sources.admin.refusals import refusal
from sources.admin.searching import having
from sources.models import Agent, Document
from sources.validators import validate_plain_text

ROWS = 5
"""Empty rows of a new page, and how many “More rows” adds."""
BESIDE = 200
"""Citations of the document that stand beside the grid, in page order."""
SUGGESTED = 10
"""Records that a box offers while somebody types."""
RECENT = 500
"""The newest citations, whose documents are offered first."""

NAMED: dict[str, Any] = {"event": Event, "location": Location, "agent": Agent}


class EntryPages(ModelAdmin):
    """Offers entry on the pages of documents, to whoever may add citations."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of entry, before all that could be the number of a record."""
        view = self.admin_site.admin_view
        return [
            path("entry/", view(self.entry_choice_view), name="sources_document_entry-choice"),
            path("entry/names/", view(self.entry_names_view), name="sources_document_entry-names"),
            path("<int:number>/entry/", view(self.entry_view), name="sources_document_entry"),
            path("<int:number>/entry/read/", view(self.entry_read_view), name="sources_document_entry-read"),
            *super().get_urls(),
        ]

    def has_entry_permission(self, request: HttpRequest) -> bool:
        """Return whether this curator may enter what documents say."""
        may_cite = request.user.has_perm("chronicle.add_citation") and request.user.has_perm("chronicle.add_event")
        return may_cite and self.has_view_permission(request)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Show the form with a way to the grid."""
        record = context.get("original")
        response = super().render_change_form(request, context, *args, **options)
        if record and self.has_entry_permission(request):
            link = {"url": entry_url(record), "label": _("Enter assertions…")}
            response.context_data["verb_links"] = [link, *response.context_data.get("verb_links", [])]
        return response

    def entry_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the grid; save it whole, or show it again with what is wrong and all that was typed."""
        document = self._entered(request, number)
        if document is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(number))
        if request.method != "POST":
            grid = grid_of(document, rows=ROWS, initial=self._carried(request, document))
            return self._entry_page(request, document, grid)
        if "_more" in request.POST:
            return self._entry_page(request, document, grid_of(document, _with_more_rows(request.POST)))
        grid = grid_of(document, request.POST)
        citations = self._saved_entries(request, grid)
        if citations is None:
            return self._entry_page(request, document, grid, status=UNPROCESSABLE)
        self.message_user(request, _told(citations), messages.SUCCESS)
        return HttpResponseRedirect(f"{entry_url(document)}?after={citations[-1].pk}")

    def entry_read_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Say how one row is understood and what is wrong with it, without saving; nothing to whoever sends none."""
        document = self._entered(request, number)
        if document is None or request.method != "POST":
            return JsonResponse({"rows": []})
        grid = grid_of(document, request.POST, made_above=request.POST.getlist("made_above")[:MOST_ROWS])
        grid.is_valid()
        return JsonResponse({"rows": [{"told": form.told, "errors": form.errors} for form in grid.filled]})

    def entry_names_view(self, request: HttpRequest) -> HttpResponse:
        """Return the records of a kind that have the typed words in a name, in any spelling."""
        if not self.has_entry_permission(request):
            raise PermissionDenied
        model = NAMED.get(request.GET.get("kind", ""))
        words = _plain(request.GET.get("words", ""))
        if model is None or not words:
            return JsonResponse({"names": []})
        page = self.admin_site.get_model_admin(model)
        if not page.has_view_permission(request):
            raise PermissionDenied
        found, _is_manifold = page.get_search_results(request, model._default_manager.order_by("pk"), words)  # noqa: SLF001 - Django documents it
        return JsonResponse({"names": [written(record) for record in found[:SUGGESTED]]})

    def entry_choice_view(self, request: HttpRequest) -> HttpResponse:
        """Let a document be chosen: by words of its title, or among those that were cited last."""
        if not self.has_entry_permission(request):
            raise PermissionDenied
        words = _plain(request.GET.get("words", ""))
        documents = self.get_queryset(request)
        if words:
            found = having(documents, words, self.get_search_fields(request))[:SUGGESTED]
        else:
            newest = for_curator(Citation.objects.order_by("-pk"), request).values_list("document", flat=True)
            numbers = list(dict.fromkeys(newest[:RECENT]))[:SUGGESTED]
            by_number = documents.in_bulk(numbers)
            found = [by_number[number] for number in numbers if number in by_number]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Enter from a document"),
            "words": words,
            "documents": [(document, entry_url(document)) for document in found],
        }
        return TemplateResponse(request, "admin/chronicle/entry_choice.html", context)

    def _entered(self, request: HttpRequest, number: int) -> Document | None:
        if not self.has_entry_permission(request):
            raise PermissionDenied
        document: Document | None = self.get_object(request, str(number))
        return document

    def _carried(self, request: HttpRequest, document: Document) -> list[dict[str, Any]]:
        """Return what the first row takes over from the citation that was saved last."""
        last = request.GET.get("after", "")
        citation = None
        if last.isdecimal() and len(last) < MOST_DIGITS:
            rows = for_curator(Citation.objects.filter(document=document, pk=last), request)
            citation = rows.select_related("event", "claimed_by").first()
        if citation is None:
            return []
        speaker = written(citation.claimed_by) if citation.claimed_by else ""
        values = (written(citation.event), citation.locator_label, citation.aspect, speaker)
        return [dict(zip(CARRIED, values, strict=True))]

    def _saved_entries(self, request: HttpRequest, grid: Any) -> list[Citation] | None:
        if not grid.is_valid():
            return None
        try:
            saved: list[Citation] = grid.save(request.user)
        except DatabaseError as error:
            words = refusal(error)
            if words is None:
                raise
            grid.non_form_errors().append(words)
            return None
        return saved

    def _entry_page(self, request: HttpRequest, document: Document, grid: Any, *, status: int = 200) -> HttpResponse:
        cited = for_curator(Citation.objects.of_document(document.pk), request)
        beside = list(cited.select_related("event").order_by("place", "pk")[: BESIDE + 1])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Enter from %(document)s") % {"document": document},
            "document": document,
            "grid": grid,
            "is_refused": status == UNPROCESSABLE,
            "cited": beside[:BESIDE],
            "is_cut": len(beside) > BESIDE,
            "most": BESIDE,
            "back": reverse("admin:sources_document_change", args=[document.pk]),
        }
        return TemplateResponse(request, "admin/chronicle/entry.html", context, status=status)


UNPROCESSABLE = 422
MOST_DIGITS = 19


def entry_url(document: Document) -> str:
    """Return the address of the grid of a document."""
    return reverse("admin:sources_document_entry", args=[document.pk])


def _plain(words: str) -> str:
    """Return words to look for; nothing for what PostgreSQL cannot hold."""
    try:
        validate_plain_text(words)
    except ValidationError:
        return ""
    return words.strip()[:100]


def _with_more_rows(sent: Any) -> Any:
    """Return what was sent, with empty rows after it that take over what the last filled row carries."""
    data = sent.copy()
    count = data.get("row-TOTAL_FORMS", "")
    rows = min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < MOST_DIGITS else 0
    data["row-TOTAL_FORMS"] = str(min(rows + ROWS, MOST_ROWS))
    for index in range(rows, min(rows + ROWS, MOST_ROWS)):
        for name in CARRIED:
            data[f"row-{index}-{name}"] = sent.get(f"row-{rows - 1}-{name}", "")
    return data


def _told(citations: Iterable[Citation]) -> str:
    saved = list(citations)
    words = ngettext(
        "%(count)d assertion is saved: %(first)s.", "%(count)d assertions are saved: %(first)s to %(last)s.", len(saved)
    )
    return words % {"count": len(saved), "first": saved[0], "last": saved[-1]}
