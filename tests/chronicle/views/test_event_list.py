"""The list of events: narrowed down by what its address asks for, in the order of the filing, paged by key."""

import re

import pytest
from django.db import connections
from django.utils.html import strip_tags

from chronicle.models import EventCount
from chronicle.publication import publish
from chronicle.views import paging
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")


def titles(client, query=""):
    html = client.get(f"/events/{query}").content.decode()
    return re.findall(r'<a class="title" href="[^"]*">(.*?)</a>', html)


def text(client, query=""):
    response = client.get(f"/events/{query}")
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


def event(title, date, **fields):
    made = make.event(title=title, date_edtf=date, **fields)
    make.citation(made)
    return made


def test_events_are_in_the_order_of_their_first_day_open_starts_first_undated_last(client):
    dates = {"Undated": "", "Later": "2020-10-10", "Earlier": "-0043-03-15", "Open": "../1999", "Whole": "2020"}
    publish([event(title, date) for title, date in dates.items()])

    assert titles(client) == ["Open", "Earlier", "Whole", "Later", "Undated"]


def test_first_day_is_the_ordinal_of_the_first_day(client):
    days = {"2020-10-10": 737708, "0001-01-01": 1, "0000-12-31": 0, "": 2**31 - 1, "../1999": -(2**31)}
    made = {date: event(f"Of {date}", date) for date in days}
    publish(made.values())

    found = dict(EventCount.objects.using("published").values_list("pk", "first_day"))

    assert {date: found[made[date].pk] for date in days} == days


def test_period_lists_what_reaches_into_it_first_and_then_what_begins_in_it(client):
    dates = {
        "Before": "2020-09-26",
        "Reaching": "2020-09-27/2020-11-10",
        "First day": "2020-10-01",
        "Last day": "2020-10-31",
        "After": "2020-11-01",
        "Open start": "../2020-10-05",
        "Undated": "",
    }
    publish([event(title, date) for title, date in dates.items()])

    assert titles(client, "?period=2020-10") == ["Open start", "Reaching", "First day", "Last day"]
    assert "4 events" in text(client, "?period=2020-10")
    assert titles(client, "?period=2020-11-01/..") == ["Open start", "Reaching", "After"][1:]
    assert titles(client, "?period=../2020-09-26") == ["Open start", "Before"]


def test_pages_follow_each_other_without_gap_or_repetition(client, monkeypatch):
    monkeypatch.setattr(paging, "SIZE", 2)
    monkeypatch.setattr("chronicle.views.event_list.SIZE", 2)
    monkeypatch.setattr(paging.page_of, "__kwdefaults__", {**paging.page_of.__kwdefaults__, "size": 2})
    dates = ["../1999", "1980/2021", "2020-01-01", "2020-01-01", "2020-01-01", "2020-02", ""]
    publish([event(f"Event {n}", date) for n, date in enumerate(dates)])

    for query, expected in (("?", 7), ("?period=2020&", 5)):
        found, after = [], ""
        for _ in range(5):
            html = client.get(f"/events/{query}after={after}").content.decode()
            found += re.findall(r'<a class="title" href="[^"]*">(.*?)</a>', html)
            more = re.search(r'after=([^"&]+)" rel="next"', html)
            if not more:
                break
            after = more.group(1)
        assert len(found) == expected
        assert found == sorted(found)


def test_place_in_any_spelling_narrows_down_to_it_and_what_lies_within(client):
    town, district = make.location(name="Şuşa", slug="shusha"), make.location(name="District", kind="district")
    town.names.create(toponym="Շուշի", language="hy")
    make.within(town, district)
    publish([event("There", "2020", locations=(town,)), event("Elsewhere", "2020", locations=(make.location(),))])

    for place in ("shusha", "Shusha", "ŞUŞA", "Շուշի", "district"):
        assert titles(client, f"?place={place}") == ["There"], place


def test_name_that_fits_several_offers_them_and_one_that_fits_nothing_says_so(client):
    towns = [make.location(name=f"New Town {n}", slug=f"new-town-{n}") for n in (1, 2)]
    publish([event("One", "2020", locations=(towns[0],)), event("Two", "2020", locations=(towns[1],))])

    html = client.get("/events/?place=new+town&kind=battle").content.decode()

    assert 'href="?place=new-town-1&amp;kind=battle"' in html
    assert 'href="?place=new-town-2&amp;kind=battle"' in html
    assert titles(client, "?place=new+town") == []
    assert titles(client, "?place=new-town-2&kind=battle") == ["Two"]
    assert "nothing published is called “Atlantis”" in text(client, "?place=Atlantis")


def test_name_that_one_place_has_as_a_whole_leads_to_it(client):
    town, fort = make.location(slug="shusha", name="Shusha"), make.location(slug="shusha-fort", name="Shusha fort")
    publish([make.cited_event(title="Town", locations=(town,)), make.cited_event(title="Fort", locations=(fort,))])

    assert titles(client, "?place=Shusha") == ["Town"]
    assert "fits several" in client.get("/events/?place=shush").content.decode()


def test_filters_of_kind_document_party_dispute_and_missing_voice(client):
    here, there = make.party(slug="here"), make.party(slug="there")
    report = make.document(slug="report", party=here)
    contested = make.event(title="Contested", kind=make.kind(slug="ceasefire", name="ceasefire"), parties=(here, there))
    for number, figure in enumerate(((10, 11), (20, 21))):
        by = report if number else make.document()
        make.citation(contested, by, aspect="killed", asserted_figure=figure, unit=make.unit())
    publish([contested, event("Plain", "2020-10-10")])

    for query in ("kind=ceasefire", "document=report", "party=here", "silent=there", "disputed=killed"):
        assert titles(client, f"?{query}") == ["Contested"], query
    assert titles(client, "?silent=here") == []
    assert titles(client, "?kind=battle&party=here") == []
    assert "No published event fits" in text(client, "?kind=battle&party=here")


@pytest.mark.parametrize("query", ["?period=yesterday", "?kind=x", "?disputed=weather", "?party='--", "?document=%25"])
def test_what_cannot_be_understood_is_said_beside_its_name(client, query):
    publish([event("One", "2020")])

    html = client.get(f"/events/{query}").content.decode()

    assert 'role="alert"' in html
    assert titles(client, query) == []


@pytest.mark.parametrize("query", ["?after=x", "?after=1~x", "?kind=%00", "?after=~", "?period=2020&after=zz~1"])
def test_address_that_no_page_gives_is_not_found(client, query):
    assert client.get(f"/events/{query}").status_code == 404


def test_drafts_and_what_changed_at_the_desk_are_not_listed(client):
    public = event("Public", "2020")
    publish([public])
    event("Draft", "2020")
    public.title = "Reworked"
    public.save()

    assert titles(client) == ["Public"]
    assert "1 event," in text(client)


def test_periods_lead_to_the_first_level_that_has_a_choice(client):
    publish([event(f"Event {date}", date) for date in ("2020-10-10", "2020-10-11", "2020-11-02", "2019-02")])

    html = client.get("/events/").content.decode()
    below = client.get("/events/?period=2020").content.decode()

    assert re.findall(r'href="\?period=(\S+?)"', html) == ["201X", "202X"]
    assert re.findall(r'href="\?period=(\S+?)"', below) == ["2020-10", "2020-11"]


@pytest.mark.parametrize("events", [1, 3])
def test_list_takes_the_same_queries_for_one_event_and_three(client, events):
    for number in range(events):
        made = event(f"Event {number}", "2020-10-10", locations=(make.location(),), parties=(make.party(),))
        publish([made])
    client.get("/events/")

    assert queries_of(client, "/events/") == 10
    assert queries_of(client, "/events/?period=2020-10&kind=battle") == 13


def queries_of(client, address):
    connection = connections["published"]
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    assert client.get(address).status_code == 200
    connection.force_debug_cursor = False
    return len([query for query in connection.queries_log if query["sql"] not in {"BEGIN", "COMMIT"}])
