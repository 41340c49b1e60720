"""Who has a record open: told to those who may open it, kept while it lasts, and nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone

from chronicle.models import Event
from chronicle.presence.models import Presence
from chronicle.presence.noticing import GONE
from tests import factories
from tests.chronicle.admin.desk import curator, logged_in, url

HERE = "/admin/present/"


def said(client: Client, event: Event, **more: Any) -> Any:
    return client.post(HERE, {"kind": "chronicle.event", "number": event.pk, **more})


def words(client: Client, event: Event) -> str:
    answer = said(client, event)
    assert answer.status_code == 200
    return answer.json()["words"]


@pytest.fixture
def anna(db: None) -> Client:
    user = curator("contributor", "anna")
    User.objects.filter(pk=user.pk).update(first_name="Anna", last_name="Petrova")
    return logged_in(user)


@pytest.fixture
def bela(db: None) -> Client:
    return logged_in(curator("editor", "bela"))


def test_each_is_told_of_the_others_and_of_nobody_elsewhere(anna: Client, bela: Client) -> None:
    event, other = factories.event(), factories.event()

    assert words(anna, event) == ""
    assert words(bela, event).startswith("Anna Petrova has this open too, since ")
    assert words(anna, event).startswith("bela has this open too")
    assert words(bela, other) == ""
    assert Presence.objects.count() == 3


def test_who_leaves_or_falls_silent_is_gone(anna: Client, bela: Client) -> None:
    event = factories.event()
    said(anna, event)
    assert words(bela, event) != ""

    said(anna, event, leaving="yes")
    after_leaving = words(bela, event)
    said(anna, event)
    Presence.objects.filter(account__username="anna").update(seen_at=timezone.now() - GONE - timedelta(seconds=1))
    after_silence = words(bela, event)

    assert (after_leaving, after_silence) == ("", "")
    assert not Presence.objects.filter(account__username="anna").exists()


def test_saying_it_again_keeps_since_when(anna: Client, bela: Client) -> None:
    event = factories.event()
    said(anna, event)
    opened = Presence.objects.get().opened_at

    said(anna, event)

    assert Presence.objects.get().opened_at == opened
    assert Presence.objects.get().seen_at > opened


def test_form_says_of_which_record_it_is(anna: Client) -> None:
    event = factories.event()

    page = anna.get(url(event)).text

    assert f'data-address="{HERE}" data-kind="chronicle.event" data-number="{event.pk}"' in page


@pytest.mark.parametrize(
    ("kind", "number", "status"),
    [
        ("chronicle.event", "999999", 404),
        ("chronicle.event", "x", 404),
        ("chronicle.event", "\x00", 404),
        ("chronicle.event", "9" * 30, 404),
        ("chronicle.citation", "1", 404),
        ("chronicle.edition", "1", 404),
        ("auth.user", "1", 404),
        ("nonsense", "1", 404),
        ("", "", 404),
    ],
)
def test_what_has_no_form_here_is_not_there(bela: Client, kind: str, number: str, status: int) -> None:
    assert bela.post(HERE, {"kind": kind, "number": number}).status_code == status
    assert not Presence.objects.exists()


def test_who_may_not_open_it_is_told_nothing(anna: Client) -> None:
    event = factories.event()
    said(anna, event)
    nobody = logged_in(User.objects.create_user("nobody", is_staff=True))

    assert said(nobody, event).status_code == 403
    assert said(Client(), event).status_code == 302
    assert anna.get(HERE).status_code == 405
    assert Presence.objects.count() == 1


def test_presence_is_noticed_once(anna: Client) -> None:
    said(anna, factories.event())

    with pytest.raises(IntegrityError, match="presence_is_noticed_once"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO presence_presence (account_id, kind, number, opened_at, seen_at) "
            "SELECT account_id, kind, number, now(), now() FROM presence_presence"
        )


@pytest.mark.parametrize("others", [1, 3])
def test_asking_costs_the_same_for_one_and_for_three(bela: Client, django_assert_num_queries: Any, others: int) -> None:
    event = factories.event()
    for number in range(others):
        said(logged_in(curator("contributor", f"curator {number}")), event)
    said(bela, event)

    with django_assert_num_queries(8):
        told = words(bela, event)

    assert told.count("has this open too") == others
