"""A running site and a real browser, for tests that play curators and readers."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "only for this test"

needs_chromium = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium on the PATH")]


@contextmanager
def running_site() -> Iterator[str]:
    """Serve the site with one curator; whatever needs the database is made before a browser starts."""
    get_user_model().objects.create_superuser("curator", password=PASSWORD)
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Chromium with nothing of its own to say to the network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def logged_in(browser: Browser, site: str, **options: Any) -> Page:
    page = browser.new_page(**options)
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", "curator")
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def press_to(page: Page, label: str) -> None:
    """Press Tab until the link or button with this label has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and label in {focused.text_content(), focused.get_attribute("value")}:
            return
    pytest.fail(f"“{label}” is not reached by Tab")


def until(page: Page, expression: str, *, times: int = 100) -> None:
    """Wait until an expression holds on a page whose policy lets no script of Playwright's wait for it."""
    for _ in range(times):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It never came about: {expression}")
