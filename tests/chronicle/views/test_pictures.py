"""Pictures of plots, timeline and map: files that need nothing else, with where they come from in them."""

import re
from io import BytesIO
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from chronicle.models import Event
from chronicle.publication import publish, publish_references
from tests import factories as make
from tests.chronicle.sayings import counted, dated
from tests.chronicle.views.reading import queries_of

pytestmark = pytest.mark.usefixtures("published")

SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"
TYPES = {"svg": SVG, "png": PNG}


def told(number=3):
    """Events of October 2020 at one place, each with two rival dates."""
    town = make.location(slug="town", name="Town", latitude=40, longitude=46, coordinate_uncertainty_m=100)
    events = [
        make.event(slug=f"e{n}", title=f"Event {n}", date_edtf=f"2020-10-{n + 9:02}", locations=(town,))
        for n in range(number)
    ]
    for event in events:
        for day, title in ((9, "Report 2024"), (12, "שנתון 2021")):
            dated(event, make.document(title_short=title), f"2020-10-{day:02}", "met")
    publish(events)
    publish_references("masthead", [make.masthead(name="A chronicle")])


def words_of(picture):
    return [element.text for element in fromstring(picture).iter() if element.tag.endswith("text") and element.text]


@pytest.mark.parametrize("name", ["timeline", "map"])
def test_picture_stands_alone_and_says_where_it_comes_from(client, name):
    told()

    response = client.get(f"/embed/{name}.svg?period=2020-10&kind=battle")

    picture, words = response.content.decode(), words_of(response.content)
    assert response["Content-Type"] == SVG
    assert "Period: October 2020" in " ".join(words)
    assert re.fullmatch(r"A chronicle, as of \d+ \w+ \d{4}", words[-2])
    assert words[-1] == f"http://testserver/{name}/?period=2020-10&kind=battle"
    for forbidden in (" class=", " style=", "<style", "<script", "href=", "var(--"):
        assert forbidden not in picture
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert not response.cookies


def test_timeline_as_a_picture_draws_what_the_page_draws(client):
    told()

    words = words_of(client.get("/embed/timeline.svg?period=2020-10").content)

    assert words.count("Event 1") == 1
    assert words.count("Report 2024 (when they met)") == 3
    assert words.count("\u2068שנתון 2021\u2069 (when they met)") == 3
    assert "the date under which the editors file it" in " ".join(words)


def test_timeline_as_a_picture_says_how_many_events_it_leaves_out(client):
    told(22)

    words = words_of(client.get("/embed/timeline.svg?period=2020-10").content)

    assert "2 more events are not drawn" in words


def test_map_as_a_picture_has_places_names_and_the_key(client):
    told()

    response = client.get("/embed/map.svg")

    words = words_of(response.content)
    assert "Town" in words
    assert "Land, lakes and rivers: Natural Earth, in the public domain." in words
    assert response.content.count(b"<circle") == 4


def test_nothing_that_fits_is_said_in_the_picture(client):
    told()

    for name in ("timeline", "map"):
        assert "No published event fits." in words_of(client.get(f"/embed/{name}.svg?kind=no-such-kind").content)
        assert client.get(f"/embed/{name}.png?kind=no-such-kind")["Content-Type"] == PNG


def test_pixels_show_the_same_at_twice_the_size_and_always_alike(client):
    told()
    event = Event.objects.get(slug="e0")
    counted(event, make.document(title_short="Note 2021"), 7000, None)
    publish([event])

    for address in ("timeline", "events/e0/killed"):
        drawing = fromstring(client.get(f"/embed/{address}.svg").content)
        first, second = (client.get(f"/embed/{address}.png").content for _again in range(2))
        picture = Image.open(BytesIO(first))
        assert picture.size == (2 * int(drawing.attrib["width"]), 2 * int(drawing.attrib["height"]))
        assert first == second
        assert len(set(picture.convert("L").tobytes())) > 30, "letters have edges in many greys"


def test_an_unchanged_picture_is_not_made_again(client):
    told()

    tag = client.get("/embed/map.png")["ETag"]
    again = client.get("/embed/map.png", headers={"if-none-match": tag})
    counted(Event.objects.get(slug="e0"), make.document(), 1, 1)
    publish([Event.objects.get(slug="e0")])

    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/embed/map.png", headers={"if-none-match": tag}).status_code == 200


def test_a_picture_of_a_former_address_leads_to_that_of_today(client):
    told()
    Event.objects.filter(slug="e0").update(slug="today")
    publish([Event.objects.get(slug="today")])

    for address in ("date.svg", "date.png", "editions/1/date.png"):
        response = client.get(f"/embed/events/e0/{address}")
        assert (response.status_code, response["Location"]) == (301, f"/embed/events/today/{address}")


ADDRESSES = {"/embed/timeline.svg?period=2020-10": 11, "/embed/map.svg": 9, "/embed/map.svg?period=2020-10": 11}


@pytest.mark.parametrize("events", [1, 3])
def test_pictures_take_the_same_queries_for_one_event_and_three(client, events):
    told(events)
    client.get("/embed/map.svg")

    assert {address: queries_of(client, address) for address in ADDRESSES} == ADDRESSES
