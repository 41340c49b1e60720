"""From an invitation to a login with a code, in a real browser by keyboard and without script; what checkers see."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page

from tests.browsing import PASSWORD, logged_in, needs_chromium, open_browser, press_to, running_site
from tests.chronicle.accounts.door import code
from tests.chronicle.views.test_accessibility import CHECK, CHECKER

pytestmark = needs_chromium


@pytest.fixture
def site(published: None) -> Iterator[str]:
    with running_site() as address:
        yield address


def invitation(page: Page, site: str) -> str:
    """Invite an editor, and return the link as it is shown."""
    page.goto(f"{site}/admin/accounts/onetimelink/add/")
    page.select_option("#id_group", label="editor")
    page.fill("#id_note", "archivist")
    press_to(page, "Save")
    page.keyboard.press("Enter")
    return page.locator(".secret code").inner_text()


def test_invited_sets_up_a_second_factor_and_logs_in_with_it(site: str) -> None:
    with open_browser() as browser:
        link = invitation(logged_in(browser, site, java_script_enabled=False), site)
        page = browser.new_page(java_script_enabled=False)
        page.goto(link)
        page.fill("#id_username", "archivist")
        page.fill("#id_password1", "seven brown hares")
        page.fill("#id_password2", "seven brown hares")
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/login/")
        log_in(page)
        page.wait_for_url("**/admin/")
        page.goto(f"{site}/admin/account/second-factor/")
        secret = page.locator(".secret code").inner_text()
        page.fill("#id_code", shown(secret))
        page.keyboard.press("Enter")
        page.locator(".recovery-codes").wait_for()
        recovery = page.locator(".recovery-codes li").first.inner_text()
        page.context.clear_cookies()
        page.goto(f"{site}/admin/chronicle/event/")
        log_in(page)
        page.wait_for_url("**/login/code/**")
        page.fill("#id_code", recovery)
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/chronicle/event/")

    assert User.objects.get(username="archivist").groups.get() == Group.objects.get(name="editor")


def log_in(page: Page) -> None:
    page.fill("#id_username", "archivist")
    page.fill("#id_password", "seven brown hares")
    page.keyboard.press("Enter")


def shown(secret: str) -> str:
    """What a device shows that was given the secret as text."""
    return code(base64.b32decode(secret.replace(" ", "")).hex())


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_of_accounts_satisfy_the_checker_and_the_width(site: str, width: int, scheme: Any) -> None:
    own = User.objects.get()
    addresses = [
        "/admin/account/", "/admin/account/second-factor/", "/admin/accounts/onetimelink/add/",
        "/admin/accounts/onetimelink/", f"/admin/auth/user/{own.pk}/access/", "/admin/password_change/",
    ]  # fmt: skip
    found: dict[str, Any] = {}

    with open_browser() as browser:
        page = logged_in(browser, site, viewport={"width": width, "height": 800}, color_scheme=scheme)
        link = invitation(page, site)
        found["the link"] = faults(page, width)
        for address in addresses:
            page.goto(f"{site}{address}")
            found[address] = faults(page, width)
        stranger = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        for name, address in {
            "invitation": link,
            "void link": f"{link[:-6]}/",
            "login": f"{site}/admin/login/",
        }.items():
            stranger.goto(address)
            found[name] = faults(stranger, width)
        stranger.set_content("<img src='/static/chronicle/icon.svg'>")
        planted = faults(stranger, width)

    assert any(fault.startswith("image-alt") for fault in planted)
    assert {name: each for name, each in found.items() if each} == {}
    assert own.check_password(PASSWORD)


def faults(page: Page, width: int) -> list[str]:
    page.evaluate(CHECKER)
    over = page.evaluate("document.documentElement.scrollWidth") - width
    return [*page.evaluate(CHECK), *([f"{over} pixels too wide"] if over > 0 else [])]
