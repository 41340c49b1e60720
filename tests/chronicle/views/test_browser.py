"""A reader in a real browser: without script, by keyboard, on a wide screen and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from chronicle.models import Event
from chronicle.publication import publish, publish_references
from tests import factories as make
from tests.browsing import needs_chromium, open_browser, press_to, running_site, take_pictures

pytestmark = needs_chromium


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with a small published chronicle, in which two documents differ."""
    contested_event()
    with running_site() as address:
        yield address


def contested_event() -> Event:
    here, there = make.party(slug="here", name_short="Here"), make.party(slug="there", name_short="There")
    town = make.location(slug="town", name="Town of a rather long name by the river")
    town.names.create(toponym="Շուշի", language="hy", party=there, is_preferred=True)
    speaker = make.agent(slug="minister", name="Minister", party=there)
    event = make.event(slug="losses", title="Losses", parties=(here, there), locations=(town,), summary="It was so.")
    report = make.document(slug="report", title="Report", title_short="Report 1994", party=here)
    leaflet = make.document(slug="leaflet", title="Leaflet", title_short="Leaflet 1994", publisher=make.agent())
    dead = {"aspect": "killed", "unit": make.unit(), "statement": "It counts the dead."}
    make.citation(event, report, asserted_figure=(3773, 3774), claimed_by=speaker, through=leaflet, **dead)
    make.citation(event, leaflet, asserted_figure=(7000, None), **dead)
    file = make.file(report, is_given=True, copy_sha256="c" * 64, copy_media_type="text/plain", copy_size=7)
    make.text(report, "It counts the dead.\n\nيحصي القتلى (Report 1994).", file=file, is_visible=True)
    term, missing = make.term(name="The war"), make.missing(title="Lists of the dead", party=there)
    term.uses.create(wording="the great war of long words", document=report, times=3)
    event.event_missing_documents.create(missing=missing)
    publish([event])
    event.summary = "It was so, and so."
    event.save()
    publish([event])
    for subject, record in (("term", term), ("missing", missing), ("masthead", make.masthead(name="A chronicle"))):
        publish_references(subject, [record])
    return event


ADDRESSES = (
    "/",
    "/events/",
    "/events/?period=1994&place=nowhere",
    "/timeline/",
    "/timeline/?period=1994&place=nowhere",
    "/events/losses/",
    "/events/losses/sources/",
    "/events/losses/editions/1/",
    "/events/losses/editions/2/changes/",
    "/embed/events/losses/killed/",
    "/embed/events/losses/editions/1/killed/",
    "/locations/",
    "/locations/town/",
    "/map/",
    "/map/?at=39.8,46.7&zoom=9&names=hy",
    "/documents/",
    "/documents/report/",
    "/documents/report/text/1/",
    "/agents/",
    "/agents/minister/",
    "/disputes/",
    "/telling/",
    "/telling/report/leaflet/",
    "/search/",
    "/search/?q=3%2C773",
    "/search/?q=dead",
    "/editions/",
    "/method/",
    "/method/figures/",
    "/about/",
    "/terms/",
    "/missing/",
    "/accessibility/",
    "/api/",
    "/data/",
    "/data/releases/",
    "/nothing/",
)


def test_no_page_breaks_the_policy_scrolls_sideways_or_sets_a_cookie(site: str) -> None:
    reports: list[str] = []
    widths: dict[str, int] = {}

    with open_browser() as browser:
        for width, others in ((1280, (768, 1280)), (390, (390,))):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.on("console", lambda message: reports.append(f"{message.text} {message.location}"))
            for address in ADDRESSES:
                page.goto(f"{site}{address}")
                widths[f"{address} {width}"] = page.evaluate("document.documentElement.scrollWidth") - width
                take_pictures(page, address, widths=others)
            assert page.context.cookies() == []
            page.close()

    assert [report for report in reports if "404" not in report] == []
    assert {address: over for address, over in widths.items() if over > 0} == {}


def test_every_page_has_one_heading_a_title_and_labels(site: str) -> None:
    faults: list[str] = []

    with open_browser() as browser:
        page = browser.new_page(java_script_enabled=True)
        for address in ADDRESSES:
            page.goto(f"{site}{address}", wait_until="networkidle")
            faults += [f"{address}: {fault}" for fault in page.evaluate(FAULTS)]

    assert faults == []


FAULTS = """() => {
    const faults = [], ids = [...document.querySelectorAll('[id]')].map(one => one.id);
    if (document.querySelectorAll('h1').length !== 1) faults.push('headings of the first level');
    if (!document.title.includes('A chronicle')) faults.push('title ' + document.title);
    const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
    if (twice.length) faults.push('an id stands twice: ' + twice);
    for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
        if (!field.labels.length && !field.getAttribute('aria-label')) faults.push('field without label ' + field.name);
    for (const link of document.querySelectorAll('a[href]'))
        if (!link.textContent.trim() && !link.getAttribute('aria-label')) faults.push('no words: ' + link.href);
    for (const link of document.querySelectorAll('a[href^="#"]:not([role=button])'))
        if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) faults.push('leads nowhere ' + link.hash);
    return faults;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_who_gives_a_figure_and_through_which_document_takes_one_question(site: str, width: int) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
        page.goto(f"{site}/")
        if width < 768:
            press_to(page, "Menu and search")
            page.keyboard.press("Enter")
        search = page.get_by_role("searchbox", name="Search")
        search.fill("3,773")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=3%2C773")
        told = " ".join(page.locator("main").inner_text().split())
        page.get_by_role("link", name="Losses").first.click()
        page.wait_for_url("**/events/losses/**")

    assert "Minister (There), in Report 1994" in told
    assert "leaning on Leaflet 1994" in told


def test_reader_finds_the_way_by_keyboard_alone(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
        page.goto(f"{site}/")
        for label, address in (("Events", "**/events/"), ("Losses", "**/events/losses/")):
            press_to(page, label)
            page.keyboard.press("Enter")
            page.wait_for_url(address)
        assert "Town of a rather long name" in heading_of(page)
        press_to(page, "Who tells what")
        page.keyboard.press("Enter")
        page.wait_for_url("**/telling/")


def heading_of(page: Page) -> str:
    return page.locator("header.heading").inner_text()
