"""Quotations are compared with the newest text of their document, and what is found is kept."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from chronicle.models import Citation
from chronicle.quotations import check, check_document, choose, confirm, passages_of, texts, unchecked
from chronicle.quotations.texts import newest_text
from chronicle.quotations.writing import Compared, write
from sources.models import DocumentText
from sources.quotations import Finding, Place
from sources.vocabularies import QuotationState
from tests import factories as make

pytestmark = pytest.mark.django_db

PAGES = (
    "The council met. It counted 80 houses on the left bank.",
    "It counted 80 houses on the right\nbank. It rained.",
)


def quoted(words, *, pages=PAGES, document=None, **fields):
    document = document or make.document()
    if pages:
        make.text(document, *pages)
    return make.citation(make.event(), document, quotation=words, **fields)


def now(citation):
    return Citation.objects.get(pk=citation.pk)


def standing(citation):
    read = now(citation)
    return read.quotation_state, read.quotation_page, read.quotation_start, read.quotation_end


def test_quotation_is_found_with_its_page_and_its_place_in_the_whole_text():
    citation = quoted("on the right bank")

    report = check([citation])

    whole = "\n".join(PAGES)
    start = whole.index("on the right")
    assert standing(citation) == ("normalised", 2, start, start + 17)
    assert now(citation).quotation_text == DocumentText.objects.get()
    assert (report.states, report.changed) == ({"normalised": 1}, 1)


def test_quotation_over_a_page_break_begins_on_its_first_page():
    citation = quoted("on the left bank. It counted")

    check([citation])

    assert standing(citation)[:2] == ("normalised", 1)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("It rained", "exact"),
        ("80 houses", "ambiguous"),
        ("It counted 81 houses on the right bank", "changed"),
        ("The mayor resigned", "missing"),
    ],
)
def test_state_is_stored_and_a_place_where_there_is_one(words, state):
    citation = quoted(words)

    check([citation])

    found = standing(citation)
    assert found[0] == state
    assert (found[1] is not None) == (state in {"exact", "changed"})


@pytest.mark.parametrize("pages", [(), ("", "")])
def test_without_a_text_or_with_a_scan_there_is_no_text(pages):
    citation = quoted("It rained", pages=pages)

    check([citation])

    assert standing(citation) == ("no_text", None, None, None)


def test_what_stands_as_before_is_not_written_again():
    citation = quoted("It rained")

    assert check([citation]).changed == 1
    assert check([citation]).changed == 0


def test_other_words_or_context_are_compared_again():
    citation = quoted("80 houses")
    check([citation])

    Citation.objects.filter(pk=citation.pk).update(quotation_suffix="on the right")

    assert list(unchecked(Citation.objects.all())) == [citation]
    check(unchecked(Citation.objects.all()))
    assert standing(citation)[:2] == ("exact", 2)


def test_a_citation_without_quotation_has_no_state():
    citation = quoted("", pages=PAGES)

    assert check([citation]).changed == 0
    assert now(citation).quotation_state == ""


def test_another_text_moves_quotations_and_flags_what_it_does_not_have():
    document = make.document()
    moved = quoted("It rained", document=document)
    gone = quoted("The council met", document=document, pages=())
    twice = quoted("the left bank", document=document, pages=())
    check_document(document.pk)

    new = make.text(document, "A preface.", "It counted 80 houses on the left bank. It rained.", "Again the left bank.")
    report = check_document(document.pk)

    whole = "A preface.\nIt counted 80 houses on the left bank. It rained.\nAgain the left bank."
    assert standing(moved) == ("exact", 2, whole.index("It rained"), whole.index("It rained") + 9)
    assert standing(gone)[0] == "missing"
    assert standing(twice)[0] == "ambiguous"
    assert now(moved).quotation_text == new
    assert report.changed == 3


def test_a_position_in_an_older_text_is_no_hint_in_the_new_one():
    document = make.document()
    citation = quoted("80 houses", document=document, pages=("Then 80 houses stood.",))
    check_document(document.pk)

    make.text(document, "Then 80 houses stood. Now 80 houses stand.")
    check_document(document.pk)

    assert standing(citation)[0] == "ambiguous"


def test_what_changed_meanwhile_is_left_alone():
    citation = quoted("It rained")
    stale = Citation.objects.get(pk=citation.pk)
    Citation.objects.filter(pk=citation.pk).update(quotation="The council met")

    found = Compared(stale, Finding(QuotationState.EXACT, Place(0, 5)), newest_text(citation.document_id).number, 1)

    assert write([found]) == 0
    assert write([Compared(now(citation), Finding(QuotationState.NO_TEXT), None, None)]) == 0
    assert now(citation).quotation_state == ""


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow_with_the_quotations(number, django_assert_num_queries):
    document = make.document()
    make.text(document, *PAGES)
    for _ in range(number):
        quoted("It rained", document=document, pages=())

    with django_assert_num_queries(7):
        check_document(document.pk)


@pytest.mark.parametrize("number", [2, 4])
def test_number_of_queries_does_not_grow_with_the_documents(number, django_assert_num_queries):
    citations = [quoted("It rained") for _ in range(number)]

    with django_assert_num_queries(8):
        report = check(citations)

    assert report.states == {"exact": number}


def test_texts_that_are_long_together_are_held_one_after_the_other(monkeypatch):
    monkeypatch.setattr(texts, "TOGETHER", len("\n".join(PAGES)))
    monkeypatch.setattr(texts, "MOST", 3)
    citations = [quoted("It rained") for _ in range(4)] + [quoted("It rained", pages=())]
    documents = [citation.document_id for citation in citations]

    assert list(texts.together(documents)) == [[documents[0]], [documents[1]], [documents[2]], documents[3:]]
    assert check(citations).states == {"exact": 4, "no_text": 1}
    assert len({standing(one)[2] for one in citations[:4]}) == 1
    assert {now(one).quotation_text.document_id for one in citations[:4]} == set(documents[:4])


def test_confirming_records_who_and_when_and_lasts_while_nothing_changes():
    citation = quoted("It counted 81 houses on the right bank")
    check([citation])
    curator = get_user_model().objects.create_user("curator")

    assert confirm(now(citation), curator)

    check([citation])
    assert now(citation).quotation_confirmed_by == curator
    assert now(citation).quotation_confirmed_at is not None
    Citation.objects.filter(pk=citation.pk).update(quotation="It counted 82 houses on the right bank")
    assert now(citation).quotation_confirmed_by is None


def test_confirming_is_refused_where_the_passage_is_no_longer_what_was_seen():
    citation = quoted("It counted 81 houses on the right bank")
    check([citation])
    seen = now(citation)
    make.text(citation.document, "In all it counted 80 houses on the right bank.")
    check([citation])

    assert not confirm(seen, get_user_model().objects.create_user("curator"))
    assert now(citation).quotation_confirmed_at is None


def test_choosing_gives_the_context_that_tells_the_passage_from_the_others():
    citation = quoted("80 houses")
    check([citation])
    passages = passages_of(now(citation))
    assert [passage.page.number for passage in passages.shown] == [1, 2]

    assert choose(now(citation), passages.text, passages.shown[1].place)

    assert standing(citation)[:2] == ("exact", 2)
    assert now(citation).quotation_suffix.startswith("on the right bank")


@pytest.mark.parametrize("place", [Place(0, 0), Place(5, 2), Place(0, 10**9)])
def test_choosing_what_is_no_place_is_refused(place):
    citation = quoted("80 houses")
    check([citation])

    assert not choose(now(citation), DocumentText.objects.get().pk, place)
    assert not choose(now(citation), 0, Place(0, 5))


def test_passage_of_a_changed_quotation_shows_the_difference():
    citation = quoted("It counted 81 houses on the right bank")
    check([citation])

    (passage,) = passages_of(now(citation)).shown

    assert [(piece.kind, piece.words) for piece in passage.difference if piece.kind != "both"] == [
        ("quotation", "81"),
        ("text", "80"),
    ]
    assert passage.after == ". It rained."


def test_command_reports_and_fails_where_a_curator_is_needed(capsys):
    fine, missing = quoted("It rained"), quoted("The mayor resigned")

    with pytest.raises(CommandError) as failed:
        call_command("check_quotations")

    lines = capsys.readouterr().out.splitlines()
    assert f"{fine.document.slug}: exact 1; 1 stand anew" in lines
    assert f"{missing.document.slug}: missing 1; 1 stand anew" in lines
    assert lines[-1] == "need a curator: 1"
    assert failed.value.returncode == 1


def test_command_is_content_where_everything_is_found(capsys):
    citation = quoted("It rained")

    call_command("check_quotations", document=citation.document.slug)

    assert capsys.readouterr().out.splitlines()[-1] == "need a curator: 0"


def test_command_goes_on_after_a_document_and_takes_new_quotations_alone(capsys):
    first, second = quoted("It rained"), quoted("It rained")

    call_command("check_quotations", after=first.document.slug)
    assert [now(one).quotation_state for one in (first, second)] == ["", "exact"]

    call_command("check_quotations", new=True)
    assert now(first).quotation_state == "exact"
    assert f"{second.document.slug}:" not in capsys.readouterr().out.split("all:")[1]


def test_command_names_a_document_that_is_not_there():
    with pytest.raises(CommandError, match="no document with the slug nowhere"):
        call_command("check_quotations", document="nowhere")
