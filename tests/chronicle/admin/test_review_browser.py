"""Two curators in real browsers: an event goes through review; a field and a deleted record come back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from chronicle.models import Event
from tests import factories
from tests.browsing import PASSWORD, needs_chromium, open_browser, running_site
from tests.chronicle.admin.desk import curator, list_url, url

pytestmark = needs_chromium


@pytest.fixture
def site(published: None) -> Iterator[str]:
    """A running server, with a contributor and an editor."""
    for role, name in (("contributor", "anna"), ("editor", "levon")):
        user = curator(role, name)
        user.set_password(PASSWORD)
        user.save()
    with running_site() as address:
        yield address


def as_curator(browser: object, site: str, name: str) -> Page:
    page: Page = browser.new_context(java_script_enabled=False).new_page()  # type: ignore[attr-defined]
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    return page


def test_event_is_proposed_returned_reworked_and_published_without_script(site: str) -> None:
    event = factories.cited_event(title="First ceasefire")
    with open_browser() as browser:
        anna, levon = as_curator(browser, site, "anna"), as_curator(browser, site, "levon")
        anna.goto(f"{site}{url(event)}")
        anna.click("text=Propose…")
        anna.fill("textarea[name=words]", "The date is new.")
        anna.click("input[value=Propose]")
        levon.goto(f"{site}{url(event, 'review')}")
        assert "The date is new." in levon.inner_text("#content-main")
        levon.fill("#return_words", "The title needs its month.")
        levon.click("input[value=Return]")
        anna.goto(f"{site}{url(event)}")
        anna.click("text=Review…")
        assert "The title needs its month." in anna.inner_text("#content-main")
        anna.goto(f"{site}{url(event)}")
        anna.fill("#id_title", "First ceasefire of October 2020")
        anna.fill("input[name=saving_reason]", "As the editor asked.")
        anna.click(".submit-row input[name=_save]")
        anna.goto(f"{site}{url(event)}")
        anna.click("text=Propose…")
        anna.click("input[value=Propose]")
        levon.goto(f"{site}{url(event, 'review')}")
        levon.fill("#publish_words", "A first edition.")
        levon.click("input[value=Publish]")
        assert "first edition" in levon.inner_text(".messagelist")
        levon.goto(f"{site}{event.get_absolute_url()}")
        assert levon.inner_text("h1") == "First ceasefire of October 2020"


def test_field_is_brought_back_and_a_deleted_record_undeleted_without_script(site: str) -> None:
    event = factories.event(title="First ceasefire", summary="They met in Moscow.")
    Event.objects.update(summary="They met.")
    with open_browser() as browser:
        levon = as_curator(browser, site, "levon")
        levon.goto(f"{site}{url(event, 'history')}")
        levon.click("text=Bring back the earlier one…")
        assert "They met in Moscow." in levon.inner_text(".story")
        levon.fill("input[name=reason]", "The place is in the document.")
        levon.click("input[value=Restore]")
        assert levon.input_value("#id_summary") == "They met in Moscow."
        levon.goto(f"{site}{url(event, 'delete')}")
        levon.fill("input[name=saving_reason]", "Twice in the list.")
        levon.click("input[value='Yes, I’m sure']")
        levon.goto(f"{site}{list_url(Event)}")
        levon.click("text=Deleted…")
        assert "Twice in the list." in levon.inner_text("#content-main")
        levon.click("text=Undelete…")
        levon.fill("input[name=reason]", "It was the only one.")
        levon.click("input[value=Undelete]")
        assert levon.input_value("#id_title") == "First ceasefire"
    assert Event.objects.get().summary == "They met in Moscow."
