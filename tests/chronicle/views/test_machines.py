"""Files for browsers and robots: sitemap, robots, manifest, description of the search, marks."""

import re
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from chronicle.models import Edition
from chronicle.publication import Note, publish, publish_references, withdraw
from chronicle.views import sitemaps
from tests import factories as make
from tests.chronicle.views.reading import queries_of

pytestmark = pytest.mark.usefixtures("published")

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def urls(response):
    """The addresses of a sitemap with the moments of their last change."""
    rows = ElementTree.fromstring(response.content)
    return {row.findtext(f"{NAMESPACE}loc"): row.findtext(f"{NAMESPACE}lastmod") for row in rows}


def test_sitemap_leads_to_every_record_with_the_moment_of_its_newest_edition(client):
    event = make.cited_event(slug="it", locations=(make.location(slug="town"),))
    publish([event])
    event.summary = "So it was."
    event.save()
    publish([event])

    parts = [
        urls(client.get(address.removeprefix("http://testserver"))) for address in urls(client.get("/sitemap.xml"))
    ]

    found = {address: moment for part in parts for address, moment in part.items()}
    newest = Edition.objects.using("published").of_event(event.pk).first()
    assert found["http://testserver/events/it/"] == newest.made_at.isoformat(timespec="seconds")
    assert "http://testserver/locations/town/" in found
    assert found["http://testserver/method/"] is None
    assert all(client.get(address).status_code == 200 for address in found)


def test_sitemap_has_parts_by_number_and_no_empty_ones(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 2)
    events = [make.cited_event(slug=f"e-{number}") for number in range(1, 8)]
    publish(events)
    withdraw(events[1:3], note=Note(words="A family asked for it."))

    listed = [re.search(r"events-\d+", address) for address in urls(client.get("/sitemap.xml"))]

    assert [found[0] for found in listed if found] == ["events-0", "events-2", "events-3"]
    assert list(urls(client.get("/sitemaps/events-2.xml"))) == [
        f"http://testserver/events/e-{number}/" for number in (4, 5)
    ]
    for part in ("events-1", "events-9", "events-99999999999999999999", "pages-1", "drafts-0"):
        assert client.get(f"/sitemaps/{part}.xml").status_code == 404


@pytest.mark.parametrize("events", [1, 3])
def test_sitemap_takes_the_same_queries_for_one_event_and_three(client, events):
    publish([make.cited_event() for _ in range(events)])

    assert queries_of(client, "/sitemap.xml") == 5
    assert queries_of(client, "/sitemaps/events-0.xml") == 2
    assert queries_of(client, "/sitemaps/pages-0.xml") == 1


def test_sitemap_of_an_empty_chronicle_has_the_single_pages(client):
    assert list(urls(client.get("/sitemap.xml"))) == ["http://testserver/sitemaps/pages-0.xml"]


def test_robots_may_read_everything_but_desk_and_answers(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/?",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_manifest_has_name_and_marks_and_is_not_installed(client):
    publish_references("masthead", [make.masthead(name="A “chronicle”")])

    told = client.get("/site.webmanifest").json()

    assert (told["name"], told["display"], told["start_url"]) == ("A “chronicle”", "browser", "/")
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_search_is_described_for_browsers(client):
    publish_references("masthead", [make.masthead(name='A <b>"chronicle" & more')])

    found = ElementTree.fromstring(client.get("/search/description.xml").content)

    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert found.findtext(f"{space}ShortName") == "Chronicle"
    assert found.findtext(f"{space}LongName") == 'A <b>"chronicle" & more'
    assert found.find(f"{space}Url").get("template") == "http://testserver/search/?q={searchTerms}"
    assert "/search/description.xml" in client.get("/").content.decode()


def test_marks_are_there(client):
    html = client.get("/").content.decode()

    for path in re.findall(r'(?:icon" (?:sizes|type)="[^"]*"|apple-touch-icon") href="/static/(.*?)"', html):
        assert finders.find(path), path
    assert client.get("/favicon.ico").headers["Location"] == static("chronicle/favicon.ico")
    assert 'type="application/atom+xml"' in html
