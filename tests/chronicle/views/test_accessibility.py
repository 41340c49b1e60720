"""WCAG 2.2 AA, as far as a program can tell: the checker, the keyboard, enlargement, motion, tables, languages.

Every address of the other browser tests is visited, so a page that is added there is checked here too.
"""

from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import needs_chromium, open_browser
from tests.chronicle.views.test_browser import ADDRESSES, site  # noqa: F401 -- a fixture

pytestmark = needs_chromium

CHECKER = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def checking(kind: str, *values: str) -> str:
    """What runs the checker's rules of some kind, and returns the faults."""
    return f"""async () => {{
        const found = await axe.run(document, {{runOnly: {{type: '{kind}', values: {list(values)}}}}});
        const told = one => one.nodes.map(node => node.html.slice(0, 120)).join(' ');
        return found.violations.map(one => `${{one.id}}: ${{told(one)}}`);
    }}"""


CHECK = checking("tag", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = checking("rule", "color-contrast", "link-in-text-block")
"""The rules that depend on the theme."""

OPENED = "document.querySelectorAll('details').forEach(one => { one.open = true; })"

STOPS = """() => {
    const focusable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const within = 'li, tr, p, dl, form, nav, section, header, footer, main, body';
    return [...document.querySelectorAll(focusable)].filter(one => one.checkVisibility()).map((one, number) => {
        one.dataset.stop = number;
        const box = one.getBoundingClientRect(), around = one.parentElement.closest(within);
        const places = document.querySelectorAll(within);
        return {top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
                around: [...places].indexOf(around), words: one.outerHTML.slice(0, 90)};
    });
}"""
"""Everything that Tab should reach, in the order of the document, with where it stands."""

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const seen = style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2;
    return {stop: one.dataset.stop === undefined ? -1 : Number(one.dataset.stop), is_seen: seen,
            is_inside: box.bottom > 0 && box.top < innerHeight};
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_checker_reports_nothing(site: str, width: int) -> None:  # noqa: F811
    found: dict[str, list[str]] = {}

    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        for address in ADDRESSES:
            page.emulate_media(color_scheme="light")
            page.goto(f"{site}{address}")
            page.evaluate(CHECKER)
            found[address] = page.evaluate(CHECK)
            page.evaluate(OPENED)
            found[f"{address} opened"] = page.evaluate(CHECK)
            page.emulate_media(color_scheme="dark")
            found[f"{address} opened, dark"] = page.evaluate(COLOURS)
        page.set_content("<img src='/static/chronicle/icon.svg'>")
        page.evaluate(CHECKER)
        planted = page.evaluate(CHECK)
        page.set_content("<body bgcolor='#666666'><font color='#777777'>Words</font>")
        page.evaluate(CHECKER)
        faint = page.evaluate(COLOURS)

    assert any(fault.startswith("image-alt") for fault in planted)  # what it should see, it sees
    assert [fault.split(":")[0] for fault in faint] == ["color-contrast"]
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_tab_reaches_everything_in_the_order_in_which_it_stands(site: str, width: int) -> None:  # noqa: F811
    faults: list[str] = []

    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
        for address in ADDRESSES:
            page.goto(f"{site}{address}", wait_until="networkidle")  # the browser's own map takes the drawing's place
            faults += [f"{address} {width}: {fault}" for fault in faults_of_tab(page)]

    assert faults == []


def faults_of_tab(page: Page) -> list[str]:
    """What Tab leaves out or visits out of order, and where what has the focus is not seen."""
    stops = page.evaluate(STOPS)
    faults = [f"not in the order in which it stands: {stop['words']}" for stop in _backwards(stops)]
    for number, stop in enumerate(stops):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["stop"] != number:
            return [*faults, f"not reached in its turn: {stop['words']}"]
        if not focused["is_seen"]:
            faults.append(f"focus is not seen: {stop['words']}")
        if not focused["is_inside"]:
            faults.append(f"focus is outside of the window: {stop['words']}")
    return faults


def _backwards(stops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stops that stand above the one before them, in one block and not in a column beside it."""
    pairs = pairwise(stops)
    return [b for a, b in pairs if a["around"] == b["around"] and b["bottom"] <= a["top"] and b["left"] < a["right"]]


def test_stop_that_is_left_out_is_seen(site: str) -> None:  # noqa: F811
    with open_browser() as browser:
        page = browser.new_page()
        page.goto(f"{site}/method/")
        page.evaluate("document.querySelector('footer a').tabIndex = -1")
        page.evaluate("document.querySelector('nav ul').style = 'display: flex; flex-direction: column-reverse'")
        faults = faults_of_tab(page)

    assert any(fault.startswith("not reached in its turn") for fault in faults)


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (640, 1), (1280, 2)])
def test_nothing_scrolls_sideways_when_enlarged(site: str, width: int, scale: int) -> None:  # noqa: F811
    """320 pixels are a page of 1280 at 400 %, 640 at 200 %; letters of twice the size are a setting of the reader."""
    over: dict[str, int] = {}

    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 600})
        for address in ADDRESSES:
            page.goto(f"{site}{address}")
            page.evaluate(OPENED)
            page.evaluate(f"document.documentElement.style.fontSize = '{scale * 100}%'")
            over[address] = page.evaluate("document.documentElement.scrollWidth") - width

    assert {address: pixels for address, pixels in over.items() if pixels > 0} == {}


def test_nothing_moves_for_those_who_ask_for_less_motion(site: str) -> None:  # noqa: F811
    with open_browser() as browser:
        page = browser.new_page(reduced_motion="reduce")
        for address in ADDRESSES:
            page.goto(f"{site}{address}")
            assert page.evaluate("document.getAnimations().length") == 0
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("width", [1280, 390])
def test_tables_have_names_and_headers_on_every_screen(site: str, width: int) -> None:  # noqa: F811
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        tables = 0
        for address in ADDRESSES:
            page.goto(f"{site}{address}")
            assert page.evaluate(NAMELESS) == [], address
            roles = roles_of(page)
            tables += roles.count("table")
            assert roles.count("table") == page.evaluate("document.querySelectorAll('table').length")
            assert roles.count("columnheader") == page.evaluate("document.querySelectorAll('thead th').length")
            assert roles.count("rowheader") == page.evaluate("document.querySelectorAll('tbody th').length")

    assert tables > 4


NAMELESS = """() => [...document.querySelectorAll('table')].filter(one =>
    !(one.caption?.textContent.trim() || one.ariaLabel || one.getAttribute('aria-labelledby'))
    || [...one.querySelectorAll('th')].some(head => !head.scope)).map(one => one.outerHTML.slice(0, 80))"""


def roles_of(page: Page) -> list[str]:
    """The roles that the browser tells screen readers: style can take them away from a table."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node["role"]["value"] for node in nodes if not node["ignored"]]


def test_words_in_other_scripts_are_marked_with_their_language(site: str) -> None:  # noqa: F811
    with open_browser() as browser:
        page = browser.new_page()
        unmarked = []
        for address in ADDRESSES:
            page.goto(f"{site}{address}")
            unmarked += page.evaluate(UNMARKED)

    assert unmarked == []


UNMARKED = r"""() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const words = walker.currentNode.textContent, around = walker.currentNode.parentElement;
        if (/[\p{Script=Armenian}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Georgian}]/u.test(words)
            && around.closest('[lang]').lang.startsWith('en')) found.push(words.trim());
    }
    return found;
}"""
