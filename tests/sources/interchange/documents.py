"""Documents that no database has seen, with the rows that writing reads."""

from datetime import date
from typing import Any

from sources.interchange import Item, Maker
from sources.models import Agent, Contribution, Document


def document(*makers: Maker, publisher: str = "", **columns: Any) -> Document:
    """Return a document with its contributions and publisher, as if they were fetched."""
    made = Document(pk=1, slug="specimen", **{"document_type": "report", "title": "Specimen", **columns})
    made.publisher = Agent(pk=1, name=publisher) if publisher else None
    parts = [_contribution(made, maker, position) for position, maker in enumerate(makers, start=1)]
    made._prefetched_objects_cache = {"contributions": _Rows(parts)}
    return made


class _Rows(list):
    """Rows that were fetched."""

    def all(self) -> list[Any]:
        return self


def _contribution(made: Document, maker: Maker, position: int) -> Contribution:
    agent = Agent(pk=position, name=maker.name, name_sorted=maker.name_sorted)
    return Contribution(pk=position, document=made, agent=agent, role=maker.role, position=position)


COLUMNS = (
    *("document_type", "title", "title_short", "container_title", "volume", "issue", "number", "edition", "pages"),
    *("publisher_place", "issued_edtf", "original_edtf", "language", "doi", "isbn", "url", "archive_url"),
    *("accessed_on", "rights"),
)
"""The columns of a document that a bibliography could have."""


def as_item(made: Document) -> Item:
    """Return what an item that says all of a document would say."""
    columns = {name: _written(getattr(made, name)) for name in COLUMNS}
    makers = [Maker(part.role, part.agent.name, part.agent.name_sorted) for part in made.contributions.all()]
    publisher = made.publisher.name if made.publisher else ""
    return Item("specimen", 0, {name: value for name, value in columns.items() if value}, makers, publisher)


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
