"""Invitations and links for passwords: once, for a time, and never for more than who made them may give."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chronicle.accounts.models import OneTimeLink
from tests.chronicle.accounts.door import PASSWORD, happened, is_in, log_in, with_password
from tests.chronicle.admin.desk import curator, list_url, logged_in

NAMED = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
RENEWED = {"new_password1": "eight grey geese", "new_password2": "eight grey geese"}


@pytest.fixture
def desk(db: None) -> Client:
    return logged_in(curator("administrator"))


def shown_link(response: Any) -> str:
    assert response.status_code == 200
    return re.findall(r"<code>http://testserver(.+)</code>", response.text)[0]


def invitation(desk: Client, role: str = "editor") -> str:
    sent = {"group": Group.objects.get(name=role).pk, "note": "archivist of the city museum"}
    return shown_link(desk.post(list_url(OneTimeLink, "add"), sent))


def password_link(desk: Client, user: User) -> str:
    page = reverse("admin:auth_user_access", args=[user.pk])
    return shown_link(desk.post(page, {"do": "password_link"}))


def test_invited_makes_an_account_in_the_group_and_logs_in(desk: Client) -> None:
    link, client = invitation(desk), Client()

    page = client.get(link)
    response = client.post(link, NAMED)

    assert "into the group editor" in page.text
    assert response.url == "/admin/login/"
    user = User.objects.get(username="new")
    assert (user.is_staff, user.is_superuser, user.has_perm("chronicle.publish")) == (True, False, True)
    assert not is_in(client)  # the link opens nothing by itself
    log_in(client, "new")
    assert is_in(client)
    assert happened() == ["invited", "invitation_accepted", "login"]
    assert "accepted on" in desk.get(list_url(OneTimeLink)).text


def test_token_is_kept_as_a_digest_and_shown_once(desk: Client) -> None:
    link = invitation(desk)
    token = link.strip("/").split("/")[-1]

    assert len(token) == 43
    assert token not in str(OneTimeLink.objects.values().get())
    assert token not in desk.get(list_url(OneTimeLink)).text


def test_looking_at_a_link_uses_nothing_up_and_accepting_does(desk: Client) -> None:
    link = invitation(desk)
    for _ in range(3):
        assert Client().get(link).status_code == Client().head(link).status_code == 200

    Client().post(link, NAMED)

    assert Client().get(link).status_code == 410
    assert Client().post(link, {**NAMED, "username": "second"}).status_code == 410
    assert User.objects.filter(username__in=["new", "second"]).count() == 1


def test_refused_form_keeps_what_was_typed_and_the_link(desk: Client) -> None:
    link = invitation(desk)
    User.objects.create_user("taken")

    refused = [
        Client().post(link, {**NAMED, "username": "taken"}),
        Client().post(link, {**NAMED, "password1": "short", "password2": "short"}),
        Client().post(link, {**NAMED, "username": "\x00"}),
        Client().post(link, {}),
    ]

    assert [next(iter(response.context["form"].errors)) for response in refused] == [
        "username", "password2", "username", "username",
    ]  # fmt: skip
    assert refused[1].context["form"]["username"].value() == "new"
    assert Client().get(link).status_code == 200


def test_crafted_invitation_gives_no_more_than_the_group(desk: Client) -> None:
    crafted = {"is_superuser": "on", "groups": Group.objects.get(name="administrator").pk, "is_active": ""}

    Client().post(invitation(desk, "contributor"), {**NAMED, **crafted})

    user = User.objects.get(username="new")
    assert (user.is_superuser, [group.name for group in user.groups.all()]) == (False, ["contributor"])


def test_link_is_void_after_its_time_and_when_withdrawn(desk: Client) -> None:
    late, withdrawn = invitation(desk), invitation(desk)
    first = OneTimeLink.objects.order_by("pk")[0]
    day = timezone.now() - timedelta(days=8)
    OneTimeLink.objects.filter(pk=first.pk).update(made_at=day, expires_at=day + timedelta(days=7))
    assert Client().get(withdrawn).status_code == 200

    desk.post(reverse("admin:accounts_onetimelink_delete", args=[first.pk + 1]), {"post": "yes"})

    assert [Client().get(link).status_code for link in (late, withdrawn)] == [410, 410]
    assert happened(kind="invitation_withdrawn") == ["invitation_withdrawn"]


def test_link_is_void_when_its_maker_may_not_make_it_any_more(desk: Client) -> None:
    user = with_password("contributor")
    links = [invitation(desk), password_link(desk, user)]
    assert [Client().get(link).status_code for link in links] == [200, 200]

    maker = User.objects.get(username="administrator")
    maker.groups.set([Group.objects.get(name="editor")])

    assert [Client().get(link).status_code for link in links] == [410, 410]


def test_used_invitation_is_not_withdrawn(desk: Client) -> None:
    Client().post(invitation(desk), NAMED)
    link = OneTimeLink.objects.get()

    assert desk.post(reverse("admin:accounts_onetimelink_delete", args=[link.pk]), {"post": "yes"}).status_code == 403
    desk.post(list_url(OneTimeLink), {"action": "delete_selected", "_selected_action": link.pk, "post": "yes"})
    assert OneTimeLink.objects.exists()


def test_nobody_invites_into_a_group_that_may_more(desk: Client) -> None:
    powerful = Group.objects.create(name="powerful")
    powerful.permissions.add(Permission.objects.get(codename="view_context"))

    refused = desk.post(list_url(OneTimeLink, "add"), {"group": powerful.pk, "note": ""})

    assert list(refused.context["adminform"].form.errors) == ["group"]
    assert not OneTimeLink.objects.exists()


def test_new_password_is_set_by_link_and_sessions_end(desk: Client) -> None:
    user = with_password("editor")
    client = Client()
    log_in(client, "editor")

    link = password_link(desk, user)
    assert is_in(client)
    Client().post(link, RENEWED)

    assert not is_in(client)
    assert log_in(client, "editor").status_code == 200
    assert log_in(client, "editor", "eight grey geese").status_code == 302
    assert Client().post(link, RENEWED).status_code == 410
    assert happened(account=user) == ["login", "password_link_made", "password_changed", "failed_login", "login"]


def test_second_link_for_a_password_voids_the_first(desk: Client) -> None:
    user = with_password("editor")
    first, second = password_link(desk, user), password_link(desk, user)

    assert [Client().get(link).status_code for link in (first, second)] == [410, 200]


def test_link_of_one_purpose_does_not_serve_the_other(desk: Client) -> None:
    link = invitation(desk)

    assert Client().get(link.replace("invitation", "new-password")).status_code == 410


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "%ED%A0%80"])
def test_token_that_never_was_is_void(db: None, token: str) -> None:
    assert Client().get(f"/admin/invitation/{token}/").status_code == 410


def test_access_of_accounts_that_may_more_is_not_touched(desk: Client) -> None:
    superuser = User.objects.create_superuser("superuser", password=PASSWORD)
    page = reverse("admin:auth_user_access", args=[superuser.pk])

    answers = [desk.post(page, {"do": deed}).status_code for deed in ("password_link", "unlock", "end_sessions")]

    assert [desk.get(page).status_code, *answers] == [403] * 4
    assert not OneTimeLink.objects.exists()


def test_unknown_deed_does_nothing_and_says_so(desk: Client) -> None:
    page = reverse("admin:auth_user_access", args=[curator("editor").pk])

    response = desk.post(page, {"do": "everything"}, follow=True)

    assert "Nothing was done" in response.text


BREACHES = {
    "one_time_link_fits_its_purpose": [
        "UPDATE accounts_onetimelink SET group_id = NULL",
        "UPDATE accounts_onetimelink SET used_at = now()",
        "UPDATE accounts_onetimelink SET account_id = made_by_id",
        "UPDATE accounts_onetimelink SET purpose = 'other'",
        "UPDATE accounts_onetimelink SET purpose = 'password'",
    ],
    "one_time_link_expires_after_it_was_made": ["UPDATE accounts_onetimelink SET expires_at = made_at"],
}


@pytest.mark.parametrize(("name", "statement"), [(name, each) for name, found in BREACHES.items() for each in found])
def test_database_refuses(desk: Client, name: str, statement: str) -> None:
    invitation(desk)

    with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
