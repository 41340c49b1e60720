"""The map and its data: the places of what was asked for, the window, names and lines, and the small maps of pages."""

import json
import re
from decimal import Decimal

import pytest

from chronicle.models import Location
from chronicle.publication import publish
from chronicle.views import map_places
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")

EVIL = '"><script>alert(1)</script>'
LINE = {"type": "LineString", "coordinates": [[46.5, 39.5], [47.0, 40.0]]}


def place(name, *, at=("39.760060", "46.749890"), within=2000, **fields):
    latitude, longitude = at
    position = {"latitude": Decimal(latitude), "longitude": Decimal(longitude), "coordinate_uncertainty_m": within}
    return make.location(name=name, slug=name.lower(), **(position | fields))


def shusha():
    """Shusha, as both parties call it, and in a third language."""
    town = place("Shusha")
    names = [("Şuşa", "az-Latn", "azerbaijan"), ("Շուշի", "hy", "armenia"), ("Shushi", "hy-Latn", "armenia")]
    for toponym, language, slug in names:
        party = make.Party.objects.filter(slug=slug).first() or make.party(slug=slug, name_short=slug.title())
        town.names.create(toponym=toponym, language=language, party=party, is_preferred=True)
    town.names.create(toponym="Шуша", language="ru", is_preferred=True)
    return town


def published_at(*locations, **fields):
    event = make.cited_event(locations=locations, **fields)
    publish([event])
    return event


def drawn_names(response):
    """The names on the drawing, in their order."""
    return re.findall(r"<text [^>]*lang[^>]*>(.*?)</text>", response.content.decode())


def listed(response):
    """The links of the list beside the map, in its order."""
    return re.findall(r'<li><a class="title" href="/locations/(.*?)/">', main(response))


def marked(response):
    """The places on the drawing: address and class of mark."""
    return re.findall(r'<a href="/locations/([^"]*)/"[^>]*><title>.*?</title><\w+ class="(.*?)"', main(response))


def test_map_shows_every_place_and_the_list_says_the_same(client):
    published_at(shusha(), place("Barda", at=("40.37", "47.12")), place("Nowhere", at=(0, 0), within=1))

    response = client.get("/map/?at=40,47&zoom=8")

    assert sorted(marked(response)) == [("barda", "dot"), ("shusha", "dot")]
    assert listed(response) == ["barda", "nowhere", "shusha"]
    assert "Within 2 km of 39.76° N, 46.75° E" in text(response)
    assert "1 event" in text(response)


def test_names_of_all_parties_stand_at_one_size_one_of_each(client):
    published_at(shusha())

    assert drawn_names(client.get("/map/")) == ["Շուշի", "Şuşa"]


@pytest.mark.parametrize(
    ("choice", "names"), [("az", ["Şuşa"]), ("hy", ["Շուշի"]), ("ru", ["Шуша"]), ("en", ["Shusha"])]
)
def test_names_are_in_the_chosen_language(client, choice, names):
    published_at(shusha())

    assert drawn_names(client.get(f"/map/?names={choice}")) == names


def test_place_without_a_name_in_the_language_has_its_heading_name(client):
    published_at(place("Barda"))

    assert drawn_names(client.get("/map/?names=ka")) == ["Barda"]


def test_name_of_one_party_alone_stands_with_the_heading_name(client):
    town = place("Barda")
    town.names.create(toponym="Bərdə", language="az-Latn", party=make.party(), is_preferred=True)
    published_at(town)

    assert drawn_names(client.get("/map/")) == ["Barda", "Bərdə"]


def test_imprecise_place_is_a_circle_and_a_district_never_a_point(client):
    district = place("District", kind="district", within=500)
    published_at(place("Town"), place("Vague", within=50_000), district)

    assert dict(marked(client.get("/map/?at=39.76,46.75&zoom=7"))) == {
        "town": "dot",
        "vague": "circle",
        "district": "circle",
    }


def test_place_larger_than_the_window_is_named_instead(client):
    published_at(place("Country", kind="country", within=900_000))

    response = client.get("/map/?at=39.76,46.75&zoom=9")

    assert marked(response) == []
    assert "Larger than the window, so not drawn: Country (1 event)" in text(response)


def test_map_has_the_filters_of_the_list_of_events(client):
    there, elsewhere = shusha(), place("Barda")
    published_at(there, date_edtf="2020-10-17")
    published_at(elsewhere, date_edtf="1994-05")

    response = client.get("/map/?period=2020-10")

    assert listed(response) == ["shusha"]
    assert 'href="/events/?period=2020-10&amp;place=shusha"' in main(response)
    assert listed(client.get("/map/?place=barda")) == ["barda"]
    assert listed(client.get("/map/?period=1800")) == []
    assert "No place fits." in text(client.get("/map/?period=1800"))


def test_filter_that_is_not_understood_is_told_instead_of_a_map(client):
    published_at(shusha())

    response = client.get("/map/?period=never&place=nowhere")

    assert (response.status_code, marked(response)) == (200, [])
    assert "nothing published is called “nowhere”" in text(response)
    assert client.get("/map/places.geojson?period=never").status_code == 404


def test_whole_state_is_in_every_link(client):
    border = place("Border", kind="line", within=20_000)
    published_at(shusha(), border, date_edtf="2020-10-17")

    response = client.get("/map/?period=2020-10&at=40,47&zoom=8&names=ru&show=border")
    nearer = re.search(r'data-move="0 0 1" href="(.*?)"', main(response))[1]
    english = re.search(r'href="([^"]*names=en[^"]*)"', main(response))[1]

    assert nearer == "?period=2020-10&amp;at=40,47&amp;zoom=9&amp;names=ru&amp;show=border"
    assert english == "?period=2020-10&amp;at=40,47&amp;zoom=8&amp;names=en&amp;show=border"
    hidden = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', main(response))
    assert hidden == [("names", "ru"), ("show", "border")]


def test_lines_are_switched_on_one_by_one_and_name_time_and_source(client):
    line, other = place("Frontline", kind="line", geometry=LINE), place("Border", kind="line", within=20_000)
    report = make.document(title="Report", title_short="Report 1994")
    make.within(line, place("Country", kind="country"), period_edtf="1994/2020", source=report)
    published_at(shusha(), line, other)

    off, on = client.get("/map/"), client.get("/map/?show=frontline")

    assert "frontline" not in dict(marked(off))
    assert dict(marked(on))["frontline"] == "outline line"
    assert "Show Frontline on the map" in text(off)
    assert "Take Frontline off the map" in text(on)
    assert "An outline is recorded. Recorded for: from 1994 to 2020." in text(on)
    assert "Report 1994" in text(on)
    assert "border" not in dict(marked(on))
    assert dict(marked(client.get("/map/?show=border")))["border"] == "asserted"
    assert "No document of this collection is recorded as its source." in text(client.get("/map/?show=border"))


def test_outline_of_a_district_is_no_border_on_the_map_until_it_is_asked_for(client):
    area = {"type": "Polygon", "coordinates": [[[46.5, 39.5], [47, 39.5], [47, 40], [46.5, 39.5]]]}
    published_at(shusha(), place("District", kind="district", geometry=area))

    assert "district" not in dict(marked(client.get("/map/")))
    assert dict(marked(client.get("/map/?show=district")))["district"] == "outline area"


@pytest.mark.parametrize(
    "asked",
    [
        {"at": "40,47"},
        {"zoom": "8"},
        {"at": "40", "zoom": "8"},
        {"at": "99,47", "zoom": "8"},
        {"at": "nan,nan", "zoom": "8"},
        {"at": "inf,0", "zoom": "8"},
        {"at": "40,47", "zoom": "99"},
        {"names": "<b>"},
        {"show": "shusha"},
        {"show": "nothing"},
        {"place": "a\x00"},
    ],
)
def test_map_that_cannot_be_is_not_found(client, asked):
    published_at(shusha())

    assert client.get("/map/", {"at": "40,47", "zoom": "8"}).status_code == 200
    assert client.get("/map/", asked).status_code == 404
    assert client.get("/map/places.geojson", asked).status_code == 404


def test_empty_chronicle_has_a_map_of_the_earth(client):
    response = client.get("/map/")

    assert "No place is published yet." in text(response)
    assert 'class="land"' in main(response)


def test_places_come_as_geojson_with_the_same_filters(client):
    published_at(shusha(), place("Vague", within=50_000), date_edtf="2020-10-17")
    published_at(place("Barda"), date_edtf="1994")

    response = client.get("/map/places.geojson?period=2020-10&names=ru")
    features = {feature["properties"]["address"]: feature for feature in json.loads(response.content)["features"]}

    assert response["Content-Type"] == "application/geo+json"
    assert sorted(features) == ["/locations/shusha/?names=ru", "/locations/vague/?names=ru"]
    assert features["/locations/shusha/?names=ru"] == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [46.74989, 39.76006]},
        "properties": {
            "names": [{"words": "Шуша", "language": "ru"}],
            "address": "/locations/shusha/?names=ru",
            "uncertainty_m": 2000,
            "is_point": True,
            "is_asserted": False,
            "events": 1,
            "events_words": "1 event",
            "events_address": "/events/?period=2020-10&names=ru&place=shusha",
            "title": "Шуша: 1 event",
            "where": "Within 2 km of 39.76° N, 46.75° E",
        },
    }


def test_hostile_names_stay_words(client):
    published_at(place("Town"))
    town = make.location(name=EVIL, slug="evil", latitude=1, longitude=1, coordinate_uncertainty_m=9)
    town.names.create(toponym=EVIL, language="ru", is_preferred=True)
    published_at(town)

    for address in ("/map/", "/map/?names=ru", "/locations/evil/"):
        assert "&lt;script&gt;alert(1)" in client.get(address).content.decode()
        assert "<script>alert" not in client.get(address).content.decode()


def test_draft_is_not_on_the_map(client):
    published_at(shusha())
    make.cited_event(locations=(place("Draft"),))

    assert listed(client.get("/map/")) == ["shusha"]
    assert client.get("/map/?show=draft").status_code == 404


def test_many_places_are_bounded_and_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(map_places, "MOST_PLACES", 2)
    monkeypatch.setattr(map_places, "MOST_EVENTS", 2)
    towns = [place(f"Town{number}") for number in range(3)]
    for number in range(3):
        published_at(*towns[: number + 1], date_edtf="2020")

    every, narrowed = client.get("/map/"), client.get("/map/?period=2020")

    assert listed(every) == ["town0", "town1"]
    assert "the map shows the 2 places with most events" in text(every)
    assert "among the first" in text(narrowed)


def test_queries_do_not_grow_with_places(client):
    published_at(shusha())
    addresses = ("/map/", "/map/?period=2020-10", "/map/places.geojson")
    one = [queries_of(client, address) for address in addresses]
    published_at(*(place(f"Town{number}", at=(40, 45 + number)) for number in range(5)))

    assert [queries_of(client, address) for address in addresses] == one == [10, 12, 5]


def test_page_of_a_place_has_a_small_map_with_a_way_to_the_large_one(client):
    published_at(shusha())

    response = client.get("/locations/shusha/")

    assert marked(response) == [("shusha", "dot")]
    assert 'href="/map/?at=39.7601,46.7499&amp;zoom=9"' in main(response)


def test_page_of_an_event_shows_where_it_is_filed_and_where_documents_place_it(client):
    other = place("Barda", at=("40.37", "47.12"))
    event = make.cited_event(locations=(shusha(),), slug="it")
    make.citation(event, aspect="location", asserted_location=other, asserted_location_role="site")
    publish([event])

    for address in ("/events/it/", "/events/it/editions/1/"):
        assert sorted(marked(client.get(address))) == [("barda", "dot"), ("shusha", "dot")]
    assert "Barda: within 2 km of 40.37° N, 47.12° E" in text(client.get("/events/it/"))


def test_old_edition_draws_the_outline_that_it_has(client):
    line = place("Frontline", kind="line", geometry=LINE)
    published_at(line, slug="it")

    for address in ("/events/it/", "/events/it/editions/1/"):
        assert marked(client.get(address)) == [("frontline", "outline line")]


def test_place_without_coordinates_has_no_map(client):
    published_at(make.location(name="Somewhere", slug="somewhere"))

    assert Location.objects.using("published").get().latitude is None
    assert "<svg" not in main(client.get("/locations/somewhere/"))
    assert listed(client.get("/map/")) == []
