"""How quotations stand to their texts, as readers see it: from the edition, not from the desk."""

import pytest

from chronicle.models import Citation
from chronicle.publication import publish
from chronicle.quotations import check, confirm
from tests import factories as make
from tests.chronicle.views.reading import main, text

pytestmark = pytest.mark.usefixtures("published")


def quoted(words, **fields):
    document = make.document()
    make.text(document, "It counted 80 houses on the left bank.")
    return make.citation(make.event(slug="bridge"), document, quotation=words, **fields)


def test_state_has_a_column_where_words_are_quoted(client):
    citation = quoted("It counted 80 houses")
    check([citation])
    make.citation(citation.event, statement="It says so too.")
    publish([citation.event])

    page = main(client.get("/events/bridge/"))

    assert '<th scope="col" class="quoted">Quotation</th>' in page
    assert page.count('href="/method/#quotations">exact</a>') == 1
    assert 'id="quotations"' in main(client.get("/method/"))


def test_tables_without_quotations_have_no_such_column(client):
    publish([make.cited_event(slug="bridge")])

    assert 'class="quoted"' not in main(client.get("/events/bridge/"))


def test_readers_see_the_state_of_the_edition_until_the_next_one(client):
    citation = quoted("It counted 81 houses on the left bank")
    publish([citation.event])
    check([citation])
    confirm(Citation.objects.get(pk=citation.pk), None)

    assert "not compared with a text" in text(client.get("/events/bridge/"))

    publish([citation.event])
    assert "differs from the text; the editors confirm the passage" in text(client.get("/events/bridge/"))
    assert "not compared with a text" in text(client.get("/events/bridge/editions/1/"))
