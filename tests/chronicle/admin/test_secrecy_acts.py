"""What a curator does who may not see a restricted document: it changes nothing of it, and tells nothing of it."""

from typing import Any

import pytest
from django.test import Client

from chronicle.merging import merge
from chronicle.models import Citation, Event
from chronicle.secrecy import restrict
from tests import factories as make
from tests.chronicle.admin.desk import (
    acted,
    confirmed,
    deleted,
    errors,
    list_url,
    logged_in,
    row,
    saved,
    shown,
    tokens,
    told,
    url,
)
from tests.chronicle.admin.restricted import LEANING, MARKER, Scene, has_marker

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def outsider(scene: Scene) -> Client:
    return logged_in(scene.outsider)


def citations_of(event: Event) -> list[dict[str, Any]]:
    return list(event.citations.order_by("pk").values())


def hidden_rows(scene: Scene) -> list[dict[str, Any]]:
    hidden = {scene.cited.pk, scene.leaning.pk, scene.moved.pk}
    return [each for each in citations_of(scene.event) if each["id"] in hidden]


def test_saving_an_event_leaves_citations_that_are_hidden_as_they_are(scene: Scene, outsider: Client) -> None:
    before, own = citations_of(scene.event), scene.event.citations.get(statement="It says so.")
    form = shown(outsider.get(url(scene.event)))
    assert (form["citations-TOTAL_FORMS"], form["citations-0-id"]) == ("1", str(own.pk))

    added = row("citations", 1, document=scene.seen.pk, aspect="description", stance="supports", statement="More.")
    response = saved(
        outsider, url(scene.event), title="Another title",
        **{"citations-0-statement": "It says more.", "citations-TOTAL_FORMS": "2"}, **added,
    )  # fmt: skip

    assert response.status_code == 302
    assert hidden_rows(scene) == [each for each in before if each["id"] != own.pk]
    assert [each["statement"] for each in citations_of(scene.event)] == [
        "It says more.",
        MARKER,
        LEANING,
        MARKER,
        "More.",
    ]


def test_number_of_a_hidden_row_that_a_form_names_is_nobodys(scene: Scene, outsider: Client) -> None:
    before = citations_of(scene.event)
    forged = row("citations", 1, id=scene.cited.pk, document=scene.seen.pk, stance="mentions", statement="Forged.")
    counts = {"citations-TOTAL_FORMS": "2", "citations-INITIAL_FORMS": "2"}

    response = saved(outsider, url(scene.event), **counts, **forged, **row("citations", 1, aspect="description"))

    assert not has_marker(response)
    assert citations_of(scene.event) == before


def test_hidden_document_is_no_choice(scene: Scene, outsider: Client) -> None:
    before = citations_of(scene.event)
    chosen = row("citations", 1, document=scene.document.pk, through=scene.document.pk, stance="mentions")

    response = saved(outsider, url(scene.event), **{"citations-TOTAL_FORMS": "2"}, **chosen)

    assert {"citations-1-document", "citations-1-through"} <= set(errors(response))
    assert not has_marker(response)
    assert citations_of(scene.event) == before


def test_change_of_a_hidden_citation_refuses_nobody_who_cannot_see_it(scene: Scene, outsider: Client) -> None:
    data = shown(outsider.get(url(scene.event)))
    Citation.objects.filter(pk=scene.cited.pk).update(statement=f"{MARKER} again")

    assert outsider.post(url(scene.event), data).status_code == 302
    without_token = outsider.post(url(scene.event), data | {"seen": "", "title": "Other"})
    assert (without_token.status_code, has_marker(without_token)) == (409, False)

    insider = logged_in(scene.insider)
    data = shown(insider.get(url(scene.event)))
    Citation.objects.filter(pk=scene.cited.pk).update(statement=f"{MARKER} once more")
    refused = insider.post(url(scene.event), data)
    assert (refused.status_code, has_marker(refused)) == (409, True)


@pytest.mark.parametrize("name", ["event", "place", "term", "agent", "seen"])
def test_record_on_which_hidden_rows_hang_is_not_the_outsiders_to_delete(
    scene: Scene, outsider: Client, name: str
) -> None:
    record = getattr(scene, name)

    page = outsider.get(url(record, "delete"))
    deleted(outsider, record)
    acted(outsider, type(record), "delete_selected", record, data={"post": "yes"})

    assert type(record).objects.filter(pk=record.pk).exists()
    assert not has_marker(page)


def test_records_on_which_hidden_rows_hang_are_not_the_outsiders_to_merge(scene: Scene, outsider: Client) -> None:
    other = make.event(title="The same")
    merging = {"id": [other.pk, scene.event.pk]}

    page = outsider.get(list_url(Event, "merge"), merging)
    sent = {**merging, "seen": page.context["seal"], "shown": page.context["shown"], "reason": "Twice."}
    refused = outsider.post(list_url(Event, "merge"), sent)

    assert "open to named groups only" in page.text
    assert "open to named groups only" in refused.text
    assert Event.objects.get(pk=scene.event.pk).merged_into is None
    made = merge(scene.event, other, reason="Twice.")
    made.changes["moved"] = {"chronicle.citation.event": [scene.cited.pk]}
    made.save()
    (words,) = told(confirmed(outsider, type(made), "undo", {"id": made.pk}, follow=True))
    assert "open to named groups only" in words
    made.refresh_from_db()
    assert made.undone_at is None


def test_slug_of_a_hidden_document_is_taken_by_nobody_that_is_named(scene: Scene, outsider: Client) -> None:
    slug = {"slug": scene.document.slug}

    of_outsider = saved(outsider, url(scene.seen), **slug)
    of_insider = saved(logged_in(scene.insider), url(scene.seen), **slug)

    assert errors(of_outsider)["slug"][0].startswith(f"Slug: “{scene.document.slug}” is taken.")
    assert f"is the address of “{scene.document}”" in errors(of_insider)["slug"][0]


def test_edition_of_a_hidden_document_is_not_listed_where_an_outsider_publishes(scene: Scene, outsider: Client) -> None:
    described = make.document(title_short=f"{MARKER} told", access="described", public_description="A testimony")
    event = make.event()
    make.citation(event, described)
    restrict(described, list(scene.insider.groups.filter(name="keepers")))
    page = list_url(Event, "publish")

    to_insider, to_outsider = (each.get(page, {"id": event.pk}) for each in (logged_in(scene.insider), outsider))
    response = outsider.post(page, {"id": event.pk, "kind": "wording", **tokens(to_outsider)}, follow=True)

    assert has_marker(to_insider)
    assert not has_marker(to_outsider)
    assert told(response) == [f"{event}: first edition"]


def test_going_back_leaves_what_is_hidden(scene: Scene, outsider: Client) -> None:
    before = hidden_rows(scene)
    saved(outsider, url(scene.event), title="Another title")
    history = outsider.get(url(scene.event, "history"))
    first = history.context["items"][-1].key
    address = f"{url(scene.event, 'restore')}?at={str(first).replace('+', '%2B')}"
    page = outsider.get(address)
    sent = {"seen": page.context["seen"], "shown": page.context["shown"], "reason": "Back."}

    assert outsider.post(address, sent).status_code == 302

    assert not has_marker(page)
    assert hidden_rows(scene) == before


def test_undeleting_brings_back_hidden_rows_and_names_none(scene: Scene, outsider: Client) -> None:
    event = make.event()
    hidden = make.citation(event, scene.document, statement=MARKER)
    number, address = event.pk, f"{list_url(Event)}{event.pk}/undelete/"
    deleted(logged_in(scene.insider), event)
    assert not Event.objects.filter(pk=number).exists()

    page = outsider.get(address)
    outsider.post(address, {"seen": page.context["seen"], "slug": event.slug, "reason": "Back."})

    assert not has_marker(page)
    assert Citation.objects.get(pk=hidden.pk).statement == MARKER


def test_history_of_a_citation_that_once_leaned_on_something_hidden_is_hidden_whole(
    scene: Scene, outsider: Client
) -> None:
    Citation.objects.filter(pk=scene.moved.pk).update(document=scene.seen)
    assert MARKER in outsider.get(url(scene.event)).text

    assert not has_marker(outsider.get(url(scene.event, "history")))


def test_counts_leave_out_what_is_hidden(scene: Scene, outsider: Client) -> None:
    def counted(client: Client) -> tuple[int, int, int]:
        events = client.get(list_url(Event)).context["cl"].result_list
        terms = client.get(list_url(type(scene.term))).context["cl"].result_list
        citations = client.get(list_url(Citation)).context["cl"].result_count
        return events[0].citation_count, terms[0].use_count, citations  # of which one has no quotation

    assert counted(outsider) == (1, 0, 0)
    assert counted(logged_in(scene.insider)) == (4, 1, 3)


def test_event_with_nothing_hidden_is_deleted_as_before(scene: Scene, outsider: Client) -> None:
    event = make.event()
    make.citation(event, scene.seen)

    deleted(outsider, event)

    assert not Event.objects.filter(pk=event.pk).exists()
