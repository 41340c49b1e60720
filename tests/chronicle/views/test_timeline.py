"""The timeline: marks where events are few, counts where they are many, and the same in words."""

import re
from xml.etree import ElementTree

import pytest
from django.utils.html import strip_tags

from chronicle.publication import publish
from chronicle.views import timeline, timeline_numbers
from tests import factories as make
from tests.chronicle.views.reading import queries_of

pytestmark = pytest.mark.usefixtures("published")


def event(title, date, **fields):
    made = make.event(title=title, date_edtf=date, **fields)
    make.citation(made)
    return made


def dated(of, date, short, date_of="not_stated"):
    by = make.document(title_short=short)
    return make.citation(of, by, aspect="date", asserted_date_edtf=date, date_of=date_of)


def html(client, query=""):
    response = client.get(f"/timeline/{query}")
    assert response.status_code == 200
    return response.content.decode()


def text(client, query=""):
    return " ".join(strip_tags(html(client, query)).split())


def section(page, name):
    found = re.search(rf'<section aria-labelledby="{name}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def titles(page):
    return re.findall(r'class="title" href="[^"]*">(.*?)</a>', page)


def spans(page):
    """The spans that the list names, with their numbers."""
    found = re.findall(r'period=([^"]*)">[^<]*</a> <span class="note">(\d+)', section(page, "spans"))
    return {edtf: int(number) for edtf, number in found}


def shapes(page):
    """The classes of what is drawn beside the first event."""
    drawing = re.search(r'<ol class="rows-of-time">.*?<svg.*?>(.*?)</svg>\s*</li>', page, re.DOTALL)[1]
    return re.findall(r'class="((?:lasting|within|arrow|unknown|join|doubt|filing-label)[^"]*)"', drawing)


@pytest.fixture
def few(monkeypatch):
    """Take three events for many."""
    monkeypatch.setattr(timeline, "MOST_ROWS", 2)
    monkeypatch.setattr(timeline, "MOST_BESIDE", 1)


def test_events_begin_in_the_view_or_reach_into_it(client):
    dates = {"Reaching": "2020-09-27/2020-11-10", "Begins": "2020-10-10", "Before": "2020-09-01", "After": "2021"}
    publish([event(title, date) for title, date in dates.items()])

    page = html(client, "?period=2020-10")

    assert titles(section(page, "beginning")) == ["Begins"]
    assert titles(section(page, "reaching")) == ["Reaching"]
    assert "2 events" in text(client, "?period=2020-10")


@pytest.mark.parametrize(
    ("date", "drawn"),
    [
        ("2020-10-10", ["lasting"]),
        ("2020-09-27/2020-11-10", ["lasting"]),
        ("[2020-10-09..2020-10-17]", ["within"]),
        ("2020-10~", ["within about"]),
        ("2020-10?", ["within", "doubt"]),
        ("2020-10-10/..", ["lasting", "arrow on-lasting"]),
        ("[..2020-10-10]", ["within", "arrow on-within"]),
        ("2020-09/2020-11", ["within", "lasting", "within"]),
    ],
)
def test_marks_are_those_of_the_key(client, date, drawn):
    made = event("One", date)
    dated(made, date, "Report 2021")
    publish([made])

    assert shapes(html(client)) == drawn


def test_rival_dates_are_joined_and_the_filing_stands_apart(client):
    made = event("Ceasefire", "2020-10-10")
    first = dated(made, "2020-10-09", "Article 2021", "met")
    dated(made, "2020-10-10", "Report 2024", "agreed")
    publish([made])

    page = html(client)

    assert shapes(page) == ["join", "lasting", "lasting", "lasting", "filing-label"]
    assert re.findall(r"<text[^>]*>([^<]*\d{4}[^<]*|filed under)</text>", page)[-3:] == [
        "Article 2021 (when they met)",
        "Report 2024 (when it was agreed)",
        "filed under",
    ]
    shown = text(client)
    assert "9 October 2020 (when they met): Article 2021" in shown
    assert "Two documents, two dates; filed under 10 October." in shown
    assert f'/events/{made.slug}/#C{first.pk}"' in page


def test_date_outside_the_view_is_said_to_be_earlier(client):
    made = event("One", "2020-10-10")
    dated(made, "1993", "Article 2021")
    dated(made, "2020-10-10", "Report 2024")
    publish([made])

    assert "Article 2021 (earlier)" in html(client, "?period=2020-10")


def test_event_that_no_document_dates_shows_the_filing_alone(client):
    publish([event("One", "2020-10-10")])

    assert "No document here dates it; filed under 10 October 2020." in text(client)
    assert shapes(html(client)) == ["lasting", "filing-label"]


def test_key_is_printed_with_every_mark(client):
    publish([event("One", "2020-10-10")])

    key = re.search(r'<dl class="key".*?</dl>', html(client), re.DOTALL)[0]

    assert key.count("<dd>") == 10


@pytest.mark.usefixtures("few")
def test_many_events_are_counted_over_spans_and_wider_ones_apart(client):
    dates = ["1991", "1993-04", "1993-05-08", "1994/1995", "1918", "2020-10-10"]
    publish([event(f"Event {date}", date) for date in dates])

    page = html(client)

    assert titles(section(page, "beginning")) == []
    assert spans(page)["19XX"] == 5
    assert (spans(page)["199X"], spans(page)["1993"], spans(page)["2020"]) == (4, 2, 1)
    assert "1994" not in spans(page)
    assert re.findall(r'period=[^"]*">([^<]*)</a>', section(page, "spans"))[:4] == [
        *("the 20th century", "the 1910s", "1918", "the 1990s"),
    ]
    assert "within one decade, and in no one year" in page


@pytest.mark.usefixtures("few")
def test_what_no_counted_span_holds_is_drawn(client):
    dates = ["1991", "1993-04", "1993-05-08", "1988/2003", "1995/.."]
    publish([event(f"Event {date}", date) for date in dates])

    page = html(client)

    assert titles(section(page, "wider")) == ["Event 1988/2003"]
    assert "These are not all of them: see the list." in text(client)
    assert titles(section(html(client, "?period=199X"), "reaching")) == ["Event 1988/2003"]
    assert titles(section(html(client, "?period=199X"), "wider")) == ["Event 1995/.."]


@pytest.mark.usefixtures("few")
def test_spans_count_what_the_filters_leave(client):
    battle, talks = make.kind(), make.kind(slug="talks", name="talks")
    publish([event(f"Battle {year}", str(year), kind=battle) for year in range(1990, 1994)])
    publish([event(f"Talks {year}", str(year), kind=talks) for year in range(1990, 1993)])

    page = html(client, "?kind=talks")

    assert spans(page)["199X"] == 3
    assert "/timeline/?kind=talks&amp;period=1991" in page


@pytest.mark.usefixtures("few")
def test_spans_are_of_the_whole_chronicle_where_more_fit_than_are_counted(client, monkeypatch):
    monkeypatch.setattr(timeline_numbers, "COUNTED", 3)
    publish([event(f"Battle {year}", str(year)) for year in range(1990, 1995)])

    assert "these numbers are of the whole chronicle" in text(client, "?kind=battle")
    assert "these numbers are of the whole chronicle" not in text(client)


@pytest.mark.usefixtures("few")
def test_many_events_of_one_day_are_drawn_as_far_as_there_is_room(client):
    publish([event(f"Event {number}", "2020-10-10") for number in range(4)])

    page = html(client, "?period=2020-10-10")

    assert len(titles(section(page, "beginning"))) == 2
    assert "These are not all of them: see the list." in section(page, "beginning")


def test_zoom_leads_out_and_on_and_keeps_the_filters(client):
    publish([event("One", "2020-10-10")])

    page = html(client, "?kind=battle&period=2020-10")
    zoom = re.search(r'<nav class="zoom".*?</nav>', page, re.DOTALL)[0]

    wider = ["", "20XX", "202X", "2020"]
    assert re.findall(r'href="\?kind=battle(?:&amp;period=)?(.*?)"', zoom) == [*wider, "2020-09", "2020-11"]
    assert 'href="/events/?kind=battle&amp;period=2020-10"' in page
    listed = client.get("/events/?kind=battle&period=2020-10").content.decode()
    assert 'href="/timeline/?kind=battle&amp;period=2020-10"' in listed
    assert 'action="/timeline/"' in page


def test_undated_events_are_said(client):
    publish([event("Undated", ""), event("One", "2020-10-10")])

    assert "1 event is filed under no date." in text(client)
    assert titles(html(client)) == ["One"]
    assert "under no date" not in text(client, "?period=2020")


def test_empty_chronicle_and_empty_view_say_so(client):
    assert "Nothing is published yet." in text(client)

    publish([event("One", "2020-10-10")])

    assert "No published event that fits lies in this view." in text(client, "?period=1993")
    assert "No published event fits." in text(client, f"?kind={make_other_kind()}")


def make_other_kind():
    other = make.kind(slug="talks", name="talks")
    made = event("Undated talks", "", kind=other)
    publish([made])
    return other.slug


@pytest.mark.parametrize("query", ["?period=yesterday", "?kind=x", "?place=%25&period=2020"])
def test_what_cannot_be_understood_is_said_beside_its_name(client, query):
    publish([event("One", "2020")])

    assert 'role="alert"' in html(client, query)
    assert titles(html(client, query)) == []


PERIODS = (
    *("Y-50000", "Y30000", "-9999", "9999", "-0043-03-15", "-00XX", "00XX", "Y-3388E2S3", "1985-XX-XX", "2001-34"),
    *("../1990", "1990/..", "2020-09-27/2020-11-10", "[1667,1668]", "{1960,1961-12}", "2020-10-10T09:30:00Z", "2020~"),
)


def test_any_period_that_can_be_written_can_be_drawn(client):
    publish([event("Ancient", "-0043-03-15"), event("One", "1990/2020-10-10"), event("Open", "../1991")])

    found = {period: client.get("/timeline/", {"period": period}).status_code for period in PERIODS}

    assert found == dict.fromkeys(PERIODS, 200)


def test_address_with_nul_is_not_found(client):
    assert client.get("/timeline/?kind=%00").status_code == 404


def test_hostile_names_stay_words(client):
    made = event("<script>alert(1)</script>", "2020-10-10")
    dated(made, "2020-10-09", '"><script>alert(2)</script>')
    publish([made])

    page = html(client, "?period=2020-10&x=%22%3E%3Cscript%3E")

    assert "<script>" not in page
    assert "alert(1)" in page
    assert "alert(2)" in page


def test_drawings_are_well_formed_and_hidden_from_those_who_hear(client):
    made = event("A & B", "2020-10-10")
    dated(made, "2020-10-09", "R & D 2021")
    publish([made, event("Two", "2020-11-10")])

    found = drawings(html(client))

    assert len(found) > 12
    for drawing in found:
        assert ElementTree.fromstring(drawing).get("aria-hidden") == "true"
    assert not re.findall(r"<[^>]* style=", html(client))


def drawings(page):
    """Every drawing of a page, with the drawings inside it."""
    found, depth, start = [], 0, 0
    for tag in re.finditer(r"<(/?)svg", page):
        if depth == 0:
            start = tag.start()
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(page[start : tag.end() + 1])
    return found


def test_undrawn_dates_are_on_the_page_of_the_event(client):
    made = event("One", "2020-10-10")
    for day in range(1, 9):
        dated(made, f"2020-10-{day:02}", f"Report {day}")
    publish([made])

    assert "More dates are on its page." in text(client)
    assert html(client).count('class="join"') == 1 + 5


@pytest.mark.parametrize("events", [1, 3])
def test_timeline_takes_the_same_queries_for_one_event_and_three(client, events):
    for number in range(events):
        made = event(f"Event {number}", "2020-10-10", locations=(make.location(),), parties=(make.party(),))
        dated(made, "2020-10-09", "Article 2021")
        publish([made])
    client.get("/timeline/")

    assert queries_of(client, "/timeline/") == 11
    assert queries_of(client, "/timeline/?period=2020-10&kind=battle") == 12


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("events", [3, 6])
def test_counts_take_the_same_queries_for_three_events_and_six(client, events):
    publish([event(f"Event {year}", f"{year}/2021") for year in range(1990, 1990 + events)])
    publish([event(f"Other {year}", str(year)) for year in range(1990, 1990 + events)])
    client.get("/timeline/")

    assert queries_of(client, "/timeline/") == 15


def test_home_page_draws_the_whole_time_and_leads_into_it(client):
    publish([event("One", "2020-10-10"), event("Two", "1918")])

    page = client.get("/").content.decode()
    drawn = section(page, "in-time") or re.search(r'<section class="wide".*?</section>', page, re.DOTALL)[0]

    assert 'href="/timeline/?period=2020"' in drawn
    assert 'href="/timeline/?period=19XX"' in drawn
