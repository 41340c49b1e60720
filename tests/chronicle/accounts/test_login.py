"""The login: counted by name and by address, heard again when it was said, and written down."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chronicle.accounts.models import AuditEntry
from tests.chronicle.accounts.door import PASSWORD, happened, is_in, log_in, with_password
from tests.chronicle.admin.desk import curator, logged_in

LIMIT = 5


def fail(client: Client, name: str, times: int = LIMIT, **options: Any) -> Any:
    return [log_in(client, name, "wrong", **options) for _ in range(times)][-1]


@pytest.fixture
def editor(db: None) -> User:
    return with_password("editor")


def test_curator_logs_in_and_it_is_written_down(editor: User) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")

    response = log_in(client, "editor")

    assert (response.status_code, response.url) == (302, "/admin/")
    assert is_in(client)
    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.account, entry.by, entry.address) == ("login", editor, editor, "192.0.2.7")


def test_wrong_name_and_wrong_password_are_told_alike(editor: User) -> None:
    wrong_name, wrong_password = (log_in(Client(), *tried) for tried in [("nobody", PASSWORD), ("editor", "wrong")])

    told = [list(response.context["form"].non_field_errors()) for response in (wrong_name, wrong_password)]
    assert told[0] == told[1] != []
    assert [(entry.kind, entry.account) for entry in AuditEntry.objects.order_by("pk")] == [
        ("failed_login", None),
        ("failed_login", editor),
    ]
    assert not AuditEntry.objects.exclude(words="").exists()


def test_name_is_locked_from_any_address_and_says_until_when(editor: User) -> None:
    for number in range(LIMIT - 1):
        assert log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), "editor", "wrong").status_code == 200
    assert log_in(Client(REMOTE_ADDR="192.0.2.200"), "editor", "wrong").status_code == 429

    right = log_in(Client(REMOTE_ADDR="192.0.2.201"), "editor")

    assert right.status_code == 429
    assert 0 < int(right["Retry-After"]) <= 15 * 60
    assert "Try again after" in right.context["form"].non_field_errors()[0]
    assert right.context["form"]["username"].value() == "editor"
    assert happened() == ["failed_login"] * (LIMIT - 1) + ["locked"]


def test_address_is_locked_whatever_the_name(editor: User) -> None:
    there, elsewhere = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    for number in range(LIMIT):
        log_in(there, f"guess-{number}", "wrong")

    assert log_in(there, "editor").status_code == 429
    assert log_in(elsewhere, "editor").status_code == 302


def test_lock_ends_when_it_was_said_to_and_failures_during_it_do_not_prolong_it(editor: User) -> None:
    client = Client()
    fail(client, "editor", LIMIT + 3)
    before = AccessAttempt.objects.get().attempt_time
    AccessAttempt.objects.update(attempt_time=before - timedelta(minutes=14))
    assert log_in(client, "editor").status_code == 429

    AccessAttempt.objects.update(attempt_time=before - timedelta(minutes=15, seconds=1))

    assert log_in(client, "editor").status_code == 302


def test_success_forgets_the_failures_before_it(editor: User) -> None:
    client = Client()
    for _ in range(3):
        fail(client, "editor", LIMIT - 1)
        assert log_in(client, "editor").status_code == 302
        client.logout()


def test_administrator_unlocks_name_and_address(editor: User) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    fail(client, "editor")
    administrator = logged_in(curator("administrator"))
    page = reverse("admin:auth_user_access", args=[editor.pk])
    assert "Unlock it now" in administrator.get(page).text

    administrator.post(page, {"do": "unlock"})

    assert "Unlock it now" not in administrator.get(page).text
    assert log_in(client, "editor").status_code == 302
    assert happened(kind="unlocked") == ["unlocked"]


@pytest.mark.parametrize("make", [{"is_active": False}, {"is_staff": False}])
def test_accounts_without_the_desk_are_refused(editor: User, make: dict[str, bool]) -> None:
    User.objects.update(**make)
    client = Client()

    assert log_in(client, "editor").status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize("name", ["\x00", "a" * 10_000, "' OR 1=1 --", "\ud800", "🗝" * 150])
@pytest.mark.parametrize("password", ["\x00", "x" * 100_000])
def test_whatever_is_typed_is_refused_without_failing(editor: User, name: str, password: str) -> None:
    sent = {"username": name.encode("utf-8", "surrogatepass"), "password": password}

    assert Client().post(reverse("admin:login"), sent).status_code == 200


def test_login_leads_to_no_other_site(editor: User) -> None:
    inside, outside = "/admin/chronicle/event/", "https://example.org/"

    assert log_in(Client(), "editor", QUERY_STRING=f"next={inside}").url == inside
    assert log_in(Client(), "editor", QUERY_STRING=f"next={outside}").url == "/admin/"


def test_changing_the_password_ends_the_other_sessions(editor: User) -> None:
    here, there = Client(), Client()
    log_in(here, "editor")
    log_in(there, "editor")
    new = "eight grey geese"

    here.post(reverse("admin:password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert (is_in(here), is_in(there)) == (True, False)
    assert happened(kind="password_changed") == ["password_changed"]
    assert Session.objects.count() == 1


def test_own_account_shows_the_sessions_and_ends_the_others(editor: User) -> None:
    here, there = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    log_in(here, "editor")
    log_in(there, "editor")
    with_password("contributor")
    stranger = Client()
    log_in(stranger, "contributor")

    page = here.get(reverse("admin:own-account")).text
    here.post(reverse("admin:end-other-sessions"))

    assert "192.0.2.7" in page
    assert "192.0.2.8" in page
    assert (is_in(here), is_in(there), is_in(stranger)) == (True, False, True)
    assert here.get(reverse("admin:end-other-sessions")).status_code == 405


def test_sessions_that_have_expired_go_with_the_next_login(editor: User) -> None:
    log_in(Client(), "editor")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    log_in(Client(), "editor")

    assert Session.objects.count() == 1


@pytest.mark.parametrize("others", [0, 2])
def test_own_account_asks_as_often_for_one_session_as_for_three(
    editor: User, django_assert_num_queries: Any, others: int
) -> None:
    client = Client()
    log_in(client, "editor")
    for _ in range(others):
        log_in(Client(), "editor")

    with django_assert_num_queries(8):
        client.get(reverse("admin:own-account"))
