"""Who leans on whom, and how many documents are left: the same number as the view of counts has."""

import random
from itertools import pairwise

import pytest

from chronicle.leaning import LONGEST_CHAIN, Link, Source, around, sources_of
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


# Around a document


def near(document) -> list[str]:
    return [told(link) for link in around(document, "default").chains]


def test_chain_goes_both_ways_and_not_to_what_leans_on_the_same():
    event, (a, b, c, d, e) = make.event(), documents(5)
    make.citation(event, a, through=b)
    CitedDocument.objects.create(document=b, cited=c, locator="note 18")
    make.citation(event, d, through=c)
    make.citation(event, e)

    assert near(b) == ["A(B(C))"]
    assert near(c) == ["A(B(C))", "D(C)"]
    assert near(e) == []
    (link,) = around(b, "default").chains
    (step,) = [one.step for one in link.links[0].links]
    assert (step.is_cited, step.locator, step.citations) == (True, "note 18", ())


def test_circle_ends():
    _event, (a, b) = make.event(), documents(2)
    CitedDocument.objects.create(document=a, cited=b)
    CitedDocument.objects.create(document=b, cited=a)

    assert near(a) == ["A(B(A^))"]


def test_few_assertions_of_a_step_are_named(django_assert_num_queries):
    event, (a, b) = make.event(), documents(2)
    made = [make.citation(event, a, through=b) for _ in range(5)]

    with django_assert_num_queries(3):
        (link,) = around(a, "default").chains
        named = [str(one) + one.event.slug for one in link.links[0].step.citations]

    assert named == [f"{one}{event.slug}" for one in made[:3]]
    assert link.links[0].step.has_more


def test_nearest_documents_are_shown_where_there_are_many():
    hub, *others = (make.document(title_short=f"Report {number}") for number in range(33))
    CitedDocument.objects.bulk_create(CitedDocument(document=one, cited=hub) for one in others)
    far = make.document()
    CitedDocument.objects.create(document=far, cited=others[0])

    found = around(hub, "default")

    assert found.is_cut
    assert {link.document.pk for link in found.chains} < {one.pk for one in others}
    assert not around(far, "default").is_cut
