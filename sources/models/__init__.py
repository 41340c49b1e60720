"""The public face of the sources' tables."""

from sources.models.agent import Agent, AgentName
from sources.models.document import CitedDocument, Contribution, Document
from sources.models.fulltext import DocumentFile, DocumentPage, DocumentText
from sources.models.party import Party, PartyName

__all__ = [
    "Agent",
    "AgentName",
    "CitedDocument",
    "Contribution",
    "Document",
    "DocumentFile",
    "DocumentPage",
    "DocumentText",
    "Party",
    "PartyName",
]
