"""From a curator's empty form to a reader's page, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests import factories
from tests.browsing import logged_in, needs_chromium, open_browser, running_site

pytestmark = needs_chromium


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running site with what an event needs to be entered."""
    factories.kind(slug="talks", name="talks")
    factories.document(title="Report of the mission", title_short="Mission 1994")
    with running_site() as address:
        yield address


def test_curator_adds_cited_event_and_publishes_and_a_reader_finds_it(site: str) -> None:
    with open_browser() as browser:
        desk = logged_in(browser, site)
        enter_event(desk, site)
        desk.get_by_role("link", name="Publish…").click()
        desk.get_by_role("button", name="Publish", exact=True).click()
        desk.wait_for_url("**/change/")

        reader = browser.new_page(java_script_enabled=False)
        reader.goto(f"{site}/")
        reader.get_by_role("link", name="Talks in the mountains").click()
        shown = reader.locator("main").inner_text()
        cookies = reader.context.cookies()

    assert "Talks in the mountains" in shown
    assert "The report names both delegations." in shown
    assert "Mission 1994, p. 7" in shown
    assert cookies == []


def enter_event(desk: Page, site: str) -> None:
    """Fill the form of a new event with one citation, and save it."""
    desk.goto(f"{site}/admin/chronicle/event/add/")
    desk.fill("#id_title", "Talks in the mountains")
    desk.fill("#id_date_edtf", "1994-05-09~")
    choose(desk, "#id_kind", "talks")
    desk.get_by_text("Add another Citation").click()
    choose(desk, "#id_citations-0-document", "Mission")
    desk.select_option("#id_citations-0-locator_label", "page")
    desk.fill("#id_citations-0-locator", "7")
    desk.select_option("#id_citations-0-aspect", "participants")
    desk.fill("#id_citations-0-statement", "The report names both delegations.")
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.wait_for_url("**/change/")


def choose(desk: Page, select: str, words: str) -> None:
    """Pick the only record that a search in an autocomplete field finds."""
    desk.locator(f"{select} + .select2-container .select2-selection").click()
    desk.locator(".select2-search__field").fill(words)
    desk.locator(".select2-results__option--highlighted").wait_for()
    desk.keyboard.press("Enter")
