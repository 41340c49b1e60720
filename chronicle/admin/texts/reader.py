"""The reader at the desk: a page of a text, what is cited from it, and the row that makes a passage a citation."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chronicle.admin.entry.grid import grid_of
from chronicle.models import Citation
from chronicle.quotations import check_document
from chronicle.secrecy import for_curator
from sources.admin.refusals import refusal
from sources.fulltexts.passages import Passage, stretches
from sources.fulltexts.storing import BETWEEN_PAGES
from sources.models import DocumentPage, DocumentText
from sources.quotations import Position, quotation_at
from sources.vocabularies import LocatorLabel


class Reader:
    """Shows pages of texts at the desk; mixed into the admin of documents."""

    def reader_view(self, request: HttpRequest, number: int, text: int, page: int) -> HttpResponse:
        """Show a page of a text; save the passage that was made a citation, or show again what is wrong with it."""
        if not request.user.has_perm("sources.view_documentpage") or not self.has_view_permission(request):
            raise PermissionDenied
        shown = _page(request, number, text, page)
        if shown is None:
            self.message_user(
                request, _("There is no such page; these are the texts of the document."), messages.WARNING
            )
            return HttpResponseRedirect(reverse("admin:sources_document_files", args=[number]))
        may_cite = self.has_entry_permission(request)
        if request.method != "POST":
            first = {"locator_label": LocatorLabel.PAGE, "locator": shown.printed}
            grid = grid_of(shown.text.document, initial=[first])
            return self._reader_page(request, shown, grid if may_cite else None)
        if not may_cite:
            raise PermissionDenied
        grid = grid_of(shown.text.document, request.POST)
        citations = self._cited(request, shown, grid)
        if citations is None:
            return self._reader_page(request, shown, grid, status=422)
        for citation in citations:
            self.message_user(request, _cited_words(citation), messages.SUCCESS)
        return HttpResponseRedirect(f"{reader_url(shown.text, shown.number)}#C{citations[-1].pk}")

    def _cited(self, request: HttpRequest, page: DocumentPage, grid: Any) -> list[Citation] | None:
        if not grid.is_valid():
            return None
        marked = marked_place(page, request.POST)
        quoted = [form.citation for form in grid.filled if form.citation.quotation]
        places = [_give_context(citation, page, marked) for citation in quoted]
        try:
            with transaction.atomic():
                saved = grid.save(request.user)
                if is_newest(page.text):
                    _check_places(page, zip(quoted, places, strict=True))
        except DatabaseError as error:
            words = refusal(error)
            if words is None:
                raise
            grid.non_form_errors().append(words)
            return None
        return list(Citation.objects.filter(pk__in=[one.pk for one in saved]).order_by("pk"))

    def _reader_page(self, request: HttpRequest, page: DocumentPage, grid: Any, *, status: int = 200) -> HttpResponse:
        text, document = page.text, page.text.document
        quoted = for_curator(Citation.objects.quoted_on(page), request)
        cited = list(quoted.select_related("event").order_by("quotation_start", "pk"))
        passages = [Passage(one.quotation_start, one.quotation_end, one.pk) for one in cited]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("%(document)s, page %(page)s") % {"document": document, "page": page.printed},
            "document": document,
            "text": text,
            "page": page,
            "stretches": stretches(page.content, page.start, passages),
            "cited": cited,
            "grid": grid,
            "is_refused": status != 200,  # noqa: PLR2004 - as usual
            "start": request.POST.get("start", ""),
            "end": request.POST.get("end", ""),
            "is_newest": is_newest(text),
            "before": reader_url(text, page.number - 1) if page.number > 1 else "",
            "after": reader_url(text, page.number + 1) if page.number < text.page_count else "",
            "files": reverse("admin:sources_document_files", args=[document.pk]),
        }
        return TemplateResponse(request, "admin/chronicle/reader.html", context, status=status)


def reader_url(text: DocumentText, page: int) -> str:
    """Return the address of a page of a text at the desk."""
    return reverse("admin:sources_document_reader", args=[text.document_id, text.number, page])


def _page(request: HttpRequest, document: int, text: int, page: int) -> DocumentPage | None:
    if max(text, page) > LARGEST:
        return None
    rows = for_curator(DocumentPage.objects.select_related("text__document"), request)
    return rows.filter(text__document_id=document, text__number=text, number=page).first()


LARGEST = 2**15 - 1
"""The greatest number of a text or a page that the database could hold."""


def marked_place(page: DocumentPage, sent: Any) -> tuple[int, int] | None:
    """Return where in the text the marked passage stands, in code points; None where none was marked on this page."""
    start, end = sent.get("start", ""), sent.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and len(start) < MOST_DIGITS > len(end)):
        return None
    place = int(start), int(end)
    return place if page.start <= place[0] < place[1] <= page.end else None


MOST_DIGITS = 10


def _give_context(citation: Citation, page: DocumentPage, marked: tuple[int, int] | None) -> tuple[int, int] | None:
    """Give the quotation the words around it; return where it stands: as marked, or where alone on the page it is."""
    around, start = _around(page)
    words = citation.quotation = citation.quotation.replace("\r\n", "\n").strip()
    place = marked
    if place is None or around[place[0] - start : place[1] - start] != words:
        first = page.content.find(words)
        if first < 0 or page.content.find(words, first + 1) >= 0:
            return None
        place = page.start + first, page.start + first + len(words)
    found = quotation_at(around, place[0] - start, place[1] - start)
    citation.quotation_prefix = found.prefix.replace("\n", " ")[-LONGEST:]
    citation.quotation_suffix = found.suffix.replace("\n", " ")[:LONGEST]
    return place


def _check_places(page: DocumentPage, found: Iterable[tuple[Citation, tuple[int, int] | None]]) -> None:
    """Compare the quotations with the text once more, now that it is known where each was marked."""
    hints = {citation.pk: Position(*place) for citation, place in found if place}
    check_document(page.text.document_id, only=list(hints), hints=hints)


def is_newest(text: DocumentText) -> bool:
    """Return whether quotations from the document are compared with this text."""
    later = DocumentText.objects.filter(document_id=text.document_id, number__gt=text.number)
    return not later.filter(file__purged_at=None).exists()


LONGEST = 500
"""Characters of context that a citation keeps on either side."""


def _around(page: DocumentPage) -> tuple[str, int]:
    """The page and the ones beside it, and where in the text they begin."""
    beside = list(page.text.pages.filter(number__range=(page.number - 1, page.number + 1)).order_by("number"))
    return BETWEEN_PAGES.join(one.content for one in beside), beside[0].start


def _cited_words(citation: Citation) -> str:
    state = citation.get_quotation_state_display() or _("not compared yet")
    return (
        _("%(citation)s is saved; its quotation: %(state)s.") % {"citation": citation, "state": state}
        if citation.quotation
        else _("%(citation)s is saved, without a quotation.") % {"citation": citation}
    )
