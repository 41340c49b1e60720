"""Texts of documents, as far as readers may read them, page by page, with what is cited from each; copies of files."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from chronicle.models import Citation
from chronicle.views.addresses import at_address
from chronicle.views.assertions import Assertion
from chronicle.views.base import PUBLISHED, PublicView, not_found
from sources.directions import isolated
from sources.fulltexts.passages import Passage, Stretch, stretches
from sources.fulltexts.storing import copy_of
from sources.models import Document, DocumentFile, DocumentPage, DocumentText

MOST = 200
"""How many passages of one page are marked and listed."""
LARGEST = 2**31 - 1
"""The greatest number that PostgreSQL's integers hold; no page or text has a greater one."""


@dataclass(frozen=True)
class Leaf:
    """A page of a text with the passages that are cited from it, and the ways to other pages and texts."""

    page: DocumentPage
    text: DocumentText
    document: Document
    texts: list[DocumentText]
    citations: list[Citation]

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The page cut where passages begin and end."""
        passages = [Passage(one.quotation_start or 0, one.quotation_end or 0, one.pk) for one in self.citations]
        return list(stretches(self.page.content, self.page.start, passages))

    @property
    def assertions(self) -> list[Assertion]:
        """What is cited from the page, in the order of the passages."""
        return [Assertion(citation) for citation in self.citations]

    @property
    def is_newest(self) -> bool:
        """Whether readers have no later text of the document."""
        return self.text.number == max(text.number for text in self.texts)

    @property
    def before(self) -> str:
        """The address of the page before; empty on the first."""
        return page_url(self.document, self.text, self.page.number - 1, self.texts) if self.page.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after; empty on the last."""
        if self.page.number >= self.text.page_count:
            return ""
        return page_url(self.document, self.text, self.page.number + 1, self.texts)

    @property
    def others(self) -> list[tuple[DocumentText, str]]:
        """The other texts of the document, with their addresses."""
        rest = [text for text in self.texts if text != self.text]
        return [(text, page_url(self.document, text, 1, self.texts)) for text in rest]


def page_url(document: Document, text: DocumentText, page: int, texts: list[DocumentText]) -> str:
    """Return the address of a page; the newest text needs no number, and an older one keeps its own for good."""
    address = reverse("document-text", args=[document.slug, page])
    is_newest = text.number == max(one.number for one in texts)
    return address if is_newest else f"{address}?text={text.number}"


def texts_of(document: Document) -> list[DocumentText]:
    """Return the texts of a document that readers may read, the newest first."""
    return list(DocumentText.objects.using(PUBLISHED).filter(document_id=document.pk).order_by("-number"))


class TextView(PublicView):
    """A page of a text, with cited passages marked, each leading to its event and back."""

    template_name = "chronicle/text.html"
    parameters = ("text",)

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the page; Http404 where readers may not read it, or there is none."""
        document = at_address(Document.objects.using(PUBLISHED).with_reference(), "document", address["slug"])
        texts = texts_of(document)
        text = _asked(texts, self.asked("text"))
        rows = DocumentPage.objects.using(PUBLISHED).filter(text_id=text.pk)
        page = rows.filter(number=min(address["number"], LARGEST)).first() or not_found()
        said = Citation.objects.using(PUBLISHED).quoted_on(page).with_words().order_by("quotation_start", "pk")
        return {"leaf": Leaf(page, text, document, texts, list(said[:MOST])), "document": document}

    def described(self, page: dict[str, Any]) -> str:
        """Return of what it is a page."""
        words = {"title": isolated(page["document"].title_short), "page": page["leaf"].page.printed}
        return _("%(title)s, page %(page)s: its text, with the passages that are cited from it.") % words


def _asked(texts: list[DocumentText], number: str) -> DocumentText:
    """The text that the address asks for, or the newest."""
    found = [text for text in texts if not number or str(text.number) == number]
    return found[0] if found else not_found()


class CopyView(PublicView):
    """The copy of a file, for those documents whose rights allow it: to be saved, never shown by us."""

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the row of the file; Http404 where readers may not have it."""
        document = at_address(Document.objects.using(PUBLISHED), "document", address["slug"])
        rows = DocumentFile.objects.using(PUBLISHED).filter(document_id=document.pk)
        return {"document": document, "file": rows.filter(pk=min(address["number"], LARGEST)).first() or not_found()}

    def render_to_response(self, context: dict[str, Any], **_options: Any) -> Any:
        """Return the copy."""
        file = context["file"]
        name = f"{context['document'].slug}{ENDINGS.get(file.copy_media_type, '')}"
        try:
            content = copy_of(file)
        except FileNotFoundError:
            not_found()
        return FileResponse(content, as_attachment=True, filename=name, content_type=file.copy_media_type)


ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "text/plain": ".txt"}

text = TextView.as_view()
copy = CopyView.as_view()
