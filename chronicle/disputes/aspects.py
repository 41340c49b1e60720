"""The sentences of one aspect: what is said of it, and how that stands to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from chronicle.disputes.groups import AspectReading, Pair, ValueGroup
from chronicle.disputes.relations import relation
from chronicle.disputes.wording import clause, is_none, locator_words, speakers_by_day, value_words, who
from chronicle.models import Citation
from chronicle.sentences import clauses, relations
from chronicle.sentences.clauses import Clause, listed, named
from chronicle.vocabularies import FIGURE_ASPECTS, RIVALS, Aspect, Verdict
from chronicle.voices import documents_of
from sources.directions import isolated
from sources.edtf import parse, sentence_words
from sources.models import Document

TOLD = (Aspect.PARTICIPANTS, Aspect.OUTCOME, Aspect.DESCRIPTION)
"""Aspects of which each document tells something of its own: what several of them tell is never one thing."""
IN_A_ROW = 4
"""How many values a sentence sets side by side before it names the ends alone."""


def sentences(reading: AspectReading, *, of: int) -> list[str]:
    """Return the sentences of an aspect, the one that sets its values side by side first.

    `of` is the number of documents of the event, silent ones left out.
    """
    return [
        *_values(reading, of=of),
        *(_inside(pair) for pair in reading.inside if _is_told(pair)),
        *_disputed(reading, of=of),
        *_unknown(reading, of=of),
        *_through_one(reading),
    ]


def _through_one(reading: AspectReading) -> list[str]:
    """That the values of several speakers, of which some are rivals, reach the collection through one document."""
    citations = [citation for group in reading.groups for citation in group.citations]
    documents, speaking = documents_of(citations), {citation.claimed_by for citation in citations}
    is_told = len(reading.groups) == 2  # noqa: PLR2004 -- the sentence about a pair names the document
    if not reading.is_contested or len(documents) != 1 or is_told or len(speaking) == 1:
        return []
    return [relations.through_one_document(isolated(documents[0]))]


def most_telling(reading: AspectReading, *, of: int) -> str:
    """Return the one sentence that says most of an aspect: of its only two rivals, or the first there is."""
    rivals = [pair for pair in (*reading.pairs, *reading.inside) if pair.verdict in RIVALS]
    if len(rivals) == 1:
        return _inside(rivals[0]) if rivals[0].document else _both(rivals[0], of=of)
    if reading.aspect not in TOLD and len(reading.groups) > IN_A_ROW:
        return _ends(reading)
    return next(iter(sentences(reading, of=of)), "")


def _values(reading: AspectReading, *, of: int) -> list[str]:
    groups = reading.groups
    if not groups or reading.aspect in TOLD or (reading.disputing and len(groups) == 1):
        return []
    if len(groups) == 1:
        source = common_source(groups[0].citations)
        return [clauses.one_value(clause(groups[0], of=of), through=isolated(source) if source else "")]
    if len(groups) > IN_A_ROW:
        return _many(reading, of=of)
    if len(groups) == 2:  # noqa: PLR2004 -- a pair
        return _two(reading, of=of)
    return _row(reading, of=of)


def common_source(citations: Sequence[Citation]) -> Document | None:
    """Return the document through which all the others give a value, if there is one and they are several."""
    if len(documents_of(citations)) == 1:
        return None
    sources = {citation.through for citation in citations if citation.through}
    if len(sources) != 1:
        return None
    source = sources.pop()
    return source if all(c.through or c.document == source for c in citations) else None


def _two(reading: AspectReading, *, of: int) -> list[str]:
    """Two values: between documents, or else inside one, where a rival pair has a sentence of its own."""
    if reading.pairs:
        return [_both(reading.pairs[0], of=of)]
    return [] if any(map(_is_told, reading.inside)) else _row(reading, of=of)


def _both(pair: Pair, *, of: int) -> str:
    if pair.verdict == Verdict.REVISED:
        return _revised(pair)
    first, second = clause(pair.left, of=of), clause(pair.right, of=of)
    if pair.verdict == Verdict.DISAGREE and is_none(pair.left.first):
        return relations.none_against(first.who, first.number, str(second))
    return relations.side_by_side([first, second], relation(pair))


def _row(reading: AspectReading, *, of: int) -> list[str]:
    """Three or four values; one relation for all where all are rivals, else a line for every pair."""
    row = [clause(group, of=of) for group in reading.groups]
    if len({part.who for part in row}) == 1:
        values = listed([part.value for part in row])
        return [clauses.one_value(replace(row[0], value=values)), *map(pair_words, _rivals_first(reading.pairs))]
    if _all_disagree(reading):
        return [relations.side_by_side(row, relations.do_not_meet())]
    return [relations.side_by_side(row), *map(pair_words, _rivals_first(reading.pairs))]


def _rivals_first(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: pair.verdict not in RIVALS)


def _all_disagree(reading: AspectReading) -> bool:
    """Whether no two of its values can be true together."""
    count = len(list(combinations(reading.groups, 2)))
    return len(reading.pairs) == count and all(pair.verdict == Verdict.DISAGREE for pair in reading.pairs)


def pair_words(pair: Pair) -> str:
    """Return two values and how they stand to each other: "9, 10 October 2020: these are one day apart."."""
    if pair.verdict == Verdict.REVISED:
        return _revised(pair)
    return relations.pair(value_words(pair.left), value_words(pair.right), relation(pair))


def _many(reading: AspectReading, *, of: int) -> list[str]:
    """More values than a sentence can hold: every rival pair, with its speakers, and then how many there are."""
    if _all_disagree(reading):
        return [_ends(reading)]
    return [*(_both(pair, of=of) for pair in reading.pairs if pair.verdict in RIVALS), _ends(reading)]


def _ends(reading: AspectReading) -> str:
    """How many values there are, with the lowest and the highest, or the one that is both; of several units, these."""
    number = len(reading.groups)
    units = dict.fromkeys(group.first.unit for group in reading.groups if group.first.unit)
    if len(units) > 1:
        names = named(unit.name_plural for unit in units)
        return relations.many_values_of_units(number, names, _meeting(reading))
    first, last = reading.groups[0], max(reading.groups, key=_upper)
    ends = [value_words(group) for group in dict.fromkeys((first, last))]
    if reading.aspect == Aspect.DATE and any(None in group.date.bounds for group in (first, last)):
        return relations.many_open_dates(number, _meeting(reading))
    return relations.many_values(reading.aspect, number, ends, _meeting(reading))


def _meeting(reading: AspectReading) -> str:
    if _all_disagree(reading):
        return relations.no_two_meet()
    return relations.not_all_meet() if reading.is_contested else relations.are_no_rivals()


def _upper(group: ValueGroup) -> tuple[object, ...]:
    """What sorts values by their upper bound, unbounded last."""
    upper: object = None
    if group.aspect == Aspect.DATE:
        upper = group.date.bounds.latest
    elif group.aspect in FIGURE_ASPECTS and group.first.asserted_figure is not None:
        upper = group.first.asserted_figure.upper
    return (upper is None, upper or 0)


def _revised(pair: Pair) -> str:
    """Two values of one speaker, by the day on which they were stated."""
    earlier, later = sorted((pair.left, pair.right), key=_stated)
    return relations.revised(_speaker(earlier), _stated_words(earlier), _stated_words(later))


def _stated(group: ValueGroup) -> tuple[object, ...]:
    earliest = parse(group.first.stated_on).bounds.earliest
    return (earliest is not None, earliest or ())


def _stated_words(group: ValueGroup) -> str:
    documents = named(group.documents)
    return relations.stated(value_words(group), sentence_words(parse(group.first.stated_on)), documents)


def _speaker(group: ValueGroup) -> str:
    """Whom the document names, else its authors, else its publisher, else the document."""
    citation, document = group.first, group.first.document
    if citation.claimed_by is not None:
        return isolated(citation.claimed_by)
    authors = [part.agent for part in document.contributions.all() if part.role == "author"]
    return named(authors or [document.publisher or document])


def _is_told(pair: Pair) -> bool:
    """Whether two values inside one text get a sentence: totals and their parts, or a month and its day, do not."""
    return pair.verdict in {*RIVALS, Verdict.REVISED}


def _inside(pair: Pair) -> str:
    """Two values in one text, each with its place there; of two speakers, each with its speaker."""
    if pair.verdict == Verdict.REVISED:
        return _revised(pair)
    sides = (pair.left, pair.right)
    both = set.intersection(*({citation.claimed_by for citation in group.citations} for group in sides))
    if not both:
        return _of_two_speakers(pair)
    first, second = (_located(group) for group in sides)
    if None in both:
        return relations.inside_one_text(isolated(pair.document), first, second, relation(pair))
    names = [isolated(name) for name in sorted(map(str, both))]
    return relations.of_one_speaker(isolated(pair.document), names, first, second, relation(pair))


def _of_two_speakers(pair: Pair) -> str:
    """A text and a speaker whom it names, the text first; or two such speakers, by value."""
    document = isolated(pair.document)
    own = next((group for group in (pair.left, pair.right) if _is_own(group)), None)
    if own is None:
        reported = [_reported(group) for group in (pair.left, pair.right)]
        return relations.both_reported(document, str(reported[0]), str(reported[1]), relation(pair))
    other = pair.right if own is pair.left else pair.left
    said = Clause(relations.itself(document), 1, value_words(own), own.aspect)
    return relations.own_and_reported(str(said), str(_reported(other)), relation(pair))


def _is_own(group: ValueGroup) -> bool:
    """Whether a document says this itself, whoever else says so in it."""
    return any(citation.claimed_by is None for citation in group.citations)


def _reported(group: ValueGroup) -> Clause:
    """What speakers say whom the document of the sentence names."""
    names = list(dict.fromkeys(isolated(citation.claimed_by) for citation in group.citations))
    return Clause(listed(names), len(names), value_words(group), group.aspect)


def _located(group: ValueGroup) -> str:
    places = [place for citation in group.citations if (place := locator_words(citation))]
    return relations.located(value_words(group), listed(places)) if places else value_words(group)


def _disputed(reading: AspectReading, *, of: int) -> list[str]:
    """What some support and others dispute."""
    if not reading.disputing or not reading.groups:
        return []
    names = speakers_by_day(reading.disputing)
    if reading.aspect in TOLD:
        return [relations.says_otherwise(listed(names), len(names))]
    if len(reading.groups) > 1:
        return [relations.disputed_by(listed(names), len(names))]
    return [relations.disputed(clause(reading.groups[0], of=of), listed(names), len(names))]


def _unknown(reading: AspectReading, *, of: int) -> list[str]:
    if not reading.unknown:
        return []
    words, number = who(reading.unknown, of=of)
    return [clauses.said_to_be_unknown(words, number, reading.aspect)]
