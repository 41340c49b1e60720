"""The bibliography: every document that is cited or leaned on, and what each was cited for, in its own order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.leaning import around
from chronicle.models import Citation, EventCount
from chronicle.views.addresses import at_address
from chronicle.views.assertions import Assertion
from chronicle.views.base import PUBLISHED, PublicView, not_found
from chronicle.views.metadata import Data, body, filled
from chronicle.views.paging import COUNTED, Count, counted, page_of
from chronicle.views.tallies import tallies
from chronicle.views.texts import texts_of
from chronicle.voices import party_of
from sources.directions import isolated
from sources.models import Agent, CitedDocument, Document, DocumentFile, Party
from sources.vocabularies import DocumentType

BESIDE = 50
"""How many documents that cite this one, that it cites, or assertions that lean on it, its page lists."""
PARTIES = 200
"""How many parties a filter offers."""


@dataclass(frozen=True)
class Entry:
    """A line of the bibliography: a document, the party it speaks for, and for how many events it is cited."""

    document: Document
    events: int = 0

    @property
    def party(self) -> Party | None:
        """The party that it speaks for, if any."""
        return party_of(self.document)


class DocumentList(PublicView):
    """The bibliography, in the order of the folded title."""

    template_name = "chronicle/documents.html"
    description = gettext_lazy(
        "Documents that are cited or leaned on: who made each, for whom it speaks, and what it is cited for."
    )
    parameters = ("q", "type", "party", "agent")

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one bibliography
        """Return a page of documents; of one type, for one party, by one agent or with such a title if so asked."""
        parties = alphabetical_parties()
        chosen = selection(self.asked, parties)
        words, kind, party, by = chosen.words, chosen.kind, chosen.party, chosen.by
        found = page_of(chosen.rows.with_reference(), "title_folded", after=self.asked("after"))
        return {
            "list": found,
            "entries": entries(found.rows),
            "count": counted(chosen.rows),
            "types": sorted(DocumentType.choices, key=lambda choice: str(choice[1])),
            "parties": parties,
            "by": by,
            "asked": {"q": words, "type": kind, "party": party.slug if party else "", "agent": by.slug if by else ""},
            "is_narrowed": bool(words or kind or party or by),
        }


@dataclass(frozen=True)
class Selection:
    """Which documents an address asks for."""

    words: str
    kind: str
    party: Party | None
    by: Agent | None

    @property
    def rows(self) -> Any:
        """The documents, on the published side."""
        every = Document.objects.using(PUBLISHED)
        return narrowed(every, words=self.words, kind=self.kind, party=self.party, by=self.by)


def selection(asked: Callable[[str], str], parties: list[Party]) -> Selection:
    """Return which documents are asked for; `asked` gives the words under a name. Http404 for what there is not."""
    kind, agent = asked("type"), asked("agent")
    if kind and kind not in DocumentType.values:
        not_found()
    by = at_address(Agent.objects.using(PUBLISHED), "agent", agent) if agent else None
    return Selection(asked("q"), kind, chosen_party(parties, asked("party")), by)


def entries(documents: list[Document]) -> list[Entry]:
    """Return lines of a bibliography, with one read of the tallies."""
    events = tallies("document", [document.pk for document in documents])
    return [Entry(document, events.get(document.pk, 0)) for document in documents]


def alphabetical_parties() -> list[Party]:
    """Return the parties that a filter offers, by their short names."""
    found = Party.objects.using(PUBLISHED).only("slug", "name_short").order_by("name_folded", "pk")[:PARTIES]
    return sorted(found, key=lambda party: str(party).casefold())


def chosen_party(parties: list[Party], slug: str) -> Party | None:
    """Return the party that an address asks for; Http404 where there is none of that name."""
    if not slug:
        return None
    return next((party for party in parties if party.slug == slug), None) or not_found()


def narrowed(rows: Any, *, words: str, kind: str, party: Party | None, by: Agent | None) -> Any:
    """Return the documents with such a title, of one type, of a party, by an agent; what is empty leaves all."""
    if words:
        rows = rows.titled_like(words)
    if kind:
        rows = rows.filter(document_type=kind)
    if party:
        rows = rows.speaking_for(party.pk)
    return rows.made_by(by.pk) if by else rows


class DocumentView(PublicView):
    """A document: its reference, who made it and for whom it speaks, and what it was cited for."""

    template_name = "chronicle/document.html"
    parameters = ()

    def described(self, page: dict[str, Any]) -> str:
        """Return its short title and for whom it speaks."""
        words = {"title": isolated(page["document"].title_short), "party": isolated(page["party"] or "")}
        if page["party"]:
            return _("%(title)s speaks for %(party)s: what it is cited for, and what leans on it.") % words
        return _("%(title)s: what it is cited for, and what leans on it.") % words

    def about(self, page: dict[str, Any]) -> Data:
        """Return the document as a work, with its reference."""
        document = page["document"]
        made_by = [part.agent.name for part in page["contributions"]]
        return filled(
            {
                "@type": "CreativeWork",
                "name": document.title,
                "alternateName": document.title_short,
                "inLanguage": document.language,
                "publisher": body(document.publisher.name) if document.publisher else None,
                "contributor": [{"@type": "Thing", "name": name} for name in made_by],
                "sameAs": f"https://doi.org/{document.doi}" if document.doi else document.url,
            }
        )

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the document with a page of what it is cited for, in the order of its locators."""
        rows = Document.objects.using(PUBLISHED).with_reference()
        document = at_address(rows, "document", address["slug"])
        said = Citation.objects.using(PUBLISHED).of_document(document.pk)
        leaning = Citation.objects.using(PUBLISHED).leaning_on(document.pk)
        found = page_of(said.with_words(), "place", after=self.asked("after"))
        events = tallies("document", [document.pk]).get(document.pk, 0)
        asserted = list(leaning.with_words()[:BESIDE])
        return {
            "document": document,
            "party": party_of(document),
            "contributions": sorted(document.contributions.all(), key=lambda part: (part.role, part.position, part.pk)),
            "list": found,
            "assertions": [Assertion(citation) for citation in found.rows],
            "count": counted(said),
            "events": events,
            "alone": _alone(document, events),
            "texts": texts_of(document),
            "files": list(
                DocumentFile.objects.using(PUBLISHED).filter(document_id=document.pk).order_by("pk")[:BESIDE]
            ),
            "leaning": [Assertion(citation) for citation in asserted],
            "leaning_count": _counted(leaning, asserted),
            "around": around(document, PUBLISHED),
            **_cited(document),
        }


def _alone(document: Document, events: int) -> int | None:
    """How many events rest on this document alone; None where that would take reading too many."""
    if events > COUNTED:
        return None
    rows = EventCount.objects.using(PUBLISHED).with_facets(f"document:{document.pk}")
    return rows.filter(documents=1).count()


def _cited(document: Document) -> dict[str, Any]:
    """The documents that it cites, and those that cite it, by title."""
    rows = CitedDocument.objects.using(PUBLISHED)
    cites, cited_by = rows.filter(document_id=document.pk), rows.filter(cited_id=document.pk)
    cites_shown, cited_by_shown = _with_references(cites, "cited"), _with_references(cited_by, "document")
    return {
        "cites": cites_shown,
        "cites_count": _counted(cites, cites_shown),
        "cited_by": cited_by_shown,
        "cited_by_count": _counted(cited_by, cited_by_shown),
    }


def _counted(rows: QuerySet[Any], shown: Sequence[Any]) -> Count:
    """Return how many rows there are; where all of them are listed, nothing is asked."""
    return Count(len(shown)) if len(shown) < BESIDE else counted(rows)


def _with_references(rows: QuerySet[CitedDocument], end: str) -> list[CitedDocument]:
    found = rows.order_by(f"{end}__title_folded", "pk")
    return list(found.prefetch_related(Prefetch(end, Document.objects.with_reference()))[:BESIDE])


documents = DocumentList.as_view()
document = DocumentView.as_view()
