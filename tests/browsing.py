"""A running site and a real browser, for tests that play curators and readers."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
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
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS") or settings.DATA_DIR / "screenshots")
"""Where the pictures are kept that browser tests take of the pages that they visit."""
MOST_HEIGHT = 4_000
"""How many pixels of a long page a picture shows: each takes time."""
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


def take_pictures(page: Page, address: str, *, widths: tuple[int, ...]) -> None:
    """Keep what a page looks like at these widths in light and dark; it is not asked for again."""
    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "home"
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            height = min(MOST_HEIGHT, page.evaluate("document.documentElement.scrollHeight"))
            clip = {"x": 0, "y": 0, "width": width, "height": height}
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True, clip=clip)


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
