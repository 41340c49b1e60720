"""Who leans on whom behind an event, and how many documents are left that lean on no other.

A document leans on another where an assertion of it is made through that, or where it cites it. The rule is that of the
view of counts (`chronicle.database.rules.counts`): documents that are joined by such steps, whichever way these go, are
one source; what only cites a document that has nothing to do with the event is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from chronicle.models import Citation
from chronicle.vocabularies import Stance
from chronicle.voices import date_and_title
from sources.models import CitedDocument, Document

LONGEST_CHAIN: Final = 8
"""How many steps stand under one another; a longer chain goes on further down."""


@dataclass(frozen=True)
class Step:
    """One document leans on another: in these assertions, or by citing it at a place of its own, or both."""

    on: Document
    citations: tuple[Citation, ...]
    is_cited: bool
    locator: str = ""
    has_more: bool = False
    """Whether there are more assertions than these."""


@dataclass(frozen=True)
class Link:
    """A document in a chain, with what it leans on.

    `is_told` where that stands further up already, `is_put_off` where it stands in a chain of its own further down.
    """

    document: Document
    step: Step | None
    links: tuple["Link", ...]
    is_told: bool = False
    is_put_off: bool = False


@dataclass(frozen=True)
class Source:
    """Documents that are one source: those cited for the event, those that they lean on, and the chains of both."""

    documents: tuple[Document, ...]
    behind: tuple[Document, ...]
    chains: tuple[Link, ...]

    @property
    def is_several(self) -> bool:
        """Whether several documents of the event come down to one source."""
        return len(self.documents) > 1


def sources_of(citations: Sequence[Citation], citing: Iterable[CitedDocument]) -> list[Source]:
    """Return the independent sources of an event, by date and title of the first document of each.

    `citing` are the rows that say which of these documents, or of those they lean on, cites which other of them.
    """
    speaking = [citation for citation in citations if citation.stance != Stance.SILENT]
    cited = {one.document_id: one.document for one in speaking}
    known = cited | {one.through.pk: one.through for one in speaking if one.through}
    steps = _steps(speaking, citing, known)
    groups = _groups(known, steps)
    found = [_source([known[number] for number in group], cited, steps) for group in groups]
    return sorted(found, key=lambda source: date_and_title(source.documents[0]))


Steps = dict[int, list[Step]]


def _steps(citations: Sequence[Citation], citing: Iterable[CitedDocument], known: dict[int, Document]) -> Steps:
    through: dict[tuple[int, int], list[Citation]] = {}
    for one in citations:
        if one.through_id is not None:
            through.setdefault((one.document_id, one.through_id), []).append(one)
    cites = {
        (row.document_id, row.cited_id): row.locator
        for row in citing
        if {row.document_id, row.cited_id} <= known.keys()
    }
    steps: Steps = {}
    for document, on in dict.fromkeys([*through, *cites]):
        is_cited, made = (document, on) in cites, tuple(through.get((document, on), ()))
        step = Step(known[on], made, is_cited, cites.get((document, on), ""))
        steps.setdefault(document, []).append(step)
    return steps


def _groups(known: dict[int, Document], steps: Steps) -> Iterator[set[int]]:
    """Documents that are joined by steps, whichever way these go."""
    joined: dict[int, set[int]] = {number: set() for number in known}
    for document, on in ((document, step.on.pk) for document, found in steps.items() for step in found):
        joined[document].add(on)
        joined[on].add(document)
    left = set(known)
    while left:
        group, waiting = set(), [min(left)]
        while waiting:
            number = waiting.pop()
            group.add(number)
            waiting += joined[number] - group
        left -= group
        yield group


def _source(members: Sequence[Document], cited: dict[int, Document], steps: Steps) -> Source:
    ordered = in_order(members)
    documents = tuple(one for one in ordered if one.pk in cited)
    behind = tuple(one for one in ordered if one.pk not in cited)
    return Source(documents, behind, tuple(chains(ordered, steps)))


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Return documents by date and title."""
    return sorted(documents, key=date_and_title)


def chains(documents: Sequence[Document], steps: Steps) -> Iterator[Link]:
    """Yield the chains of these documents: first from those on which none of them leans, then what is left."""
    for found in steps.values():
        found.sort(key=lambda step: date_and_title(step.on))
    leaned_on = {step.on.pk for one in documents for step in steps.get(one.pk, ())}
    first = [one for one in documents if one.pk not in leaned_on]
    yield from _Chains(steps).of([*first, *documents])


class _Chains:
    """Chains of documents; what each leans on is told once, since chains may meet, or run in a circle."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._told: set[int] = set()
        self._put_off: list[Document] = []

    def of(self, documents: Iterable[Document]) -> Iterator[Link]:
        """Yield a chain from each of these documents that is not told yet, and go on with those cut off for length."""
        for document in documents:
            if document.pk not in self._told:
                yield self._link(document, None, 0)
        while self._put_off:
            document = self._put_off.pop(0)
            if document.pk not in self._told:
                yield self._link(document, None, 0)

    def _link(self, document: Document, step: Step | None, depth: int) -> Link:
        own = self._steps.get(document.pk, [])
        if document.pk in self._told:
            return Link(document, step, (), is_told=bool(own))
        if depth == LONGEST_CHAIN and own:
            self._put_off.append(document)
            return Link(document, step, (), is_put_off=True)
        self._told.add(document.pk)
        return Link(document, step, tuple(self._link(one.on, one, depth + 1) for one in own))
