"""Editions and corrections of all events, and their feed."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest

from chronicle.models import Edition, Event
from chronicle.publication import Note, publish, withdraw, withhold
from chronicle.views import paging
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")

ATOM = "{http://www.w3.org/2005/Atom}"
REASON = Note(words="A family asked for it.")


def corrected_event(**fields):
    """An event in two editions."""
    event = make.cited_event(**fields)
    publish([event], note=Note(kind="first"))
    Event.objects.filter(pk=event.pk).update(summary="So it was.")
    publish([event], note=Note(kind="correction", words="The summary was missing.", signed_as="The office"))
    return event


def entries(client):
    return ElementTree.fromstring(client.get("/editions/feed.atom").content).findall(f"{ATOM}entry")


def test_editions_are_listed_newest_first_with_kind_note_and_signature(client):
    event = corrected_event(title="The bridge")

    response = client.get("/editions/")

    assert re.findall(r'href="/events/[a-z0-9-]+/editions/(\d)/"', main(response)) == ["2", "1"]
    shown = text(response)
    assert "2 editions" in shown
    assert f"The bridge The summary was missing. E{event.pk}, edition 2 · signed The office" in shown


def test_one_kind_can_be_chosen(client):
    corrected_event(title="The bridge")

    response = client.get("/editions/?kind=correction")

    assert re.findall(r'href="/events/[a-z0-9-]+/editions/(\d)/"', main(response)) == ["2"]
    assert '<option value="correction" selected>' in response.content.decode()
    assert "There is no edition of this kind." in text(client.get("/editions/?kind=new_source"))


@pytest.mark.parametrize("asked", ["nonsense", "%3Cscript%3E", "x" * 5000])
def test_kind_that_is_none_shows_all_and_says_so(client, asked):
    corrected_event()

    response = client.get(f"/editions/?kind={asked}")

    assert response.status_code == 200
    assert "2 editions" in text(response)
    assert "There is no kind of note" in text(response)
    assert "<script>" not in response.content.decode()


def test_taken_down_event_has_number_and_reason_and_no_title(client):
    event = corrected_event(title="The bridge", slug="the-bridge")
    assert "The bridge" in text(client.get("/editions/"))

    withdraw([event], note=REASON)
    response = client.get("/editions/")

    assert "3 editions" in text(response)
    assert f"Event E{event.pk} A family asked for it." in text(response)
    for word in ("The bridge", "the-bridge", "The summary was missing."):
        assert word not in response.content.decode()
    assert text(response).count("taken down since") == 2
    assert client.get(f"/e/{event.pk}").status_code == 410


def test_taken_down_event_that_is_public_again_has_its_title(client):
    event = corrected_event(title="The bridge")
    withdraw([event], note=REASON)
    publish([event])

    shown = text(client.get("/editions/"))

    assert f"The bridge A family asked for it. E{event.pk}, edition 3" in shown
    assert "published again since" in shown


def test_edition_whose_last_source_was_removed_says_no_more(client):
    secret = make.document(title_short="Secret 2021")
    event = make.event(title="The bridge")
    make.citation(event, secret)
    publish([event], note=Note(words="From the secret report."))
    assert "From the secret report." in text(client.get("/editions/"))

    withhold([secret])
    shown = text(client.get("/editions/"))

    assert "a source was removed on" in shown
    assert "nothing in it rested on another one" in shown
    for word in ("The bridge", "secret"):
        assert word not in shown


def test_drafts_are_not_listed(client):
    corrected_event(title="The bridge")
    make.cited_event(title="The draft")

    shown = text(client.get("/editions/"))

    assert "The bridge" in shown
    assert "The draft" not in shown


def test_editions_are_paged_by_key(client, monkeypatch):
    monkeypatch.setattr(paging.page_back, "__kwdefaults__", {**paging.page_back.__kwdefaults__, "size": 2})
    events = [make.cited_event() for _ in range(5)]
    publish(events)
    found, address = [], "/editions/"

    while address:
        html = main(client.get(address))
        found += [int(number) for number in re.findall(r"E(\d+), edition", html)]
        following = re.search(r'href="([^"]+)" rel="next"', html)
        address = following and f"/editions/{following[1].replace('&amp;', '&')}"

    assert sorted(found) == [event.pk for event in events]
    assert len(found) == 5


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "~",
        "2020~1",
        "2020-01-01~1",
        "2020-01-01T00:00:00~1",
        "2020-01-01T00:00:00%2B00:00~x",
        "9" * 150,
        "%00",
        "0001-01-01T00:00:00%2B23:59~1",
        "9999-12-31T23:59:59-23:59~1",
    ],
)
def test_place_that_is_none_is_not_found(client, after):
    assert client.get(f"/editions/?after={after}").status_code == 404


@pytest.mark.parametrize(
    "after",
    ["0001-01-01T00:00:00Z~1", "9999-12-31T23:59:59Z~1", f"2020-01-01T00:00:00%2B00:00~{10**30}"],
)
def test_far_places_are_pages(client, after):
    corrected_event()

    assert client.get(f"/editions/?after={after}").status_code == 200


def test_nothing_published_is_said(client):
    assert "Nothing is published yet." in text(client.get("/editions/"))


@pytest.mark.parametrize("events", [1, 3])
def test_editions_take_the_same_queries_for_one_and_three(client, events):
    publish([make.cited_event() for _ in range(events)])

    assert queries_of(client, "/editions/") == 5
    assert queries_of(client, "/editions/?kind=first") == 5
    assert queries_of(client, "/editions/feed.atom") == 4


def test_feed_has_what_rfc_4287_requires(client):
    corrected_event(title="The bridge")

    response = client.get("/editions/feed.atom")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://testserver/editions/", "self": "http://testserver/editions/feed.atom"}
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text
        assert datetime.fromisoformat(element.find(f"{ATOM}updated").text).tzinfo
        assert element.find(f"{ATOM}author/{ATOM}name").text
    assert len(feed.findall(f"{ATOM}entry")) == 2


def test_feed_entry_is_signed_and_says_why(client):
    event = corrected_event(title="The bridge & more")
    made = Edition.objects.get(event=event, number=2).made_at

    newest = entries(client)[0]

    found = {child.tag.removeprefix(ATOM): child for child in newest}
    assert found["title"].text == f"The bridge & more (E{event.pk}, edition 2)"
    assert found["summary"].text == "The summary was missing."
    assert found["author"].find(f"{ATOM}name").text == "The office"
    assert found["link"].get("href") == f"http://testserver/events/{event.slug}/editions/2/"
    assert found["id"].text == f"tag:testserver,{made:%Y-%m-%d}:/e/{event.pk}/edition-2"
    assert found["updated"].text == made.isoformat()


def test_feed_ids_stay_when_an_event_is_renamed(client):
    event = corrected_event()
    before = [entry.find(f"{ATOM}id").text for entry in entries(client)]
    Event.objects.filter(pk=event.pk).update(slug="renamed", title="Renamed")
    publish([event])

    after = [entry.find(f"{ATOM}id").text for entry in entries(client)]

    assert after[1:] == before


def test_feed_tells_of_a_takedown_without_a_title(client):
    event = corrected_event(title="The bridge", slug="the-bridge")
    assert "The bridge" in client.get("/editions/feed.atom").content.decode()

    withdraw([event], note=REASON)
    (entry,) = entries(client)

    assert entry.find(f"{ATOM}title").text == f"E{event.pk} was taken down"
    assert entry.find(f"{ATOM}summary").text == "A family asked for it."
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/e/{event.pk}"
    assert "bridge" not in client.get("/editions/feed.atom").content.decode()


def test_feed_is_well_formed_whatever_a_note_holds(client):
    event = make.cited_event(title="<b>bold</b> \x0b")
    publish([event], note=Note(words="<script>1</script> ]]> \x01 \ufffe 🌍"))

    (entry,) = entries(client)

    assert entry.find(f"{ATOM}title").text.startswith("<b>bold</b> \ufffd")
    assert entry.find(f"{ATOM}summary").text == "&lt;script&gt;1&lt;/script&gt; ]]&gt; \ufffd \ufffd 🌍"


def test_feed_of_nothing_is_a_feed(client):
    assert entries(client) == []


@pytest.mark.parametrize("address", ["/", "/editions/"])
def test_feed_is_found_from_a_page(client, address):
    link = '<link rel="alternate" type="application/atom+xml" title="Editions and corrections" '

    assert f'{link}href="/editions/feed.atom">' in client.get(address).content.decode()
