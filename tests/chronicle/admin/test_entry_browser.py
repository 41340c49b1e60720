"""Entry from a document in a real browser: by keyboard alone, kept when the connection goes, and without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from chronicle.models import Citation, Event
from tests import factories
from tests.browsing import logged_in, needs_chromium, open_browser, running_site, until
from tests.chronicle.admin.keystrokes import Counted

pytestmark = needs_chromium


@pytest.fixture
def grid(published: None) -> Iterator[str]:
    """A running server with one curator, and something to cite."""
    with running_site() as address:
        factories.event(title="First ceasefire of October")
        factories.kind(slug="strike", name="Strike")
        factories.unit()
        document = factories.document(title_short="Report 2021")
        yield f"{address}/admin/sources/document/{document.pk}/entry/"


def opened(browser: Browser, grid: str, **options: Any) -> Page:
    page = logged_in(browser, grid.partition("/admin/")[0], **options)
    page.goto(grid)
    return page


def typed(keys: Any, *words: str) -> None:
    """Type into one box after another, with Tab between them; an empty word leaves what stands there."""
    for word in words:
        if word:
            keys.type(word)
        keys.press("Tab")


SAYS = "The report says that the guns fell silent at noon, and that some of them were fired once more that night."
"""Longer than most statements of the first corpus, which have 91 characters on average."""
AN_HOUR = 3600


def test_ten_assertions_are_entered_by_keyboard_alone(grid: str) -> None:
    reports: list[str] = []

    with open_browser() as browser:
        page = opened(browser, grid)
        page.on("console", lambda message: reports.append(message.text))
        keys = page.keyboard
        page.focus("#id_row-0-event")
        keys.type("ceasef")
        page.locator(".offered li").wait_for()
        keys.press("ArrowDown")
        keys.press("Enter")
        typed(keys, "", "page", "7", "date", "2020-10-09", "when it was agreed")
        page.get_by_text("understood as: 9 October 2020").wait_for()
        for number in range(8, 14):
            keys.press("Enter")
            typed(keys, "", "", str(number), "", f"2020-10-{number:02}")
            keys.press("Control+'")
        a_date, a_figure = Counted(keys), Counted(keys)
        a_date.press("Enter")
        typed(a_date, "", "", "14", "", "2020-10-14")
        a_date.press("Control+'")
        typed(a_date, "", "", "", SAYS)
        a_figure.press("Enter")
        typed(a_figure, "", "", "20", "killed", "more than 80", "person", "", "", SAYS)
        keys.press("Enter")
        keys.press("Backspace")  # what is carried down is marked, so that typing puts something else in its place
        typed(keys, "", "", "21", "description", "", "", "", "", "It says so.", "")
        keys.press("Space")
        typed(keys, "", "Strike on a town", "Strike")
        keys.press("Control+s")
        page.wait_for_url("**/entry/?after=*")
        told = page.locator(".messagelist").inner_text()
        carried = page.input_value("#id_row-0-event")
        draft = page.evaluate("Object.keys(localStorage).filter((key) => key !== 'theme')")

    first, *others = Citation.objects.order_by("pk")
    assert told == f"10 assertions are saved: {first} to {others[-1]}."
    assert [(each.locator_label, each.locator) for each in (first, *others)] == [
        ("page", number) for number in ("7", "8", "9", "10", "11", "12", "13", "14", "20", "21")
    ]
    assert {each.event.title for each in (first, *others[:-1])} == {"First ceasefire of October"}
    assert {each.date_of for each in (first, *others[:7])} == {"agreed"}
    assert [each.asserted_date_edtf for each in others[:2]] == ["2020-10-08", "2020-10-09"]
    assert others[7].asserted_figure.lower == 81
    assert (others[8].event.title, others[8].event.kind.name) == ("Strike on a town", "Strike")
    assert carried.startswith("Strike on a town [E")
    assert (others[6].statement, others[7].statement) == (SAYS, SAYS)
    assert [(each.keys, each.stops, each.thoughts) for each in (a_date, a_figure)] == [(130, 9, 3), (142, 9, 5)]
    assert max(a_date.seconds, a_figure.seconds) < AN_HOUR / 50 / 2  # so that half of the time is left for reading
    assert (reports, draft) == ([], [])


def test_what_was_typed_is_there_again_after_the_page_was_left(grid: str) -> None:
    with open_browser() as browser:
        page = opened(browser, grid)
        page.fill("#id_row-0-statement", "It says so.")
        page.select_option("#id_row-0-locator_label", "page")
        page.focus("#id_row-4-statement")
        page.keyboard.press("Enter")
        page.fill("#id_row-5-statement", "And more, in a row that was added.")
        until(page, "Object.values(localStorage).some((kept) => kept.includes('And more'))")
        page.goto(f"{grid.partition('/admin/')[0]}/admin/")
        page.goto(grid)
        told = page.locator("#kept").inner_text()
        page.get_by_role("button", name="Put it back into the form").click()
        back = [page.input_value(f"#id_row-{name}") for name in ("0-statement", "0-locator_label", "5-statement")]
        page.goto(f"{grid.partition('/admin/')[0]}/admin/")
        page.get_by_role("button", name="Log out").click()
        page.wait_for_load_state()
        left = page.evaluate("Object.keys(localStorage).filter((key) => key !== 'theme')")

    assert "It says so." in told
    assert back == ["It says so.", "page", "And more, in a row that was added."]
    assert left == []  # who logs out leaves nothing in the browser


def test_rows_are_entered_without_script(grid: str) -> None:
    with open_browser() as browser:
        page = opened(browser, grid, java_script_enabled=False)
        page.fill("#id_row-0-event", "first ceasefire of october")
        page.select_option("#id_row-0-aspect", "date")
        page.fill("#id_row-0-value", "soon")
        page.get_by_role("button", name="More rows").click()
        rows = page.locator("fieldset.assertion").count()
        page.get_by_role("button", name="Save all rows").click()
        wrong = page.locator(".box-value .errorlist").inner_text()
        page.fill("#id_row-0-value", "2020-10-10")
        page.select_option("#id_row-0-scope", "date_of:agreed")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Save all rows").click()
        page.wait_for_url("**/entry/?after=*")

    assert rows == 10
    assert wrong.startswith("'soon' is not a date in EDTF")
    assert Citation.objects.get().event == Event.objects.get()
