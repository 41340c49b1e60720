"""Plots in a real browser: one of two widths is shown, words have room, and frames open on other people's pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from chronicle.publication import publish
from tests import factories as make
from tests.browsing import needs_chromium, open_browser, running_site
from tests.chronicle.sayings import counted, dated

pytestmark = needs_chromium

LONG = "Commission of Inquiry into Everything that Ever Happened Between the Two Rivers and Beyond Them"


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with one event of which all plots have long names, in several directions."""
    other = make.event(slug="others", title=f"Losses of the other side, as counted by the {LONG}")
    event = make.event(slug="losses", title=f"Losses of the one side, as counted by the {LONG}", companion=other)
    names = (LONG, "משרד החוץ של הרפובליקה", "Министерство обороны Республики", "Ակադեմիա")
    for number, name in enumerate(names):
        report = make.document(title_short=f"Report {2020 + number} of the {LONG}"[:60])
        counted(
            event, report, 1000 * number, None, claimed_by=make.agent(name=name), period_edtf="2020-09-27/2020-11-10"
        )
        dated(event, report, f"2020-10-1{number}", "announced", claimed_by=make.agent(name=name))
    counted(other, make.document(), 123_456_789, 987_654_321)
    publish([other, event])
    with running_site() as address:
        yield address


SPILT = """() => {
    const spilt = [];
    for (const svg of document.querySelectorAll('.plot svg')) {
        const room = svg.getBoundingClientRect();
        if (!room.width) continue;
        const axis = svg.querySelector('.axis').getBoundingClientRect().left;
        for (const text of svg.querySelectorAll('text')) {
            const box = text.getBoundingClientRect();
            const is_label = ['value', 'who'].includes(text.getAttribute('class')) && text.getAttribute('x') === '0';
            const end = svg.classList.contains('wide') && is_label ? axis : room.right + 1;
            if (box.right > end || box.left < room.left - 1) spilt.push(text.textContent);
        }
    }
    return spilt;
}"""


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (768, "wide"), (390, "narrow")])
def test_one_width_is_shown_and_no_words_leave_their_room(site: str, width: int, shown: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=True)
        for address in ("/events/losses/", "/embed/events/losses/killed/"):
            page.goto(f"{site}{address}")
            drawn = page.locator(".plot svg")
            found = {drawn.nth(n).get_attribute("class") for n in range(drawn.count()) if drawn.nth(n).is_visible()}
            assert found == {shown}
            assert page.evaluate(SPILT) == []


def test_plots_are_printed_wide(site: str) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.emulate_media(media="print")
        page.goto(f"{site}/events/losses/")

        assert page.locator(".plot svg.wide").first.is_visible()
        assert not page.locator(".plot svg.narrow").first.is_visible()


@contextmanager
def other_site(html: str) -> Iterator[str]:
    """Serve one page that is not ours; a page made up inside the browser could not reach this machine."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_other_sites_can_frame_a_plot_and_no_other_page(site: str) -> None:
    addresses = ("/embed/events/losses/killed/", "/events/losses/")
    frames = "".join(f'<iframe src="{site}{address}"></iframe>' for address in addresses)

    with other_site(frames) as elsewhere, open_browser() as browser:
        page = browser.new_page()
        page.goto(elsewhere)
        page.wait_for_load_state("networkidle")
        framed = [frame.locator("figure.plot").count() > 0 for frame in page.frames[1:]]

    assert framed == [True, False]
