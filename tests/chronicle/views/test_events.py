"""The public pages, as a reader's browser meets them."""

import re
from decimal import Decimal

import pytest
from django.db import connections
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from chronicle.models import Edition, Event, LocationName, Masthead
from chronicle.publication import Note, publish, publish_references, withdraw, withhold
from sources.models import Document
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")

REASON = Note(words="A family asked for it.")


def text(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def page(client, event, number=None):
    address = f"/events/{event.slug}/" if number is None else f"/events/{event.slug}/editions/{number}/"
    return client.get(address)


def contested_event(**fields):
    """Two documents of one party, two dates; the other party has no document."""
    armenia, azerbaijan = make.party(slug="armenia"), make.party(slug="azerbaijan")
    article = make.document(title="Diplomacy", title_short="Bayramov 2021", party=azerbaijan, issued_edtf="2021?")
    report = make.document(title="Retrospective", title_short="Huseynov 2024", party=azerbaijan, issued_edtf="2024")
    event = make.event(parties=(armenia, azerbaijan), **{"title": "First ceasefire", **fields})
    date = {"aspect": "date", "date_of": "agreed"}
    make.citation(event, article, asserted_date_edtf="2020-10-09", statement="The minister gives 9 October.", **date)
    make.citation(event, report, asserted_date_edtf="2020-10-10", statement="The report gives 10 October.", **date)
    return event


def test_event_page_has_its_parts_in_order(client):
    event = contested_event(summary="A ceasefire was agreed.", reading_note="The day of the statement.")
    make.citation(event, aspect="outcome", statement="Rockets were fired.")
    make.citation(event, aspect="responsibility", asserted_party=make.party(), statement="It names a party.")
    make.citation(event, aspect="occurrence", statement="It happened.")
    publish([event])

    response = page(client, event)

    assert response.status_code == 200
    ids = re.findall(r'<h2 id="([a-z-]+)"', response.content.decode())
    assert ids == [
        *("in-short", "voices", "summary", "date", "occurrence", "followed", "responsible"),
        *("around", "references", "cite", "editions"),
    ]


def test_heading_shows_span_of_what_is_asserted_and_the_filing_with_its_reason(client):
    event = contested_event(reading_note="The day of the statement.")
    publish([event])

    shown = text(page(client, event))

    assert "9 or 10 October 2020" in shown
    assert "filed under 10 October" in shown
    assert "The editors’ reason for filing it so: The day of the statement." in shown


def test_party_without_document_has_its_empty_chair(client):
    event = contested_event()
    publish([event])

    voices = re.search(r'<section class="voices".*?</section>', page(client, event).content.decode(), re.DOTALL)[0]

    assert [strip_tags(party) for party in re.findall(r"<dt>(.*?)</dt>", voices)] == ["Armenia", "Azerbaijan"]
    assert voices.count("no document in this collection") == 1
    assert voices.index("no document in this collection") < voices.index("Azerbaijan")
    assert "Bayramov 2021" in voices


def test_speaker_of_no_party_is_named_as_speaking(client):
    event = contested_event()
    paper = make.agent(name="Evening Paper")
    make.citation(event, make.document(party=make.party(), title_short="Book 2020"), claimed_by=paper)
    publish([event])

    voices = re.search(r'<section class="voices".*?</section>', page(client, event).content.decode(), re.DOTALL)[0]

    *_parties, last = re.findall(r"<dt>(.*?)</dt>\s*(.*?)\s*</div>", voices, re.DOTALL)
    assert (last[0], strip_tags(last[1])) == ("For no party", "named as speaking: Evening Paper")


def test_every_assertion_has_its_number_and_address(client):
    event = contested_event()
    publish([event])

    html = page(client, event).content.decode()

    for citation in event.citations.all():
        assert html.count(f'<tbody id="C{citation.pk}">') == 1
        assert f'<a href="#C{citation.pk}">C{citation.pk}</a>' in html
        assert citation.statement in html


def test_figure_row_has_value_scope_speaker_and_document(client):
    party = make.party(slug="armenia")
    event = make.event(parties=(party,))
    note = make.document(title_short="Agency 2021")
    make.citation(
        event,
        make.document(title_short="Report 2024"),
        aspect="killed",
        asserted_figure=NumericRange(Decimal(3773), Decimal(3773), "[]"),
        unit=make.unit(),
        population=make.population(),
        side=party,
        claimed_by=make.agent(name="Prime Minister", party=party),
        stated_on="2021-08",
        through=note,
        value_as_printed="3,773 servicemen",
        locator_label="page",
        locator="14–15",
        comment="The note stands after the next sentence.",
    )
    publish([event])

    shown = text(page(client, event))

    for part in (
        "3,773 persons",
        "3,773 servicemen",
        "persons, military, of Armenia",
        "Prime Minister (Armenia)",
        "stated August 2021",
        "Report 2024, pp. 14–15",
        "leaning on Agency 2021",
        "Editors: The note stands after the next sentence.",
    ):
        assert part in shown


def test_names_carry_their_language(client):
    azerbaijan = make.party(slug="azerbaijan")
    town = make.location(name="Shusha")
    LocationName.objects.create(location=town, toponym="Şuşa", language="az-Latn", party=azerbaijan, is_preferred=True)
    event = make.cited_event(locations=(town,))
    event.names.create(name="Շուշիի ճակատամարտ", language="hy")
    publish([event])

    html = page(client, event).content.decode()

    assert '<bdi lang="hy">Շուշիի ճակատամարտ</bdi>' in html
    assert f'<a href="/locations/{town.slug}/"><bdi lang="en">Shusha</bdi></a>' in html
    assert '<bdi lang="az-Latn">Şuşa</bdi>' in html


def test_what_curators_write_is_escaped(client):
    event = contested_event(title="<script>1</script>", summary="<b>bold</b>", reading_note="<i>why</i>")
    make.citation(event, make.document(title="<u>title</u>"), statement="<em>said</em>", comment="<s>so</s>")
    event.names.create(name="<q>name</q>", language="en")
    publish([event], note=Note(words="<h1>note</h1>"))

    html = page(client, event).content.decode()

    for tag in ("<script>", "<b>", "<i>why", "<u>", "<em>", "<s>", "<q>name", "<h1>note"):
        assert tag not in html
    assert "&lt;script&gt;" in html


def test_neighbours_parts_and_companion_are_linked(client):
    war = make.cited_event(title="The war", date_edtf="2020-09-27/2020-11-10")
    event = contested_event(parent=war, date_edtf="2020-10-10")
    before = make.cited_event(title="The day before", date_edtf="2020-10-09")
    same_day = make.cited_event(title="The same day", date_edtf="2020-10-10")
    part = make.cited_event(title="A part", parent=event, date_edtf="1999")
    companion = make.cited_event(title="The other side", companion=event, date_edtf="")
    publish([war, event, before, same_day, part, companion])

    around = re.search(r'<dl class="around">.*?</dl>', page(client, event).content.decode(), re.DOTALL)[0]

    found = re.findall(r"<dt>(.*?)</dt>|<a [^>]*>(.*?)</a>", around)
    assert [term or title for term, title in found] == [
        *("Before", "The day before", "After", "The same day", "Part of", "The war"),
        *("Its parts", "A part", "Companion", "The other side"),
    ]


@pytest.mark.parametrize(("first", "second"), [("-0043-03-15", "-0042"), ("2020-10-10", "12020-01-01")])
def test_neighbours_are_found_far_from_today(client, first, second):
    if second.startswith("1"):
        second = f"Y{second.split('-')[0]}"
    event, later = make.cited_event(date_edtf=first), make.cited_event(title="Later", date_edtf=second)
    publish([event, later])

    assert "Later" in text(page(client, event))
    assert event.title in text(page(client, later))


@pytest.mark.parametrize("date", ["", "../2020"])
def test_event_without_first_day_has_no_neighbours(client, date):
    event = make.cited_event(date_edtf=date)
    publish([event, make.cited_event(title="Other")])

    response = page(client, event)

    assert response.status_code == 200
    assert "Other" not in text(response)


def test_how_to_cite_gives_the_edition_and_the_document(client):
    event = contested_event()
    publish([event])
    citation = event.citations.get(number=1)

    html = page(client, event).content.decode()

    address = f"http://testserver/events/{event.slug}/editions/1/"
    assert f"E{event.pk}, edition 1" in html
    assert f'<a href="{address}">{address}</a>' in html
    assert f'<a href="{address}#C{citation.pk}">' in html


def test_old_edition_is_shown_as_it_was_with_a_way_to_the_newest(client):
    event = contested_event(title="Old title")
    publish([event])
    Event.objects.filter(pk=event.pk).update(title="New title")
    publish([event], note=Note(kind="correction", words="The title was wrong."))

    old, newest, live = page(client, event, 1), page(client, event, 2), page(client, event)

    assert "<h1>Old title</h1>" in old.content.decode()
    assert "A newer edition exists: edition 2." in text(old)
    assert 'content="noindex"' in old.content.decode()
    assert "This is the newest edition" in text(newest)
    assert "The title was wrong." in text(live)
    assert "New title" not in text(old)


def test_edition_and_event_page_show_the_same(client):
    event = contested_event(summary="A ceasefire was agreed.")
    publish([event])

    def body(response):
        html = response.content.decode()
        shown = html[html.index('<header class="heading">') : html.index('<section aria-labelledby="editions"')]
        return re.sub(r'<section aria-labelledby="around".*?</section>|\s+', " ", shown, flags=re.DOTALL).split()

    assert body(page(client, event, 1)) == body(page(client, event))


def test_edition_with_a_removed_source_says_so(client):
    secret = make.document()
    event = contested_event()
    make.citation(event, secret, statement="Whispered.")
    publish([event])
    assert "Whispered." in text(page(client, event, 1))

    withhold([secret])
    shown = text(page(client, event, 1))

    assert "what is computed from sources is not shown" in shown
    assert "Whispered." not in shown
    assert "In short" not in shown
    assert "The minister gives 9 October." in shown
    assert "In short" in text(page(client, event))
    assert "a source was removed on" in text(page(client, event))


def test_number_that_was_never_given_is_not_found(client):
    event = contested_event()
    publish([event])

    assert page(client, event, 1).status_code == 200
    for number in (0, 2, 2**31, 10**30):
        assert page(client, event, number).status_code == 404
    assert client.get(f"/events/{event.slug}/editions/{'9' * 5000}/").status_code == 404


@pytest.mark.parametrize("slug", ["a%00b", "%ed%a0%80", "A-B", "a--b", "x" * 5000, "..", "a'b", "%F0%9F%98%80", "-1"])
def test_odd_addresses_are_not_found(client, slug):
    assert client.get(f"/events/{slug}/").status_code == 404
    assert client.get(f"/events/{slug}/editions/1/").status_code == 404


def test_draft_is_not_found(client):
    event, draft = contested_event(), make.cited_event()
    publish([event])

    assert page(client, event).status_code == 200
    assert page(client, draft).status_code == 404
    assert page(client, draft, 1).status_code == 404


def test_edition_closed_by_a_takedown_is_gone_with_day_and_reason(client):
    event = contested_event()
    publish([event])
    withdraw([event], note=REASON)
    publish([event])

    response = page(client, event, 1)

    assert page(client, event, 3).status_code == 200
    assert response.status_code == 410
    assert "A family asked for it." in text(response)
    assert Edition.objects.get(event=event, number=2).made_at.strftime("%B %Y") in text(response)
    assert page(client, event, 2).status_code == 410


def test_withdrawn_event_is_gone_under_its_number(client):
    event = contested_event()
    publish([event])
    assert client.get(f"/e/{event.pk}").status_code == 302

    withdraw([event], note=REASON)
    response = client.get(f"/e/{event.pk}")

    assert response.status_code == 410
    assert "A family asked for it." in text(response)


def test_withdrawn_event_is_gone_under_its_address(client):
    event = contested_event()
    publish([event])

    withdraw([event], note=REASON)

    for response in (page(client, event), page(client, event, 1)):
        assert response.status_code == 410
        assert "A family asked for it." in text(response)


def test_former_address_of_an_event_leads_to_its_address_of_today(client):
    event = contested_event()
    publish([event])
    former = event.get_absolute_url()
    Event.objects.filter(pk=event.pk).update(slug="renamed")
    publish([event])

    response = client.get(former)

    assert (response.status_code, response["Location"]) == (301, "/events/renamed/")


def test_edition_whose_last_source_was_removed_is_gone_without_a_reason(client):
    event = make.event()
    secret = make.document()
    citation = make.citation(event, secret)
    publish([event])
    citation.delete()
    make.citation(event)
    publish([event])
    assert page(client, event, 1).status_code == 200

    withhold([secret])

    assert page(client, event, 1).status_code == 410
    assert "A source was removed on" in text(page(client, event, 1))
    assert page(client, event, 2).status_code == 200


def test_short_addresses_lead_to_the_page(client):
    event = contested_event()
    publish([event])
    citation = event.citations.get(number=2)

    assert client.get(f"/e/{event.pk}")["Location"] == f"/events/{event.slug}/"
    assert client.get(f"/c/{citation.pk}")["Location"] == f"/events/{event.slug}/#C{citation.pk}"
    for address in (f"/e/{10**30}", f"/c/{10**30}", "/e/0", "/c/0"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("citations", [1, 3])
def test_event_page_takes_the_same_queries_for_one_citation_and_three(client, citations):
    event = make.event(parties=(make.party(),), locations=(make.location(),))
    event.participations.create(agent=make.agent(), role="spoke")
    for _ in range(citations):
        report = make.document(publisher=make.agent(party=make.party()))
        report.contributions.create(agent=make.agent())
        leaned_on = make.document()
        leaned_on.contributions.create(agent=make.agent())
        make.citation(event, report, through=leaned_on, claimed_by=make.agent())
    publish([event])
    page(client, event)

    assert queries_of(client, f"/events/{event.slug}/") == 22
    assert queries_of(client, f"/events/{event.slug}/editions/1/") == 9


@pytest.mark.parametrize("events", [1, 3])
def test_home_takes_the_same_queries_for_one_event_and_three(client, events):
    publish([make.cited_event() for _ in range(events)])
    client.get("/")

    assert queries_of(client, "/") == 7


def queries_of(client, address):
    """How many queries a page asks, the lock that makes it one state included; transactions are no queries."""
    connection = connections["published"]
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    assert client.get(address).status_code == 200
    connection.force_debug_cursor = False
    return len([query for query in connection.queries_log if query["sql"] not in {"BEGIN", "COMMIT"}])


def test_home_lists_the_newest_editions_and_counts_events(client):
    events = [make.cited_event(title=f"Event {number}") for number in range(21)]
    publish(events)

    response = client.get("/")

    assert "21 events" in text(response)
    titles = re.findall(r">(Event \d+)</a>", response.content.decode())
    assert titles == [f"Event {number}" for number in range(20, 12, -1)]


def test_home_leaves_out_what_was_withdrawn(client):
    kept, gone = make.cited_event(title="Kept"), make.cited_event(title="Gone")
    publish([kept, gone])
    assert "Gone" in text(client.get("/"))

    withdraw([gone], note=REASON)

    assert "Kept" in text(client.get("/"))
    assert "Gone" not in text(client.get("/"))
    assert "1 event " in text(client.get("/"))


def test_empty_chronicle_has_a_home(client):
    assert "Nothing is published yet." in text(client.get("/"))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_pages_can_only_be_read(client, method):
    event = contested_event()
    publish([event])

    for address in ("/", f"/events/{event.slug}/", f"/events/{event.slug}/editions/1/", f"/e/{event.pk}", "/c/1"):
        response = getattr(client, method)(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_head_answers_like_get_without_a_body(client):
    event = contested_event()
    publish([event])

    response = client.head(f"/events/{event.slug}/")

    assert (response.status_code, response.content) == (200, b"")


def test_public_pages_set_no_cookie_and_forbid_everything_from_elsewhere(client):
    event = contested_event()
    publish([event])

    for response in (client.get("/"), page(client, event), page(client, event, 1), client.get("/nothing/")):
        html = response.content.decode()
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        assert " style=" not in html
        assert "<style" not in html
        assert not re.search(r'<script(?! type="application/ld\+json">)', html)
        assert not re.search(r'(src|href)="(https?:)?//', html.replace("http://testserver/", "/"))


def test_every_page_says_where_to_report_an_error(client):
    make.masthead(contact="errors@example.org")
    event = contested_event()
    publish([event])
    publish_references("masthead", Masthead.objects.all())
    withdraw([event], note=REASON)

    for response in (client.get("/"), client.get("/nothing/"), client.get(f"/e/{event.pk}"), client.post("/")):
        assert 'href="mailto:errors@example.org?subject=Error' in response.content.decode()


def test_contact_that_is_none_is_not_shown(client):
    assert "Report an error" not in client.get("/").content.decode()


def test_page_of_a_failure_needs_neither_request_nor_database():
    html = render_to_string("500.html")

    assert "<title>Something failed · Chronicle</title>" in html
    assert "Report an error" not in html


def test_document_without_publisher_and_silent_one_are_shown(client):
    event = contested_event()
    make.citation(event, make.document(title_short="Silent 2022"), aspect="date", stance="silent", statement="Nothing.")
    publish([event])

    shown = text(page(client, event))

    assert "silent: the whole document was checked" in shown
    assert Document.objects.get(title_short="Silent 2022").title in shown


def test_no_two_parts_of_a_page_have_one_name(client):
    event, entry = make.event(), make.missing()
    make.citation(event, aspect="missing", asserted_figure=NumericRange(3, 3, "[]"), unit=make.unit())
    event.event_missing_documents.create(missing=entry)
    publish([event])
    publish_references("missing", [entry])

    names = re.findall(r' id="([^"]+)"', client.get(event.get_absolute_url()).text)

    assert {"missing", "not-here"} < set(names)
    assert len(names) == len(set(names))
