"""Made-up parties, agents, vocabularies and documents: what events are told by and counted in."""

from collections.abc import Iterator
from typing import Any

from chronicle.corpus.making import dates, words
from chronicle.corpus.making.chance import Chance
from chronicle.corpus.making.sizes import Sizes
from chronicle.models import EventKind, Population, Unit
from sources.models import Agent, AgentName, CitedDocument, Contribution, Document, Party, PartyName
from sources.vocabularies import Access, AgentKind, ContributionRole

Row = tuple[type[Any], dict[str, Any]]
"""A row of a table: the model, and the columns that are not blank."""

PARTIES = 6
KINDS = ("talks", "shelling", "ceasefire", "advance", "losses", "agreement", "exchange", "statement", "election",
         "march", "strike", "flood", "census", "resettlement", "opening", "trial", "visit", "landslide", "raid",
         "blockade", "meeting", "handover", "clearance", "return")  # fmt: skip
UNITS = (("person", "persons", True), ("house", "houses", True), ("vehicle", "vehicles", True),
         ("settlement", "settlements", True), ("square-kilometre", "square kilometres", False))  # fmt: skip
PERSON, HOUSE, VEHICLE, SETTLEMENT, SQUARE_KILOMETRE = range(1, 6)
POPULATIONS = ("all", "military", "civilian", "women", "children", "foreign")

BODIES = {
    AgentKind.GOVERNMENT: "Ministry",
    AgentKind.PRESS: "Newspaper",
    AgentKind.INTERGOVERNMENTAL: "Commission",
    AgentKind.SCHOLARSHIP: "Institute",
    AgentKind.NON_GOVERNMENTAL: "Society",
    AgentKind.CAMPAIGN: "Campaign",
    AgentKind.MILITARY: "Command",
    AgentKind.OTHER: "Office",
}
TYPES = ("report", "article-newspaper", "article-newspaper", "article-newspaper", "book", "webpage", "article-journal",
         "speech", "post", "document", "chapter", "broadcast")  # fmt: skip
LANGUAGES = ("az-Latn", "hy", "ru", "en", "en", "tr")


def vocabularies() -> Iterator[Row]:
    """Yield kinds of event, units and populations."""
    for number, name in enumerate(KINDS, start=1):
        yield EventKind, {"id": number, "slug": f"kind-{number}", "name": name, "description": "Made up."}
    for number, (slug, plural, whole) in enumerate(UNITS, start=1):
        names = {"name": slug.replace("-", " "), "name_plural": plural}
        yield Unit, {"id": number, "slug": slug, **names, "counts_whole_things": whole}
    for number, name in enumerate(POPULATIONS, start=1):
        yield Population, {"id": number, "slug": name, "name": name}


def parties() -> Iterator[Row]:
    """Yield the parties, numbered and no more."""
    for number in range(1, PARTIES + 1):
        names = {"name": f"Specimen Republic {number}", "name_short": f"Republic {number}"}
        period = "1918/.." if number % 2 else ""
        yield Party, {"id": number, "slug": f"republic-{number}", **names, "period_edtf": period}
        for offset, (language, word) in enumerate((("az-Latn", "Respublika"), ("hy", "Հանրապետություն"))):
            key = 2 * number - 1 + offset
            yield PartyName, {"id": key, "party_id": number, "name": f"{word} {number}", "language": language}


def agents(chance: Chance, sizes: Sizes) -> Iterator[Row]:
    """Yield the agents: bodies with a number, two thirds of which speak for a party."""
    kinds = list(BODIES)
    for number in range(1, sizes.agents + 1):
        kind = kinds[(number - 1) % len(kinds)]
        party = chance.between(1, PARTIES) if chance.happens(0.66) else None
        basis = "Made up: founded by this party." if party else ""
        names = {"slug": f"agent-{number}", "name": f"{BODIES[kind]} {number}"}
        yield Agent, {"id": number, **names, "kind": kind.value, "party_id": party, "basis": basis}
        if number % 3 == 0:
            yield AgentName, {"id": number // 3, "agent_id": number, "name": f"Qurum {number}", "language": "az-Latn"}


def documents(chance: Chance, sizes: Sizes) -> Iterator[Row]:
    """Yield the documents with who wrote them and what they cite, smaller numbers alone."""
    contributions = cited = 0
    for number in range(1, sizes.documents + 1):
        yield Document, _document(chance, sizes, number)
        if chance.happens(0.6):
            contributions += 1
            roles = {"agent_id": chance.ranked(sizes.agents), "role": ContributionRole.AUTHOR.value}
            yield Contribution, {"id": contributions, "document_id": number, **roles, "position": 1}
        if number > 3 and chance.happens(0.3):
            for other in sorted({chance.ranked(number - 1) for _ in range(chance.between(1, 3))}):
                cited += 1
                where = {"cited_id": other, "locator": f"note {chance.between(1, 90)}"}
                yield CitedDocument, {"id": cited, "document_id": number, **where}


def _document(chance: Chance, sizes: Sizes, number: int) -> dict[str, Any]:
    kind = chance.one_of(TYPES)
    year = chance.between(1900, 2023)
    issued = dates.day(chance, year) if chance.happens(0.6) else str(year)
    party = chance.between(1, PARTIES) if chance.happens(0.04) else None
    return {
        "id": number,
        "slug": f"document-{number}",
        "document_type": kind,
        "title": f"{words.text(chance, chance.between(3, 9)).rstrip('.')} (specimen {number})",
        "title_short": f"Specimen {number}, {year}",
        "container_title": f"Newspaper {chance.ranked(sizes.agents)}" if kind == "article-newspaper" else "",
        "pages": f"{chance.between(1, 300)}" if chance.happens(0.3) else "",
        "publisher_id": chance.ranked(sizes.agents) if chance.happens(0.9) else None,
        "issued_edtf": issued,
        "language": chance.one_of(LANGUAGES),
        "url": f"https://example.org/documents/{number}" if chance.happens(0.5) else "",
        "party_id": party,
        "party_basis": "Made up: printed by this party." if party else "",
        **_access(chance),
    }


def _access(chance: Chance) -> dict[str, Any]:
    drawn = chance.share()
    if drawn < 0.005:
        return {"access": Access.WITHHELD.value, "curators_note": "A secret of the desk."}
    if drawn < 0.015:
        return {"access": Access.DESCRIBED.value, "public_description": "Testimony, made up"}
    return {"access": Access.OPEN.value}
