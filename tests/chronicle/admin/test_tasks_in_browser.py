"""Tasks of the curators' guide in a real browser, by the words that stand on the buttons; none needs a script.

What the guide tells besides is played next door: accounts, entry, review and restoring, conflicts, publishing.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page

from chronicle.models import Event, Merge
from chronicle.publication import publish
from tests import factories as make
from tests.browsing import logged_in, needs_chromium, open_browser, running_site
from tests.chronicle.admin.desk import list_url, url

pytestmark = needs_chromium


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server with one curator, who is in a group of her own."""
    with running_site() as address:
        User.objects.get().groups.add(Group.objects.create(name="court"))
        yield address


def mark(page: Page, site: str, words: str, action: str) -> None:
    """Mark every event that a search finds, and choose what is to be done with them."""
    page.goto(f"{site}{list_url(Event)}?q={words}")
    for box in page.locator("input.action-select").all():
        box.check()
    page.select_option("select[name=action]", label=action)
    page.click("button[name=index]")


def press(page: Page, button: str) -> None:
    page.click(f"input[type=submit][value='{button}']")


def said(page: Page) -> str:
    return page.inner_text(".messagelist")


def test_note_is_written_published_and_withdrawn_with_its_event(site: str) -> None:
    event = make.event(title="First ceasefire")
    for day in ("2020-10-09", "2020-10-10"):
        make.citation(event, make.document(), aspect="date", asserted_date_edtf=day, date_of="whole")
    publish([event])

    with open_browser() as browser:
        page = logged_in(browser, site, java_script_enabled=False)
        page.get_by_role("link", name="public, with a dispute that has no note of the editors").click()
        page.click("#result_list tbody th a")
        page.click("a[href='?note=date#dispute-notes']")
        page.fill("[name=dispute_notes-0-text]", "The one dates the meeting, the other the signing.")
        page.click(".submit-row [name=_continue]")
        page.click("text=Publish…")
        page.fill("[name=words]", "What the two days are of.")
        page.fill("[name=private_reason]", "Asked by a reader.")
        press(page, "Publish")
        assert said(page) == "First ceasefire: new edition, number 2"
        page.goto(f"{site}{event.get_absolute_url()}")
        assert "The one dates the meeting, the other the signing." in page.inner_text("main")
        assert "Asked by a reader." not in page.content()
        page.goto(f"{site}{url(event)}")
        page.click("text=Withdraw…")
        page.get_by_label("Public reason").fill("It is being looked at again.")
        press(page, "Withdraw")
        gone = page.goto(f"{site}{event.get_absolute_url()}")
        assert gone is not None
        assert (gone.status, "It is being looked at again." in page.inner_text("main")) == (410, True)


def test_document_is_withheld_restricted_and_opened_to_everybody_at_the_desk(site: str) -> None:
    document = make.document(title_short="Testimony 7")
    event = make.event(title="First ceasefire")
    make.citation(event, document)
    make.citation(event, statement="Another says so.")
    publish([event])

    with open_browser() as browser:
        page = logged_in(browser, site, java_script_enabled=False)
        page.goto(f"{site}{url(document)}")
        page.click("text=Withhold…")
        assert "First ceasefire: stays public without it" in page.inner_text("#content-main")
        page.check("[name=access][value=withheld]")
        press(page, "Withhold")
        assert said(page).startswith("Testimony 7: withheld: nothing.")
        page.goto(f"{site}{event.get_absolute_url()}")
        assert "Testimony 7" not in page.content()
        page.goto(f"{site}{url(document)}")
        page.click("text=Restrict…")
        page.check("[name=who][value=groups]")
        page.get_by_label("court").check()
        press(page, "Restrict")
        assert said(page) == "Testimony 7: at the desk for court only"
        page.goto(f"{site}{url(document)}")
        page.click("text=Restrict…")
        page.check("[name=who][value=everybody]")
        press(page, "Restrict")
        assert "everybody" in said(page)


def test_events_are_changed_together_merged_and_parted_again(site: str) -> None:
    whole = make.event(title="War")
    one, other = (make.event(title=title, parent=whole) for title in ("First ceasefire", "The first ceasefire"))

    with open_browser() as browser:
        page = logged_in(browser, site, java_script_enabled=False)
        mark(page, site, "ceasefire", "Change kind or larger event…")
        page.check("[name=is_apart]")
        press(page, "Show what would change")
        foreseen = page.inner_text(".outcomes")
        page.fill("[name=reason]", "They stand for themselves.")
        press(page, "Change")
        mark(page, site, "ceasefire", "Merge two…")
        page.fill("[name=reason]", "One ceasefire.")
        press(page, "Merge")
        merged = said(page)
        page.click(".messagelist a[href*=undo]")
        press(page, "Undo")
        parted = said(page)
        page.goto(f"{site}{url(one, 'history')}")
        story = page.inner_text(".story")

    assert foreseen.count("War") == 2
    assert "is merged into" in merged
    assert "undone: both records are there again" in parted
    assert ("They stand for themselves." in story, Merge.objects.get().reason) == (True, "One ceasefire.")
    for event in (one, other):
        event.refresh_from_db()
        assert (event.parent, event.merged_into) == (None, None)
