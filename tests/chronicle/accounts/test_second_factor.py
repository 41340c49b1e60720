"""The second factor: between password and code nobody is in; each code opens once; who lost the device comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from chronicle.accounts import second_factor
from chronicle.accounts.models import RecoveryCode
from chronicle.accounts.views import door
from tests.chronicle.accounts.door import code, device, happened, is_in, log_in, with_password
from tests.chronicle.admin.desk import curator, logged_in

CODE, SET_UP, OWN = "/admin/login/code/", "/admin/account/second-factor/", "/admin/account/"


@pytest.fixture
def editor(db: None) -> User:
    return with_password("editor")


def set_up(client: Client) -> str:
    """Set a second factor up as a curator does; return its secret."""
    client.get(SET_UP)
    key: str = client.session["second_factor_key"]
    response = client.post(SET_UP, {"code": code(key)})
    assert len(response.context["codes"]) == 10
    return key


def test_second_factor_is_set_up_and_asked_for_from_then_on(editor: User) -> None:
    client, fresh = Client(), Client()
    log_in(client, "editor")
    key = set_up(client)

    first = log_in(fresh, "editor")
    between = is_in(fresh)
    TOTPDevice.objects.update(last_t=0)
    second = fresh.post(first.url, {"code": code(key)})

    assert first.url.startswith(CODE)
    assert (between, second.url, is_in(fresh)) == (False, "/admin/", True)
    assert happened() == ["login", "two_factor_on", "login"]


def test_nothing_of_the_desk_opens_between_the_two_steps(editor: User) -> None:
    device(editor)
    client = Client()
    log_in(client, "editor")

    for name in ("index", "own-account", "password_change", "second-factor", "second-factor-remove", "recovery-codes"):
        response = client.get(reverse(f"admin:{name}"))
        assert (name, response.status_code) == (name, 302)
        assert response.url.startswith("/admin/login/")
    assert "_auth_user_id" not in client.session


def test_secret_is_shown_as_text_and_as_picture_without_style(editor: User) -> None:
    page = logged_in(editor).get(SET_UP)

    secret = page.context["secret"]
    assert secret.text in page.text
    assert len(secret.text.replace(" ", "")) == 32
    assert "<svg" in page.text
    assert "style=" not in page.text


def test_code_of_another_secret_sets_nothing_up(editor: User) -> None:
    client = logged_in(editor)
    client.get(SET_UP)
    key = client.session["second_factor_key"]

    response = client.post(SET_UP, {"code": code(second_factor.new_key())})
    kept = client.get(SET_UP).context["secret"].key

    assert list(response.context["form"].errors) == ["code"]
    assert not TOTPDevice.objects.exists()
    assert kept == key


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345", "1e4", "\x00", "9" * 5000])
def test_what_is_no_code_is_refused(editor: User, typed: str) -> None:
    made = device(editor)
    client = Client()
    log_in(client, "editor")

    assert client.post(CODE, {"code": typed}).status_code == 200
    assert not is_in(client)
    made.refresh_from_db()
    assert made.throttling_failure_count == 0


def test_code_is_taken_once(editor: User) -> None:
    made = device(editor)
    typed = code(made.key)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, "editor")

    first.post(CODE, {"code": f"{typed[:3]} {typed[3:]}"})
    second.post(CODE, {"code": typed})

    assert (is_in(first), is_in(second)) == (True, False)


def test_wrong_codes_are_looked_at_ever_more_slowly(editor: User) -> None:
    made = device(editor)
    client = Client()
    log_in(client, "editor")
    wrong = f"{(int(code(made.key)) + 1) % 1_000_000:06}"

    client.post(CODE, {"code": wrong})
    right_too_soon = client.post(CODE, {"code": code(made.key)})
    made.refresh_from_db()
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=2))
    right = client.post(CODE, {"code": code(made.key)})

    assert made.throttling_failure_count == 1
    assert "wait 1 second," in right_too_soon.context["form"].errors["code"][0]
    assert right.status_code == 302
    assert happened() == ["wrong_code", "wrong_code", "login"]


@pytest.mark.parametrize("change", ["time", "password", "active"])
def test_second_step_is_open_for_minutes_and_to_the_same_account_alone(editor: User, change: str) -> None:
    made = device(editor)
    client = Client()
    log_in(client, "editor")
    assert client.get(CODE).status_code == 200

    if change == "time":
        session = client.session
        session[door.AWAITED]["at"] = (timezone.now() - timedelta(minutes=11)).isoformat()
        session.save()
    elif change == "password":
        editor.set_password("another one")
        editor.save()
    else:
        User.objects.update(is_active=False)

    response = client.post(CODE, {"code": code(made.key)})
    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")
    assert not is_in(client)


def test_recovery_code_opens_once_and_is_kept_as_a_digest(editor: User) -> None:
    device(editor)
    one, *others = second_factor.new_recovery_codes(editor)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, "editor")

    first.post(CODE, {"code": one.upper().replace("-", " ")})
    second.post(CODE, {"code": one})

    assert (is_in(first), is_in(second)) == (True, False)
    assert second_factor.recovery_codes_left(editor) == len(others) == 9
    assert not RecoveryCode.objects.filter(digest__contains=one.replace("-", "")[:8]).exists()
    assert happened(kind="recovery_code_used") == ["recovery_code_used"]


def test_recovery_code_of_another_account_opens_nothing(editor: User) -> None:
    device(editor)
    (stranger, *_) = second_factor.new_recovery_codes(curator("contributor"))
    client = Client()
    log_in(client, "editor")

    client.post(CODE, {"code": stranger})

    assert not is_in(client)


def test_setting_up_ends_the_sessions_that_gave_no_code(editor: User) -> None:
    here, there = Client(), Client()
    log_in(here, "editor")
    log_in(there, "editor")

    set_up(here)

    assert (is_in(here), is_in(there)) == (True, False)


def test_removing_and_new_codes_ask_for_a_code(editor: User) -> None:
    client = Client()
    log_in(client, "editor")
    key = set_up(client)
    before = set(RecoveryCode.objects.values_list("digest", flat=True))

    client.post(f"{OWN}second-factor/remove/", {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0, last_t=0)
    assert TOTPDevice.objects.count() == 1
    client.post(f"{OWN}recovery-codes/", {"code": code(key)})
    TOTPDevice.objects.update(last_t=0)
    assert not before & set(RecoveryCode.objects.values_list("digest", flat=True))
    client.post(f"{OWN}second-factor/remove/", {"code": code(key)})

    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert is_in(client)
    assert log_in(Client(), "editor").url == "/admin/"


@pytest.mark.parametrize(
    ("setting", "asked"),
    [("", []), ("editors", ["editor", "administrator"]), ("all", ["contributor", "editor", "administrator"])],
)
def test_setting_asks_roles_for_a_second_factor(db: None, settings: Any, setting: str, asked: list[str]) -> None:
    settings.REQUIRE_TWO_FACTOR = setting
    found = []
    for role in ("contributor", "editor", "administrator"):
        with_password(role)
        client = Client()
        log_in(client, role)
        if not is_in(client):
            found.append(role)
            assert client.get("/admin/login/").url == SET_UP
            set_up(client)
            assert is_in(client)

    assert found == asked


def test_administrator_takes_a_lost_device_away_and_sessions_end(editor: User) -> None:
    client = Client()
    log_in(client, "editor")
    set_up(client)
    administrator = logged_in(curator("administrator"))

    administrator.post(reverse("admin:auth_user_access", args=[editor.pk]), {"do": "remove_second_factor"})

    assert not is_in(client)
    assert log_in(client, "editor").url == "/admin/"
    assert is_in(client)
    assert happened(kind="two_factor_off", account=editor) == ["two_factor_off"]


def test_secrets_have_no_page_in_the_admin(db: None) -> None:
    listed = logged_in(User.objects.create_superuser("superuser")).get(reverse("admin:index")).context["app_list"]

    labels = {application["app_label"] for application in listed}
    assert "accounts" in labels
    assert not labels & {"otp_totp", "axes", "sessions"}
