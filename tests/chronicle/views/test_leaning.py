"""The page of what stands behind an event, and the line that leads there."""

import pytest

from chronicle.publication import Note, publish, withdraw
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")


def leaning_event(documents=5, **fields):
    event = make.event(slug="bridge", title="The bridge", **fields)
    behind = make.document(slug="behind", title_short="Behind 1990")
    for number in range(documents):
        made = make.document(slug=f"report-{number}", title=f"Report {number}", title_short=f"Report {number}")
        citation = make.citation(event, made, through=behind)
    publish([event])
    return citation


def test_five_documents_that_are_one_source_are_told_so(client):
    citation = leaning_event()

    response = client.get("/events/bridge/sources/")

    assert "5 documents, 0 parties, 1 independent." in text(response)
    assert "Followed to what they lean on, five documents come down to one source." in text(response)
    assert "All five documents are one source: they lean on each other, or on the same one." in text(response)
    assert f'<a href="/events/bridge/#{citation}">{citation}</a>' in main(response)
    assert main(response).count("/documents/behind/") == 5


def test_page_of_the_event_warns_and_leads_there(client):
    leaning_event(documents=2)

    response = client.get("/events/bridge/")

    assert "Followed to what they lean on, two documents come down to one source." in text(response)
    assert 'href="/events/bridge/sources/"' in main(response)


def test_documents_that_lean_on_none_are_counted_without_a_warning(client):
    event = make.event(slug="ford")
    make.citation(event), make.citation(event)
    publish([event])

    assert "2 documents, 0 parties, 2 independent." in text(client.get("/events/ford/sources/"))
    assert "come down to" not in text(client.get("/events/ford/sources/"))
    assert "come down to" not in text(client.get("/events/ford/"))


def test_number_of_queries_is_constant(client):
    leaning_event(documents=1)
    few = queries_of(client, "/events/bridge/sources/")
    for number in range(5, 8):
        event = make.event(slug=f"bridge-{number}")
        for _ in range(number):
            make.citation(event, through=make.document())
        publish([event])

    assert few == 5
    assert queries_of(client, "/events/bridge-7/sources/") == 5


def test_what_was_taken_down_or_never_was_has_no_sources(client):
    citation = leaning_event(documents=1)

    assert client.get("/events/nothing/sources/").status_code == 404
    withdraw([citation.event], note=Note(words="Taken down."))
    assert client.get("/events/bridge/sources/").status_code == 410
