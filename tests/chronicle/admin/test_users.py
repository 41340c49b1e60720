"""Accounts: an administrator gives what she may do herself, and no more, whatever is sent."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests.chronicle.admin.desk import curator, errors, list_url, logged_in, shown, url

STRANGE = "view_context"
"""A permission that no role has: it shows what is recorded beside changes."""


@pytest.fixture
def administrator(db: None) -> User:
    return curator("administrator")


@pytest.fixture
def desk(administrator: User) -> Client:
    return logged_in(administrator)


def powerful_group() -> Group:
    group = Group.objects.create(name="powerful")
    group.permissions.add(Permission.objects.get(codename=STRANGE))
    return group


def group(name: str) -> int:
    return Group.objects.get(name=name).pk


def sent(client: Client, user: User, **changes: Any) -> Any:
    """Send an account's form as it is shown, its groups included, with changes."""
    values = shown(client.get(url(user)))
    data = {**values, "groups": list(user.groups.values_list("pk", flat=True)), **changes}
    return client.post(url(user), {name: value for name, value in data.items() if value is not None})


def test_administrator_makes_an_editor_who_can_open_the_desk(desk: Client) -> None:
    assert shown(desk.get(list_url(User, "add")))["is_staff"] == "True"

    password = "seven brown hares"
    new = {"username": "new", "password1": password, "password2": password, "is_staff": "on", "groups": group("editor")}
    response = desk.post(list_url(User, "add"), new)

    assert response.status_code == 302
    user = User.objects.get(username="new")
    assert (user.is_staff, user.is_superuser, user.has_perm("chronicle.publish")) == (True, False, True)


def test_administrator_moves_a_curator_and_deactivates_another(desk: Client) -> None:
    user, leaver = curator("contributor"), curator("editor")

    sent(desk, user, groups=[group("editor")])
    sent(desk, leaver, is_active=None)

    assert list(User.objects.get(pk=user.pk).groups.values_list("name", flat=True)) == ["editor"]
    assert not User.objects.get(pk=leaver.pk).is_active


def test_nobody_makes_herself_more_by_crafted_fields(desk: Client, administrator: User) -> None:
    strange = Permission.objects.get(codename=STRANGE)

    sent(desk, administrator, is_superuser="on", user_permissions=[strange.pk], first_name="Changed")

    administrator = User.objects.get(pk=administrator.pk)
    assert (administrator.first_name, administrator.is_superuser) == ("Changed", False)
    assert not administrator.user_permissions.exists()


def test_new_account_is_no_superuser_whatever_is_sent(desk: Client) -> None:
    password = "seven brown hares"
    crafted = {"is_superuser": "on", "user_permissions": Permission.objects.get(codename=STRANGE).pk}

    desk.post(list_url(User, "add"), {"username": "new", "password1": password, "password2": password, **crafted})

    user = User.objects.get(username="new")
    assert (user.is_superuser, user.user_permissions.exists()) == (False, False)


def test_groups_that_may_more_are_neither_offered_nor_taken(desk: Client, administrator: User) -> None:
    powerful = powerful_group()

    page = desk.get(url(administrator))
    response = sent(desk, administrator, groups=[group("administrator"), powerful.pk])

    assert "powerful" not in page.text
    assert list(errors(response)) == ["groups"]
    assert not powerful.user_set.exists()


def superuser() -> User:
    return User.objects.create_superuser("superuser", password="unchanged")


def holder_of_more() -> User:
    user = curator("editor", "holder")
    user.user_permissions.add(Permission.objects.get(codename=STRANGE))
    return user


def inactive_holder() -> User:
    user = curator("editor", "inactive")
    user.groups.add(powerful_group())
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


def inactive_superuser() -> User:
    return User.objects.create_superuser("former", is_active=False)


@pytest.mark.parametrize("make", [superuser, holder_of_more, inactive_holder, inactive_superuser])
def test_accounts_that_may_more_are_not_taken_over(desk: Client, make: Any) -> None:
    user = make()
    before = User.objects.filter(pk=user.pk).values().get()
    page = reverse("admin:auth_user_password_change", args=[user.pk])
    password = {"password1": "seven brown hares", "password2": "seven brown hares", "usable_password": "true"}

    shown_ = desk.get(url(user))
    answers = [
        desk.post(url(user), {"username": "taken", "is_active": "on", "is_staff": "on"}).status_code,
        desk.get(page).status_code,
        desk.post(page, password).status_code,
        desk.post(f"{page}?_popup=1", password).status_code,
        desk.post(url(user, "delete"), {"post": "yes"}).status_code,
    ]
    marked = {"action": "delete_selected", "_selected_action": user.pk, "post": "yes"}
    desk.post(list_url(User), marked)

    assert shown_.status_code == 200
    assert 'name="_save"' not in shown_.text
    assert answers == [403] * 5
    assert User.objects.filter(pk=user.pk).values().get() == before


def test_password_of_an_editor_is_set_by_an_administrator(desk: Client) -> None:
    user = curator("editor")
    page = reverse("admin:auth_user_password_change", args=[user.pk])

    desk.post(page, {"password1": "seven brown hares", "password2": "seven brown hares", "usable_password": "true"})

    assert User.objects.get(pk=user.pk).check_password("seven brown hares")


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_accounts_and_groups_are_not_changed_below_administrators(db: None, role: str) -> None:
    user = curator(role)
    client = logged_in(user)
    password = reverse("admin:auth_user_password_change", args=[user.pk])
    addresses = [
        list_url(User), list_url(User, "add"), url(user), url(user, "history"), password,
        list_url(Group), list_url(Group, "add"), url(Group.objects.get(name="editor")),
    ]  # fmt: skip
    data = {"username": "new", "is_superuser": "on", "groups": group("administrator"), "name": "new"}

    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.post(address, data).status_code for address in addresses} == {403}
    assert {client.post(f"{address}?_popup=1", data).status_code for address in addresses} == {403}
    assert User.objects.count() == 1
    assert not Group.objects.filter(name="new").exists()
    assert client.get(reverse("admin:password_change")).status_code == 200  # her own


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_groups_of_the_roles_are_nobodys_to_change(desk: Client, role: str) -> None:
    target = Group.objects.get(name=role)
    before = set(target.permissions.values_list("pk", flat=True))
    client = logged_in(User.objects.create_superuser("superuser"))

    for each in (desk, client):
        assert each.post(url(target), {"name": "other", "permissions": []}).status_code == 403
        assert each.post(url(target, "delete"), {"post": "yes"}).status_code == 403
        each.post(list_url(Group), {"action": "delete_selected", "_selected_action": target.pk, "post": "yes"})

    assert set(Group.objects.get(name=role).permissions.values_list("pk", flat=True)) == before


def test_group_is_given_what_its_maker_may_do_and_no_more(desk: Client) -> None:
    publish, strange = (Permission.objects.get(codename=name).pk for name in ("publish", STRANGE))

    refused = desk.post(list_url(Group, "add"), {"name": "proofs", "permissions": [publish, strange]})
    desk.post(list_url(Group, "add"), {"name": "proofs", "permissions": [publish]})
    again = desk.post(url(Group.objects.get(name="proofs")), {"name": "proofs", "permissions": [strange]})

    assert list(errors(refused)) == list(errors(again)) == ["permissions"]
    assert list(Group.objects.get(name="proofs").permissions.values_list("pk", flat=True)) == [publish]


def test_group_that_may_more_is_not_changed_nor_deleted(desk: Client) -> None:
    powerful = powerful_group()

    assert desk.post(url(powerful), {"name": "mine", "permissions": []}).status_code == 403
    assert desk.post(url(powerful, "delete"), {"post": "yes"}).status_code == 403
    assert Group.objects.get(pk=powerful.pk).name == "powerful"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_accounts_asks_as_often_for_one_as_for_three(
    desk: Client, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows - 1):
        curator("editor", f"editor-{number}")

    with django_assert_num_queries(9):
        response = desk.get(list_url(User))

    assert response.context["cl"].result_count == rows
