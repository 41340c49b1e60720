"""What an event's page shows, in its order; the same for the newest edition and for an old one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from chronicle import disputes, plots
from chronicle.disputes import AspectReading, Row, ValueGroup
from chronicle.disputes.aspects import most_telling
from chronicle.disputes.wording import bare_words
from chronicle.models import Citation, Edition, Event
from chronicle.sentences.leaning import come_down_to
from chronicle.views.embedding import Embedding
from chronicle.views.locators import Locator, locator_of
from chronicle.views.sections import Drawing, Place, Reference, Section, Surroundings
from chronicle.vocabularies import VALUED_ASPECTS, Aspect
from chronicle.voices import PartyVoice, date_and_title, documents_of, party_of, read_voices, speakers_of_no_party
from sources.models import Agent, Document

APART = (Aspect.OUTCOME, Aspect.RESPONSIBILITY)
"""Aspects that stand under headings of their own: what followed, and who is held responsible."""

SPEAKING = (*VALUED_ASPECTS, Aspect.OCCURRENCE)
"""Aspects that have sentences: what several documents tell of the others is never one thing, which all would say."""


class EventPage:
    """An event in one of its editions, with the editions there are (the newest first) and what surrounds it."""

    def __init__(
        self,
        event: Event,
        edition: Edition,
        editions: Sequence[Edition],
        request: HttpRequest,
        around: Surroundings | None = None,
    ) -> None:
        self.event, self.edition, self.editions, self.around = event, edition, editions, around
        self.citations: list[Citation] = list(event.citations.all())
        self.readings = disputes.read(self.citations, event.disputes.all())
        self._request = request
        self._beside = plots.Beside(event.title, *((around and around.compared) or ()))

    @property
    def newest(self) -> Edition:
        """The newest edition that readers can open."""
        return self.editions[0]

    @property
    def is_newest(self) -> bool:
        """Whether this is the edition that the event's own address shows."""
        return self.edition.pk == self.newest.pk

    @property
    def has_more_editions(self) -> bool:
        """Whether there are older editions than those listed."""
        return self.editions[-1].number > 1

    @property
    def is_computed(self) -> bool:
        """Whether what is computed from sources is there: a removed source takes it away."""
        return hasattr(self.event, "counts")

    @cached_property
    def heading_date(self) -> str:
        """The span of what is asserted."""
        return disputes.heading_date(self.event, self.readings)

    @cached_property
    def under_heading(self) -> str:
        """How many documents give how many dates, and under which it is filed."""
        return disputes.under_heading(self.event, self.readings)

    @cached_property
    def places(self) -> list[Place]:
        """The locations under which it is filed."""
        return [Place(row) for row in self.event.event_locations.all()]

    @property
    def is_placed_by_documents(self) -> bool:
        """Whether a section tells where documents place it: the small map stands there."""
        return any(section.aspect == Aspect.LOCATION for section in self.sections)

    @cached_property
    def locator(self) -> Locator | None:
        """Every place under which it is filed, or which a document gives for it, on one small map."""
        filed = [row.location for row in self.event.event_locations.all()]
        return locator_of([*filed, *(one.asserted_location for one in self.citations if one.asserted_location)])

    @cached_property
    def voices(self) -> list[PartyVoice]:
        """Every party concerned or speaking."""
        return read_voices(self.citations, self.event.voices.all())

    @cached_property
    def documents_of_no_party(self) -> list[Document]:
        """The documents that speak for no party."""
        return [document for document in documents_of(self.citations) if party_of(document) is None]

    @cached_property
    def speakers_of_no_party(self) -> list[Agent]:
        """Those who are named as speaking and speak for no party."""
        return speakers_of_no_party(self.citations)

    @cached_property
    def in_short(self) -> list[str]:
        """Three to five lines; none where a source was removed."""
        if not self.is_computed:
            return []
        return disputes.in_short(self.citations, self.readings, self.voices, self.event.counts)

    @property
    def comes_down_to(self) -> str:
        """That several of its documents are one source once it is followed who leans on whom; empty where none are."""
        if not self.is_computed or self.event.counts.independent_documents >= self.event.counts.documents:
            return ""
        return come_down_to(self.event.counts.documents, self.event.counts.independent_documents)

    @cached_property
    def sections(self) -> list[Section]:
        """The aspects, contested ones first."""
        return [self._section(reading) for reading in self.readings if reading.aspect not in APART]

    @cached_property
    def followed(self) -> Section | None:
        """What followed."""
        return self._only(Aspect.OUTCOME)

    @cached_property
    def responsible(self) -> Section | None:
        """Who is held responsible, by speaker: those who are named first, then the documents themselves."""
        return self._only(Aspect.RESPONSIBILITY)

    @cached_property
    def references(self) -> list[Reference]:
        """Every document that is cited here or leaned on, by date, then by title."""
        cited = {citation.document_id: citation.document for citation in self.citations}
        leaned: dict[int, Document] = {c.through.pk: c.through for c in self.citations if c.through}
        documents = sorted({**leaned, **cited}.values(), key=date_and_title)
        return [Reference(one, () if one.pk in cited else self._leaning_on(one)) for one in documents]

    def _leaning_on(self, document: Document) -> tuple[Document, ...]:
        leaning = {c.document_id: c.document for c in self.citations if c.through_id == document.pk}
        return tuple(sorted(leaning.values(), key=date_and_title))

    @cached_property
    def embeddings(self) -> list[Embedding]:
        """The aspects that have plots, for other people's pages."""
        return [Embedding(self, section, self._request) for section in self.sections if section.drawings]

    def section(self, aspect: str) -> Section | None:
        """One aspect."""
        return self._only(Aspect(aspect))

    def most_telling(self, aspect: str) -> str:
        """The one sentence that says most of an aspect; none where a source was removed."""
        found = next((reading for reading in self.readings if reading.aspect == aspect), None)
        return most_telling(found, of=len(documents_of(self.citations))) if found and self.is_computed else ""

    @property
    def example(self) -> Row:
        """The assertion that shows how to cite one."""
        sections: list[Any] = [*self.sections, self.followed, self.responsible]
        return next(row for section in sections if section for row in section.rows)

    @property
    def address(self) -> str:
        """The permanent address of this edition."""
        return self._request.build_absolute_uri(reverse("edition", args=[self.event.slug, self.edition.number]))

    @property
    def oembed(self) -> str:
        """Where consumers of oEmbed find what to show of this page."""
        own = self._request.build_absolute_uri(self._request.path)
        return self._request.build_absolute_uri(f"{reverse('oembed')}?{urlencode({'url': own, 'format': 'json'})}")

    def _only(self, aspect: Aspect) -> Section | None:
        return next((self._section(reading) for reading in self.readings if reading.aspect == aspect), None)

    def _section(self, reading: AspectReading) -> Section:
        of = len(documents_of(self.citations))
        speaks = self.is_computed and reading.aspect in SPEAKING
        sentences = disputes.sentences(reading, of=of) if speaks else []
        rows = [replace(row, value=_bare(row)) for row in disputes.rows(reading)]
        if reading.aspect == Aspect.RESPONSIBILITY:
            rows.sort(key=lambda row: (row.speaker is None, str(row.speaker or "").casefold()))
        contested = self.is_computed and reading.is_contested
        drawn = plots.plots_of(reading, self._beside) if self.is_computed else ()
        drawings = [Drawing(plot) for plot in drawn]
        apart = plots.units_apart(reading, drawn)
        note = self.event.note_on(reading.aspect)
        return Section(reading.aspect, sentences, rows, len(reading.groups), contested, drawings, apart, note)


def _bare(row: Row) -> str:
    """A value without what it dates or counts, which has a column of its own."""
    return bare_words(ValueGroup(Aspect(row.citation.aspect), (row.citation,))) if row.value else ""
