"""Documents, and those who make them."""

from datetime import date as day
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from ninja import Schema
from pydantic import Field

from chronicle.api.records.values import Addresses, Date, Link, Word, word
from chronicle.exports.dates import dated
from chronicle.voices import party_of
from sources.models import Document
from sources.references import csl, format  # noqa: A004 -- the public name of what that package does
from sources.vocabularies import Access, AgentKind, ContributionRole, DocumentType


class DocumentEntry(Schema):
    """A document in a list."""

    number: int
    slug: str
    title: str = Field(description="As printed; of a described document, all that readers may know of it.")
    title_short: str
    page: str
    api: str
    document_type: DocumentType = Field(description="CSL 1.0.2.")
    issued: Date | None
    speaks_for: Word | None = Field(description="The party that it speaks for, by itself or by its publisher.")
    reference: str = Field(description="As the references on the pages have it.")
    events: int = Field(description="For how many published events it is cited.")


class Contributor(Schema):
    """An agent's part in a document."""

    agent: Link
    role: ContributionRole
    position: int = Field(description="The order on the title page, from 1.")


class Cited(Schema):
    """A document that is cited by another."""

    document: Link
    locator: str


class DocumentRecord(DocumentEntry):
    """A document."""

    access: Access
    container_title: str
    volume: str
    issue: str
    first_issued: Date | None = Field(description="Of a reprint: when the original came out.")
    document_number: str = Field(description="Of a report or resolution.", examples=["S/RES/822"])
    edition: str
    pages: str
    publisher: Link | None
    publisher_place: str
    language: str
    doi: str
    isbn: str
    url: str
    archive_url: str
    accessed_on: day | None
    rights: str
    speaks_for_basis: str = Field(description="The public basis for saying for whom it speaks.")
    contributors: list[Contributor]
    cites: list[Cited] = Field(description="The first hundred.")
    csl: dict[str, Any] = Field(description="The same as CSL-JSON.")


PLAIN = (
    *("access", "container_title", "volume", "issue", "edition", "pages", "publisher_place", "language"),
    *("doi", "isbn", "url", "archive_url", "accessed_on", "rights"),
)
"""What goes out under the name and with the value that it has in the database."""


class AgentEntry(Schema):
    """A person or body that makes documents or says things."""

    number: int
    slug: str
    name: str
    page: str
    api: str
    kind: AgentKind
    speaks_for: Word | None
    basis: str = Field(description="The public basis for saying for whom the agent speaks.")
    names: list["AgentName"]


class AgentName(Schema):
    """What an agent is called in a language."""

    name: str
    language: str = Field(description="BCP 47.", examples=["az-Latn"])


def document_entry(document: Document, events: int, at: Addresses) -> dict[str, Any]:
    """Return a document of a list, as `DocumentQuerySet.with_reference` brings it."""
    link = at.link("document", document)
    return {
        **{name: link[name] for name in ("number", "slug", "page", "api")},
        **{name: getattr(document, name) for name in ("title", "title_short", "document_type")},
        "issued": dated(document.issued_edtf),
        "speaks_for": word(party_of(document)),
        "reference": unescape(strip_tags(format(document))),
        "events": events,
    }


def document_record(document: Any, cited: Any, events: int, at: Addresses) -> dict[str, Any]:
    """Return a document with the rows of what it cites."""
    basis = document.party_basis if document.party else document.publisher and document.publisher.basis
    return {
        **document_entry(document, events, at),
        **{name: getattr(document, name) for name in PLAIN},
        "document_number": document.number,
        "first_issued": dated(document.original_edtf),
        "publisher": at.link_if("agent", document.publisher),
        "speaks_for_basis": basis or "",
        "contributors": [_contributor(row, at) for row in document.contributions.all()],
        "cites": [{"document": at.link("document", row.cited), "locator": row.locator} for row in cited],
        "csl": csl(document),
    }


def _contributor(row: Any, at: Addresses) -> dict[str, Any]:
    return {"agent": at.link("agent", row.agent), "role": row.role, "position": row.position}


def agent_entry(agent: Any, at: Addresses) -> dict[str, Any]:
    """Return an agent as `AgentQuerySet.with_names` brings it."""
    return {
        **at.link("agent", agent),
        **{name: getattr(agent, name) for name in ("kind", "basis")},
        "speaks_for": word(agent.party),
        "names": [{"name": row.name, "language": row.language} for row in agent.names.all()],
    }
