"""The desk in a real browser: the strict policy is kept, everything is reached by keyboard, verbs need no script."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from chronicle.models import Event
from tests import factories
from tests.chronicle.admin.desk import list_url, url

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
INLINE_STYLE = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')"
PASSWORD = "only for this test"

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium on the PATH")]


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with one curator; everything that needs the database is made before the browser starts."""
    get_user_model().objects.create_superuser("curator", password=PASSWORD)
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()


def logged_in(browser: Browser, site: str, **options: Any) -> Page:
    page = browser.new_page(**options)
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", "curator")
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    return page


def test_no_page_breaks_the_policy_or_the_width(site: str) -> None:
    event = factories.cited_event(locations=(factories.location(),), parties=(factories.party(),))
    document = event.citations.get().document
    addresses = [
        "/admin/",
        list_url(Event),
        list_url(Event, "add"),
        url(event),
        url(event.locations.get()),
        url(document),
        url(event, "delete"),
        f"{list_url(Event, 'publish')}?id={event.pk}",
        f"{list_url(type(document), 'withhold')}?id={document.pk}",
    ]
    reports: list[str] = []
    widths: dict[str, int] = {}

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in (1280, 390):
            page = logged_in(browser, site, viewport={"width": width, "height": 800})
            page.on("console", lambda message: reports.append(message.text))
            page.on("pageerror", lambda error: reports.append(str(error)))
            for address in addresses:
                page.goto(f"{site}{address}")
                widths[f"{address} {width}"] = page.evaluate("document.documentElement.scrollWidth") - width
            page.goto(f"{site}{url(event)}")
            page.get_by_text("Add another Citation").click()
            page.locator("#citations-1 .select2-selection").first.click()
            page.locator(".select2-results__option").first.wait_for()
            seen = list(reports)
            page.evaluate(INLINE_STYLE)
            assert len(reports) == len(seen) + 1  # a breach of the policy would be seen
            reports[:] = seen
            page.close()
        browser.close()

    assert reports == []
    assert {address: over for address, over in widths.items() if over > 0} == {}


def test_event_is_published_by_keyboard_and_without_script(site: str) -> None:
    event = factories.cited_event(title="First ceasefire")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = logged_in(browser, site, java_script_enabled=False)
        page.goto(f"{site}{url(event)}")
        press_to(page, "Publish…")
        page.keyboard.press("Enter")
        page.wait_for_url("**/publish/**")
        press_to(page, "Publish")
        page.keyboard.press("Enter")
        page.wait_for_url("**/change/")
        told = page.locator(".messagelist").inner_text()
        browser.close()

    assert told == "First ceasefire: first edition"
    assert Event.objects.using("published").get().title == "First ceasefire"


def press_to(page: Page, label: str) -> None:
    """Press Tab until the link or button with this label has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and label in {focused.text_content(), focused.get_attribute("value")}:
            return
    pytest.fail(f"“{label}” is not reached by Tab")
