"""The audit: complete, for administrators alone, not to be changed at the desk, and forgotten in time."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from chronicle.accounts import audit
from chronicle.accounts.models import AuditEntry
from tests.chronicle.accounts.door import PASSWORD, happened, with_password
from tests.chronicle.admin.desk import curator, list_url, logged_in, url
from tests.chronicle.admin.test_users import sent


@pytest.fixture
def desk(db: None) -> Client:
    return logged_in(curator("administrator"))


def entry(**values: Any) -> AuditEntry:
    return AuditEntry.objects.create(**{"kind": "login", "address": "192.0.2.7", **values})


def aged(days: int) -> None:
    """Make an entry that is so old, which the desk's login could not make out of a new one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_auditentry (at, kind, address, words) "
            "VALUES (now() - make_interval(days => %s), 'login', '192.0.2.7', %s)",
            [days, f"{days} days"],
        )


def test_what_is_done_to_accounts_is_written_down(desk: Client) -> None:
    user = with_password("contributor")
    administrator = User.objects.get(username="administrator")

    sent(desk, user, groups=[Group.objects.get(name="editor").pk])
    sent(desk, user, is_active=None)
    desk.post(f"/admin/auth/user/{user.pk}/password/", {
        "password1": "eight grey geese", "password2": "eight grey geese", "usable_password": "true",
    })  # fmt: skip
    desk.post(list_url(User, "add"), {"username": "new", "password1": PASSWORD, "password2": PASSWORD})

    entries = [(entry.kind, entry.words) for entry in AuditEntry.objects.filter(account=user).order_by("pk")]
    assert entries == [
        ("role_changed", "contributor → editor"),
        ("account_changed", "Active: off"),
        ("password_changed", ""),
    ]
    assert happened(account__username="new") == ["account_made"]
    assert {entry.by for entry in AuditEntry.objects.all()} == {administrator}


def test_saving_an_account_unchanged_is_nothing(desk: Client) -> None:
    sent(desk, curator("editor"))

    assert happened() == []


@pytest.mark.parametrize(("role", "status"), [("contributor", 403), ("editor", 403), ("administrator", 200)])
def test_audit_is_shown_to_administrators(db: None, role: str, status: int) -> None:
    entry(words="seen")

    response = logged_in(curator(role)).get(list_url(AuditEntry))

    assert response.status_code == status
    assert ("seen" in response.text) == (status == 200)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_one_as_for_three(desk: Client, django_assert_num_queries: Any, rows: int) -> None:
    for number in range(rows):
        entry(account=curator("editor", f"editor-{number}"))

    with django_assert_num_queries(6):
        response = desk.get(list_url(AuditEntry))

    assert response.context["cl"].result_count == rows


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET words = 'forged'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
    ],
)
def test_login_of_the_desk_changes_no_entry(db: None, statement: str) -> None:
    entry()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.get().words == ""


def test_entries_and_addresses_are_forgotten_in_time(db: None, settings: Any) -> None:
    settings.AUDIT_DAYS, settings.AUDIT_ADDRESS_DAYS = 100, 10
    for days in (0, 9, 11, 99, 101):
        aged(days)

    audit.forget_what_is_old()

    assert dict(AuditEntry.objects.values_list("words", "address")) == {
        "0 days": "192.0.2.7", "9 days": "192.0.2.7", "11 days": None, "99 days": None,
    }  # fmt: skip


def test_nobody_at_the_desk_forgets_what_is_new(db: None) -> None:
    for days in (0, 29, 31):
        aged(days)

    with connection.cursor() as cursor:
        cursor.execute("SELECT functions.forget_audit(0, 0)")

    assert set(AuditEntry.objects.values_list("words", flat=True)) == {"0 days", "29 days"}


def test_logins_forget_what_is_old(db: None) -> None:
    aged(400)
    with_password("editor")

    Client().post("/admin/login/", {"username": "editor", "password": PASSWORD})

    assert happened() == ["login"]
    assert not AuditEntry.objects.filter(words="400 days").exists()


def test_database_refuses_what_is_no_happening(db: None) -> None:
    with pytest.raises(IntegrityError, match="audit_entry_says_what_happened"), transaction.atomic():
        entry(kind="other")


def test_entry_is_found_by_name_and_has_no_page_to_change(desk: Client) -> None:
    found, _ = entry(account=curator("editor")), entry(account=curator("contributor"))

    listed = desk.get(list_url(AuditEntry), {"q": "editor"}).context["cl"].result_list

    assert list(listed) == [found]
    assert desk.post(url(found), {"words": "forged"}).status_code == 403
    assert desk.get(list_url(AuditEntry, "add")).status_code == 403
