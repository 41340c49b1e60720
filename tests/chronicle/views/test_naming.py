"""Names in the reader's choice of language: one first, the others in brackets, on every page that lists names."""

import re

import pytest

from chronicle.models import LocationName
from chronicle.publication import publish
from tests import factories as make
from tests.chronicle.views.reading import queries_of, text, titles

pytestmark = pytest.mark.usefixtures("published")


def named(location, toponym, language, party=None, **fields):
    fields = {"is_preferred": True, **fields}
    LocationName.objects.create(location=location, toponym=toponym, language=language, party=party, **fields)


def town(**fields):
    """Shusha, as both parties call it, and in a language of nobody's."""
    shusha = make.location(**{"slug": "shusha", "name": "Shusha", **fields})
    named(shusha, "Şuşa", "az-Latn", make.party(slug="azerbaijan", name="Azerbaijan"))
    named(shusha, "Շուշի", "hy", make.party(slug="armenia", name="Armenia"))
    named(shusha, "شوشا", "fa", is_preferred=False)
    return shusha


OFFERED = ["Armenian", "Azerbaijani", "English", "Persian"]


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)[1]


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


@pytest.fixture
def event(published):
    event = make.cited_event(slug="ceasefire", locations=[town(), make.location(name="Barda", slug="barda")])
    publish([event])
    return event


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("", "Shusha · Շուշի · Şuşa"),
        ("hy", "Շուշի (Shusha · Şuşa)"),
        ("az", "Şuşa (Shusha · Շուշի)"),
        ("fa", "شوشا (Shusha · Շուշի · Şuşa)"),
        ("en", "Shusha (Շուշի · Şuşa)"),
        ("ka", "Shusha · Շուշի · Şuşa"),
    ],
)
def test_chosen_name_is_first_and_the_others_stand_in_brackets(client, event, choice, expected):
    assert words(heading(client.get("/locations/shusha/", {"names": choice} if choice else {}))) == expected


def test_each_name_has_its_language_and_stands_apart_from_the_line(client, event):
    assert heading(client.get("/locations/shusha/", {"names": "fa"})).startswith('<bdi lang="fa">شوشا</bdi>')
    assert '<bdi lang="en">Shusha</bdi>' in heading(client.get("/locations/shusha/"))


@pytest.mark.parametrize("address", ["/locations/", "/locations/shusha/", "/events/", "/events/ceasefire/"])
def test_choice_is_offered_in_the_languages_that_are_there_and_says_which_stands(client, event, address):
    unchosen = client.get(address).content.decode()
    chosen = client.get(address, {"names": "hy"}).content.decode()

    assert re.findall(r'<li><a href="[?]names=..">(.*?)</a></li>', unchosen) == OFFERED
    assert '<strong aria-current="true">all parties’</strong>' in unchosen
    assert '<a href="?names=hy">Armenian</a>' in unchosen
    assert '<strong aria-current="true">Armenian</strong>' in chosen
    assert '<a href="?">all parties’</a>' in chosen


@pytest.mark.parametrize("address", ["/locations/", "/events/", "/events/ceasefire/", "/events/ceasefire/editions/1/"])
def test_choice_holds_in_lists_and_goes_along_with_links(client, event, address):
    page = client.get(address, {"names": "hy"})

    assert "Շուշի (Shusha · Şuşa)" in text(page)
    assert 'href="/locations/?names=hy"' in page.content.decode()
    assert "names=" not in re.search(r'rel="canonical" href="([^"]*)"', page.content.decode())[1]


def test_list_keeps_the_choice_when_it_is_narrowed_down_and_paged(client, published):
    publish([make.cited_event(locations=[town()])])
    publish([make.cited_event() for _ in range(51)])

    page = client.get("/events/", {"names": "hy"}).content.decode()

    assert '<input type="hidden" name="names" value="hy">' in page
    assert "names=hy" in re.search(r'href="([^"]*)" rel="next"', page)[1]


def test_speakers_are_called_by_their_names_in_the_language(client, published):
    minister = make.agent(slug="minister", name="Jeyhun Bayramov")
    minister.names.create(name="Ceyhun Bayramov", language="az-Latn")
    event = make.cited_event()
    make.citation(event, claimed_by=minister)
    publish([event])

    assert words(heading(client.get("/agents/minister/"))) == "Jeyhun Bayramov · Ceyhun Bayramov"
    assert words(heading(client.get("/agents/minister/?names=az"))) == "Ceyhun Bayramov (Jeyhun Bayramov)"
    assert "Ceyhun Bayramov (Jeyhun Bayramov)" in text(client.get("/agents/", {"names": "az"}))


@pytest.mark.parametrize("choice", ["x", "english", "h\x00y", "HY", "<b>", "az-Latn"])
@pytest.mark.parametrize("address", ["/events/", "/locations/shusha/", "/method/", "/map/"])
def test_what_can_be_no_language_is_not_found(client, event, address, choice):
    assert client.get(address, {"names": "hy"}).status_code == 200
    assert client.get(address, {"names": choice}).status_code == 404


def test_page_without_other_names_offers_no_choice(client, published):
    publish([make.cited_event(locations=[make.location(name="Barda")])])

    assert titles(client.get("/locations/")) == ["Barda"]
    assert "Names:" not in text(client.get("/locations/"))


def published_towns(number):
    for index in range(number):
        place = make.location(name=f"Town {index}")
        named(place, f"Քաղաք {index}", "hy")
        publish([make.cited_event(locations=[place])])


@pytest.mark.parametrize(("address", "queries"), [("/events/", 10), ("/locations/", 6)])
def test_queries_are_the_same_for_any_number_of_names(client, published, address, queries):
    published_towns(1)
    first = queries_of(client, f"{address}?names=hy")
    published_towns(3)

    assert (first, queries_of(client, f"{address}?names=hy")) == (queries, queries)
