"""Who tells what: the matrix with its gaps, as a reader's browser meets it."""

import re

import pytest
from django.utils.html import strip_tags

from chronicle.publication import publish
from tests import factories as make
from tests.chronicle.views.reading import queries_of, text, titles

pytestmark = pytest.mark.usefixtures("published")


def document(siglum, **fields):
    return make.document(slug=siglum.lower(), title=siglum, title_short=siglum, **fields)


def told_by(*documents, **fields):
    event = make.event(**fields)
    for one in documents:
        make.citation(event, one)
    publish([event])
    return event


def columns(response):
    head = re.search(r"<thead>.*?</thead>", response.content.decode(), re.DOTALL)[0]
    return re.findall(r'href="/documents/[^"]*"><bdi>(.*?)</bdi></a>', head)


def cells(response):
    """The words of every cell, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.DOTALL)[1:]
    return [[_words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]


def _words(html):
    return re.sub(r"\s+", " ", strip_tags(html)).strip()


def test_matrix_shows_what_each_document_tells_and_the_gaps_in_words(client):
    first, second = document("First", issued_edtf="2020"), document("Second", issued_edtf="2021")
    event = make.event(title="The event")
    citation = make.citation(event, first, aspect="killed", asserts_unknown=True)
    make.citation(event, first)
    publish([event])
    told_by(second, title="Another", date_edtf="2020-01-01")

    response = client.get("/telling/")

    assert columns(response) == ["First", "Second"]
    assert titles(response) == ["Another", "The event"]
    gap = "–no assertion in this collection"
    assert cells(response) == [
        [gap, "1 assertion of Second description"],
        ["2 assertions of First killed, description", gap],
    ]
    assert f'href="/events/{event.slug}/#C{citation.pk}"' in response.content.decode()


def test_silence_of_a_document_that_was_checked_is_no_gap(client):
    first, second = document("First", issued_edtf="2020"), document("Second", issued_edtf="2021")
    event = make.event()
    make.citation(event, first)
    make.citation(event, second, stance="silent", aspect="killed")
    publish([event])
    told_by(second, date_edtf="2021")

    assert cells(client.get("/telling/"))[0][1] == "silent: the whole document was checked"


def test_matrix_takes_the_documents_cited_for_most_events_by_date_and_title(client):
    many = [document(f"Many{number}", issued_edtf=f"{2030 - number}") for number in range(8)]
    told_by(*many)
    told_by(*many)
    told_by(document("Few", issued_edtf="1999"), title="Told by few")

    response = client.get("/telling/")

    assert columns(response) == [f"Many{number}" for number in reversed(range(8))]
    assert "2 events of which one of these 8 documents tells" in text(response)
    assert "Told by few" not in text(response)


def test_documents_are_chosen_and_looked_for(client):
    told_by(document("First"), title="Event one")
    told_by(document("Second"), title="Event two")

    response = client.get("/telling/", {"document": "second", "q": "fir"})

    assert columns(response) == ["Second"]
    assert titles(response) == ["Event two"]
    assert re.findall(r'name="document" value="(.*?)"( checked)?', response.content.decode()) == [
        ("first", ""),
        ("second", " checked"),
    ]


def test_matrix_is_narrowed_to_kind_party_and_period(client):
    armenia, one = make.party(slug="armenia"), document("First")
    told_by(one, title="Battle", date_edtf="2020-10-03", parties=(armenia,))
    told_by(one, title="Treaty", date_edtf="2020-11-09", kind=make.kind(slug="treaty"))
    told_by(one, title="Undated", date_edtf="")

    def found(**asked):
        return titles(client.get("/telling/", asked))

    assert found() == ["Battle", "Treaty", "Undated"]
    assert found(kind="treaty") == ["Treaty"]
    assert found(party="armenia") == ["Battle"]
    assert found(period="2020-10") == ["Battle"]
    assert found(period="2020-11/..") == ["Treaty"]
    assert found(period="Y99999999999") == []
    assert found(period="Y-99999999999/..") == ["Battle", "Treaty"]


def test_period_that_is_no_date_is_explained(client):
    told_by(document("First"), title="The event")

    response = client.get("/telling/", {"period": "autumn"})

    assert response.status_code == 200
    assert 'class="wrong"' in response.content.decode()
    assert titles(response) == ["The event"]


@pytest.mark.parametrize("asked", [{"document": "x"}, {"kind": "x"}, {"party": "x"}, {"after": "x"}, {"q": "\x00"}])
def test_matrix_that_cannot_be_is_not_found(client, asked):
    told_by(document("First"))

    assert client.get("/telling/", {"document": "first"}).status_code == 200
    assert client.get("/telling/", asked).status_code == 404


def test_empty_chronicle_has_an_empty_matrix(client):
    assert "No document is cited yet." in text(client.get("/telling/"))


def test_matrix_goes_on_after_its_last_event(client):
    one = document("First")
    events = [make.event(title=f"Event {number:02}") for number in range(51)]
    for event in events:
        make.citation(event, one)
    publish(events)

    first = client.get("/telling/")
    following = re.search(r'href="([^"]*)" rel="next"', first.content.decode())[1].replace("&amp;", "&")

    assert titles(client.get(f"/telling/{following}")) == ["Event 50"]


@pytest.mark.parametrize("rows", [1, 3])
def test_matrix_takes_the_same_queries_for_one_row_and_three(client, rows):
    for number in range(rows):
        told_by(*(document(f"D{number}{other}", party=make.party()) for other in range(rows)))
    client.get("/telling/")

    assert queries_of(client, "/telling/") == 9
    assert queries_of(client, "/telling/?document=d00&period=2020&q=d0") == 10
