"""The desk under the same checker of accessibility as readers' pages: what curators look at besides forms and lists."""

from playwright.sync_api import Page

from tests import factories
from tests.browsing import logged_in, needs_chromium, open_browser, running_site
from tests.chronicle.views.test_accessibility import CHECK, CHECKER

pytestmark = needs_chromium

PAGES = (
    "", "chronicle/event/1/change/", "chronicle/event/1/history/", "chronicle/event/1/review/",
    "chronicle/event/1/remarks/", "chronicle/event/merge/?id=1&id=2", "sources/document/1/entry/",
    "sources/document/restrict/?id=1", "chronicle/event/assign/?id=1", "chronicle/event/publish/?id=1&id=2",
    "chronicle/event/1/change/?note=date", "chronicle/event/", "account/", "account/second-factor/",
    "password_change/", "auth/user/", "auth/user/1/change/", "auth/user/1/access/", "auth/group/",
    "accounts/onetimelink/", "accounts/onetimelink/add/", "accounts/auditentry/",
)  # fmt: skip
"""Of two events, of which each cites a document of its own."""


def test_checker_reports_nothing_at_the_desk(published: None) -> None:
    with running_site() as address:
        for title in ("First ceasefire", "Second ceasefire"):
            factories.citation(factories.event(title=title, parties=(factories.party(),)))
        with open_browser() as browser:
            found = checked(logged_in(browser, address), address)

    assert {path: faults for path, faults in found.items() if faults} == {}


def checked(page: Page, address: str) -> dict[str, list[str]]:
    """What the checker reports of each page, which has to be there."""
    found = {}
    for path in PAGES:
        page.goto(f"{address}/admin/{path}")
        assert page.url.endswith(path), path  # it led nowhere else
        page.evaluate(CHECKER)
        found[path] = page.evaluate(CHECK)
    return found
