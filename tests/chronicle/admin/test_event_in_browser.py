"""The form of an event in a real browser: rows that open, fields by aspect, the next page of a document."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.models import Event
from tests import factories
from tests.browsing import PASSWORD, logged_in, needs_chromium, open_browser, running_site, until
from tests.chronicle.admin.desk import url
from tests.chronicle.views.test_accessibility import CHECK, CHECKER, COLOURS

DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('chronicle:draft')).length"

pytestmark = needs_chromium


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with one curator."""
    with running_site() as address:
        yield address


def cited() -> Event:
    event = factories.event(title="First ceasefire", parties=(factories.party(),))
    page = {"locator_label": "page", "locator": "214", "through": factories.document()}
    factories.citation(event, aspect="date", asserted_date_edtf="2020-10-09", date_of="agreed", **page)
    factories.citation(event, statement="It says more.")
    return event


def visible(page: Any, row: str) -> list[str]:
    """The names of the fields of a row that can be seen, of those that belong to some aspects."""
    found = page.locator(f"#{row} .by-aspect [name]:visible, #{row} .by-aspect .select2-container:visible")
    names = found.evaluate_all("all => all.map(one => (one.name || one.previousElementSibling.name).split('-').pop())")
    return sorted(set(names))


def test_citation_opens_with_the_fields_of_its_aspect_and_is_copied_to_the_next_page(site: str) -> None:
    event = cited()

    with open_browser() as browser:
        page = logged_in(browser, site)
        page.goto(f"{site}{url(event)}")
        line = page.locator("#citations-0 summary").inner_text().split("\n")
        folded = visible(page, "citations-0")
        page.locator("#citations-0 summary").press("Enter")
        page.locator("#citations-0 .select2-selection").first.wait_for()
        of_date = visible(page, "citations-0")
        explained = page.locator("#id_citations-0-asserted_date_edtf_helptext").is_visible()
        described_by = page.get_attribute("#id_citations-0-asserted_date_edtf", "aria-describedby")
        ways = [page.get_attribute(f"#{way}_id_citations-0-through", "href") for way in ("change", "add")]
        is_touched = "changed" in (page.get_attribute("#citations-0", "class") or "")
        page.locator("#citations-0 [name=_copy]").click()
        page.select_option("[name=citations-2-aspect]", "killed")
        of_killed = visible(page, "citations-2")
        page.select_option("[name=citations-2-aspect]", "outcome")
        page.fill("[name=citations-2-statement]", "So it ended.")
        page.locator("[name=citations-2-statement]").press("Control+Enter")
        page.wait_for_url("**/event/")

    assert "9 October 2020 for the agreement" in line
    assert folded == []
    assert (explained, described_by) == (True, "id_citations-0-asserted_date_edtf_helptext")
    through = event.citations.get(number=1).through_id
    assert [way.partition("?")[0] for way in ways] == [
        f"/admin/sources/document/{through}/change/", "/admin/sources/document/add/",
    ]  # fmt: skip
    assert not is_touched
    assert of_date == ["asserted_date_edtf", "asserts_unknown", "date_of", "value_as_printed"]
    assert {"asserted_figure", "unit", "population", "side", "period_edtf"} < set(of_killed)
    first, copied = event.citations.get(number=1), event.citations.get(number=3)
    assert (copied.document, copied.through, copied.locator) == (first.document, first.through, "215")
    assert (copied.aspect, copied.statement, copied.asserted_date_edtf) == ("outcome", "So it ended.", "")


def test_all_fields_are_there_without_a_script(site: str) -> None:
    event = cited()

    with open_browser() as browser:
        page = logged_in(browser, site, java_script_enabled=False)
        page.goto(f"{site}{url(event)}")
        page.locator("#citations-1 summary").press("Enter")
        page.fill("[name=citations-1-statement]", "It says otherwise.")
        shown = page.locator("[name=citations-1-asserted_date_edtf]").is_visible()
        page.locator("details.rules summary").press("Enter")
        meaning = page.locator("details.rules dd", has_text="Which aspect of the event it speaks of.").is_visible()
        page.locator("[name=citations-1-locator]").press("Enter")
        page.wait_for_url("**/event/")

    assert shown
    assert meaning
    assert event.citations.get(number=2).statement == "It says otherwise."


def test_dates_and_figures_are_explained_while_they_are_typed(site: str) -> None:
    event = cited()
    factories.citation(event, aspect="killed", asserted_figure=NumericRange(1, None), unit=factories.unit())

    with open_browser() as browser:
        page = logged_in(browser, site)
        page.goto(f"{site}{url(event)}")
        told = page.locator("#id_date_edtf_understood")
        page.fill("#id_date_edtf", "2020-10~")
        told.get_by_text("understood as: about October 2020").wait_for()
        page.fill("#id_date_edtf", "10/2020")
        told.get_by_text("is not a date in EDTF").wait_for()
        spoken = told.get_attribute("aria-live")
        page.locator("#citations-2 summary").click()
        page.fill("[name=citations-2-asserted_figure]", "more than 80")
        page.locator("#citations-2 .understood", has_text="from 81 without an upper end, counted in persons").wait_for()
        page.fill("#id_date_edtf", "")
        page.locator("#id_date_edtf_understood:empty").wait_for(state="attached")

    assert spoken == "polite"


AT_ONCE = """
    if (location.hash === "#at-once")
        addEventListener("DOMContentLoaded", () => document.dispatchEvent(new CustomEvent("chronicle:add-citation")));
"""
"""Asks for a row as early as a key can: the form listens, and Django has not yet made its link for rows."""


def test_row_asked_for_before_the_form_is_ready_is_added(site: str) -> None:
    event = cited()

    with open_browser() as browser:
        page = logged_in(browser, site)
        page.add_init_script(AT_ONCE)
        page.goto(f"{site}{url(event)}#at-once")
        page.locator("#citations-2[data-prepared]").wait_for()


def test_template_of_rows_is_left_alone_however_late_the_browser_tells_of_it(site: str) -> None:
    event = cited()

    with open_browser() as browser:
        page = logged_in(browser, site)
        page.goto(f"{site}{url(event)}")
        page.evaluate("document.querySelector('#citations-empty details').dispatchEvent(new Event('toggle'))")
        page.get_by_text("Add another Citation").click()
        page.locator("#citations-2 .select2-selection").first.click()
        page.locator(".select2-results__option").first.wait_for()


def test_keys_save_add_and_preview_and_are_switched_off(site: str) -> None:
    event = cited()

    with open_browser() as browser:
        page = logged_in(browser, site)
        page.goto(f"{site}{url(event)}")
        page.locator("#id_title").press("?")
        typed, opened = page.input_value("#id_title"), page.locator("#shortcuts").is_visible()
        page.locator("h1").first.click()
        page.keyboard.press("?")
        sheet = page.locator("#shortcuts").inner_text()
        page.keyboard.press("Escape")
        page.fill("#id_title", "Saved by key")
        page.keyboard.press("Control+s")
        page.locator(".messagelist .success").wait_for()
        page.wait_for_load_state("load")
        page.keyboard.press("Alt+Shift+C")
        page.locator("#citations-2").wait_for()
        rows = page.locator("#citations-2").count()
        page.fill("#id_summary", "Only looked at.")
        with page.expect_popup() as popup:
            page.locator("#id_summary").press("Alt+Shift+P")
        shown = popup.value.locator("main").inner_text()
        page.locator("#shortcuts-open").click()
        page.check("#shortcuts-off")
        page.keyboard.press("Escape")
        page.locator("h1").first.click()
        page.keyboard.press("?")
        is_silent = not page.locator("#shortcuts").is_visible()

    assert (typed, opened) == ("?First ceasefire", False)
    assert "Preview the next edition" in sheet
    event.refresh_from_db()
    assert (event.title, event.summary, rows) == ("Saved by key", "", 1)
    assert "Only looked at." in shown
    assert is_silent


FADING = 500
"""Milliseconds until Django's links have the colour of another theme."""


def test_checker_reports_nothing_on_the_form(site: str) -> None:
    event, found = cited(), {}

    with open_browser() as browser:
        page = logged_in(browser, site)
        page.goto(f"{site}{url(event)}")
        page.locator("#citations-0 summary").click()
        page.locator(".add-row a", has_text="Add another Citation").click()
        page.evaluate(CHECKER)
        for width in (1280, 768):
            page.set_viewport_size({"width": width, "height": 900})
            found[f"light {width}"] = page.evaluate(CHECK)
            page.emulate_media(color_scheme="dark")
            page.wait_for_timeout(FADING)
            found[f"dark {width}"] = page.evaluate(COLOURS)
            over = page.evaluate("document.documentElement.scrollWidth") - width
            found[f"over {width}"] = [over] if over > 0 else []
            page.emulate_media(color_scheme="light")
            page.wait_for_timeout(FADING)

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_what_was_typed_is_kept_until_it_is_saved(site: str) -> None:
    event = cited()

    with open_browser() as browser:
        page = logged_in(browser, site)
        page.goto(f"{site}{url(event)}")
        page.fill("#id_summary", "Typed, and then the line was lost.")
        page.locator("#citations-1 summary").click()
        page.locator("#citations-1 [name=_copy]").click()
        page.fill("[name=citations-2-statement]", "A new row.")
        page.reload()
        offered = page.locator("#kept").inner_text()
        fresh = page.input_value("#id_summary")
        page.locator("#kept .put-back").click()
        back = page.input_value("#id_summary"), page.input_value("[name=citations-2-statement]")
        page.keyboard.press("Control+s")
        page.locator(".messagelist .success").wait_for()
        until(page, f"{DRAFTS} === 0")  # the page is there before its script is
        page.fill("#id_title", "Not to be seen by the next")
        until(page, f"{DRAFTS} === 1")
        page.locator("#logout-form button").click()
        page.wait_for_url("**/logout/")
        until(page, f"{DRAFTS} === 0")

    assert "Typed, and then the line was lost." in offered
    assert "A new row." in offered
    assert fresh == ""
    assert back == ("Typed, and then the line was lost.", "A new row.")
    assert event.citations.get(number=3).statement == "A new row."


def told_again(page: Any, *, times: int = 20) -> str:
    """What is told of others when the page is opened anew: once nothing, or at last what was told last."""
    for _ in range(times):
        with page.expect_response("**/admin/present/"):
            page.reload()
        page.wait_for_timeout(200)
        if not (told := page.locator("#present").inner_text()):
            break
    return told


def test_who_else_has_the_event_open_is_told_and_forgotten(site: str) -> None:
    event = cited()
    get_user_model().objects.create_superuser("anna", password=PASSWORD, first_name="Anna")

    with open_browser() as browser:
        mine = logged_in(browser, site)
        theirs = browser.new_page()
        theirs.goto(f"{site}/admin/login/")
        theirs.fill("#id_username", "anna")
        theirs.fill("#id_password", PASSWORD)
        theirs.click("input[type=submit]")
        with theirs.expect_response("**/admin/present/"):
            theirs.goto(f"{site}{url(event)}")
        mine.goto(f"{site}{url(event)}")
        mine.locator("#present", has_text="Anna has this open too, since").wait_for()
        theirs.goto(f"{site}/admin/")
        after = told_again(mine)

    assert after == ""
