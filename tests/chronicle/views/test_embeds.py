"""Plots on the event's page, and for other people's pages: frames, pictures, oEmbed."""

import re
from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import pytest

from chronicle.models import Event
from chronicle.publication import Note, publish, publish_references, withdraw, withhold
from tests import factories as make
from tests.chronicle.sayings import counted, dated
from tests.chronicle.views.test_events import page, queries_of, text

pytestmark = pytest.mark.usefixtures("published")

SVG = "image/svg+xml; charset=utf-8"


def losses(**fields):
    event = make.event(slug="losses", title="Losses of the one side", **fields)
    counted(event, make.document(title_short="Report 2024"), 3773, 3773)
    counted(event, make.document(title_short="Note 2021"), 7000, None)
    dated(event, make.document(title_short="Book 2022"), "2020-10-09", "met")
    return event


def published_losses():
    other = make.event(slug="others", title="Losses of the other side")
    counted(other, make.document(title_short="Speech 2020"), 0, 3000)
    event = losses(companion=other)
    publish([other, event])
    return event


def test_page_has_sentence_plot_and_table_in_this_order(client):
    html = page(client, published_losses()).content.decode()

    killed = html[html.index('<h2 id="killed"') : html.index('<h2 id="date"')]
    places = [killed.index(part) for part in ('<p class="sentence">', '<figure class="plot">', "<svg", "<table")]
    assert places == sorted(places)
    assert killed.count('<svg role="img"') == 2
    assert "<svg" not in html[html.index('<h2 id="date"') :]


def test_plot_has_the_companion_on_the_same_scale_and_an_edition_its_own_event_alone(client):
    event = published_losses()

    live, pinned = (page(client, event, number).content.decode() for number in (None, 1))

    heading = '<text class="heading" x="0" y="[^"]*">([^<]*)'
    assert re.findall(heading, live) == 2 * ["Losses of the one side", "Losses of the other side"]
    assert re.findall(heading, pinned) == []
    assert "up to 3,000 persons" in live
    assert "up to 3,000 persons" not in pinned


def test_names_in_plots_are_escaped(client):
    event = make.event(title="</svg><script>1</script>")
    for low in (1, 5):
        counted(event, make.document(title_short="<script>2</script>"), low, 9, claimed_by=make.agent(name="<i>3</i>"))
    publish([event])

    for address in (f"/events/{event.slug}/", f"/embed/events/{event.slug}/killed/"):
        html = client.get(address).content.decode()
        assert "<script>" not in html
        assert "<i>3" not in html
    assert fromstring(client.get(f"/embed/events/{event.slug}/killed.svg").content) is not None


@pytest.mark.parametrize("address", ["/embed/events/losses/killed/", "/embed/events/losses/editions/1/killed/"])
def test_frame_has_title_sentence_plot_credit_and_a_way_back(client, address):
    make.masthead(name="A chronicle")
    published_losses()

    response = client.get(address)

    html, shown = response.content.decode(), text(response)
    assert "<h1>Losses of the one side: killed</h1>" in html
    assert "these do not meet." in shown
    assert html.count("<figure") == 1
    assert re.search(r"Chronicle, E\d+, edition 1, \d+ \w+ \d{4}", shown)
    back = "/events/losses/editions/1/" if "editions" in address else "/events/losses/"
    assert f'href="http://testserver{back}#killed"' in html


def test_any_site_may_frame_what_is_made_for_it_and_nothing_else(client):
    event = published_losses()

    for address in ("killed/", "killed.svg", "editions/1/killed/", "editions/1/killed.svg"):
        response = client.get(f"/embed/events/losses/{address}")
        policy = response["Content-Security-Policy"]
        assert response.status_code == 200
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "X-Frame-Options" not in response
        assert not response.cookies
        for forbidden in ("<script", " style=", "<style"):
            assert forbidden not in response.content.decode()
    for response in (client.get("/"), page(client, event), client.get("/oembed?url=http://testserver/events/losses/")):
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_picture_is_a_file_that_needs_nothing_else(client):
    published_losses()

    live, pinned = (client.get(f"/embed/events/losses/{number}killed.svg") for number in ("", "editions/1/"))

    for response, address in ((live, "/events/losses/"), (pinned, "/events/losses/editions/1/")):
        picture = response.content.decode()
        assert response["Content-Type"] == SVG
        assert fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
        assert "Losses of the one side: killed" in picture
        assert "these do not meet." in picture.replace("</text>", " ")
        assert f">http://testserver{address}</text>" in picture


def test_aspect_without_plot_has_its_sentence(client):
    published_losses()

    response = client.get("/embed/events/losses/date/")

    assert response.status_code == 200
    assert "Book 2022 gives 9 October 2020 for the meeting." in text(response)
    assert client.get("/embed/events/losses/date.svg")["Content-Type"] == SVG


@pytest.mark.parametrize(
    "address",
    [
        "/embed/events/losses/wounded/",
        "/embed/events/losses/weather/",
        "/embed/events/losses/description/",
        "/embed/events/losses/editions/9/killed/",
        "/embed/events/nothing/killed/",
        "/embed/events/nothing/killed.svg",
        "/embed/events/losses/killed.gif",
        "/embed/events/losses/weather.png",
        "/embed/events/losses/editions/9/killed.png",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    published_losses()

    assert client.get(address).status_code == 404


def test_frame_of_a_former_address_leads_to_that_of_today(client):
    event = published_losses()
    Event.objects.filter(pk=event.pk).update(slug="losses-of-the-one-side")
    publish([event])

    for path in ("killed/", "killed.svg", "editions/1/killed/", "editions/1/killed.svg"):
        response = client.get(f"/embed/events/losses/{path}")
        assert (response.status_code, response["Location"]) == (301, f"/embed/events/losses-of-the-one-side/{path}")


def test_oembed_of_a_former_address_leads_to_that_of_today(client):
    event = published_losses()
    Event.objects.filter(pk=event.pk).update(slug="losses-of-the-one-side")
    publish([event])

    for path in ("/events/losses/", "/embed/events/losses/killed/"):
        response = oembed(client, f"http://testserver{path}")
        assert response.status_code == 301
        answer = client.get(response["Location"]).json()
        assert 'src="http://testserver/embed/events/losses-of-the-one-side/killed/"' in answer["html"]


def test_frame_of_what_was_taken_down_says_so_in_any_frame(client):
    event = published_losses()
    withdraw([event], note=Note(words="A family asked for it."))

    response = client.get("/embed/events/losses/killed/")

    assert response.status_code == 410
    assert "A family asked for it." in text(response)
    assert "frame-ancestors *" in response["Content-Security-Policy"]


def test_edition_with_a_removed_source_has_no_plot(client):
    event = losses()
    secret = make.document()
    counted(event, secret, 1, 1)
    publish([event])
    assert "<svg" in client.get("/embed/events/losses/editions/1/killed/").content.decode()

    withhold([secret])
    response = client.get("/embed/events/losses/editions/1/killed/")

    assert "A source was removed from this edition" in text(response)
    assert "<svg" not in response.content.decode()


def oembed(client, url, **asked):
    query = "".join(f"&{name}={value}" for name, value in asked.items())
    return client.get(f"/oembed?url={quote(url, safe='')}&format=json{query}")


def test_oembed_has_the_frame_of_an_event_of_an_edition_and_of_a_plot(client):
    published_losses()
    start = "http://testserver"

    found = {
        path: oembed(client, f"{start}{path}").json()
        for path in ("/events/losses/", "/events/losses/editions/1/", "/embed/events/losses/killed/")
    }

    sources = [re.search('<iframe src="([^"]*)"', answer["html"])[1] for answer in found.values()]
    live, pinned = f"{start}/embed/events/losses/killed/", f"{start}/embed/events/losses/editions/1/killed/"
    assert sources == [live, pinned, live]
    answer = found["/events/losses/"]
    assert (answer["version"], answer["type"], answer["width"]) == ("1.0", "rich", 800)
    assert answer["title"] == "Losses of the one side: killed"
    assert f'height="{answer["height"]}"' in answer["html"]


@pytest.mark.parametrize(("name", "height"), [("timeline", 640), ("map", 860)])
def test_oembed_has_the_frame_of_any_part_of_the_timeline_and_of_the_map(client, name, height):
    make.masthead(name="A chronicle")
    published_losses()

    html = client.get(f"/{name}/?period=2020&kind=battle").content.decode()
    found = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', html)[1]
    answer = client.get(found.replace("&amp;", "&")).json()
    smaller = oembed(client, f"http://testserver/embed/{name}/", maxwidth=400, maxheight=300).json()

    assert f'<iframe src="http://testserver/embed/{name}/?period=2020&amp;kind=battle"' in answer["html"]
    assert (answer["version"], answer["type"], answer["width"], answer["height"]) == ("1.0", "rich", 800, height)
    assert (smaller["width"], smaller["height"]) == (400, 300)
    assert 'width="400" height="300"' in smaller["html"]


def test_oembed_is_no_larger_than_what_is_asked_for(client):
    published_losses()

    answer = oembed(client, "http://testserver/events/losses/", maxwidth=400, maxheight=300).json()

    assert (answer["width"], answer["height"]) == (400, 300)


def test_oembed_of_an_event_without_plots_is_a_link(client):
    publish([make.cited_event(slug="plain", title="Plain")])

    answer = oembed(client, "http://testserver/events/plain/").json()

    assert (answer["type"], answer["title"]) == ("link", "Plain")
    assert "html" not in answer


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere.example/events/losses/",
        "http://testserver/events/",
        "http://testserver/embed/timeline.svg",
        "http://elsewhere.example/timeline/",
        "http://testserver/events/nothing/",
        "http://testserver/embed/events/losses/weather/",
        "javascript://testserver/events/losses/",
        "http://[",
    ],
)
def test_oembed_of_anything_else_is_not_found(client, url):
    published_losses()

    assert oembed(client, url).status_code == 404


def test_oembed_is_served_as_json_alone_and_pages_say_where_it_is(client):
    event = published_losses()

    html = page(client, event).content.decode()

    found = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', html)[1]
    assert client.get(found.replace("&amp;", "&")).json()["title"] == "Losses of the one side: killed"
    assert client.get("/oembed?url=http://testserver/events/losses/&format=xml").status_code == 501


def test_how_to_cite_offers_code_to_copy(client):
    html = page(client, published_losses()).content.decode()

    (code,) = re.findall(r"<textarea[^>]* readonly [^>]*>(.*?)</textarea>", html)
    assert code.startswith("&lt;iframe src=&quot;http://testserver/embed/events/losses/killed/&quot;")
    assert 'href="http://testserver/embed/events/losses/editions/1/killed.svg"' in html
    assert 'href="http://testserver/embed/events/losses/editions/1/killed.png"' in html


@pytest.mark.parametrize("assertions", [1, 3])
def test_plots_take_the_same_queries_for_one_assertion_and_three(client, assertions):
    other, event = make.event(title="Others", slug="others"), make.event(slug="losses", title="Losses")
    Event.objects.filter(pk=event.pk).update(companion=other)
    for number in range(assertions):
        for of in (other, event):
            report = make.document(publisher=make.agent(party=make.party()), party=make.party())
            report.contributions.create(agent=make.agent())
            counted(of, report, number, 100, claimed_by=make.agent(), through=make.document(), side=make.party())
    publish([other, event])
    publish_references("masthead", [make.masthead()])
    client.get("/events/losses/")

    found = {address: queries_of(client, address) for address in ADDRESSES}

    assert found == ADDRESSES


ADDRESSES = {
    "/events/losses/": 22,
    "/embed/events/losses/killed/": 19,
    "/embed/events/losses/killed.svg": 19,
    "/embed/events/losses/killed.png": 19,
    "/embed/events/losses/editions/1/killed/": 10,
    "/oembed?url=http://testserver/events/losses/": 19,
}
"""How many queries each takes; the figures of the companion are one of them."""


def test_event_with_two_hundred_citations_is_plotted_whole(client):
    event = make.event(slug="losses", title="Losses")
    report = make.document(title_short="Report 2024")
    for number in range(200):
        counted(event, report, number, number + 50)
    publish([event])

    html = page(client, event).content.decode()

    (wide,) = re.findall(r'<svg role="img"[^>]*class="wide">.*?</svg>', html)
    assert wide.count('<path class="span"') == 201


@pytest.mark.parametrize(("name", "query"), [("timeline", "?period=2020-10"), ("map", "?names=hy"), ("timeline", "")])
def test_timeline_and_map_stand_in_any_frame_and_lead_out_of_it(client, name, query):
    published_losses()

    response = client.get(f"/embed/{name}/{query}")

    html = response.content.decode()
    assert response.status_code == 200
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert not response.cookies
    assert "<script" not in html
    assert '<base target="_blank">' in html
    assert f'<link rel="canonical" href="http://testserver/{name}/{query}">' in html
    assert 'href="/embed/' not in html
    assert "frame-ancestors &#x27;none&#x27;" not in html
    assert "frame-ancestors 'none'" in client.get(f"/{name}/")["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["timeline", "map"])
def test_timeline_and_map_offer_the_markup_of_their_frame(client, name):
    published_losses()

    html = client.get(f"/{name}/?period=2020&kind=battle").content.decode()

    assert f"&lt;iframe src=&quot;http://testserver/embed/{name}/?period=2020&amp;amp;kind=battle&quot;" in html
    for kind in ("svg", "png"):
        assert f'href="/embed/{name}.{kind}?period=2020&amp;kind=battle"' in html


def test_frame_of_an_unknown_kind_or_place_says_that_nothing_fits(client):
    published_losses()

    for name in ("timeline", "map"):
        assert "No published event fits." in client.get(f"/embed/{name}/?kind=no-such-kind").content.decode()
