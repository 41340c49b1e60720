"""The bibliography, and those who make documents and say things."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from chronicle.api.lists import Listed, PageParameters, Slug, check_place, choosing, listed, named, narrowing, one_of
from chronicle.api.records.documents import (
    AgentEntry,
    DocumentEntry,
    DocumentRecord,
    agent_entry,
    document_entry,
    document_record,
)
from chronicle.api.records.values import Addresses
from chronicle.views.addresses import at_address
from chronicle.views.agents import narrowed as narrowed_agents
from chronicle.views.base import PUBLISHED
from chronicle.views.documents import narrowed
from chronicle.views.paging import counted, page_of
from chronicle.views.tallies import tallies
from sources.models import Agent, CitedDocument, Document, Party
from sources.vocabularies import AgentKind, DocumentType

router = Router()
CITED = 100
"""How many of the documents that a document cites come with it."""


class Documents(Listed):
    """A page of documents, in the order of their folded titles."""

    records: list[DocumentEntry]


class Agents(Listed):
    """A page of agents, in the order of their folded names."""

    records: list[AgentEntry]


class DocumentParameters(PageParameters):
    """The filters of the bibliography, which combine."""

    q: str = narrowing("A title or a part of one.")
    type: str = choosing("A type of CSL 1.0.2.", DocumentType.values)
    party: str = narrowing("The slug of a party for which they speak.")
    agent: str = narrowing("The slug of an agent who made them.")


class AgentParameters(PageParameters):
    """The filters of the list of agents, which combine."""

    q: str = narrowing("A name or a part of one, in any spelling and script.")
    kind: str = choosing("A kind of body.", AgentKind.values)
    party: str = narrowing("The slug of a party for which they speak.")


@router.get("/documents", response=Documents, summary="Documents", tags=["documents"])
def documents(request: HttpRequest, asked: Query[DocumentParameters]) -> Any:
    """Documents that are cited or leaned on, with their references."""
    one_of("type", asked.type, DocumentType.values)
    check_place(asked.after)
    party = named(Party.objects.using(PUBLISHED), "party", party=asked.party)
    by = named(Agent.objects.using(PUBLISHED), "agent", agent=asked.agent)
    rows = narrowed(Document.objects.using(PUBLISHED), words=asked.q, kind=asked.type, party=party, by=by)
    page = page_of(rows.with_reference(), "title_folded", after=asked.after, size=asked.limit)
    events, at = tallies("document", [row.pk for row in page.rows]), Addresses(request)
    records = [document_entry(row, events.get(row.pk, 0), at) for row in page.rows]
    return {**listed(request, after=page.after, count=counted(rows)), "records": records}


@router.get("/documents/{slug}", response=DocumentRecord, summary="A document", tags=["documents"])
def document(request: HttpRequest, slug: Slug) -> Any:
    """A document with its reference, its makers and what it cites; also as CSL-JSON."""
    found = at_address(Document.objects.using(PUBLISHED).with_reference(), "document", slug)
    cited = CitedDocument.objects.using(PUBLISHED).filter(document_id=found.pk).select_related("cited")
    events = tallies("document", [found.pk]).get(found.pk, 0)
    return document_record(found, cited.order_by("pk")[:CITED], events, Addresses(request))


@router.get("/agents", response=Agents, summary="Agents", tags=["agents"])
def agents(request: HttpRequest, asked: Query[AgentParameters]) -> Any:
    """Those who make documents and say things."""
    one_of("kind", asked.kind, AgentKind.values)
    check_place(asked.after)
    party = named(Party.objects.using(PUBLISHED), "party", party=asked.party)
    rows = narrowed_agents(Agent.objects.using(PUBLISHED), words=asked.q, kind=asked.kind, party=party)
    page = page_of(rows.with_names(), "name_folded", after=asked.after, size=asked.limit)
    at = Addresses(request)
    around = listed(request, after=page.after, count=counted(rows))
    return {**around, "records": [agent_entry(row, at) for row in page.rows]}


@router.get("/agents/{slug}", response=AgentEntry, summary="An agent", tags=["agents"])
def agent(request: HttpRequest, slug: Slug) -> Any:
    """An agent with its names, and the party that it speaks for, with the basis for saying so."""
    found = at_address(Agent.objects.using(PUBLISHED).with_names(), "agent", slug)
    return agent_entry(found, Addresses(request))
