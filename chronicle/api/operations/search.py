"""Search, in all the meanings that a question has."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chronicle import overload
from chronicle import search as looking
from chronicle.api.lists import Number, choosing, one_of
from chronicle.api.records.values import Addresses, Date, Link, Word, word
from chronicle.exports.dates import dated
from chronicle.views.base import LONGEST_QUESTION
from chronicle.views.search import Finding, Hits, Period
from chronicle.views.search_kinds import TITLES, Listed

router = Router(tags=["search"])
LINKED = {"events": "event", "places": "location", "documents": "document", "speakers": "agent"}


class Passage(Schema):
    """A page of a text that readers may read."""

    document: Link
    page: str = Field(description="The number that is printed on it, or its place in the file.", examples=["214"])
    url: str = Field(description="The page of the text for readers.")
    excerpt: str = Field(description="Where on it the words stand.")


class Said(Schema):
    """An assertion's place: who says it, in which document, at which locator."""

    url: str = Field(description="Its short address, which leads to its row on the page of the event.")
    document: Link
    locator_label: str = Field(description="What the locator counts.", examples=["page"])
    locator: str = Field(examples=["214"])
    claimed_by: Link | None = Field(description="The speaker whom the document names; null: it speaks itself.")
    through: Link | None = Field(description="The document that it leans on.")
    quotation: str = Field(description="The document’s own words, where they are given.")


class Entry(Word):
    """What stands in a list of its own, and has no page."""

    url: str = Field(description="Where it stands for readers.")


class Hit(Schema):
    """What was found: a record, a page of a text, or an assertion with its event."""

    record: Link | None = Field(description="An event, a place, a document or an agent.")
    passage: Passage | None = Field(description="A page of a document's text.")
    listed: Entry | None = Field(description="A party, a contested term, or a document that is missing.")
    citation: int | None = Field(description="The number of the assertion.", examples=[1187])
    event: Link | None = Field(description="The event of the assertion.")
    statement: str | None = Field(description="What it says.")
    said: Said | None = Field(description="Where it says so, and who does.")


class Group(Schema):
    """What was found of one kind."""

    kind: str = Field(examples=["events"])
    title: str
    count: Number
    hits: list[Hit]
    next: str | None = Field(description="The address of more of this kind.")


class Filed(Schema):
    """The events that are filed under the date that was asked for."""

    date: Date
    count: Number
    events: list[Link]
    lasting: list[Link] = Field(description="Longer ones that reach into it.")


class Found(Schema):
    """What was found for a question, kind by kind."""

    question: str
    record: str | None = Field(description="The address that a number such as E147 or C1187 leads to.")
    filed: Filed | None
    groups: list[Group]
    is_alike: bool = Field(description="Whether nothing has this name, and these are spelt alike.")


class SearchParameters(Schema):
    """What is searched for, and of which kind."""

    q: str = Field(
        max_length=LONGEST_QUESTION,
        description="Words, a name in any spelling and script, a date, a figure, or a number such as E147.",
        examples=["ceasefire", "Şuşa", "17 October 2020", "3,773", "E147"],
    )
    kind: str = choosing("Only hits of this kind, and more of them.", TITLES)
    after: int = Field(0, ge=0, lt=2**63, description="Where hits of one kind go on, as “next” has it.")


@router.get("", response=Found, summary="Search")
def search(request: HttpRequest, asked: Query[SearchParameters]) -> Any:
    """Everything that a question can mean: the first hits of every kind, or more of one kind."""
    kind = one_of("kind", asked.kind, TITLES)
    question, at = looking.read(asked.q), Addresses(request)
    if not question:
        return {"question": "", "record": None, "filed": None, "groups": [], "is_alike": False}
    with overload.turn():
        finding = Finding(question, kind, asked.after if kind else 0)
        groups = [_group(hits, at) for hits in finding.hits()]
        period = finding.period() if not kind else None
    return {
        "question": question.text,
        "record": _address(question, at),
        "filed": _filed(period, question, at) if period else None,
        "groups": groups,
        "is_alike": finding.is_alike,
    }


def _address(question: Any, at: Addresses) -> str | None:
    if not question.number:
        return None
    kind, number = question.number
    return at.page("event-by-number" if kind == "E" else "citation-by-number", number)


def _group(hits: Hits, at: Addresses) -> dict[str, Any]:
    path = f"/api/search?{_more(at.request, hits)}"
    return {
        "kind": hits.kind,
        "title": str(hits.title),
        "count": {"number": hits.count.number, "is_more": hits.count.is_more},
        "hits": [_hit(hits.kind, row, at) for row in hits.rows],
        "next": at.of(path) if hits.after else None,
    }


def _more(request: HttpRequest, hits: Hits) -> str:
    asked_for = request.GET.copy()
    asked_for["kind"], asked_for["after"] = hits.kind, str(hits.after)
    return asked_for.urlencode()


def _hit(kind: str, row: Any, at: Addresses) -> dict[str, Any]:
    hit: dict[str, Any] = dict.fromkeys(Hit.model_fields)
    if kind in LINKED:
        return {**hit, "record": at.link(LINKED[kind], row)}
    if kind == "pages":
        return {**hit, "passage": _passage(row, at)}
    if isinstance(row, Listed):
        return {**hit, "listed": {**(word(row.record) or {}), "url": at.of(row.address)}}
    citation = row.citation
    event, said = at.link("event", citation.event), _said(citation, at)
    return {**hit, "citation": citation.pk, "event": event, "statement": citation.statement, "said": said}


def _said(citation: Any, at: Addresses) -> dict[str, Any]:
    return {
        "url": at.page("citation-by-number", citation.pk),
        "document": at.link("document", citation.document),
        "locator_label": citation.locator_label,
        "locator": citation.locator,
        "claimed_by": at.link_if("agent", citation.claimed_by),
        "through": at.link_if("document", citation.through),
        "quotation": citation.quotation,
    }


def _passage(page: Any, at: Addresses) -> dict[str, Any]:
    document = page.text.document
    return {
        "document": at.link("document", document),
        "page": page.printed,
        "url": at.page("document-text", document.slug, page.number),
        "excerpt": "".join(words for words, _is_found in looking.stretches(page.excerpt)),
    }


def _filed(period: Period, question: Any, at: Addresses) -> dict[str, Any]:
    return {
        "date": dated(str(question.date)),
        "count": {"number": period.count.number, "is_more": period.count.is_more},
        "events": [at.link("event", event) for event in period.events],
        "lasting": [at.link("event", event) for event in period.lasting],
    }
