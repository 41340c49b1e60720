"""What pages tell search engines, social cards and reference managers: who speaks, and never which value is right."""

import json
import re
from html import unescape

import pytest

from chronicle.publication import publish, publish_references, withhold
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")


def data(response):
    """The JSON-LD of a page."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(found)


def meta(response, name):
    """What a page says under a name."""
    found = re.findall(rf'<meta (?:name|property)="{name}" content="(.*?)">', response.content.decode())
    return unescape(found[0]) if len(found) == 1 else found


def canonical(response):
    return unescape(re.search(r'<link rel="canonical" href="(.*?)">', response.content.decode())[1])


def contested_event(**fields):
    armenia = make.party(slug="armenia", name_short="Armenia")
    azerbaijan = make.party(slug="azerbaijan", name_short="Azerbaijan")
    where = {"latitude": "39.5", "longitude": "46.5", "coordinate_uncertainty_m": 2000}
    town, hill = make.location(slug="town", name="Town", **where), make.location(name="Hill")
    article = make.document(slug="article", title="Diplomacy", party=azerbaijan, issued_edtf="2021", doi="10.1000/1")
    report = make.document(slug="report", title="Retrospective", party=azerbaijan, issued_edtf="2024")
    event = make.event(
        slug="ceasefire", parties=(armenia, azerbaijan), locations=(town,), title="A ceasefire", **fields
    )
    date = {"aspect": "date", "date_of": "agreed"}
    make.citation(event, article, asserted_date_edtf="2020-10-09", **date)
    make.citation(event, report, asserted_date_edtf="2020-10-12", **date)
    make.citation(event, report, aspect="location", asserted_location=hill, asserted_location_role="site")
    dead = {"aspect": "killed", "unit": make.unit()}
    make.citation(event, article, asserted_figure=(3773, 3774), **dead)
    make.citation(event, report, asserted_figure=(7000, None), **dead)
    return event


def test_event_tells_an_interval_names_of_places_and_its_documents(client):
    masthead = make.masthead(licence="CC BY 4.0", licence_url="https://creativecommons.org/licenses/by/4.0/")
    publish_references("masthead", [masthead])
    publish([contested_event()])

    told = data(client.get("/events/ceasefire/"))

    assert told["temporalCoverage"] == "2020-10-09/2020-10-12"
    assert told["spatialCoverage"] == [{"@type": "Place", "name": "Hill"}, {"@type": "Place", "name": "Town"}]
    assert told["author"] == {"@type": "Organization", "name": "Its editors"}
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["version"] == "1"
    assert told["identifier"] == "E1"
    assert told["@id"] == "http://testserver/events/ceasefire/editions/1/"
    assert told["citation"] == ["Diplomacy. 2021. https://doi.org/10.1000/1.", "Retrospective. 2024."]
    assert [work["url"] for work in told["isBasedOn"]] == [
        "http://testserver/documents/article/",
        "http://testserver/documents/report/",
    ]


def test_nothing_but_the_interval_has_a_date_or_a_figure_of_a_contested_event(client):
    publish([contested_event()])

    response = client.get("/events/ceasefire/")
    told = data(response)
    told.pop("temporalCoverage")
    told.pop("dateModified")
    head = response.content.decode().split("</head>")[0]
    tags = "".join(re.findall(r"<meta .*?>", head)).replace(meta(response, "citation_publication_date"), "")

    for words in (json.dumps(told), tags):
        for value in ("3773", "3,773", "7000", "7,000", "2020-10", "October", "39.5"):
            assert value not in words


def test_description_says_who_speaks_and_on_what_they_differ(client):
    publish([contested_event()])

    response = client.get("/events/ceasefire/")

    assert meta(response, "description") == (
        "A ceasefire: what documents say of it. 2 documents, 1 party, 2 independent. They differ on: date and killed. "
        "Both documents speak for Azerbaijan; no document that speaks for Armenia is in this collection."
    )
    assert meta(response, "og:description") == meta(response, "description")
    assert meta(response, "og:title") == "A ceasefire"
    assert meta(response, "og:type") == "article"
    assert meta(response, "og:locale") == "en_GB"


@pytest.mark.parametrize(
    ("filed", "asserted", "interval"),
    [
        ("2020-10-10", "2020-10-10", "2020-10-10/2020-10-10"),
        ("2020-10-10", "2020-10-09", "2020-10-09/2020-10-10"),
        ("", "../2020-11", "../2020-11-30"),
        ("-0043-03-15", "2020/..", "-0043-03-15/.."),
        ("2020", "", "2020-01-01/2020-12-31"),
    ],
)
def test_coverage_in_time_is_always_an_interval(client, filed, asserted, interval):
    event = make.cited_event(slug="it", date_edtf=filed)
    if asserted:
        make.citation(event, aspect="date", asserted_date_edtf=asserted, date_of="whole")
    publish([event])

    assert data(client.get("/events/it/"))["temporalCoverage"] == interval


def test_event_without_any_date_tells_none(client):
    publish([make.cited_event(slug="it", date_edtf="")])

    assert "temporalCoverage" not in data(client.get("/events/it/"))


def test_reference_managers_find_title_body_edition_and_permanent_address(client):
    publish_references("masthead", [make.masthead()])
    event = make.cited_event(slug="it", title="It & “they”")
    publish([event])
    event.summary = "So it was."
    event.save()
    publish([event])

    response = client.get("/events/it/")

    assert meta(response, "citation_title") == "It & “they”"
    assert meta(response, "citation_author") == "Its editors"
    assert meta(response, "citation_inbook_title") == "A chronicle"
    assert meta(response, "citation_edition") == "2"
    assert meta(response, "citation_public_url") == "http://testserver/events/it/editions/2/"
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", meta(response, "citation_publication_date"))


def test_older_edition_has_its_own_canonical_address_and_the_newest_the_events(client):
    event = make.cited_event(slug="it")
    publish([event])
    event.summary = "So it was."
    event.save()
    publish([event])

    old, new = client.get("/events/it/editions/1/"), client.get("/events/it/editions/2/")

    assert canonical(old) == "http://testserver/events/it/editions/1/"
    assert meta(old, "robots") == "noindex"
    assert data(old)["version"] == "1"
    assert canonical(new) == canonical(client.get("/events/it/")) == "http://testserver/events/it/"


def test_edition_without_a_source_tells_nothing_computed(client):
    event = make.cited_event(slug="it", title="It")
    document = make.document()
    make.citation(event, document)
    publish([event])
    withhold([document])

    response = client.get("/events/it/editions/1/")

    assert (
        meta(response, "description") == "It: what documents say of it, each statement with its place in its document."
    )


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/events/?utm_source=x&period=2020&kind=battle&place=", "/events/?kind=battle&period=2020"),
        ("/events/?period=+2020+&after=", "/events/?period=2020"),
        ("/documents/?party=armenia&q=war&fbclid=1", "/documents/?q=war&party=armenia"),
        ("/terms/?after=a~1&x=1", "/terms/?after=a~1"),
        ("/?after=1", "/"),
        ("/method/?a=1", "/method/"),
        ("/search/?in=events&q=two+words", "/search/?q=two+words&in=events"),
    ],
)
def test_canonical_address_keeps_what_is_read_in_one_order(client, asked, kept):
    make.party(slug="armenia")
    event = make.cited_event()
    make.citation(event, make.document(party=make.party(slug="armenia-2")))
    publish([event])
    asked = asked.replace("party=armenia", "party=armenia-2")

    response = client.get(asked)

    assert canonical(response).replace("%7E", "~") == f"http://testserver{kept}".replace("=armenia", "=armenia-2")


def test_hostile_words_neither_end_the_block_nor_the_tags(client):
    title = "</script><script>alert(1)</script><!-- \u2028 \"&'"
    event = make.cited_event(slug="it", title=title)
    make.citation(event, make.document(title=f"Report {title}"))
    publish([event])

    response = client.get("/events/it/")

    html = response.content.decode()
    assert html.count("</script>") == 1
    assert "<script>" not in html
    assert data(response)["name"] == title
    assert meta(response, "og:title") == title
    assert meta(response, "citation_title") == title


def test_home_is_a_dataset_with_a_search(client):
    publish_references("masthead", [make.masthead(licence="CC BY 4.0", subtitle="Who says so")])

    response = client.get("/")

    told = data(response)
    assert (told["@type"], told["name"], told["alternateName"]) == ("Dataset", "A chronicle", "Who says so")
    assert told["license"] == "CC BY 4.0"
    assert told["potentialAction"]["target"] == "http://testserver/search/?q={question}"
    assert "temporalCoverage" not in told
    assert meta(response, "og:title") == "A chronicle"


def test_every_page_names_itself(client):
    event = contested_event()
    event.citations.filter(aspect="killed").update(claimed_by=make.agent(slug="minister", name_sorted="Minister, The"))
    publish([event])
    addresses = (
        *("/events/", "/locations/", "/locations/town/", "/documents/", "/documents/article/", "/agents/"),
        *("/agents/minister/", "/disputes/", "/telling/", "/telling/article/report/", "/editions/", "/method/"),
        *("/method/figures/", "/about/", "/terms/", "/missing/", "/accessibility/", "/search/"),
    )

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert 20 < len(meta(response, "description")) < 300, address
        assert canonical(response) == f"http://testserver{address}"
        told = data(response)
        assert told["name"] == meta(response, "og:title") != "", address
        assert told["@type"] == "WebPage"


def test_record_pages_tell_their_records(client):
    event = contested_event()
    event.citations.filter(aspect="killed").update(claimed_by=make.agent(slug="minister", name_sorted="Minister, The"))
    publish([event])

    assert data(client.get("/locations/town/"))["about"] == {"@type": "Place", "name": "Town"}
    assert data(client.get("/agents/minister/"))["about"] == {"@type": "Person", "name": "Minister"}
    work = data(client.get("/documents/article/"))["about"]
    assert (work["@type"], work["name"], work["sameAs"]) == ("CreativeWork", "Diplomacy", "https://doi.org/10.1000/1")


ALTERNATES = {
    "/events/ceasefire/": {
        *("application/json", "application/ld+json", "application/atom+xml", "application/json+oembed"),
    },
    "/events/ceasefire/editions/1/": {"application/json", "application/atom+xml", "application/json+oembed"},
    "/locations/town/": {"application/json", "application/geo+json", "application/atom+xml"},
    "/documents/article/": {"application/json", "application/vnd.citationstyles.csl+json", "application/atom+xml"},
    "/agents/minister/": {"application/json", "application/atom+xml"},
    "/events/": {"application/atom+xml"},
}
"""In which other forms there is what a page shows."""


def test_record_pages_name_the_same_record_for_programs(client):
    event = contested_event()
    event.citations.filter(aspect="killed").update(claimed_by=make.agent(slug="minister"))
    publish([event])
    event.summary += " And so."
    event.save()
    publish([event])

    for address, kinds in ALTERNATES.items():
        html = client.get(address).content.decode()
        found = dict(re.findall(r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"', html))
        assert set(found) == kinds, address
        for kind, other in found.items():
            answer = client.get(unescape(other))
            assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) in {(200, kind), OEMBED}, other
        if "application/json" in kinds:
            assert client.get(found["application/json"]).json()["slug"] == address.split("/")[2]


OEMBED = (200, "application/json")
"""What oEmbed 1.0 answers with: the type in the link says that it is oEmbed."""


def test_page_that_is_not_there_tells_nothing(client):
    response = client.get("/events/nothing/")

    assert response.status_code == 404
    assert "ld+json" not in response.content.decode()
    assert meta(response, "description") == []
