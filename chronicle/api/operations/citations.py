"""Citations of all events."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from chronicle.api.lists import Listed, PageParameters, Serial, check_place, listed, named, narrowing
from chronicle.api.problems import WrongParameterError
from chronicle.api.records.citations import CitationRecord, citation_record
from chronicle.api.records.values import Addresses
from chronicle.models import Citation
from chronicle.views.base import PUBLISHED, not_found
from chronicle.views.paging import counted, page_of
from sources.models import Agent, Document

router = Router(tags=["citations"])


class Citations(Listed):
    """A page of citations, by their numbers; those of one document in the order of the document."""

    records: list[CitationRecord]


class CitationParameters(PageParameters):
    """Of which document, or of which speaker."""

    document: str = narrowing("The slug of a document: what it is cited for, in its own order.")
    claimed_by: str = narrowing("The slug of an agent: what documents name it as saying.")


@router.get("", response=Citations, summary="Citations")
def citations(request: HttpRequest, asked: Query[CitationParameters]) -> Any:
    """Assertions of all events, or those of one document, or of one speaker."""
    document, claimed_by = asked.document, asked.claimed_by
    if document and claimed_by:
        raise WrongParameterError(("claimed_by", "Ask for a document or for a speaker, not for both."))
    read: Callable[[str], Any] = str if document else int
    check_place(asked.after, read)
    rows: Any = Citation.objects.using(PUBLISHED)
    if document:
        rows = rows.of_document(named(Document.objects.using(PUBLISHED), "document", document=document).pk)
    if claimed_by:
        rows = rows.said_by(named(Agent.objects.using(PUBLISHED), "agent", claimed_by=claimed_by).pk)
    page = page_of(rows.with_words(), "place" if document else "pk", after=asked.after, read=read, size=asked.limit)
    at = Addresses(request)
    around = listed(request, after=page.after, count=counted(rows))
    return {**around, "records": [citation_record(row, at) for row in page.rows]}


@router.get("/{int:number}", response=CitationRecord, summary="A citation")
def citation(request: HttpRequest, number: Serial) -> Any:
    """The assertion with this number: C1187."""
    found = Citation.objects.using(PUBLISHED).with_words().filter(pk=number).first()
    return citation_record(found or not_found(), Addresses(request))
