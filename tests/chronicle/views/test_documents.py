"""The bibliography and the page of a document, as a reader's browser meets them."""

import re

import pytest
from django.utils.html import strip_tags

from chronicle.models import Citation
from chronicle.publication import Note, publish, publish_references, withdraw, withhold
from sources.models import CitedDocument, Contribution, Document
from sources.vocabularies import Access
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")


def sigla(response):
    return re.findall(r'class="siglum"[^>]*><bdi>(.*?)<', response.content.decode())


def published_citing(*documents, **fields):
    event = make.event(**fields)
    for document in documents:
        make.citation(event, document)
    publish([event])
    return event


def report(**fields):
    return make.document(**{"slug": "report", "title": "The War", "title_short": "Huseynov 2024", **fields})


def places(response):
    """The places in a document, as its page lists them."""
    return [place.strip() for place in re.findall(r'class="note day">(.*?)</span>', response.content.decode())]


def test_bibliography_lists_documents_by_folded_title(client):
    ministry = make.agent(name="Ministry", party=make.party(slug="azerbaijan"))
    published_citing(
        make.document(title="Zamanın səsi", title_short="Z 2021"),
        make.document(title="Əvvəl", title_short="Ə 2021", publisher=ministry),
        report(),
    )

    response = client.get("/documents/")

    assert sigla(response) == ["Ə 2021", "Huseynov 2024", "Z 2021"]
    assert "3 documents" in text(response)
    assert "Əvvəl. Ministry, n.d. cited for 1 event · speaks for Azerbaijan" in text(response)


@pytest.mark.parametrize("words", ["war", "THE WAR", "huseynov", "HÜSEYNOV", "2024", "th"])
def test_document_is_found_by_title_and_short_title(client, words):
    published_citing(report(), make.document(title="Other", title_short="Other 2020"))

    assert sigla(client.get("/documents/", {"q": words})) == ["Huseynov 2024"]


def test_bibliography_is_narrowed_to_type_party_and_agent(client):
    party = make.party(slug="armenia")
    ministry, author = make.agent(slug="ministry", party=party), make.agent(slug="author")
    published_citing(
        make.document(title_short="By party", party=party),
        make.document(title_short="By publisher", publisher=ministry),
        make.document(title_short="Own party", publisher=ministry, party=make.party()),
        written := make.document(title_short="Written", document_type="book"),
    )
    Contribution.objects.create(document=written, agent=author)
    publish_references("document", [written])

    assert len(sigla(client.get("/documents/"))) == 4
    assert sigla(client.get("/documents/", {"party": "armenia"})) == ["By party", "By publisher"]
    assert sigla(client.get("/documents/", {"agent": "ministry"})) == ["By publisher", "Own party"]
    assert sigla(client.get("/documents/", {"agent": "author"})) == ["Written"]
    assert sigla(client.get("/documents/", {"type": "book"})) == ["Written"]
    assert "No published document fits this." in text(client.get("/documents/", {"type": "map"}))


@pytest.mark.parametrize("asked", [{"type": "x"}, {"party": "x"}, {"agent": "x"}, {"after": "~"}, {"q": "a\x00"}])
def test_bibliography_that_cannot_be_is_not_found(client, asked):
    published_citing(report())

    assert client.get("/documents/", {"type": "report"}).status_code == 200
    assert client.get("/documents/", asked).status_code == 404


def test_empty_bibliography_says_so(client):
    assert "No document is published yet." in text(client.get("/documents/"))


def test_document_shows_who_made_it_and_for_whom_it_speaks(client):
    publisher = make.agent(slug="center", name="Center", party=make.party(slug="azerbaijan"))
    document = report(
        publisher=publisher,
        issued_edtf="2024-03",
        language="en",
        doi="10.1000/182",
        url="https://example.org/a",
        archive_url="https://archive.example.org/a",
        accessed_on="2026-05-31",
        rights="CC BY 4.0",
    )
    Contribution.objects.create(document=document, agent=make.agent(slug="vasif", name="Vasif Huseynov"))
    published_citing(document)

    response = client.get("/documents/report/")
    html, shown = response.content.decode(), text(response)

    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))
    assert strip_tags(facts["Author"]) == "Vasif Huseynov"
    assert strip_tags(facts["Publisher"]) == "Center"
    assert strip_tags(facts["Speaks for"]).startswith("Azerbaijan, as its publisher does")
    assert "basis: Speaks for it by decree." in shown
    assert (facts["Issued"], facts["Language"], facts["Rights"]) == ("March 2024", "English", "CC BY 4.0")
    assert '<a href="/agents/vasif/">' in html
    for address in ("https://doi.org/10.1000/182", "https://example.org/a", "https://archive.example.org/a"):
        assert f'rel="external nofollow noopener" href="{address}"' in html
    assert "seen on 31 May 2026" in shown


def test_document_lists_what_it_is_cited_for_in_the_order_of_its_locators(client):
    document, event = report(), make.event(title="The event")
    places_of_it = [
        *(("", ""), ("section", "“Losses”, paragraph 18"), ("page", "214"), ("page", "9"), ("note", "18")),
        *(("page", "14–15"), ("page", "xii"), ("section", "“Losses”, paragraph 9"), ("note", "2")),
    ]
    for label, locator in places_of_it:
        make.citation(event, document, locator_label=label, locator=locator)
    publish([event])

    response = client.get("/documents/report/")

    assert places(response) == [
        *("p. 9", "pp. 14–15", "p. 214", "p. xii", "note 2", "note 18"),
        *("“Losses”, paragraph 9", "“Losses”, paragraph 18", "no place in it recorded"),
    ]
    assert "9 assertions on 1 event" in text(response)


def test_assertion_has_number_event_aspect_and_value(client):
    document, event = report(), make.event(title="First ceasefire")
    speaker = make.agent(slug="minister", name="The Minister", party=make.party(slug="armenia"))
    citation = make.citation(
        event,
        document,
        aspect="date",
        date_of="agreed",
        asserted_date_edtf="2020-10-09",
        statement="It gives 9 October.",
        claimed_by=speaker,
        through=make.document(slug="note", title_short="Note 2020"),
    )
    make.citation(event, document, aspect="killed", asserts_unknown=True, statement="It does not know.")
    publish([event])

    response = client.get("/documents/report/")
    shown = text(response)

    assert f'href="/events/{event.slug}/#C{citation.pk}"' in response.content.decode()
    assert f"First ceasefire date · C{citation.pk}" in shown
    assert "9 October 2020 for the agreement. It gives 9 October." in shown
    assert "named as speaking: The Minister (Armenia) leaning on Note 2020" in shown
    assert "Said to be unknown. It does not know." in shown


def test_long_list_of_assertions_goes_on_after_its_last_one(client):
    document, event = report(), make.event()
    for number in range(51):
        make.citation(event, document, locator_label="page", locator=str(number))
    publish([event])

    first = client.get("/documents/report/")
    following = re.search(r'href="([^"]*)" rel="next"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(f"/documents/report/{following}")

    assert places(first) == [f"p. {number}" for number in range(50)]
    assert places(second) == ["p. 50"]


def test_document_says_how_many_events_rest_on_it_alone(client):
    document = report()
    published_citing(document)
    published_citing(document, make.document())

    assert "2 assertions on 2 events" in text(client.get("/documents/report/"))
    assert "1 event rests on this document alone" in text(client.get("/documents/report/"))


def test_document_shows_what_leans_on_it_and_who_cites_whom(client):
    document, older = report(), make.document(slug="older", title_short="Older 2020")
    CitedDocument.objects.create(document=document, cited=older, locator="note 18")
    event = make.event(title="The event")
    make.citation(event, document, through=older, locator_label="page", locator="7")
    publish([event])

    newer, leaned_on = text(client.get("/documents/report/")), text(client.get("/documents/older/"))

    assert "Documents that it cites 1 document Older 2020" in newer
    assert "cited there: note 18" in newer
    assert "What leans on it 1 assertion of another document Huseynov 2024, p. 7 The event" in leaned_on
    assert "Documents that cite it 1 document Huseynov 2024" in leaned_on
    assert "No published event cites it" in leaned_on


def test_described_document_shows_its_description_kind_and_year_alone(client):
    party = make.party(slug="armenia")
    secret = report(
        document_type="personal_communication",
        publisher=make.agent(name="Secret publisher", party=party),
        party=party,
        party_basis="Secret basis.",
        issued_edtf="2021-03-04",
        language="hy",
        url="https://secret.example.org/",
        doi="10.1000/secret",
        accessed_on="2026-05-31",
        access=Access.DESCRIBED,
        public_description="Testimony of a resident",
    )
    Contribution.objects.create(document=secret, agent=make.agent(name="Secret author"))
    published_citing(secret, make.document())

    response = client.get(f"/documents/undisclosed-{secret.pk}/")
    shown = text(response)

    assert "<h1" in response.content.decode()
    assert "Testimony of a resident" in shown
    assert "nothing else of this document leaves the editors’ desk" in shown
    facts = re.search(r'<dl class="facts">.*?</dl>', response.content.decode(), re.DOTALL)[0]
    assert re.findall(r"<dt>(.*?)</dt>", facts) == ["Reference", "Public", "Issued", "Data"]
    files = re.findall(r'href="(/documents/[^"]*)"', facts)
    assert len(files) == 4
    for address in files:
        file = client.get(address).getvalue().decode()
        assert "Testimony of a resident" in file or "annotations" in address
        for hidden in ("Secret", "secret", "March", "2021-03", "Armenia"):
            assert hidden not in file
    for hidden in ("Secret", "secret", "March", "Armenia", "The War", "Huseynov"):
        assert hidden not in shown.replace("armenia", "")
    assert client.get("/documents/report/").status_code == 404
    assert "Testimony of a resident" in text(client.get("/documents/"))


def test_document_that_came_to_be_described_leaves_its_former_address(client):
    document = report(public_description="Testimony of a resident")
    published_citing(document, make.document())
    assert "Huseynov 2024" in text(client.get("/documents/report/"))

    withhold([document], access=Access.DESCRIBED)

    assert client.get("/documents/report/").status_code == 404


def test_withheld_document_is_not_found(client):
    document = report()
    published_citing(document, make.document())
    assert client.get("/documents/report/").status_code == 200

    withhold([document])

    assert client.get("/documents/report/").status_code == 404
    assert "Huseynov 2024" not in text(client.get("/documents/"))


def test_document_that_nothing_needs_any_longer_is_not_found(client):
    event = published_citing(report())
    assert client.get("/documents/report/").status_code == 200

    withdraw([event], note=Note(words="A family asked for it."))

    assert client.get("/documents/report/").status_code == 404


def test_former_address_of_a_document_leads_to_its_address_of_today(client):
    document = report()
    published_citing(document)
    Document.objects.filter(pk=document.pk).update(slug="renamed")
    publish_references("document", [Document.objects.get(pk=document.pk)])

    response = client.get("/documents/report/")

    assert (response.status_code, response["Location"]) == (301, "/documents/renamed/")


def test_draft_assertion_is_not_shown(client):
    document = report()
    event = published_citing(document)
    make.citation(event, document, statement="Only at the desk.")

    assert Citation.objects.count() == 2
    assert "1 assertion on 1 event" in text(client.get("/documents/report/"))
    assert "Only at the desk." not in text(client.get("/documents/report/"))


def test_what_curators_write_of_a_document_is_escaped(client):
    document = report(title="<b>1</b>", title_short="<i>2</i>", rights="<u>3</u>")
    event = make.event(title="<s>4</s>")
    make.citation(event, document, statement="<em>5</em>", locator_label="page", locator="<q>6</q>")
    publish([event])

    for address in ("/documents/", "/documents/report/"):
        html = client.get(address).content.decode()
        for tag in ("<b>1", "<i>2", "<u>3", "<s>4", "<em>5", "<q>6"):
            assert tag not in html
        assert "&lt;b&gt;1" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_documents_take_the_same_queries_for_one_row_and_three(client, rows):
    document, leaned_on = report(), make.document(slug="leaned-on")
    for _ in range(rows):
        other = make.document(publisher=make.agent(party=make.party()))
        Contribution.objects.create(document=other, agent=make.agent())
        Contribution.objects.create(document=document, agent=make.agent())
        CitedDocument.objects.create(document=document, cited=other)
        CitedDocument.objects.create(document=other, cited=leaned_on)
        event = make.event()
        make.citation(event, document, through=leaned_on, claimed_by=make.agent(party=make.party()))
        make.citation(event, other, through=leaned_on)
        publish([event])
    client.get("/documents/")

    assert queries_of(client, "/documents/") == 7
    assert queries_of(client, "/documents/?q=war&type=report") == 7
    assert queries_of(client, "/documents/report/") == 18
    assert queries_of(client, "/documents/leaned-on/") == 18


def test_page_shows_the_chain_in_which_a_document_stands(client):
    document, below, above = report(), make.document(slug="below"), make.document(slug="above", title_short="Above 2")
    CitedDocument.objects.create(document=document, cited=below, locator="note 18")
    event = make.event(slug="bridge")
    make.citation(event, document)
    assertions = [make.citation(event, above, through=document) for _ in range(4)]
    publish([event])

    page = main(client.get("/documents/report/"))

    chain = page[page.index('<h2 id="chain">') :]
    assert chain.index("Above 2") < chain.index('aria-current="page"') < chain.index("/documents/below/")
    assert "cites it: note 18" in chain
    links = [f'<a href="/events/bridge/#{one}">{one}</a>' for one in assertions]
    assert [link in chain for link in links] == [True, True, True, False]
    assert 'id="chain"' not in main(client.get(f"/documents/{alone(client)}/"))


def alone(client):
    document = make.document()
    event = make.event()
    make.citation(event, document)
    publish([event])
    return document.slug
