"""Records that stand alone: published by themselves, changed only by publishing, withdrawn and cut like all others."""

import pytest

from chronicle.models import Edition, EventMissingDocument, Masthead, MissingDocument, Term, TermUse
from chronicle.publication import Note, publish, publish_references, withdraw_standing, withhold
from sources.models import Document, Party
from tests import factories as make
from tests.chronicle.walls.consistency import inconsistencies
from tests.chronicle.walls.sessions import session

pytestmark = pytest.mark.usefixtures("published")

NOTE = Note(words="It was written twice.")


def seen(model):
    return model.objects.using("published")


def assert_consistent():
    with session("owner") as owner:
        assert inconsistencies(owner) == []


def test_term_is_public_once_it_is_published_with_the_documents_that_use_it():
    party = make.party()
    document = make.document(publisher=make.agent(party=party))
    term = make.term()
    term.uses.create(wording="word", document=document, times=3)
    assert not seen(Term).exists()

    report = publish_references("term", [term])

    assert len(report.done) == 4
    assert [use.document.publisher.party.pk for use in seen(TermUse)] == [party.pk]
    assert_consistent()


def test_term_changes_for_readers_only_by_publishing():
    term = make.term(name="Before")
    publish_references("term", [term])
    term.name = "After"
    term.save()
    assert seen(Term).get().name == "Before"

    publish_references("term", [term])
    assert publish_references("term", [term]).done == ()

    assert seen(Term).get().name == "After"
    assert list(Edition.objects.filter(term=term).order_by("number").values_list("number", flat=True)) == [1, 2]


def test_withdrawn_term_is_gone_with_what_only_it_needed_and_can_come_back():
    document = make.document()
    term = make.term()
    term.uses.create(wording="word", document=document, times=3)
    publish_references("term", [term])
    assert seen(Document).exists()

    report = withdraw_standing("term", [term], note=NOTE)

    assert report.done == (term.pk,)
    assert withdraw_standing("term", [term], note=NOTE).unchanged == (term.pk,)
    assert not seen(Term).exists()
    assert not seen(Document).exists()
    assert [edition.is_tombstone for edition in Edition.objects.filter(term=term).order_by("number")] == [False, True]
    publish_references("term", [term])
    assert seen(Term).get().pk == term.pk
    assert_consistent()


def test_document_that_a_term_needs_stays_when_its_last_event_goes():
    document = make.document()
    event = make.event()
    make.citation(event, document)
    term = make.term()
    term.uses.create(wording="word", document=document, times=1)
    publish_references("term", [term])
    publish([event])

    withdraw_standing("term", [term], note=NOTE)
    assert seen(Document).get().pk == document.pk
    publish_references("term", [term])

    assert seen(TermUse).count() == 1
    assert_consistent()


def test_withheld_document_is_cut_out_of_terms_and_their_editions():
    secret, other = make.document(title="Secret"), make.document()
    term = make.term()
    for document in (secret, other):
        term.uses.create(wording="word", document=document, times=1)
    publish_references("term", [term])
    assert seen(TermUse).count() == 2

    withhold([secret])

    assert [use.document_id for use in seen(TermUse)] == [other.pk]
    edition = seen(Edition).get(term=term.pk)
    assert [row["document_id"] for row in edition.snapshot["chronicle_termuse"]] == [other.pk]
    assert_consistent()


def test_described_document_does_not_go_out_with_a_term():
    described = make.document(title="Secret", access="described", public_description="A testimony")
    term = make.term()
    term.uses.create(wording="word", document=described, times=1)

    publish_references("term", [term])

    assert seen(Term).exists()
    assert not seen(TermUse).exists()


def test_missing_document_appears_on_its_events_once_both_are_public():
    event = make.cited_event()
    missing = make.missing(party=make.party())
    event.event_missing_documents.create(missing=missing)
    publish([event])
    assert not seen(EventMissingDocument).exists()

    publish_references("missing", [missing])
    assert [link.missing.title for link in seen(EventMissingDocument)] == [missing.title]
    assert seen(Party).exists()
    assert_consistent()

    withdraw_standing("missing", [missing], note=NOTE)
    assert not seen(EventMissingDocument).exists()
    assert not seen(Party).exists()
    assert_consistent()
    publish_references("missing", [missing])
    assert seen(EventMissingDocument).exists()
    assert seen(MissingDocument).exists()


def test_masthead_signs_editions_and_is_published_like_everything_else(client):
    masthead = make.masthead(name="Before", editorial_body="The board")
    event = make.cited_event()
    publish([event])
    assert Edition.objects.get(event=event).signed_as == "The board"
    assert "<title>Chronicle</title>" in client.get("/").content.decode()

    publish_references("masthead", [masthead])
    Masthead.objects.update(name="After")

    assert "<title>Before</title>" in client.get("/").content.decode()


def test_texts_of_the_masthead_are_markdown_without_html_pictures_or_scripts(client):
    about = (
        "*Who* <script>alert(1)</script> [x](javascript:alert(1)) ![p](https://example.org/p.png) [y](https://a.org)"
    )
    publish_references("masthead", [make.masthead(about=about)])

    html = client.get("/about/").content.decode()

    assert "<em>Who</em>" in html
    assert "<script>" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert '<a href="https://a.org">y</a>' in html


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_terms_and_of_what_is_missing_take_the_same_queries_for_one_row_and_three(
    client, django_assert_num_queries, rows
):
    event = make.cited_event()
    for number in range(rows):
        term, missing = make.term(), make.missing(party=make.party())
        term.uses.create(wording="word", document=make.document(), times=number + 1)
        event.event_missing_documents.create(missing=missing)
        publish_references("term", [term])
        publish_references("missing", [missing])
    publish([event])

    for address, shown, number in (("/terms/", "word", 7), ("/missing/", event.title, 7)):
        with django_assert_num_queries(number, using="published"):
            html = client.get(address).content.decode()
        assert html.count(shown) >= rows


def test_pages_of_what_stands_alone_are_whole_when_nothing_is_there(client):
    for address in ("/terms/", "/missing/", "/about/", "/method/"):
        assert client.get(address).status_code == 200
    assert "That no gap is listed does not mean" in client.get("/missing/").content.decode()
