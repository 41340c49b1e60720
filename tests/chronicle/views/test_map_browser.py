"""The map in a reader's browser: with script by mouse and keyboard, and as it is without."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from chronicle.publication import publish
from tests import factories as make
from tests.browsing import needs_chromium, open_browser, running_site

pytestmark = needs_chromium

EVIL = '<img src="x" onerror="document.title=1">'
ADDRESS = "/map/?at=39.76,46.75&zoom=9"


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with an event at a town, in a district, and at a line."""
    around = {"latitude": Decimal("39.76"), "longitude": Decimal("46.75")}
    town = make.location(slug="town", name="Town", coordinate_uncertainty_m=500, **around)
    town.names.create(toponym=EVIL, language="ru", is_preferred=True)
    district = make.location(
        slug="district", name="District", kind="district", coordinate_uncertainty_m=20_000, **around
    )
    line = {"type": "LineString", "coordinates": [[46.5, 39.5], [47.0, 40.0]]}
    frontline = make.location(
        slug="frontline", name="Frontline", kind="line", coordinate_uncertainty_m=90_000, geometry=line, **around
    )
    publish([make.cited_event(locations=(town, district, frontline), date_edtf="2020-10-17")])
    with running_site() as address:
        yield address


def opened(page: Page, address: str) -> list[str]:
    """Open the live map; return what the browser complains of."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if "localhost" not in request.url else None)
    page.goto(address)
    expect(page.locator(".leaflet-container path.dot")).to_have_count(1)
    return told


def test_script_shows_the_same_window_under_the_same_policy(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        told = opened(page, f"{site}{ADDRESS}&show=frontline")

        assert told == []
        assert page.locator("svg.map[role=group]").count() == 0
        assert page.locator("path.circle").get_attribute("aria-label") == "District: 1 event"
        assert page.locator("path.outline.line").get_attribute("aria-label") == "Frontline"
        assert page.locator(".map-name").all_inner_texts() == ["Town", "District"]


def test_live_map_keeps_its_state_in_the_address_and_in_links(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        opened(page, f"{site}{ADDRESS}&period=2020-10")

        page.get_by_role("link", name="Nearer").click()
        page.wait_for_url("**zoom=10**")

        assert "period=2020-10" in page.url
        assert "zoom=10" in str(page.get_by_role("link", name="English").get_attribute("href"))


def test_place_is_opened_and_closed_by_keyboard(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        opened(page, f"{site}{ADDRESS}")

        page.locator("path.dot").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".leaflet-popup-content a").first).to_be_focused()
        words = page.locator(".leaflet-popup-content").inner_text()
        page.keyboard.press("Escape")
        expect(page.locator("path.dot")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url("**/locations/town/")

    assert "Within 500 m of 39.760° N, 46.750° E" in words


def test_names_from_the_data_are_never_html(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        told = opened(page, f"{site}{ADDRESS}&names=ru")
        page.locator("path.dot").focus()
        page.keyboard.press("Enter")

        assert page.locator(".leaflet-popup-content .names").inner_text() == EVIL
        assert page.locator("main img").count() == 0
        assert told == []


def test_drawing_stays_where_the_data_cannot_be_had(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page()
        page.route("**/places.geojson**", lambda route: route.abort())
        with page.expect_console_message(lambda message: "The drawn map stays" in message.text):
            page.goto(f"{site}{ADDRESS}")

        expect(page.locator("svg.map[role=group]")).to_be_visible()
        assert page.locator(".leaflet-container").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_every_place_is_a_link_and_the_map_moves_by_links(site: str, width: int) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
        page.goto(f"{site}{ADDRESS}")
        page.get_by_role("link", name="Nearer").click()
        page.wait_for_url("**zoom=10**")
        assert page.evaluate(NAMES_IN_SIGHT) == {"Town": True, "District": True}
        page.get_by_role("link", name="Show Frontline on the map").click()
        page.wait_for_url("**show=frontline**")
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.get_by_role("link", name="Town: 1 event").click()
        page.wait_for_url("**/locations/town/")

    assert wide <= width


NAMES_IN_SIGHT = """() => {
    const frame = document.querySelector('.atlas > .map').getBoundingClientRect();
    return Object.fromEntries([...document.querySelectorAll('.names text')].map(name => {
        const box = name.getBoundingClientRect();
        return [name.textContent, box.width > 0 && box.left >= frame.left && box.right <= frame.right];
    }));
}"""
"""Whether the names that are drawn are seen whole."""
