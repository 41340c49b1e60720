"""Records by their names: fragments in any spelling, and what is spelt alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Model, Q, QuerySet

from chronicle.models import Event, EventName, Location, LocationName, MissingDocument, Term, TermUse
from sources.folding import Folded
from sources.models import Agent, AgentName, Document, Party, PartyName

LOOKED_AT: Final = 500
"""How many names of each kind are put in order."""

SHORTEST: Final = 3
"""A trigram index finds fragments from three letters on; shorter ones are looked for at the beginning."""


@dataclass(frozen=True)
class Source:
    """A column of names, as search keys, and the column with the number of the record that they name."""

    model: type[Model]
    number: str
    key: F | Folded


NAMED: Final[Mapping[str, tuple[Source, ...]]] = {
    "events": (Source(Event, "pk", F("title_folded")), Source(EventName, "event_id", F("name_folded"))),
    "places": (Source(Location, "pk", F("name_folded")), Source(LocationName, "location_id", F("toponym_folded"))),
    "documents": (Source(Document, "pk", F("title_folded")), Source(Document, "pk", F("title_short_folded"))),
    "speakers": (Source(Agent, "pk", F("name_folded")), Source(AgentName, "agent_id", F("name_folded"))),
    "parties": (
        Source(Party, "pk", F("name_folded")),
        Source(Party, "pk", Folded("name_short")),
        Source(PartyName, "party_id", Folded("name")),
    ),
    "terms": (
        Source(Term, "pk", F("name_folded")),
        Source(Term, "pk", Folded("own_wording")),
        Source(TermUse, "term_id", Folded("wording")),
    ),
    "missing": (Source(MissingDocument, "pk", F("title_folded")),),
}
"""Where names are looked for, by what they name; the names of the records themselves first.

Parties, terms and what is missing are listed by hand, a few of each: they are read whole, and fold without an index.
"""


@dataclass(frozen=True)
class Candidates:
    """Numbers of records, the best first; `is_cut` where there are more than were looked at."""

    numbers: list[int] = field(default_factory=list)
    is_cut: bool = False

    def then(self, others: "Candidates") -> "Candidates":
        """Return these, and then those of the others that are not among them."""
        return Candidates(list(dict.fromkeys([*self.numbers, *others.numbers])), self.is_cut or others.is_cut)


def named(sources: Sequence[Source], folded: str, using: str) -> Candidates:
    """Return the records with a name that has every word of the folded question in it: whole names first."""
    condition = _has_words(folded)
    if condition is None:
        return Candidates()
    first, *others = (
        _keyed(source, using).filter(condition).values_list(source.number, "key")[: LOOKED_AT + 1] for source in sources
    )
    hits = list(first.union(*others, all=True))
    hits.sort(key=lambda hit: (_nearness(folded, hit[1]), hit[1], hit[0]))
    return Candidates(list(dict.fromkeys(number for number, _key in hits)), len(hits) > LOOKED_AT)


def spelt_alike(sources: Sequence[Source], folded: str, using: str) -> Candidates:
    """Return the records with a name of which some part is spelt like the folded question: the most alike first.

    Of those that are equally alike the shortest comes first. The index reads every name that shares trigrams with the
    question: it serves places and speakers at any size, and the titles of events while they are not many.
    """
    if len(folded) <= SHORTEST:
        return Candidates()
    first, *others = (
        _keyed(source, using)
        .filter(key__trigram_word_similar=folded)
        .annotate(likeness=TrigramWordSimilarity(folded, "key"))
        .values_list(source.number, "likeness", "key")[: LOOKED_AT + 1]
        for source in sources
    )
    hits = list(first.union(*others, all=True))
    hits.sort(key=lambda hit: (-hit[1], len(hit[2]), hit[0]))
    return Candidates(list(dict.fromkeys(number for number, *_likeness in hits)), len(hits) > LOOKED_AT)


def _keyed(source: Source, using: str) -> QuerySet[Any]:
    return source.model._default_manager.using(using).order_by().annotate(key=source.key)  # noqa: SLF001 -- documented


def has_words(key: str, folded: str) -> bool:
    """Return whether a name is one of those that are found: what the condition below asks of the database."""
    words = folded.split(" ")
    if not folded or max(map(len, words)) < SHORTEST:
        return bool(folded) and (key.startswith(folded) if len(folded) > 1 else key == folded)
    return all(word in key for word in words)


def _has_words(folded: str) -> Q | None:
    """Every word, in any order; None for what has no letter or digit."""
    if not folded:
        return None
    words = folded.split(" ")
    if max(map(len, words)) < SHORTEST:
        return Q(key__startswith=folded) if len(folded) > 1 else Q(key=folded)
    condition = Q()
    for word in words:
        condition &= Q(key__contains=word)
    return condition


def _nearness(folded: str, key: str) -> int:
    """How near a name is to the question, 0 for the same."""
    if key == folded:
        return 0
    if key.startswith(f"{folded} "):
        return 1
    if key.startswith(folded):
        return 2
    return 3 if f" {folded}" in key else 4
