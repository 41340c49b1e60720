"""The desk's first page: what waits, counted, and where it is listed."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from chronicle.desk import waiting
from chronicle.links.vocabularies import LinkState
from chronicle.publication import publish, withhold
from tests import factories as make
from tests.chronicle.admin.desk import curator, logged_in

HOME = "/admin/"


def entries(page: Any) -> dict[str, Any]:
    return {entry.url: entry for section in page.context["waiting"] for entry in section.entries}


def full_desk() -> None:
    """Something for each worklist."""
    party, place = make.party(), make.location()
    make.event(state="draft", date_edtf="", parties=(party,))
    make.cited_event(state="in_review", title="Strike")
    make.cited_event(state="ready", title="Strike")
    public = make.event(title="Public", locations=(place,))
    for day in ("2020-10-09", "2020-10-10"):
        make.citation(public, aspect="date", asserted_date_edtf=day, date_of="whole")
    publish([public])
    public.title = "Public, reworked"
    public.save()
    place.names.create(toponym="Шуша", language="ru")
    make.location(slug="second", name=place.name)
    hidden = make.document(title="Twice")
    make.citation(public, hidden)
    withhold([hidden])
    make.document(title="Twice", access="described", public_description="Testimony")
    lost = make.document(url="https://example.org/lost")
    lost.links.create(address=lost.url, state=LinkState.GONE, failures=1, checked_at=timezone.now())


@pytest.mark.usefixtures("published")
def test_what_is_counted_is_what_the_list_shows() -> None:
    full_desk()
    client = logged_in(curator("editor"))

    found = entries(client.get(HOME))

    assert {urlsplit(url).path for url in found} == {
        "/admin/chronicle/citation/", "/admin/chronicle/event/", "/admin/chronicle/location/",
        "/admin/sources/document/",
    }  # fmt: skip
    for url, entry in found.items():
        assert entry.count == client.get(url).context["cl"].result_count, url
    zero = {parse_qs(urlsplit(url).query).popitem()[1][0] for url, entry in found.items() if not entry.count}
    quotations = {"quotation-missing", "quotation-ambiguous", "quotation-changed"}  # nothing is quoted
    assert zero == {"gone", "reworked", *quotations}  # nothing withdrawn, no document changed after it went out


@pytest.mark.usefixtures("published")
def test_what_waits_is_said_in_words_and_led_to() -> None:
    full_desk()

    page = logged_in(curator("contributor")).get(HOME)

    assert '<a href="/admin/chronicle/event/?work=undated"><span class="count">1</span> without a date</a>' in page.text
    assert "File them under one, in EDTF." in page.text
    assert "None: withdrawn events" in page.text


@pytest.mark.usefixtures("published")
def test_first_page_asks_as_often_for_one_row_as_for_three(django_assert_num_queries: Any) -> None:
    client = logged_in(User.objects.create_superuser("curator"))
    full_desk()
    client.get(HOME)

    with django_assert_num_queries(44):
        client.get(HOME)
    full_desk_again()
    with django_assert_num_queries(44):
        client.get(HOME)


def full_desk_again() -> None:
    for _ in range(2):
        make.event(date_edtf="")
        make.cited_event(state="ready")
        make.document()
        make.location()


@pytest.mark.django_db
def test_counting_stops_at_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST_COUNTED", 2)
    for _ in range(2):
        make.event(date_edtf="")
    client = logged_in(curator("editor"))
    undated = "/admin/chronicle/event/?work=undated"
    assert entries(client.get(HOME))[undated].words == "2"

    for _ in range(2):
        make.event(date_edtf="")

    assert (entries(client.get(HOME))[undated].count, entries(client.get(HOME))[undated].words) == (3, "more than 2")


@pytest.mark.django_db
def test_who_may_see_nothing_is_told_of_nothing() -> None:
    make.event()
    client = logged_in(User.objects.create_user("newcomer", is_staff=True))

    page = client.get(HOME)

    assert page.context["waiting"] == []
    assert "What waits" not in page.text


def test_strangers_see_no_counts(db: None) -> None:
    assert Client().get(HOME).status_code == 302
