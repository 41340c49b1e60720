"""Groups of equal values, in the order in which readers see them, with the verdicts between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chronicle.models import Citation, Dispute
from chronicle.vocabularies import FIGURE_ASPECTS, RIVALS, VALUED_ASPECTS, Aspect, DateOf, Stance, Verdict
from chronicle.voices import date_and_title
from sources.edtf import EDTF, parse
from sources.models import Document

SETS = (Aspect.LOCATION, Aspect.RESPONSIBILITY)


@dataclass(frozen=True, eq=False)
class ValueGroup:
    """Citations that give one and the same value, by date of their document, then by its title.

    For locations and responsibility the value is the set of all that one speaker names in one document, in one role.
    """

    aspect: Aspect
    citations: tuple[Citation, ...]

    @property
    def first(self) -> Citation:
        """The citation of the earliest document, which stands for the value."""
        return self.citations[0]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that give it, each once."""
        return tuple({citation.document_id: citation.document for citation in self.citations}.values())

    @property
    def date(self) -> EDTF:
        """The date that it gives; for the aspect date."""
        return parse(self.first.asserted_date_edtf)


@dataclass(frozen=True, eq=False)
class Pair:
    """Two values, the lower one first, and how they stand to each other; `document` is set inside one text."""

    left: ValueGroup
    right: ValueGroup
    verdict: Verdict
    document: Document | None = None


@dataclass(frozen=True, eq=False)
class AspectReading:
    """All that the documents say of one aspect of an event."""

    aspect: Aspect
    groups: tuple[ValueGroup, ...]
    pairs: tuple[Pair, ...]
    inside: tuple[Pair, ...]
    unknown: tuple[Citation, ...]
    disputing: tuple[Citation, ...]
    others: tuple[Citation, ...]

    @property
    def is_contested(self) -> bool:
        """Whether documents, or two places of one document, disagree or may disagree."""
        return any(pair.verdict in RIVALS for pair in (*self.pairs, *self.inside)) or bool(
            self.disputing and self.groups
        )

    def verdict(self, left: ValueGroup, right: ValueGroup) -> Verdict | None:
        """How two of its values stand to each other between documents; None where they are not compared."""
        return next((p.verdict for p in self.pairs if {p.left, p.right} == {left, right}), None)


def read(citations: Iterable[Citation], disputes: Iterable[Dispute]) -> tuple[AspectReading, ...]:
    """Read an event aspect by aspect: contested ones first, then in the order of the vocabulary."""
    by_aspect: dict[str, list[Citation]] = defaultdict(list)
    for citation in sorted(citations, key=document_order):
        by_aspect[citation.aspect].append(citation)
    rows = list(disputes)
    readings = [
        _read_aspect(aspect, by_aspect[aspect], [row for row in rows if row.aspect == aspect])
        for aspect in Aspect
        if aspect in by_aspect
    ]
    return tuple(sorted(readings, key=lambda reading: not reading.is_contested))


def document_order(citation: Citation) -> tuple[Any, ...]:
    """By date of the document, undated ones last, then by title, then as they were entered."""
    return (*date_and_title(citation.document), citation.number)


def _read_aspect(aspect: Aspect, citations: Sequence[Citation], disputes: Sequence[Dispute]) -> AspectReading:
    supporting = [citation for citation in citations if citation.stance == Stance.SUPPORTS]
    known = [citation for citation in supporting if not citation.asserts_unknown]
    groups = _group(aspect, known)
    found = {citation.pk: group for group in groups for citation in group.citations}
    pairs = [pair for row in disputes if (pair := _pair(row, found))]
    return AspectReading(
        aspect=aspect,
        groups=groups,
        pairs=tuple(pair for pair in pairs if pair.document is None),
        inside=tuple(pair for pair in pairs if pair.document is not None),
        unknown=tuple(citation for citation in supporting if citation.asserts_unknown),
        disputing=tuple(citation for citation in citations if citation.stance == Stance.DISPUTES),
        others=tuple(c for c in citations if c.stance in {Stance.MENTIONS, Stance.SILENT}),
    )


def _group(aspect: Aspect, citations: Sequence[Citation]) -> tuple[ValueGroup, ...]:
    """Put equal values together, in order of value, then of document."""
    members = _members(citations) if aspect in SETS else {}
    grouped: dict[Hashable, list[Citation]] = defaultdict(list)
    for citation in citations:
        value = members.get(_namer(citation)) or _value(citation)
        grouped[citation.asserted_location_role, value].append(citation)
    groups = [ValueGroup(aspect, tuple(group)) for group in grouped.values()]
    return tuple(sorted(groups, key=_value_order))


def _namer(citation: Citation) -> Hashable:
    """Who names a location or a party, and in which role: the document itself, or a speaker in it."""
    return (citation.document_id, citation.claimed_by_id, citation.asserted_location_role)


def _members(citations: Sequence[Citation]) -> dict[Hashable, frozenset[int]]:
    """The set of locations or parties that each names."""
    sets: dict[Hashable, set[int]] = defaultdict(set)
    for citation in citations:
        member = citation.asserted_location_id or citation.asserted_party_id
        if member is not None:
            sets[_namer(citation)].add(member)
    return {key: frozenset(found) for key, found in sets.items()}


def _value(citation: Citation) -> Hashable:
    """What makes two dates or figures equal; None where an aspect has no values, so that all are one group."""
    if citation.aspect == Aspect.DATE:
        edtf = parse(citation.asserted_date_edtf)
        ends = _ends(edtf) if citation.date_of == DateOf.WHOLE else ()
        return (citation.date_of, edtf.is_interval or edtf.is_all_of, edtf.bounds, edtf.widened, ends)
    if citation.aspect in FIGURE_ASPECTS:
        period = parse(citation.period_edtf).bounds if citation.period_edtf else None
        scope = (citation.unit_id, citation.population_id, citation.side_id, period)
        return (citation.asserted_figure, citation.is_approximate, *scope)
    return None


def _ends(edtf: EDTF) -> tuple[Hashable, ...]:
    """What each end of an interval allows: 2020-09/2020-11 does not begin on the day that 2020-09-01/2020-11 does."""
    return tuple(parse(end).widened for end in edtf.text.split("/") if end.strip(".")) if edtf.is_interval else ()


def _value_order(group: ValueGroup) -> tuple[Any, ...]:
    """By lower bound, unbounded first; sets of names by date and title of their document alone."""
    lower: Any = None
    if group.aspect == Aspect.DATE:
        lower = group.date.bounds.earliest
    elif group.aspect in FIGURE_ASPECTS:
        lower = group.first.asserted_figure.lower
    return (lower is not None, () if lower is None else lower, *document_order(group.first))


def _pair(row: Dispute, groups: dict[int, ValueGroup]) -> Pair | None:
    """The pair of a row between two values; None for rows that agree, and for citations that only dispute."""
    if row.aspect not in VALUED_ASPECTS or not row.right or row.left[0] not in groups or row.right[0] not in groups:
        return None
    left, right = sorted((_side(row.left, groups), _side(row.right, groups)), key=_value_order)
    return Pair(left, right, Verdict(row.verdict), left.documents[0] if row.document_id is not None else None)


def _side(numbers: Sequence[int], groups: dict[int, ValueGroup]) -> ValueGroup:
    """One side of a row: a value, or the part of it that one document says.

    In old editions it can be more than one value of today: what the rule compared when the edition was made.
    """
    whole = groups[numbers[0]]
    if set(numbers) == {citation.pk for citation in whole.citations}:
        return whole
    found = {c.pk: c for number in numbers if number in groups for c in groups[number].citations}
    return ValueGroup(whole.aspect, tuple(sorted((found[n] for n in numbers if n in found), key=document_order)))
