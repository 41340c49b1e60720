"""The gazetteer and the page of a place, as a reader's browser meets them."""

import re
from decimal import Decimal

import pytest

from chronicle.models import Location, LocationName
from chronicle.publication import Note, publish, publish_references, withdraw
from tests import factories as make
from tests.chronicle.views.reading import queries_of, text, titles

pytestmark = pytest.mark.usefixtures("published")


def named(location, toponym, language, party=None, **fields):
    return LocationName.objects.create(
        location=location, toponym=toponym, language=language, party=party, is_preferred=True, **fields
    )


def town(**fields):
    """Shusha, as both parties call it."""
    shusha = make.location(**{"slug": "shusha", "name": "Shusha", **fields})
    named(shusha, "Şuşa", "az-Latn", make.party(slug="azerbaijan"))
    named(shusha, "Շուշի", "hy", make.party(slug="armenia"), period_edtf="1923/1991")
    return shusha


def published_at(*locations):
    event = make.cited_event(locations=locations)
    publish([event])
    return event


def test_gazetteer_lists_places_by_folded_name_with_the_parties_names(client):
    published_at(town(), make.location(name="Ədilli"), make.location(name="Barda"))

    response = client.get("/locations/")

    assert titles(response) == ["Ədilli", "Barda", "Shusha"]
    assert re.search(r'<bdi lang="hy">Շուշի</bdi> .*<bdi lang="az-Latn">Şuşa</bdi>', response.content.decode())
    assert "3 places" in text(response)
    assert "settlement · 1 event" in text(response)


@pytest.mark.parametrize("words", ["Shusha", "şuşa", "Շուշի", "Шуша", "shush", "sh", "SUSHA"])
def test_place_is_found_in_any_spelling(client, words):
    published_at(town(), make.location(name="Barda"))

    found = titles(client.get("/locations/", {"q": words}))

    assert found == ["Shusha"]


def test_short_words_are_found_where_a_word_begins(client):
    published_at(make.location(name="Hadrut"), make.location(name="Old Hadrut"), make.location(name="Shahadat"))

    assert titles(client.get("/locations/", {"q": "ha"})) == ["Hadrut", "Old Hadrut"]
    assert titles(client.get("/locations/", {"q": "had"})) == ["Hadrut", "Old Hadrut", "Shahadat"]


def test_similar_names_are_offered_where_nothing_is_spelled_so(client):
    ganja = make.location(name="Ganja")
    published_at(ganja, make.location(name="Barda"))

    response = client.get("/locations/", {"q": "Gəncə"})

    assert "These names are similar" in text(response)
    assert titles(response) == ["Ganja"]


@pytest.mark.parametrize("words", ["%", "_", "..", "'", "\\", "nowhere"])
def test_words_that_no_name_has_find_nothing(client, words):
    published_at(town())

    response = client.get("/locations/", {"q": words})

    assert (response.status_code, titles(response)) == (200, [])
    assert "No published place fits this." in text(response)


def test_gazetteer_is_narrowed_to_a_kind_and_to_what_lies_within(client):
    district = make.location(name="District", kind="district")
    inner, other = make.location(name="Inner"), make.location(name="Other")
    make.within(inner, district)
    published_at(inner, other)

    assert titles(client.get("/locations/")) == ["District", "Inner", "Other"]
    assert titles(client.get("/locations/", {"kind": "district"})) == ["District"]
    assert titles(client.get("/locations/", {"within": district.slug})) == ["Inner"]


@pytest.mark.parametrize("asked", [{"kind": "planet"}, {"within": "nowhere"}, {"after": "x"}, {"q": "a\x00"}])
def test_gazetteer_that_cannot_be_is_not_found(client, asked):
    published_at(town())

    assert client.get("/locations/", {"kind": "settlement"}).status_code == 200
    assert client.get("/locations/", asked).status_code == 404


def test_gazetteer_goes_on_after_its_last_place(client):
    names = [f"Place {number:03}" for number in range(51)]
    published_at(*(make.location(name=name) for name in names))

    first = client.get("/locations/")
    following = re.search(r'href="([^"]*)" rel="next"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(f"/locations/{following}")

    assert titles(first) == names[:50]
    assert titles(second) == names[50:]


def test_empty_gazetteer_says_so(client):
    assert "No place is published yet." in text(client.get("/locations/"))


def test_place_that_no_published_event_needs_is_not_shown(client):
    published_at(town())
    draft = make.location(name="Draft")

    assert titles(client.get("/locations/")) == ["Shusha"]
    assert client.get("/locations/shusha/").status_code == 200
    assert client.get(f"/locations/{draft.slug}/").status_code == 404


def test_place_shows_names_coordinates_and_authorities(client):
    where = {"latitude": Decimal("39.758888"), "longitude": Decimal("-46.749"), "coordinate_uncertainty_m": 2000}
    published_at(town(geonames_id=147105, wikidata_id="Q189127", **where))

    response = client.get("/locations/shusha/")
    html, shown = response.content.decode(), text(response)

    assert re.search(r"<h1><bdi[^>]*>Shusha</bdi> .*<bdi[^>]*>Շուշի</bdi>.*<bdi[^>]*>Şuşa</bdi>\s*</h1>", html)
    assert "Within 2 km of 39.76° N, 46.75° W" in shown
    assert "Armenian · used by Armenia · from 1923 to 1991" in shown
    assert "Azerbaijani, Latin letters · used by Azerbaijan" in shown
    assert 'href="https://www.geonames.org/147105"' in html
    assert 'href="https://www.wikidata.org/wiki/Q189127"' in html


def test_area_is_never_shown_as_a_point(client):
    where = {"latitude": Decimal("40.312345"), "longitude": Decimal("47.7"), "coordinate_uncertainty_m": 350000}
    published_at(make.location(slug="country", kind="country", **where))

    shown = text(client.get("/locations/country/"))

    assert "No point: it lies within a circle of 350 km around 40.3° N, 47.7° E" in shown
    assert "40.31" not in shown


def test_place_without_coordinates_says_so(client):
    published_at(town())

    assert "No coordinates are recorded." in text(client.get("/locations/shusha/"))


def test_place_says_what_it_lies_within_and_what_lies_within_it(client):
    country = make.location(slug="country", name="Country", kind="country")
    shusha, party = town(), make.party(slug="third")
    source = make.document(title_short="Atlas 2021")
    make.within(shusha, country, basis="law", party=party, period_edtf="1991/..", source=source)
    make.within(shusha, country, basis="control", party=party, period_edtf="2020/..", source=source)
    published_at(shusha)

    inner, outer = text(client.get("/locations/shusha/")), text(client.get("/locations/country/"))

    assert "Country by the law of Third, from 1991 on source: Atlas 2021" in inner
    assert "1 place Shusha by the law of Third, from 1991 on under the control of Third, from 2020 on" in outer


def test_long_list_of_what_lies_within_is_cut_and_leads_on(client):
    country = make.location(slug="country", kind="country")
    inside = [make.location(name=f"Inside {number:02}") for number in range(51)]
    for one in inside:
        make.within(one, country)
    published_at(*inside)

    response = client.get("/locations/country/")

    assert "51 places, the first 50 by name; all of them" in text(response)
    assert 'href="/locations/?within=country"' in response.content.decode()
    assert "Inside 49" in text(response)
    assert 'href="/locations/inside-50' not in response.content.decode()


def test_events_of_a_place_are_those_filed_there_within_or_placed_there(client):
    district, shusha, far = make.location(slug="district", name="District"), town(), make.location(name="Far")
    make.within(shusha, district)
    filed = make.cited_event(title="Filed", locations=(district,), date_edtf="2020-10-03")
    within = make.cited_event(title="Within", locations=(shusha,), date_edtf="2020-10-01")
    placed = make.event(title="Placed", locations=(far,), date_edtf="2020-10-02")
    make.citation(
        placed,
        make.document(title_short="Report 2021"),
        aspect="location",
        asserted_location=district,
        asserted_location_role="site",
    )
    publish([filed, within, placed, make.cited_event(title="Elsewhere", locations=(far,))])

    response = client.get("/locations/district/")

    assert titles(response)[:3] == ["Within", "Placed", "Filed"]
    shown = text(response)
    assert "3 events" in shown
    assert "Within filed under Shusha" in shown
    assert "Placed filed under Far · placed here by Report 2021" in shown
    assert "Filed filed here" in shown
    assert "Elsewhere" not in shown


def test_events_of_a_place_go_on_after_the_last_one(client):
    shusha = town()
    publish([make.cited_event(title=f"Event {number:02}", locations=(shusha,)) for number in range(51)])

    first = client.get("/locations/shusha/")
    following = re.search(r'href="([^"]*)" rel="next"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(f"/locations/shusha/{following}")

    assert "51 events" in text(first)
    assert [title for title in titles(second) if title.startswith("Event")] == ["Event 50"]


def test_withdrawn_event_leaves_the_place(client):
    shusha = town()
    gone, kept = (make.cited_event(title=title, locations=(shusha,)) for title in ("Gone", "Kept"))
    publish([gone, kept])
    assert "Gone" in text(client.get("/locations/shusha/"))

    withdraw([gone], note=Note(words="A family asked for it."))

    assert "Gone" not in text(client.get("/locations/shusha/"))
    assert "1 event" in text(client.get("/locations/shusha/"))


def test_place_that_nothing_needs_any_longer_is_not_found(client):
    event = published_at(town())
    assert client.get("/locations/shusha/").status_code == 200

    withdraw([event], note=Note(words="A family asked for it."))

    assert client.get("/locations/shusha/").status_code == 404


def test_former_address_of_a_place_leads_to_its_address_of_today(client):
    shusha = town()
    published_at(shusha)
    Location.objects.filter(pk=shusha.pk).update(slug="shushi")
    publish_references("location", [Location.objects.get(pk=shusha.pk)])

    response = client.get("/locations/shusha/")

    assert (response.status_code, response["Location"]) == (301, "/locations/shushi/")
    assert client.get("/locations/", {"within": "shusha"}).status_code == 301


def test_address_of_another_kind_of_record_is_not_found(client):
    event = published_at(town())

    assert client.get(f"/events/{event.slug}/").status_code == 200
    assert client.get(f"/locations/{event.slug}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_places_take_the_same_queries_for_one_row_and_three(client, rows):
    outer, inner = make.location(slug="outer"), make.location(slug="inner")
    party, source = make.party(), make.document()
    for number in range(rows):
        make.within(inner, outer, basis="law", party=party, source=source, period_edtf=f"{1990 + number}")
        named(inner, f"Name {number}", "az-Latn", make.party())
        more = make.location()
        make.within(more, outer)
        event = make.event(locations=(inner, more))
        place = {"aspect": "location", "asserted_location": inner, "asserted_location_role": "site"}
        make.citation(event, source, **place)
        publish([event])
    client.get("/locations/")

    assert queries_of(client, "/locations/") == 6
    assert queries_of(client, "/locations/?q=inner&kind=settlement") == 6
    assert queries_of(client, "/locations/?within=outer") == 7
    assert queries_of(client, "/locations/inner/") == 11
    assert queries_of(client, "/locations/outer/") == 11
