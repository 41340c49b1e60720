"""The timeline in a real browser, without script: marks stand where the axis says, on a wide screen and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from chronicle.publication import publish
from chronicle.views import timeline
from tests import factories as make
from tests.browsing import needs_chromium, open_browser, press_to, running_site

pytestmark = needs_chromium

SIZES = ((1280, 900), (768, 1024), (390, 844))


@pytest.fixture
def site(published: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A running server with a ceasefire of two dates, what lasted around it, and counted years before."""
    monkeypatch.setattr(timeline, "MOST_ROWS", 4)
    ceasefire = make.event(slug="ceasefire", title="Ceasefire", date_edtf="2020-10-10")
    for day, short in (
        ("2020-10-09", "A report with a rather long short title 2021"),
        ("2020-10-10", "Շուշի شوشا 2024"),
    ):
        by = make.document(title_short=short)
        make.citation(ceasefire, by, aspect="date", asserted_date_edtf=day, date_of="agreed")
    war = make.cited_event(title="War", date_edtf="2020-09-27/2020-11-10")
    years = [make.cited_event(title=f"Event of {year}", date_edtf=str(year)) for year in range(1990, 1995)]
    publish([ceasefire, war, *years])
    with running_site() as address:
        yield address


def test_marks_stand_where_the_axis_says(site: str) -> None:
    with open_browser() as browser:
        for width, height in SIZES:
            page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
            page.goto(f"{site}/timeline/?period=2020-10")

            tick = middle_of(page, ".axis-row .tick >> nth=2")
            (first, second, filing) = (
                middle_of(page, f"#beginning ~ ol circle >> nth={number}") for number in range(3)
            )
            day = middle_of(page, ".axis-row .tick >> nth=3") - tick

            assert first + day / 10 == pytest.approx(tick, abs=1.5)
            assert second == pytest.approx(filing, abs=0.1)
            assert second - first == pytest.approx(day / 5, abs=1.5)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def middle_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2


def test_labels_stay_inside_the_drawing(site: str) -> None:
    with open_browser() as browser:
        for width, height in SIZES:
            page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
            page.goto(f"{site}/timeline/?period=2020-10")

            labels = page.locator(".rows-of-time text")

            assert labels.count() >= 3
            for number in range(labels.count()):
                box = labels.nth(number).bounding_box()
                assert box
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width


def test_reader_zooms_from_the_whole_time_to_a_year_by_keyboard_alone(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"{site}/timeline/")

        press_to(page, "1993")
        page.keyboard.press("Enter")
        page.wait_for_url("**/timeline/?period=1993")
        press_to(page, "1994 →")
        page.keyboard.press("Enter")
        page.wait_for_url("**/timeline/?period=1994")

        assert page.locator(".rows-of-time .title").all_text_contents() == ["Event of 1994"]


def test_drawing_takes_a_click_and_no_key(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"{site}/timeline/")

        assert page.locator(".density a:not([tabindex='-1'])").count() == 0
        page.locator(".density a .room").first.click()
        page.wait_for_url("**/timeline/?period=1990")
