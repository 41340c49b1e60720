"""The desk in a real browser: the strict policy is kept, everything is reached by keyboard, verbs need no script."""

from collections.abc import Iterator

import pytest

from chronicle.models import Event
from tests import factories
from tests.browsing import logged_in, needs_chromium, open_browser, press_to, running_site
from tests.chronicle.admin.desk import list_url, url

INLINE_STYLE = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')"

pytestmark = needs_chromium


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with one curator."""
    with running_site() as address:
        yield address


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

    with open_browser() as browser:
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

    assert reports == []
    assert {address: over for address, over in widths.items() if over > 0} == {}


def test_event_is_published_by_keyboard_and_without_script(site: str) -> None:
    event = factories.cited_event(title="First ceasefire")

    with open_browser() as browser:
        page = logged_in(browser, site, java_script_enabled=False)
        page.goto(f"{site}{url(event)}")
        press_to(page, "Publish…")
        page.keyboard.press("Enter")
        page.wait_for_url("**/publish/**")
        press_to(page, "Publish")
        page.keyboard.press("Enter")
        page.wait_for_url("**/change/")
        told = page.locator(".messagelist").inner_text()

    assert told == "First ceasefire: first edition"
    assert Event.objects.using("published").get().title == "First ceasefire"
