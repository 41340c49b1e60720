"""The desk in a real browser: the strict policy is kept, everything is reached by keyboard, verbs need no script."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User

from chronicle.models import Edition, Event, EventKind, Import
from tests import factories
from tests.browsing import logged_in, needs_chromium, open_browser, press_to, running_site
from tests.chronicle.admin.desk import list_url, url

INLINE_STYLE = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')"

FOCUSED = """(() => {
    const element = document.activeElement, style = getComputedStyle(element);
    return element === document.body ? "BODY" : `${style.outlineStyle} ${style.outlineWidth}`;
})()"""

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
        "/admin/first-steps/",
        "/admin/account/",
        "/admin/account/second-factor/",
        list_url(Edition),
        list_url(User),
        list_url(User, "add"),
        url(User.objects.get()),
        list_url(Group, "add"),
        url(Group.objects.get(name="editor")),
        list_url(Import, "add"),
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


def test_next_step_is_taken_by_keyboard_and_without_script(site: str) -> None:
    factories.masthead()
    factories.party()
    factories.document(publisher=factories.agent())

    with open_browser() as browser:
        page = logged_in(browser, site, java_script_enabled=False)
        page.goto(f"{site}/admin/first-steps/")
        shown = page.locator("li.next").inner_text()
        press_to(page, "Add a kind of event")
        page.keyboard.press("Enter")
        page.wait_for_url("**/eventkind/add/")
        page.fill("#id_name", "Ceasefire")
        page.keyboard.press("Enter")
        page.wait_for_url("**/eventkind/")

    assert shown.startswith("A kind of event, and a location")
    assert EventKind.objects.get().slug == "ceasefire"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_has_the_focus_is_seen(site: str, scheme: str) -> None:
    with open_browser() as browser:
        page = logged_in(browser, site, color_scheme=scheme)
        page.goto(f"{site}{list_url(Event, 'add')}")
        outlines = []
        for _ in range(25):
            page.keyboard.press("Tab")
            outlines.append(page.evaluate(FOCUSED))
        page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(sheet => sheet.remove())")
        page.keyboard.press("Tab")
        unstyled = page.evaluate(FOCUSED)

    seen = [outline for outline in outlines if outline != "BODY"]  # where the focus leaves the page
    assert len(seen) > 20
    assert set(seen) == {"solid 3px"}
    assert unstyled != "solid 3px"


def test_conflict_is_decided_by_keyboard_and_without_script(site: str) -> None:
    event = factories.cited_event(title="Base")

    with open_browser() as browser:
        mine, theirs = (logged_in(browser, site, java_script_enabled=False) for _ in range(2))
        for page in (mine, theirs):
            page.goto(f"{site}{url(event)}")
        theirs.fill("#id_title", "Theirs")
        theirs.fill("#id_summary", "Theirs alone.")
        theirs.press("#id_title", "Enter")
        theirs.wait_for_url("**/event/")
        mine.fill("#id_title", "Mine")
        mine.press("#id_title", "Enter")
        mine.locator(".conflict").wait_for()
        chosen = mine.locator(".conflict input:checked").count()
        told, kept = mine.locator(".conflict").inner_text(), mine.input_value("#id_title")
        summary = mine.input_value("#id_summary")
        while mine.locator(":focus").count() == 0 or mine.locator(":focus").get_attribute("type") != "radio":
            mine.keyboard.press("Tab")
        mine.keyboard.press("Space")
        press_to(mine, "Save")
        mine.keyboard.press("Enter")
        mine.wait_for_url("**/event/")

    assert (chosen, kept, summary) == (0, "Mine", "Theirs alone.")
    assert "you yourself, in another window" in told
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Mine", "Theirs alone.")
