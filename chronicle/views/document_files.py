"""Documents as files: one, or the bibliography as it is narrowed down, for reference managers and annotators."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from chronicle.exports import annotations
from chronicle.exports.bibliographies import FORMS
from chronicle.models import Citation
from chronicle.views.addresses import at_address
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.documents import DocumentList, alphabetical_parties, selection
from chronicle.views.downloads import LongRecordFile, Made, RecordFile, streamed
from sources.models import Document

AT_A_TIME = 500
"""How many rows are read at a time; a cursor of the server keeps the others."""


class Bibliography(PublicView):
    """The bibliography; `form` is one of `bibliographies.FORMS`."""

    parameters = DocumentList.parameters
    form = ""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the documents one after another."""
        chosen, form = selection(self.asked, alphabetical_parties()), FORMS[self.form]
        rows = chosen.rows.with_reference().order_by("title_folded", "pk")
        return streamed(
            request,
            f"documents.{self.form}",
            form.media_type,
            lambda _origin: form.written(rows.iterator(chunk_size=AT_A_TIME)),
        )


class DocumentReference(RecordFile):
    """One document; `form` is one of `bibliographies.FORMS`."""

    form = ""

    def made(self, slug: str) -> Made:
        """Return its reference."""
        document = at_address(Document.objects.using(PUBLISHED).with_reference(), "document", slug)
        return lambda _origin: FORMS[self.form].written([document])


class DocumentAnnotations(LongRecordFile):
    """The quotations from a document as Web Annotations."""

    ending = ".annotations.json"
    content_type = annotations.MEDIA_TYPE

    def made(self, slug: str) -> Made:
        """Return every quotation, in the order of the document."""
        document = at_address(Document.objects.using(PUBLISHED), "document", slug)
        quoted: Any = Citation.objects.using(PUBLISHED).of_document(document.pk).quoted()
        rows = quoted.order_by("place", "pk").iterator(chunk_size=AT_A_TIME)
        address = self.request.build_absolute_uri(self.request.path)
        return lambda origin: annotations.collection(rows, origin, address=address, label=document.title_short)


def bibliography(form: str) -> Any:
    """Return the view of the bibliography in a format."""
    return Bibliography.as_view(form=form)


def reference(form: str) -> Any:
    """Return the view of one document in a format."""
    return DocumentReference.as_view(form=form, ending=f".{form}", content_type=FORMS[form].media_type)


document_annotations = DocumentAnnotations.as_view()
