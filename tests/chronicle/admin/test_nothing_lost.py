"""Forms that are sent twice, or after their session has ended: one record is made, and nothing typed is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client

from chronicle.models import Event
from sources.models import Document
from tests import factories
from tests.chronicle.admin.desk import curator, list_url, logged_in, row, shown, told, url


def new_event(client: Client) -> dict[str, Any]:
    """The form of a new event with a citation, as it is sent."""
    page = client.get(list_url(Event, "add"))
    said = {"document": factories.document().pk, "aspect": "outcome", "stance": "supports", "statement": "So it ended."}
    values = {"title": "First ceasefire", "kind": factories.kind().pk, "state": "draft", "citations-TOTAL_FORMS": "1"}
    return shown(page) | {"addition": page.context["addition"]} | values | row("citations", 0, **said)


def test_form_sent_twice_adds_one_event_and_leads_where_the_first_led(desk: Client) -> None:
    data = new_event(desk)

    first, second = (desk.post(list_url(Event, "add"), data | {"_continue": "yes"}) for _ in range(2))

    event = Event.objects.get()
    assert event.citations.count() == 1
    assert first.url == second.url == url(event)
    assert desk.post(list_url(Event, "add"), data | new_event(desk)).status_code == 302
    assert Event.objects.count() == 2  # another showing of the form is another record


def test_refused_form_is_not_taken_for_one_that_was_saved(desk: Client) -> None:
    data = new_event(desk)

    refused = desk.post(list_url(Event, "add"), data | {"date_edtf": "yesterday"})
    saved = desk.post(list_url(Event, "add"), data)

    assert refused.context["addition"] == data["addition"]
    assert (saved.status_code, Event.objects.count()) == (302, 1)


def test_token_is_good_for_its_own_session_and_page_alone(desk: Client) -> None:
    data = new_event(desk)
    desk.post(list_url(Event, "add"), data)
    document = shown(desk.get(list_url(Document, "add"))) | {
        "title": "A",
        "title_short": "A 1",
        "document_type": "report",
    }

    desk.post(list_url(Document, "add"), document | {"addition": data["addition"]})
    logged_in(curator("editor")).post(list_url(Event, "add"), data)

    assert Document.objects.filter(title_short="A 1").count() == 1
    assert Event.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x" * 32, "A" * 32, "\x00", "0" * 5000])
def test_token_that_is_none_of_ours_changes_nothing(desk: Client, token: str) -> None:
    assert desk.post(list_url(Event, "add"), new_event(desk) | {"addition": token}).status_code == 302
    assert Event.objects.count() == 1


def test_two_clicks_at_once_add_one_event(published: None) -> None:
    user = User.objects.create_superuser("curator")
    first = logged_in(user)
    data, together = new_event(first), Barrier(2)
    second = Client()
    second.cookies = first.cookies  # the same browser

    def click(client: Client) -> str:
        together.wait()
        try:
            return client.post(list_url(Event, "add"), data | {"_continue": "yes"}).url
        finally:
            connections.close_all()

    for _ in range(5):
        with ThreadPoolExecutor(2) as clicks:
            led = set(clicks.map(click, (first, second)))
        assert len(led) == 1
        assert Event.objects.count() == 1
        Event.objects.get().citations.all().delete()
        Event.objects.all().delete()
        data = data | {"addition": first.get(list_url(Event, "add")).context["addition"]}


def sent_again(page: Any) -> dict[str, list[str]]:
    """What the page of a refused form would send."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page.text, flags=re.DOTALL):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def test_form_of_an_ended_session_is_kept_and_sent_again(desk: Client) -> None:
    event, user = factories.cited_event(), User.objects.get(username="curator")
    typed = '\n</textarea><b>"One" & two\n'
    data = shown(desk.get(url(event))) | {"title": "Typed long", "summary": typed}
    desk.logout()

    refused = desk.post(url(event), data)
    again = sent_again(refused)
    desk.force_login(user)
    saved = desk.post(url(event), again)

    assert refused.status_code == 403
    assert "nothing is lost" in refused.text
    assert 'target="_blank"' in refused.text
    assert {name: values[0] for name, values in again.items()} == {name: str(value) for name, value in data.items()}
    assert saved.status_code == 302
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Typed long", typed.strip())


def test_form_with_the_token_of_an_earlier_login_is_kept_if_it_is_from_here(desk: Client) -> None:
    event, strict = factories.cited_event(), Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="curator"))
    data = {"title": "Typed long", "seen": "", "csrfmiddlewaretoken": "a" * 64}

    here = strict.post(url(event), data, headers={"Origin": "http://testserver"})
    elsewhere = [
        strict.post(url(event), data, headers=headers)
        for headers in ({}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"})
    ]

    assert (here.status_code, sent_again(here)) == (403, {"title": ["Typed long"], "seen": [""]})
    assert "You have logged in anew" in here.text
    assert [(one.status_code, "Typed long" in one.text) for one in elsewhere] == [(403, False)] * 3


def test_forms_of_accounts_and_other_pages_are_not_kept(db: None) -> None:
    user = curator("administrator")

    for address in (url(user), list_url(User, "add"), list_url(Event), "/admin/password_change/"):
        response = Client().post(address, {"password1": "secret"})
        assert (response.status_code, "/admin/login/" in response.url) == (302, True)


def test_page_after_a_second_click_says_what_the_first_said(desk: Client) -> None:
    data = new_event(desk)
    for _ in range(2):
        response = desk.post(list_url(Event, "add"), data)

    assert any("was added successfully" in words for words in told(desk.get(response.url)))
