"""What browsers are told, what programs are told under load, and what is refused at the start."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from django.urls import path
from django.views import View

from chronicle import overload
from chronicle.isolation import NEVER_USED
from chronicle.publication import publish
from chronicle.urls import urlpatterns as usual
from tests import factories as make
from tests.chronicle.admin.desk import curator, logged_in
from tests.chronicle.walls.sessions import session

PUBLIC = ("/", "/events/", "/search/?q=ceasefire", "/nothing/", "/sitemap.xml")
DESK = ("/admin/login/", "/admin/", "/admin/chronicle/event/add/", "/admin/account/", "/admin/invitation/x/")


@pytest.fixture
def event(published: None) -> Any:
    event = make.cited_event(title="First ceasefire", slug="first-ceasefire")
    publish([event])
    return event


def policy(response: Any) -> dict[str, list[str]]:
    directives = (directive.split() for directive in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


def test_every_page_forbids_what_none_needs(event: Any) -> None:
    reader, desk = Client(), logged_in(curator("editor"))

    for client, addresses in ((reader, PUBLIC), (desk, DESK)):
        for address in addresses:
            response = client.get(address)
            response.close()
            found = policy(response)
            assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == ["'none'"]
            assert found["script-src"] == found["style-src"] == ["'self'"]
            assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & {
                each for one in found.values() for each in one
            }
            assert response["Cross-Origin-Opener-Policy"] == "same-origin"
            assert response["Cross-Origin-Resource-Policy"] == "same-origin"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Referrer-Policy"] == "same-origin"
            assert all(f"{feature}=()" in response["Permissions-Policy"] for feature in NEVER_USED)


def test_drawings_for_other_pages_may_be_taken_in_and_nothing_else_of_them(event: Any) -> None:
    response = Client().get("/embed/timeline/")

    assert response.status_code == 200
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert policy(response)["frame-ancestors"] == ["*"]
    assert policy(response)["script-src"] == ["'self'"]


def test_answer_without_a_page_brings_no_headers_that_would_replace_the_pages_own(event: Any) -> None:
    first = Client().get("/events/")

    again = Client().get("/events/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert "Cross-Origin-Resource-Policy" not in again.headers
    assert "Permissions-Policy" not in again.headers


def test_cookies_are_for_curators_and_out_of_reach_of_scripts(event: Any) -> None:
    user = curator("editor")
    user.set_password("seven brown hares")
    user.save()
    reader, client = Client(), Client()

    for address in PUBLIC:
        assert not reader.get(address).cookies
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "editor", "password": "seven brown hares"})

    assert set(client.cookies) == {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/admin/")


def started(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as in a place where nothing is set but this."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "DATA_DIR", "HOME"}}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        env={**kept, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


SERVED = {"HTTPS": "1", "ALLOWED_HOSTS": "chronicle.example.org", "SECRET_KEY": "k3y-" * 20 + "abcdefghij"}
ELSEWHERE = {
    "DATABASE_URL": "postgresql://chronicle_desk:x@nowhere/chronicle",
    "PUBLISHED_DATABASE_URL": "postgresql://chronicle_reader:x@nowhere/chronicle",
}


@pytest.mark.parametrize("site", ["both", "desk", "public"])
def test_check_for_deployment_is_silent(site: str) -> None:
    ended = started("check", "--deploy", "--fail-level", "DEBUG", **SERVED, SITE=site)

    assert (ended.returncode, "no issues" in ended.stdout) == (0, True), ended.stderr


def test_check_for_deployment_sees_what_is_missing() -> None:
    ended = started("check", "--deploy", "--fail-level", "WARNING")

    assert ended.returncode == 1
    assert "security.W004" in ended.stderr
    assert "security.W010" in ended.stderr


@pytest.mark.parametrize(
    ("environment", "is_refused"),
    [({}, False), ({"HTTPS": "1"}, True), (ELSEWHERE, True), ({**ELSEWHERE, "SITE": "public"}, True)],
)
def test_secret_that_everybody_knows_is_refused_outside_the_demo(environment: dict[str, str], is_refused: bool) -> None:
    without = started("check", **environment)
    with_one = started("check", **environment, SECRET_KEY="k3y-" * 20)

    assert (without.returncode != 0) == is_refused
    assert ("SECRET_KEY is not set" in without.stderr) == is_refused
    assert with_one.returncode == 0, with_one.stderr


def test_https_names_cookies_so_that_they_are_never_sent_without_it() -> None:
    shown = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SECURE_HSTS_SECONDS)"
    )

    ended = started("shell", "-v0", "-c", shown, **SERVED)

    assert ended.stdout.split() == ["__Secure-session", "__Secure-csrf", "31536000"], ended.stderr


@pytest.fixture
def impatient() -> Iterator[None]:
    """Let PostgreSQL end readers' queries soon, as it does after five seconds."""
    options = connections["published"].settings_dict["OPTIONS"]
    before = options["options"]
    options["options"] = f"{before} -c statement_timeout=1s"
    connections["published"].close()
    yield
    options["options"] = before
    connections["published"].close()


@pytest.mark.parametrize("table", ["chronicle_edition", "chronicle_eventcount", "chronicle_masthead"])
@pytest.mark.parametrize(("address", "kind"), [("/events/", "text/html"), ("/api/events", "application/problem+json")])
def test_query_that_takes_too_long_is_answered_with_come_back(
    event: Any, impatient: None, table: str, address: str, kind: str
) -> None:
    assert Client().get(address).status_code == 200

    with session("owner") as owner:
        owner.execute(f"BEGIN; LOCK TABLE published.{table} IN ACCESS EXCLUSIVE MODE")
        response = Client(raise_request_exception=False).get(address)
        owner.execute("ROLLBACK")

    if table == "chronicle_masthead" and address.startswith("/api/"):
        assert response.status_code == 200  # it asks for none
        return
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")
    assert response["Content-Type"].startswith(kind)
    assert "ETag" not in response
    assert Client().get(address).status_code == 200


def test_desk_without_its_database_asks_to_come_back(event: Any) -> None:
    client = logged_in(curator("editor"))
    client.raise_request_exception = False
    parameters = connections["default"].settings_dict
    name = parameters["NAME"]
    connections["default"].close()
    parameters["NAME"] = f"{name}_that_is_away"
    try:
        response = client.get("/admin/")
    finally:
        parameters["NAME"] = name

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")
    assert "whether this change was saved is not known" in response.text
    assert client.get("/admin/").status_code == 200


def test_timeout_stands_on_the_login_and_is_sent(event: Any) -> None:
    with session("published") as reader:
        assert reader.execute("SHOW statement_timeout").fetchone() == ("5s",)


@pytest.mark.parametrize("address", ["/search/?q=ceasefire", "/api/search?q=ceasefire", "/embed/map.png"])
def test_searches_wait_for_their_turn_and_other_pages_do_not(
    event: Any, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(overload, "PATIENCE", 0.05)
    for _ in range(settings.SEARCHES_AT_ONCE):
        overload.turns.acquire()
    try:
        refused, other = Client().get(address), Client().get("/events/")
    finally:
        for _ in range(settings.SEARCHES_AT_ONCE):
            overload.turns.release()

    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert other.status_code == 200
    assert Client().get(address).status_code == 200


def test_turn_is_given_back_whatever_happens() -> None:
    for _ in range(settings.SEARCHES_AT_ONCE * 2):
        with pytest.raises(ValueError, match="in between"), overload.turn():
            raise ValueError("in between")


def test_search_waits_until_a_turn_is_free() -> None:
    turns = [overload.turn() for _ in range(settings.SEARCHES_AT_ONCE)]
    for one in turns:
        one.__enter__()
    threading.Timer(0.2, lambda: turns[0].__exit__(None, None, None)).start()

    with overload.turn():
        pass

    for one in turns[1:]:
        one.__exit__(None, None, None)


class Failing(View):
    def get(self, request: Any) -> None:
        raise ZeroDivisionError("secret detail")


urlpatterns = [path("failing/", Failing.as_view()), path("admin/failing/", Failing.as_view()), *usual]


@pytest.mark.parametrize("address", ["/failing/", "/admin/failing/"])
def test_failure_shows_no_detail(event: Any, address: str) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        response = Client(raise_request_exception=False).get(address)

    assert response.status_code == 500
    assert "Something failed" in response.text
    for detail in ("secret detail", "ZeroDivision", "Traceback", str(settings.BASE_DIR), "test_hardening"):
        assert detail not in response.text


@pytest.mark.parametrize("address", ["/nothing/", "/admin/nothing/", "/events/nothing/", "/e/999999", "/%00/", "/%FF/"])
def test_no_page_shows_no_detail(event: Any, address: str) -> None:
    response = logged_in(curator("editor")).get(address)

    assert response.status_code == 404
    assert "No such page" in response.text
    for detail in ("urlconf", "chronicle.urls", "Traceback", str(settings.BASE_DIR), "DEBUG"):
        assert detail not in response.text
