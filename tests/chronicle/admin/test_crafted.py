"""Every address of the desk, as the resolver has it, by every role and every method, with plausible data.

The rule: whoever is no curator is led to the login; a curator who lacks the permission that a page needs is refused; no
refused request changes a row, and none but POST does. Exceptions are listed. Which pages open is told by test_roles.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connections
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path

from chronicle.curators import ROLES
from chronicle.urls import urlpatterns as usual
from sources.models import Document
from tests import factories
from tests.chronicle.admin.desk import curator, logged_in
from tests.chronicle.admin.test_roles import subject_of

METHODS = ("get", "head", "options", "put", "delete", "post")
"""POST comes last: it may delete what the others ask for."""

NEEDS = {
    "changelist": "view", "history": "view", "change": "view", "preview": "view",
    "entry": "view", "entry-choice": "view", "entry-names": "view", "entry-read": "view",
    "remarks": "view", "review": "view", "files": "view", "original": "view", "reader": "view",
    "rework": "change", "propose": "change", "take-back": "change", "assign": "change",
    "purge": "chronicle.publish", "purge-whole": "chronicle.publish",
    "send-back": "chronicle.publish", "merge": "chronicle.merge", "undo": "chronicle.merge",
    "undo-import": "chronicle.undo_import", "template": "add",
    "add": "add", "restore": "change", "delete": "delete", "deleted": "delete", "undelete": "delete",
    "publish": "chronicle.publish", "publish-changes": "chronicle.publish", "withdraw": "chronicle.publish",
    "withhold": "chronicle.withhold", "naming": "chronicle.withhold",
    "release": "chronicle.withhold", "restrict": "chronicle.change_restriction",
    "password_change": "auth.change_user", "access": "auth.change_user",
}  # fmt: skip
"""The permission that each page of a model needs: on that model, or the one that is named."""

OPEN = {"login", "login-code", "invitation", "new-password"}
"""Pages before the desk. The second leads to the first, the last two say that the link does not work."""

EVERY_CURATORS = {
    "index", "first-steps", "own-account", "end-other-sessions", "second-factor", "second-factor-remove",
    "recovery-codes", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site", "app_list",
    "understood", "present",
}  # fmt: skip
"""Pages that belong to no model; what they show of models they ask the permissions of."""

ENDS_THE_SESSION = {"logout"}
LEADS_ON = None
"""Django's addresses without a name: they lead to the page of a record, which refuses, or to nothing."""

NOT_COMPARED = ("django_session", "accounts_auditentry", "axes_accessattempt")
"""What a refused login writes."""


@dataclass(frozen=True)
class Address:
    """An address of the desk, with the page's name and the model that it belongs to."""

    url: str
    name: str | None
    model: type[Model] | None = None
    number: int | None = None

    @property
    def page(self) -> str:
        """The name of the page, without that of its model."""
        label = f"{self.model._meta.app_label}_{self.model._meta.model_name}_" if self.model else ""
        return (self.name or "").removeprefix(label).removeprefix("auth_user_")

    def needs(self) -> str:
        """The permission that the page needs; a KeyError says that NEEDS lacks a page."""
        action = NEEDS[self.page]
        assert self.model
        return action if "." in action else f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"


def routes(patterns: Any, before: str = "") -> Iterator[tuple[str, str | None]]:
    for pattern in patterns:
        at = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, at)
        elif at.startswith("admin/"):
            yield at, pattern.name


def addresses() -> list[Address]:
    """Everything under /admin/ that the resolver knows, filled with rows that exist."""
    subjects = {model: subject_for(model) for model in admin.site._registry}
    return [filled(route, name, subjects) for route, name in routes(get_resolver().url_patterns)]


def subject_for(model: type[Model]) -> Model:
    if model._meta.model_name == "citation":
        return factories.cited_event().citations.get()
    return subject_of(model)


def filled(route: str, name: str | None, subjects: dict[type[Model], Model], **parts_of_it: str) -> Address:
    words = {"app_label": "chronicle", "url": "nothing/at/all", "token": "x" * 43, "content_type_id": "1"} | parts_of_it
    model, number = None, 1
    parts = route.split("/")
    if len(parts) > 3 and parts[1] in {each._meta.app_label for each in subjects}:
        model = apps.get_model(parts[1], parts[2])
        number = int(subjects[model].pk)
    plain = re.sub(r"[\^$]|\(\?P(<\w+>)[^)]*\)", lambda found: found[1] or "", route)
    url = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: words.get(found[1], str(number)), plain)
    return Address(f"/{url}" + (f"?id={number}" if "<" not in route else ""), name, model, number)


def plausible(address: Address) -> dict[str, Any]:
    """What a form of the desk could send; no page minds fields that are not its own."""
    return {
        "post": "yes", "id": address.number, "_save": "Save", "action": "delete_selected",
        "_selected_action": address.number, "select_across": "1", "access": "withheld", "kind": "wording",
        "words": "Because.", "reason": "Because.", "do": "password_link", "title": "Crafted", "name": "Crafted",
        "username": "crafted", "password1": "seven brown hares", "password2": "seven brown hares", "is_staff": "on",
        "is_superuser": "on", "is_active": "on", "slug": "crafted",
        "groups": Group.objects.get(name="administrator").pk,
        "group": Group.objects.get(name="administrator").pk, "note": "Crafted", "usable_password": "true",
    }  # fmt: skip


def asked(client: Client, address: Address, method: str, data: dict[str, Any]) -> Any:
    if method in {"put", "delete"}:
        form = "application/x-www-form-urlencoded"
        return getattr(client, method)(address.url, urlencode(data), content_type=form)
    return getattr(client, method)(address.url, data if method == "post" else None)


def is_kept_out(response: Any) -> bool:
    """Led to the login; or refused with what was typed, where a session has ended over a form."""
    if response.status_code == 403:
        return response.wsgi_request.method == "POST"
    return response.status_code == 302 and response.url.split("?")[0] in {"/admin/login/", "/admin/"}


def deviations_of_strangers(client: Client, found: list[Address]) -> list[str]:
    """Requests that were answered otherwise than by leading to the login."""
    closed = [address for address in found if address.name not in OPEN]
    return [
        f"{method} {address.url}: {response.status_code}"
        for address in closed
        for method in METHODS
        if not is_kept_out(response := asked(client, address, method, {"post": "yes", "id": address.number}))
    ]


def state() -> dict[str, Any]:
    """A digest of every table of the desk."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'desk'::regnamespace")
        names = sorted(name for (name,) in cursor.fetchall() if name not in NOT_COMPARED)
        digests = {}
        for name in names:
            cursor.execute(f'SELECT count(*), sum(hashtext(t::text)::bigint) FROM desk."{name}" t')
            digests[name] = cursor.fetchone()
    return digests


@pytest.mark.parametrize("kind", ["stranger", "outsider"])
def test_who_is_no_curator_is_led_to_the_login_and_changes_nothing(published: None, kind: str) -> None:
    outsider = User.objects.create_user("outsider")
    outsider.groups.add(Group.objects.get(name="administrator"))
    client, found = logged_in(outsider) if kind == "outsider" else Client(), addresses()
    before = state()

    assert deviations_of_strangers(client, found) == []
    assert state() == before
    assert len(found) > 150


def test_pages_before_the_desk_give_nothing_away(published: None) -> None:
    client, found = Client(), {address.name: address for address in addresses() if address.name in OPEN}
    before = state()

    answers = {name: {asked(client, at, m, plausible(at)).status_code for m in METHODS} for name, at in found.items()}

    assert answers == {"login": {200, 405}, "login-code": {302}, "invitation": {410}, "new-password": {410}}
    assert state() == before


def is_answer_to_the_refused(address: Address, method: str, response: Any) -> bool:
    """403; or that there is no such method; or the way back to a list, which looks at tokens before it refuses."""
    if address.page == "changelist" and method == "post" and response.status_code == 302:
        return str(response.url).split("?")[0] == address.url.split("?")[0]
    return response.status_code in {403, 405}


def is_refused(user: User, address: Address) -> bool:
    return address.model is not None and address.name is not LEADS_ON and not user.has_perm(address.needs())


@pytest.mark.parametrize("role", ["", *ROLES])
def test_curator_who_lacks_the_permission_is_refused_and_changes_nothing(published: None, role: str) -> None:
    user = curator(role) if role else User.objects.create_user("newcomer", is_staff=True)
    client, found = logged_in(user), addresses()
    refused = [address for address in found if is_refused(user, address)]
    before = state()

    deviations = [
        f"{method} {address.url}: {response.status_code}"
        for address in refused
        for method in METHODS
        if not is_answer_to_the_refused(address, method, response := asked(client, address, method, plausible(address)))
    ]

    assert deviations == []
    assert state() == before
    assert refused


@pytest.mark.parametrize("role", ["contributor", "administrator"])
def test_no_method_but_post_changes_anything_and_none_fails(published: None, role: str) -> None:
    user = curator(role)
    client, found = logged_in(user), addresses()
    open_to_role = [at for at in found if not is_refused(user, at) and at.name not in ENDS_THE_SESSION]
    before = state()

    failed = [
        f"{method} {address.url}: {response.status_code}"
        for address in open_to_role
        for method in METHODS[:-1]
        if (response := asked(client, address, method, plausible(address))).status_code >= 500
    ]

    assert failed == []
    assert state() == before


@pytest.mark.parametrize("role", ["", "contributor", "editor"])
def test_crafted_forms_do_not_what_a_role_may_not(published: None, role: str) -> None:
    user = curator(role) if role else User.objects.create_user("newcomer", is_staff=True)
    client, found = logged_in(user), addresses()
    before = powers()

    answers = {
        address.url: asked(client, address, "post", plausible(address)).status_code
        for address in found
        if address.name not in ENDS_THE_SESSION
    }

    assert {url: status for url, status in answers.items() if status >= 500} == {}
    after = powers()
    for name in ALLOWED_TO_CHANGE[role]:
        before[name] = after[name]
    assert after == before


ALLOWED_TO_CHANGE = {
    "": (),
    "contributor": (),
    "editor": ("editions", "withheld", "deleted"),
}


def powers() -> dict[str, Any]:
    """What not every role may do: publish, withhold, delete records, see to accounts; and what none may, superusers."""
    records = [model for model in admin.site._registry if model._meta.app_label in {"chronicle", "sources"}]
    return {
        "editions": state()["chronicle_edition"],
        "withheld": sorted(Document.objects.exclude(access="open").values_list("pk", flat=True)),
        "deleted": [model.__name__ for model in records if not model._default_manager.exists()],
        "accounts": sorted(User.objects.values_list("username", "password", "is_staff", "is_active", "groups__name")),
        "superusers": User.objects.filter(is_superuser=True).count(),
    }


urlpatterns = [path("admin/planted/", lambda request: HttpResponse("A page that asks nobody who they are.")), *usual]


def test_page_that_forgot_to_ask_is_found(published: None) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        found = deviations_of_strangers(Client(), [at for at in addresses() if at.model is None])

    assert found == [f"{method} /admin/planted/?id=1: 200" for method in METHODS]


def test_every_page_says_what_it_needs(published: None) -> None:
    found = addresses()
    of_models = [address for address in found if address.model and address.name is not LEADS_ON]
    others = {address.name for address in found if not address.model}

    assert {address.page for address in of_models} <= set(NEEDS)
    assert others - EVERY_CURATORS - OPEN - ENDS_THE_SESSION == {LEADS_ON}
