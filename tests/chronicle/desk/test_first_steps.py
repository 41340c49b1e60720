"""From nothing to the first published event, as the desk leads there."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from chronicle.models import Event, EventKind, Location, Masthead
from chronicle.publication import Note, publish, withdraw
from sources.models import Document, Party
from tests import factories
from tests.chronicle.admin.desk import confirmed, curator, list_url, logged_in, saved, told

STEPS = reverse("admin:first-steps")


@pytest.fixture
def desk(db: None) -> Client:
    return logged_in(curator("administrator"))


def done(client: Client) -> list[bool]:
    return [step.is_done for step in client.get(STEPS).context["steps"]][-6:]  # the first may be the chronicle's name


def next_title(client: Client) -> str:
    (title,) = [step.title for step in client.get(STEPS).context["steps"] if step.is_next]
    return title


def test_steps_are_done_one_after_the_other(desk: Client) -> None:
    seen = [done(desk)]
    party = factories.party()
    seen.append(done(desk))
    document = factories.document(publisher=factories.agent())
    seen.append(done(desk))
    kind, location = factories.kind(), factories.location()
    seen.append(done(desk))
    event = factories.event(kind=kind, parties=(party,), locations=(location,))
    seen.append(done(desk))
    factories.citation(event, document)
    seen.append(done(desk))
    publish([event])
    seen.append(done(desk))

    assert [sum(each) for each in seen] == [0, 1, 2, 3, 3, 4, 5]
    assert seen[-1] == [True] * 5 + [False]  # whether somebody looked is not known
    assert event.get_absolute_url() in desk.get(STEPS).text


def test_step_of_two_parts_says_which_is_done(desk: Client) -> None:
    factories.kind()

    page = desk.get(STEPS)

    (step,) = [step for step in page.context["steps"] if len(step.links) == 2]
    assert [link.is_done for link in step.links] == [True, False]
    assert not step.is_done


def test_every_step_leads_to_its_page(desk: Client) -> None:
    event = factories.cited_event()

    page = desk.get(STEPS)

    links = [link.url for step in page.context["steps"] for link in step.links if link.url]
    for model in (Party, Document, EventKind, Location, Event):
        assert list_url(model, "add") in links
    assert f"{list_url(Event, 'publish')}?id={event.pk}" in links
    assert {desk.get(link).status_code for link in links if link.startswith("/admin/")} == {200}


def test_first_page_shows_the_steps_while_nothing_is_public(desk: Client) -> None:
    event = factories.cited_event()
    before = desk.get(reverse("admin:index"))
    publish([event])
    public = desk.get(reverse("admin:index"))
    withdraw([event], note=Note(words="Taken for another."))
    gone = desk.get(reverse("admin:index"))

    assert ["steps-box" in page.text for page in (before, public, gone)] == [True, False, True]
    assert all(f'href="{STEPS}"' in page.text for page in (before, public, gone))


def test_contributor_is_told_that_an_editor_publishes(db: None) -> None:
    event = factories.cited_event()

    page = logged_in(curator("contributor")).get(STEPS).text

    assert "An editor does this." in page
    assert list_url(Event, "publish") not in page
    assert f"?id={event.pk}" in logged_in(curator("editor")).get(STEPS).text


def test_someone_without_a_role_is_offered_nothing(db: None) -> None:
    newcomer = get_user_model().objects.create_user("newcomer", is_staff=True)

    page = logged_in(newcomer).get(STEPS)

    assert [link.url for step in page.context["steps"] for link in step.links] == [""] * 8


def test_login_leads_back_to_no_address_that_a_redirect_cannot_hold(db: None) -> None:
    response = Client().get("/admin/present/", {"x": "а" * 3000})

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/login/")


def test_strangers_are_sent_to_the_login(db: None) -> None:
    assert Client().get(STEPS).url == f"/admin/login/?next={STEPS}"


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", [STEPS, reverse("admin:index")])
def test_steps_ask_as_often_for_one_row_as_for_three(
    desk: Client, django_assert_num_queries: Any, rows: int, address: str
) -> None:
    for _ in range(rows):
        factories.cited_event(parties=(factories.party(),))

    with django_assert_num_queries({STEPS: 13, reverse("admin:index"): 56}[address]):
        desk.get(address)


def test_new_curator_follows_the_steps_to_a_public_event(published: None) -> None:
    """Nothing is made but by the forms that the steps lead to."""
    client = logged_in(curator("editor"))
    assert next_title(client) == "The name of the chronicle"

    saved(client, list_url(Masthead, "add"), name="A chronicle", editorial_body="Its editors")
    saved(client, list_url(Party, "add"), name="Republic of Armenia", name_short="Armenia")
    agent = {"name": "Ministry", "kind": "government", "party": Party.objects.get().pk, "basis": "Its ministry."}
    saved(client, reverse("admin:sources_agent_add"), **agent)
    publisher = Document._meta.get_field("publisher").related_model.objects.get().pk
    saved(client, list_url(Document, "add"), title="Report", title_short="Report 2021", document_type="report",
          publisher=publisher)  # fmt: skip
    saved(client, list_url(EventKind, "add"), name="ceasefire")
    saved(client, list_url(Location, "add"), name="Moscow", kind="settlement")
    citation = {"document": Document.objects.get().pk, "aspect": "occurrence", "stance": "supports"}
    rows = {f"citations-0-{name}": value for name, value in citation.items()}
    saved(client, list_url(Event, "add"), title="First ceasefire", kind=EventKind.objects.get().pk, state="draft",
          date_edtf="2020-10-10", **rows, **{"citations-TOTAL_FORMS": "1"})  # fmt: skip
    assert next_title(client) == "Publish it"

    sent = confirmed(client, Event, "publish", {"id": Event.objects.get().pk, "kind": "wording"}, follow=True)

    assert told(sent)[-1] == "First ceasefire: first edition"
    assert Event.objects.using("published").get().title == "First ceasefire"
    assert next_title(client) == "Look at it as readers do"


def test_site_of_the_admin_is_the_desk() -> None:
    assert type(admin.site._wrapped).__name__ == "Desk"
