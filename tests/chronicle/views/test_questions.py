"""Twelve questions that a reader must be able to answer from the home page in three clicks, on the first corpus.

A click follows a link or sends a form; typing, and opening what is folded up, is none.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page

from chronicle.corpus import load
from chronicle.models import Event
from chronicle.publication import Note, publish
from tests.browsing import needs_chromium, open_browser, running_site
from tests.conftest import empty_tables

pytestmark = needs_chromium

KARABAKH = Path(settings.BASE_DIR) / "fixtures" / "karabakh-2020"
CEASEFIRE = "first-ceasefire-october-2020"
MOST = 3


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The first corpus, with a second edition of one event, served once for all questions."""
    with django_db_blocker.unblock():
        load(KARABAKH)
        publish(Event.objects.all())
        event = Event.objects.get(slug=CEASEFIRE)
        event.summary += " It is counted as the first of four."
        event.save()
        publish([event], note=Note(words="What it is counted as."))
        with running_site() as address:
            yield address
        empty_tables()


class Reader:
    """Somebody who begins at the home page and counts clicks."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(f"{site}/")

    def follow(self, name: str | re.Pattern[str], *, inside: str = "body") -> None:
        """Click on a link."""
        self._click(self.page.locator(inside).get_by_role("link", name=name).first)

    def search(self, words: str) -> None:
        """Ask the search that stands on every page."""
        self._unfold()
        self.page.locator("#search-everywhere").fill(words)
        self._click(self.page.locator("form.search button"))

    def send(self, form: str, **fields: str) -> None:
        """Fill a form in, and send it."""
        self._unfold()
        place = self.page.get_by_label(form, exact=True).and_(self.page.locator("form"))
        for name, value in fields.items():
            field = place.locator(f"[name={name}]")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self._click(place.get_by_role("button"))

    def rows(self, *words: str) -> list[str]:
        """The rows of tables and lists that have all of these words."""
        found = self.page.locator("main tbody, main li").all_inner_texts()
        rows = [" ".join(row.split()) for row in found]
        return [row for row in rows if all(word in row for word in words)]

    @property
    def told(self) -> str:
        """The main part of the page."""
        return " ".join(self.page.locator("main").inner_text().split())

    def _click(self, target: Locator) -> None:
        self._unfold()
        target.click()
        self.page.wait_for_load_state()
        self.clicks += 1
        assert self.clicks <= MOST, "more than three clicks"

    def _unfold(self) -> None:
        closed = self.page.locator("details:not([open]) > summary:visible")
        while closed.count():
            closed.first.click()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(site: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 800}, java_script_enabled=request.param)
        yield Reader(page, site)


def test_who_says_the_first_ceasefire_of_october_2020_began_when(reader: Reader) -> None:
    reader.search("first ceasefire")
    reader.follow("First ceasefire of October 2020")

    assert reader.rows("9 October 2020", "Bayramov 2021", "when they met")
    assert reader.rows("10 October 2020", "Huseynov 2024")


def test_who_gives_3773_and_through_which_document(reader: Reader) -> None:
    reader.search("3,773")

    assert reader.rows("3,773 persons", "Nikol Pashinyan (Armenia)", "in Huseynov 2024", "leaning on Armenpress 2021")


def test_what_happened_on_17_october_2020(reader: Reader) -> None:
    reader.search("17 October 2020")
    reader.follow("All events of 17 October 2020")

    assert reader.rows("Second ceasefire of October 2020")
    assert reader.rows("Strike on Ganja after the second ceasefire of October 2020")


def test_which_places_changed_hands_in_october_according_to_whom(reader: Reader) -> None:
    reader.follow("Who tells what", inside="main")
    reader.send("Documents and events", period="2020-10", kind="change-of-control")

    assert "speaks for Azerbaijan" in reader.told
    for place in ("Fuzuli", "Hadrut", "Zangilan"):
        assert reader.rows(f"{place} taken by Azerbaijani forces")


def test_what_the_foreign_ministers_article_says_about_ganja(reader: Reader) -> None:
    reader.follow(re.compile("events$"), inside="main")
    reader.send("Narrow the list down", place="Ganja", document="Bayramov 2021")
    reader.follow("Strike on Ganja after the first ceasefire of October 2020")

    assert reader.rows("Bayramov 2021", "Ganja")


def test_what_two_texts_say_about_shusha_side_by_side(reader: Reader) -> None:
    reader.follow("Who tells what", inside="main")
    reader.send("Two texts side by side", left="bayramov-2021", right="huseynov-2024", place="Shusha")

    assert "Bayramov 2021 and Huseynov 2024" in reader.told
    assert "Place: Shusha" in reader.told
    assert "Shusha taken by Azerbaijani forces, November 2020" in reader.told


def test_which_events_no_armenian_document_speaks_of(reader: Reader) -> None:
    silent = reader.page.locator("#leaning + ul li", has_text="Armenia").first
    reader.follow("Show them", inside=f"#leaning + ul li:has-text('{silent.inner_text()[:30]}')")

    assert re.search(r"Party without a voice: Armenia .* \d+ events", reader.told)


def test_on_what_the_figure_of_98_civilians_rests(reader: Reader) -> None:
    reader.search("98 civilians")
    reader.follow("Civilian casualties on the Azerbaijani side")

    assert reader.rows("98", "Prosecutor General’s Office", "Huseynov 2024", "leaning on Azernews 2020")


def test_what_a_town_is_called_in_armenian_azerbaijani_russian(reader: Reader) -> None:
    reader.search("Shushi")
    reader.follow(re.compile("^Shusha$"), inside="main")

    for name, language in (("Շուշի", "Armenian"), ("Şuşa", "Azerbaijani"), ("Шуша", "Russian")):
        assert reader.rows(name, language)


def test_what_changed_in_a_page_since_its_last_edition(reader: Reader) -> None:
    reader.follow("First ceasefire of October 2020", inside="main")
    reader.follow(re.compile("^what changed"), inside="main")

    assert reader.page.locator(".facts ins").all_inner_texts() == [" It is counted as the first of four."]


def test_how_to_cite_a_sentence(reader: Reader) -> None:
    reader.search("3,773")
    number = re.search(r"C\d+", reader.told)
    assert number
    reader.follow("Losses of the Armenian side")

    cited = reader.page.locator("section[aria-labelledby=cite]").inner_text()
    assert reader.rows(number[0])
    assert re.search(r"As recorded in .*, C\d+, edition 1, http://\S+/editions/1/#C\d+", cited)
    assert "So for every row" in cited


def test_where_all_of_this_is_as_a_table(reader: Reader) -> None:
    reader.follow("Download everything")
    with reader.page.expect_download() as begun:
        reader.follow("Citations (CSV)")

    rows = begun.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("id,event,number,document,")
    assert len(rows) > 2000
    assert reader.clicks <= MOST
