"""Pages under strain in a real browser: nothing wider than the screen, nothing moves, nothing weighs too much."""

import gzip
from collections.abc import Iterator
from functools import cache
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from chronicle.publication import publish
from tests.browsing import needs_chromium, open_browser, running_site
from tests.chronicle.views import stretched
from tests.chronicle.views.reading import queries_of
from tests.chronicle.views.test_accessibility import CHECK, CHECKER

WIDTHS = (1280, 390)
BETWEEN = 768
"""A width that a page is brought to once it is there."""
MOST_BYTES, MOST_BYTES_OF_A_MAP = 150_000, 400_000
"""What a page may weigh at first sight, compressed, with its style sheet, its script and its data."""
SCRIPTED = ("/map/", "/events/crowded/", "/search/?q=beamtengesellschaft")
SLOWER = 6
"""By what the processor is slowed down, as on a cheap phone."""
LEAST_SHIFT = 0.001
"""A hundredth of what Web Vitals calls good, and nothing that is seen: a browser that waits for the rest of a line."""
MOST_TIMES = 3
"""How often a page that moved is asked for again."""
STRAINED = (
    "/events/crowded/",
    "/events/crowded/?names=ar",
    "/embed/events/crowded/killed/",
    "/timeline/",
    "/timeline/?period=2020-10-10",
    "/timeline/?document=long-1",
    "/events/?names=he",
    "/locations/far/",
    "/locations/?names=hy",
    "/documents/long-0/",
    "/documents/",
    "/agents/long/",
    "/agents/?names=ar",
    "/telling/",
    "/telling/long-0/long-1/",
    "/disputes/",
    "/search/?q=beamtengesellschaft",
    "/search/?q=%D8%B4%D9%88%D8%B4%D8%A7",
    "/editions/",
    "/map/",
)
CHECKED = ("/events/crowded/", "/timeline/", "/locations/far/", "/documents/long-0/", "/telling/long-0/long-1/")
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
        .observe({type: 'layout-shift', buffered: true});
"""


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with all that strains."""
    stretched.everything()
    with running_site() as address:
        yield address


@pytest.mark.browser
@needs_chromium[1]
def test_nothing_is_too_wide_moves_or_weighs_too_much(site: str) -> None:
    faults: list[str] = []

    with open_browser() as browser:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.add_init_script(SHIFTS)
            for address in STRAINED:
                faults += [f"{width} {address}: {fault}" for fault in faults_of(page, f"{site}{address}")]
                if address in CHECKED:
                    faults += [f"{width} {address}: {fault}" for fault in checked(page)]
                if width > BETWEEN:
                    faults += [f"{BETWEEN} {address}: {fault}" for fault in faults_between(page)]
            page.close()
        faults += [f"slow {fault}" for fault in faults_on_a_slow_machine(browser, site)]

    assert not faults, "\n".join(faults)


def faults_on_a_slow_machine(browser: Browser, site: str) -> Iterator[str]:
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.add_init_script(SHIFTS)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for address in SCRIPTED:
            yield from (f"{width} {address}: {fault}" for fault in faults_of(page, f"{site}{address}"))
        page.close()


def faults_between(page: Page) -> Iterator[str]:
    size = page.viewport_size
    page.set_viewport_size({"width": BETWEEN, "height": 800})
    over = page.evaluate(OVER)
    page.set_viewport_size(size)
    if over > 0:
        yield f"{over} pixels too wide"


OVER = "document.documentElement.scrollWidth - innerWidth"


def faults_of(page: Page, address: str) -> Iterator[str]:
    answer = page.goto(address, wait_until="networkidle")
    over = page.evaluate(OVER)
    shifted = page.evaluate("window.shifted")
    for _ in range(MOST_TIMES):  # what a page does itself it does again; where a busy machine cut its lines differs
        if shifted > LEAST_SHIFT:
            page.reload(wait_until="networkidle")
            shifted = page.evaluate("window.shifted")
    weight = len(gzip.compress(answer.body(), 6)) + sum(map(weight_of, page.evaluate(FETCHED)))
    if answer.status != 200:
        yield f"answers {answer.status}"
    if over > 0:
        yield f"{over} pixels too wide"
    if shifted > LEAST_SHIFT:
        yield f"moves by {shifted}"
    if weight > (MOST_BYTES_OF_A_MAP if "/map/" in address else MOST_BYTES):
        yield f"{weight} bytes"


FETCHED = "[...new Set(performance.getEntriesByType('resource').map(one => one.name))]"


@cache
def weight_of(address: str) -> int:
    """What something that a page fetches weighs, compressed; asked for once, whatever pages fetch it."""
    with urlopen(address) as answer:
        return len(gzip.compress(answer.read(), 6))


def checked(page: Page) -> list[str]:
    page.evaluate(CHECKER)
    found: list[str] = page.evaluate(CHECK)
    return found


@pytest.mark.usefixtures("published")
def test_event_with_200_assertions_takes_the_queries_of_one_with_five(client):
    event = stretched.crowded(5)
    publish([event])
    few = queries_of(client, "/events/crowded/")

    stretched.say(event, range(5, stretched.ASSERTIONS))
    publish([event])

    assert event.citations.count() == stretched.ASSERTIONS
    assert (few, queries_of(client, "/events/crowded/")) == (21, 21)
