"""The page of everything on which documents part ways."""

import re
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.models import Tally
from chronicle.publication import Note, publish, withdraw
from chronicle.views import disputes
from chronicle.vocabularies import Verdict
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")


def dated(event, document, date, moment="agreed"):
    return make.citation(event, document, aspect="date", asserted_date_edtf=date, date_of=moment)


def counted(event, document, number, **fields):
    figure = NumericRange(Decimal(number), Decimal(number), "[]")
    return make.citation(event, document, aspect="killed", asserted_figure=figure, unit=make.unit(), **fields)


def event_with_two_dates(title="The ceasefire", *, second="2020-10-10", moment="agreed"):
    event = make.event(title=title)
    dated(event, make.document(title_short="First", party=make.party()), "2020-10-09")
    dated(event, make.document(title_short="Second"), second, moment)
    return event


def entries(client, asked=""):
    """What stands in the list: the title and the anchor of each entry."""
    html = main(client.get(f"/disputes/{asked}"))
    return re.findall(r'class="title" href="[^"#]*#([a-z]+)">([^<]*)<', html)


def test_entry_has_the_sentence_of_the_event_page_and_the_parties(client):
    event = event_with_two_dates()
    publish([event])

    shown = text(client.get("/disputes/"))

    sentence = (
        "First gives 9 October 2020 for the agreement, Second gives 10 October 2020 for the agreement; "
        "these are one day apart."
    )
    assert sentence in shown
    assert sentence in text(client.get(f"/events/{event.slug}/"))
    assert re.search(r"First \(speaks for Party-\d+\) · Second \(for no party\)", shown)
    assert "1 entry · one for each event and aspect" in shown


def test_newest_events_come_first_with_an_entry_for_each_aspect(client):
    first, second = event_with_two_dates("Earlier"), event_with_two_dates("Later")
    for number in (5, 7):
        counted(second, make.document(), number)
    publish([first, second])

    assert entries(client) == [("date", "Later"), ("killed", "Later"), ("date", "Earlier")]
    assert "3 entries" in text(client.get("/disputes/"))


def test_aspect_can_be_chosen_with_its_tally(client):
    event = event_with_two_dates()
    for number in (5, 7):
        counted(event, make.document(), number)
    publish([event])

    assert entries(client, "?aspect=killed") == [("killed", "The ceasefire")]
    html = client.get("/disputes/?aspect=killed").content.decode()
    assert '<option value="killed" selected>killed (1)</option>' in html
    assert '<option value="wounded">wounded (0)</option>' in html
    assert Tally.objects.using("published").get(id="disputed:killed").number == 1


def test_verdicts_are_kept_apart(client):
    disagree = event_with_two_dates("Disagree")
    unstated = event_with_two_dates("Unstated", moment="not_stated")
    precise = event_with_two_dates("Precision", second="2020-10")
    different = event_with_two_dates("Different", moment="met")
    same = event_with_two_dates("Same", second="2020-10-09")
    publish([disagree, unstated, precise, different, same])

    assert [title for _anchor, title in entries(client)] == ["Unstated", "Disagree"]
    for verdict, title in (
        ("disagree", "Disagree"),
        ("may_disagree", "Unstated"),
        ("differ_in_precision", "Precision"),
        ("different_things", "Different"),
        ("agree", "Same"),
    ):
        assert entries(client, f"?verdict={verdict}") == [("date", title)]
        assert "1 entry ·" in text(client.get(f"/disputes/?verdict={verdict}"))
    assert entries(client, "?verdict=revised") == []


def test_text_with_itself_stands_apart(client):
    between, inside = event_with_two_dates("Between"), make.event(title="Inside")
    report = make.document(title_short="Report")
    for number, page in ((5, "1"), (7, "2")):
        counted(inside, report, number, locator_label="page", locator=page)
    publish([between, inside])

    html = main(client.get("/disputes/"))
    (apart,) = re.findall(r'<div class="self">(.*?)</div>', html, re.DOTALL)

    assert "Report itself gives both 5 persons (page 1) and 7 persons (page 2); these do not meet." in apart
    assert entries(client, "?compared=documents") == [("date", "Between")]
    assert entries(client, "?compared=text") == [("killed", "Inside")]
    assert len(entries(client)) == 2


def test_inside_pairs_of_another_verdict_are_told_too(client):
    event, report = make.event(), make.document(title_short="Report")
    dated(event, report, "2020-10")
    dated(event, report, "2020-10-10")
    publish([event])

    assert entries(client) == []
    shown = text(client.get("/disputes/?verdict=differ_in_precision"))

    assert (
        "October 2020 for the agreement, 10 October 2020 for the agreement: the second fits within the first." in shown
    )


@pytest.mark.parametrize(("aspect", "anchor"), [("outcome", "followed"), ("occurrence", "occurrence")])
def test_what_is_said_not_to_be_so_is_told_with_both_statements(client, aspect, anchor):
    event = make.event(title="The ceasefire")
    make.citation(event, make.document(title_short="First"), aspect=aspect, statement="It held.")
    make.citation(event, make.document(title_short="Second"), aspect=aspect, statement="Not so.", stance="disputes")
    publish([event])

    shown = text(client.get("/disputes/"))

    assert entries(client) == [(anchor, "The ceasefire")]
    assert f'id="{anchor}"' in client.get(f"/events/{event.slug}/").content.decode()
    assert "It held. First" in shown
    assert "Disputes Not so. Second" in shown


def test_key_explains_every_verdict(client):
    key = re.search(r'<h2 id="key">.*', main(client.get("/disputes/")), re.DOTALL)[0]

    assert key.count("<dt>") == len(Verdict) == len(disputes.MEANINGS)


def test_entries_are_paged_by_key(client, monkeypatch):
    monkeypatch.setattr(disputes, "SIZE", 2)
    events = [event_with_two_dates(f"Event {number}") for number in range(3)]
    for event in events[:2]:
        for number in (5, 7):
            counted(event, make.document(), number)
    publish(events)
    found, asked = [], ""

    while asked is not None:
        html = main(client.get(f"/disputes/{asked}"))
        found += re.findall(r'class="title" href="[^"#]*#([a-z]+)">([^<]*)<', html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        asked = following and following[1].replace("&amp;", "&")

    assert found == [
        *[("date", "Event 2"), ("date", "Event 1"), ("killed", "Event 1")],
        *[("date", "Event 0"), ("killed", "Event 0")],
    ]


def test_drafts_and_withdrawn_events_are_not_there(client):
    shown, draft = event_with_two_dates("Shown"), event_with_two_dates("Draft")
    publish([shown])
    assert entries(client) == [("date", "Shown")]
    assert draft.pk

    withdraw([shown], note=Note(words="A family asked for it."))

    assert entries(client) == []
    assert "There is no such entry among the published events." in text(client.get("/disputes/"))


@pytest.mark.parametrize("asked", ["?aspect=x", "?verdict=%3Cb%3E", "?compared=x", "?aspect=%F0%9F%98%80"])
def test_choice_that_is_none_narrows_nothing_down_and_says_so(client, asked):
    publish([event_with_two_dates()])

    response = client.get(f"/disputes/{asked}")

    assert "is none of these" in text(response)
    assert "1 entry ·" in text(response)
    assert "<b>" not in main(response)


@pytest.mark.parametrize("after", ["x", "~", "date", "date~x", "nonsense~1", f"date~{'9' * 150}x", "%00"])
def test_place_that_is_none_is_not_found(client, after):
    assert client.get(f"/disputes/?after={after}").status_code == 404


@pytest.mark.parametrize("after", ["date~0", "date~-1", f"date~-{10**30}", f"date~{10**30}"])
def test_far_places_are_pages(client, after):
    publish([event_with_two_dates()])

    assert client.get(f"/disputes/?after={after}").status_code == 200


@pytest.mark.parametrize("events", [1, 3])
def test_disputes_take_the_same_queries_for_one_and_three(client, events):
    publish([event_with_two_dates() for _ in range(events)])

    assert queries_of(client, "/disputes/") == 10
    assert queries_of(client, "/disputes/?verdict=disagree&aspect=date") == 11
