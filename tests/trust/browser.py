"""Payloads in every field, seen in a real browser: no script runs, and no page tries what the policy forbids."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page

from chronicle.models import Event
from tests.browsing import logged_in, open_browser, running_site
from tests.chronicle.admin.desk import list_url, url
from tests.trust.canaries import public_ones
from tests.trust.drills import Drill, Seen
from tests.trust.inputs import plant, publish_all, unescaped
from tests.trust.payloads import PAYLOADS, RUNS

WATCH = f"""
    window.told = [];
    window.{RUNS.removesuffix("()")} = () => window.told.push("a script ran");
    document.addEventListener("securitypolicyviolation", event =>
        window.told.push(`the policy stopped ${{event.violatedDirective}} ${{event.blockedURI}}`));
"""
"""Listens before anything of a page runs."""


def attack(rounds: int) -> Seen:
    """In each round every field gets another of the payloads, and a reader and a curator look at the pages."""
    seen, events = Seen(rounds=rounds), public_ones()
    with running_site() as site:
        for turn in range(rounds):
            plant(turn)
            publish_all(events)
            asking = [*of_readers(events[:1]), *of_the_desk(events[0])]
            with open_browser() as browser:
                seen.found += list(looked_at(browser, site, asking))
            seen.figures["pages"] = int(str(seen.figures.get("pages", 0))) + len(asking)
    seen.figures["payloads"] = len(PAYLOADS)
    return seen


def of_readers(events: list[Event]) -> list[str]:
    """Pages of events, of what they cite, and of lists."""
    own = [f"/events/{event.slug}/" for event in events]
    return [
        *own,
        *(f"{each}editions/1/" for each in own),
        "/events/",
        "/documents/",
        "/agents/",
        "/map/",
        "/search/?q=zq",
    ]


def of_the_desk(event: Event) -> list[str]:
    """The form of an event, its history with differences, its preview, and a list."""
    return [url(event), url(event, "history"), f"/admin/chronicle/event/{event.pk}/preview/", list_url(Event)]


def looked_at(browser: Browser, site: str, asking: list[str]) -> Iterator[str]:
    """Open each page, and yield what ran or was stopped."""
    page: Page = logged_in(browser, site)
    dialogs: list[str] = []

    def shown(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", shown)
    page.add_init_script(WATCH)
    for address in asking:
        page.goto(f"{site}{address}")
        for told in page.evaluate("window.told"):
            yield f"{address}: {told}"
    yield from (f"a dialog opened: {each}" for each in dialogs)


DRILL = Drill("browser", attack, unescaped, promised=len(PAYLOADS), few=1, enough=1)
