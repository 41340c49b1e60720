"""Voices: which parties an event concerns, which documents speak for them, and which are not heard.

Who is concerned and who speaks is the rule's (`chronicle.database.rules`), read from the rows of `Voice`; the names of
documents and speakers come from the event's citations. A document speaks for its own party, else for its publisher's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chronicle.models import Citation, EventCount, Voice
from chronicle.sentences import voices as sentences
from chronicle.sentences.clauses import any_of, listed, named
from chronicle.vocabularies import Stance
from sources.directions import isolated
from sources.edtf import parse
from sources.models import Agent, Document, Party


@dataclass(frozen=True)
class PartyVoice:
    """A party at an event: the documents that speak for it, and those of its speakers whom any document names."""

    party: Party
    is_concerned: bool
    documents: tuple[Document, ...]
    speakers: tuple[Agent, ...]

    @property
    def is_heard(self) -> bool:
        """Whether any document or speaker speaks for it."""
        return bool(self.documents or self.speakers)


def party_of(document: Document) -> Party | None:
    """Return the party that a document speaks for, if any."""
    if document.party is not None:
        return document.party
    return document.publisher.party if document.publisher is not None else None


def date_and_title(document: Document) -> tuple[object, ...]:
    """Return the key that sorts documents: by date, undated ones last, then by title."""
    issued = parse(document.issued_edtf).bounds.earliest if document.issued_edtf else None
    return (issued is None, issued or (), document.title.casefold(), document.pk)


def documents_of(citations: Iterable[Citation]) -> list[Document]:
    """Return the documents that speak, each once, by date and then by title."""
    found = {c.document_id: c.document for c in citations if c.stance != Stance.SILENT}
    return sorted(found.values(), key=date_and_title)


def parties_of(documents: Iterable[Document]) -> list[str]:
    """Return the names of the parties that documents speak for, as sentences have them, in alphabetical order."""
    return _alphabetical({party for document in documents if (party := party_of(document))})


def speakers_of_no_party(citations: Iterable[Citation]) -> list[Agent]:
    """Return those whom any document names as speaking and who speak for no party, in alphabetical order."""
    named = {citation.claimed_by for citation in citations if citation.claimed_by}
    return sorted((agent for agent in named if agent.party_id is None), key=_name)


def read_voices(citations: Sequence[Citation], voices: Iterable[Voice]) -> list[PartyVoice]:
    """Return every party concerned or speaking, in alphabetical order; `Voice.party` has to be fetched."""
    found = [_read(citations, voice) for voice in voices]
    return sorted(found, key=lambda voice: str(voice.party).casefold())


def lines(voices: Sequence[PartyVoice], citations: Sequence[Citation]) -> list[str]:
    """Return a line per party, the empty chairs included, and one for documents and speakers that speak for none."""
    neutral = [isolated(document) for document in documents_of(citations) if party_of(document) is None]
    speakers = list(map(isolated, speakers_of_no_party(citations)))
    return [*map(line, voices), *_line_of_no_party(neutral, speakers)]


def _line_of_no_party(documents: Sequence[str], speakers: Sequence[str]) -> list[str]:
    if documents and speakers:
        return [sentences.of_no_party_with_speakers(listed(documents), listed(speakers))]
    if documents:
        return [sentences.documents_of_no_party(listed(documents))]
    return [sentences.speakers_of_no_party(listed(speakers))] if speakers else []


def line(voice: PartyVoice) -> str:
    """Return what stands beside a party: its documents, its speakers, or that there is no document."""
    party = isolated(voice.party)
    documents = named(voice.documents) if voice.documents else ""
    speakers = named(voice.speakers) if voice.speakers else ""
    if documents and speakers:
        return sentences.party_with_documents_and_speakers(party, documents, speakers)
    if documents:
        return sentences.party_with_documents(party, documents)
    if speakers:
        return sentences.party_with_speakers(party, speakers)
    return sentences.party_without_document(party)


def summary(voices: Sequence[PartyVoice], citations: Sequence[Citation]) -> str:
    """Return one sentence: for whom the documents speak, and for which party concerned none does."""
    documents = documents_of(citations)
    parties = parties_of(documents)
    missing = [isolated(voice.party) for voice in voices if voice.is_concerned and not voice.documents]
    absent = sentences.no_document_speaks_for(any_of(missing)) if missing else ""
    if not parties:
        return sentences.joined(sentences.no_document_speaks(), absent)
    if len(parties) == 1 and all(party_of(document) for document in documents):
        return sentences.joined(sentences.all_speak_for(len(documents), parties[0]), absent)
    return sentences.joined(sentences.documents_speak_for(listed(parties)), absent)


def counts(count: EventCount) -> str:
    """Return "4 documents, 1 party, 2 independent": documents are never counted without the other two."""
    return sentences.counts(count.documents, count.parties, count.independent_documents)


def _read(citations: Sequence[Citation], voice: Voice) -> PartyVoice:
    documents = [d for d in documents_of(citations) if (party := party_of(d)) and party.pk == voice.party_id]
    named = {c.claimed_by for c in citations if c.claimed_by and c.claimed_by.party_id == voice.party_id}
    speakers = sorted(named, key=_name)
    return PartyVoice(voice.party, voice.is_concerned, tuple(documents), tuple(speakers))


def _name(agent: Agent) -> str:
    return agent.name.casefold()


def _alphabetical(parties: set[Party]) -> list[str]:
    return [isolated(name) for name in sorted(map(str, parties), key=str.casefold)]
