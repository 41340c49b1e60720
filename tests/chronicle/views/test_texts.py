"""The reader for everybody: what may be read, with cited passages marked, and nothing else."""

import re
from html import unescape

import pytest

from chronicle.fulltexts import hide, show
from chronicle.models import Citation
from chronicle.publication import publish, withhold
from sources.fulltexts import extract
from sources.fulltexts.storing import Sent, deposit
from tests import factories as make
from tests.chronicle.views.reading import queries_of, text
from tests.files import stored_in
from tests.sources.fulltexts import files

pytestmark = pytest.mark.usefixtures("published")

PAGES = ("Before it rose. The water rose at night.", "Then it fell.")


def quoted(of, event, words, **fields):
    """A citation of which the quotation was found in a text."""
    whole = "\n".join(PAGES)
    start = whole.index(words)
    page = 1 if start < len(PAGES[0]) else 2
    citation = make.citation(event, of.document, quotation=words, **fields)
    place = {"quotation_page": page, "quotation_start": start, "quotation_end": start + len(words)}
    Citation.objects.filter(pk=citation.pk).update(quotation_state="exact", quotation_text=of, **place)
    return citation


@pytest.fixture
def flood():
    """A document of which readers may read the text, and an event that quotes it."""
    document = make.document(slug="report", title="The flood", title_short="Report 1907", language="en")
    found = make.text(document, *PAGES, language="en")
    event = make.event(slug="flood", title="The night of the flood")
    quoted(found, event, "The water rose", statement="The water rose by night.")
    publish([event])
    show(texts=[found])
    return found


def marks(response):
    return [
        unescape(words)
        for words in re.findall(r"<mark[^>]*>(?:<span[^>]*></span>)*(.*?)</mark>", response.content.decode())
    ]


def test_page_marks_cited_passages_and_leads_to_their_events_and_back(client, flood):
    response = client.get("/documents/report/text/1/")

    shown = response.content.decode()
    number = Citation.objects.get().pk
    assert marks(response) == ["The water rose"]
    assert f'<mark id="passage-{number}">' in shown
    assert f'href="#passage-{number}"' in shown
    assert f'href="/events/flood/#C{number}"' in shown
    assert "Page 1" in text(response)
    assert "1 of 2" in text(response)
    assert flood.sha256 in shown


def test_event_leads_to_the_passage_while_it_may_be_read(client, flood):
    address = f'href="/documents/report/text/1/?text=1#passage-{Citation.objects.get().pk}"'
    assert address in client.get("/events/flood/").content.decode()

    hide(texts=[flood])

    assert address not in client.get("/events/flood/").content.decode()
    assert client.get("/events/flood/editions/1/").status_code == 200


def test_document_leads_to_its_text(client, flood):
    response = client.get("/documents/report/")

    assert 'href="/documents/report/text/1/"' in response.content.decode()
    assert "Read its text, 2 pages, English." in text(response)


def test_second_page_has_its_own_passages(client, flood):
    response = client.get("/documents/report/text/2/")

    assert marks(response) == []
    assert "Then it fell." in text(response)
    assert "No published event cites a passage of it." in text(response)


@pytest.mark.parametrize(
    "address",
    [
        "/documents/report/text/3/",
        "/documents/report/text/0/",
        "/documents/report/text/99999999999999999999/",
        "/documents/report/text/1/?text=2",
        "/documents/report/text/1/?text=x",
        "/documents/other/text/1/",
        "/documents/report/files/1/",
        "/documents/report/files/99999999999999999999/",
    ],
)
def test_what_is_not_there_is_not_found(client, flood, address):
    assert client.get("/documents/report/text/1/").status_code == 200
    assert client.get(address).status_code == 404


def test_text_that_readers_may_not_read_is_not_found(client):
    document = make.document(slug="report")
    make.text(document, "Canary.")
    event = make.event()
    make.citation(event, document)
    publish([event])

    assert client.get("/documents/report/text/1/").status_code == 404
    assert "Read its text" not in text(client.get("/documents/report/"))


def test_hidden_text_is_gone_at_once(client, flood):
    assert client.get("/documents/report/text/1/").status_code == 200

    hide(texts=[flood])

    assert client.get("/documents/report/text/1/").status_code == 404
    assert "Read its text" not in text(client.get("/documents/report/"))


def test_text_of_a_withheld_document_is_gone_at_once(client, flood):
    assert client.get("/documents/report/text/1/").status_code == 200

    withhold([flood.document])

    assert client.get("/documents/report/text/1/").status_code == 404


def test_older_text_stays_under_its_number_for_those_who_quote_it(client, flood):
    show(texts=[make.text(flood.document, "A better text.")])

    newest, older = client.get("/documents/report/text/1/"), client.get("/documents/report/text/1/?text=1")

    assert "A better text." in text(newest)
    assert marks(newest) == []
    assert marks(older) == ["The water rose"]
    assert "It was replaced by a newer text, and stays for those who quote it." in text(older)


def test_citation_that_is_not_published_is_not_marked(client, flood):
    quoted(flood, make.event(title="A draft"), "Before it")

    response = client.get("/documents/report/text/1/")

    assert marks(response) == ["The water rose"]
    assert "A draft" not in text(response)


def test_what_stands_in_a_text_is_text(client):
    document = make.document(slug="report")
    event = make.event()
    make.citation(event, document)
    publish([event])
    show(texts=[make.text(document, "<script>alert(1)</script> & {{ page }}", language="en")])

    shown = client.get("/documents/report/text/1/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ page }}" in shown


def test_language_and_direction_are_told(client):
    document = make.document(slug="report")
    event = make.event()
    make.citation(event, document)
    publish([event])
    show(texts=[make.text(document, "فاضت المياه ليلاً (Report 12).", language="ar")])

    assert '<div class="text" dir="auto" lang="ar">' in client.get("/documents/report/text/1/").content.decode()


def test_copy_is_given_to_be_saved_while_readers_may_have_it(client, flood, settings, tmp_path):
    stored_in(settings, tmp_path)
    path = files.written(tmp_path, files.jpeg())
    file = deposit(flood.document, Sent(path, extract(path))).file
    address = f"/documents/report/files/{file.pk}/"
    assert client.get(address).status_code == 404

    show(files=[file])
    response = client.get(address)

    content = b"".join(response.streaming_content)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert response["Content-Disposition"] == 'attachment; filename="report.jpg"'
    assert len(content) == file.copy_size
    assert b"roof of the school" not in content
    assert file.sha256 in client.get("/documents/report/").content.decode()
    hide(files=[file])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_is_the_same(client, count):
    document = make.document(slug="report")
    found = make.text(document, *PAGES)
    event = make.event()
    for words in ("Before it", "The water", "night")[:count]:
        quoted(found, event, words)
    publish([event])
    show(texts=[found])

    assert queries_of(client, "/documents/report/text/1/") == 7
