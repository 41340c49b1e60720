"""Who leans on whom, and how many documents are left: the same number as the view of counts has."""

import random
from itertools import pairwise

import pytest

from chronicle.leaning import LONGEST_CHAIN, Link, Source, sources_of
from chronicle.models import Citation, EventCount
from sources.models import CitedDocument
from tests import factories as make

pytestmark = pytest.mark.django_db


def documents(number):
    return [make.document(title=f"Report {letter}", title_short=letter) for letter in "ABCDEFGHIJKLMNOPQRST"[:number]]


def found(event) -> list[Source]:
    return sources_of(list(Citation.objects.leaning_of(event.pk)), CitedDocument.objects.order_by("pk"))


def sigla(source: Source) -> tuple[str, str]:
    return "".join(map(str, source.documents)), "".join(map(str, source.behind))


def told(link: Link) -> str:
    mark = "^" if link.is_told else "…" if link.is_put_off else ""
    inner = ",".join(map(told, link.links))
    return f"{link.document}{mark}({inner})" if inner else f"{link.document}{mark}"


def chains(source: Source) -> list[str]:
    return [told(link) for link in source.chains]


def test_documents_that_lean_on_none_are_a_source_each():
    event, (a, b) = make.event(), documents(2)
    make.citation(event, b)
    make.citation(event, a)

    assert [sigla(source) for source in found(event)] == [("A", ""), ("B", "")]
    assert not any(source.is_several for source in found(event))


def test_five_documents_that_lean_on_one_are_one_source():
    event, (*five, behind) = make.event(), documents(6)
    for one in five:
        make.citation(event, one, through=behind)

    (source,) = found(event)

    assert sigla(source) == ("ABCDE", "F")
    assert source.is_several
    assert chains(source) == ["A(F)", "B(F)", "C(F)", "D(F)", "E(F)"]


def test_step_names_the_assertions_and_where_one_document_cites_the_other():
    event, (a, b) = make.event(), documents(2)
    first, second = (make.citation(event, a, through=b) for _ in range(2))
    make.citation(event, b)
    a.cited_documents.create(cited=b, locator="note 18")

    (source,) = found(event)
    step = source.chains[0].links[0].step

    assert step.citations == (first, second)
    assert (step.is_cited, step.locator) == (True, "note 18")


def test_a_document_that_is_cited_elsewhere_and_plays_no_part_here_joins_nothing():
    event, (a, b, elsewhere) = make.event(), documents(3)
    for one in (a, b):
        make.citation(event, one)
        one.cited_documents.create(cited=elsewhere)

    assert [sigla(source) for source in found(event)] == [("A", ""), ("B", "")]


def test_a_chain_is_followed_over_documents_that_are_not_cited_here():
    event, (a, b, c, d) = make.event(), documents(4)
    make.citation(event, a, through=b)
    make.citation(event, d, through=c)
    b.cited_documents.create(cited=c)

    (source,) = found(event)

    assert sigla(source) == ("AD", "BC")
    assert chains(source) == ["A(B(C))", "D(C)"]


def test_a_circle_is_told_once():
    event, (a, b, c) = make.event(), documents(3)
    for one, other in ((a, b), (b, c), (c, a)):
        make.citation(event, one, through=other)

    (source,) = found(event)

    assert chains(source) == ["A(B(C(A^)))"]


def test_a_long_chain_goes_on_further_down():
    event, row = make.event(), documents(20)
    for one, other in pairwise(row):
        make.citation(event, one, through=other)

    (source,) = found(event)

    assert len(source.chains) == 3
    assert chains(source)[0].count("(") == LONGEST_CHAIN
    assert chains(source)[1].startswith("I(J(")


def test_silent_documents_are_no_source():
    event, (a, b) = make.event(), documents(2)
    make.citation(event, a)
    make.citation(event, b, stance="silent")

    assert [sigla(source) for source in found(event)] == [("A", "")]


@pytest.mark.parametrize("seed", range(12))
def test_number_of_sources_is_that_of_the_view_of_counts(seed):
    chance = random.Random(seed)
    event, row = make.event(), documents(9)
    for one in chance.sample(row, 6):
        through = chance.choice([None, *(other for other in row if other != one)])
        make.citation(event, one, through=through)
    for one, cited in {tuple(chance.sample(row, 2)) for _ in range(5)}:
        one.cited_documents.create(cited=cited)

    assert len(found(event)) == EventCount.objects.get(event=event).independent_documents
