"""Many events changed at once: foreseen row by row, refused where a rule would break, with its reason on record."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from chronicle.admin import reworking
from chronicle.models import Event
from tests import factories as make
from tests.chronicle.admin.desk import acted, curator, list_url, logged_in, told
from tests.factories.whole import revisions

PAGE = list_url(Event, "rework")


def looked(client: Client, events: list[Event], **answers: Any) -> Any:
    return client.post(PAGE, {"id": [event.pk for event in events], "look": "1", **answers})


def confirmed(client: Client, events: list[Event], **answers: Any) -> Any:
    """Look at what would change, then confirm what was shown."""
    page = looked(client, events, **answers)
    shown = {"shown": page.context["shown"], "seen": page.context["seal"], "confirm": "1"}
    return client.post(PAGE, {"id": [event.pk for event in events], **answers, **shown})


def rows(page: Any) -> list[tuple[str, dict[str, tuple[str, str]], bool]]:
    return [
        (str(change.event), {k: (str(a), str(b)) for k, (a, b) in change.values.items()}, bool(change.refused))
        for change in page.context["changes"]
    ]


def errors(page: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in page.context["form"].errors.items()}


@pytest.fixture
def events(db: None) -> list[Event]:
    return [make.event(title=f"Event {number}") for number in range(3)]


def test_marked_events_are_led_to_the_page_that_shows_them(desk: Any, events: list[Event]) -> None:
    response = acted(desk, Event, "rework", *events[:2])

    page = desk.get(response.url)
    assert page.status_code == 200
    assert [str(event) for event in page.context["events"]] == ["Event 0", "Event 1"]
    assert page.context["changes"] == []
    assert 'name="confirm"' not in page.text


def test_what_would_change_is_shown_before_it_does(desk: Any, events: list[Event]) -> None:
    whole, strike = make.event(title="War"), make.kind(slug="strike", name="strike")
    Event.objects.filter(pk=events[2].pk).update(kind=strike, parent=whole)

    page = looked(desk, events[1:], kind=strike.pk, parent=whole.pk)

    changed = {"kind": ("battle", "strike"), "parent": ("None", "War")}
    assert rows(page) == [("Event 1", changed, False), ("Event 2", {}, False)]
    assert ("<del>battle</del> → <ins>strike</ins>" in page.text, "stays as it is" in page.text) == (True, True)
    assert Event.objects.filter(kind=strike).count() == 1


def test_change_is_made_of_all_and_recorded_with_its_reason(desk: Any, events: list[Event]) -> None:
    whole, strike = make.event(title="War"), make.kind(slug="strike", name="strike")

    response = confirmed(desk, events, kind=strike.pk, parent=whole.pk, reason="One list of strikes.")

    assert (response.status_code, response.url) == (302, list_url(Event))
    assert set(Event.objects.exclude(pk=whole.pk).values_list("kind__slug", "parent")) == {("strike", whole.pk)}
    contexts = [each.pgh_context.metadata for each in revisions(Event).filter(pgh_label="update")]
    assert [context["reason"] for context in contexts] == ["One list of strikes."] * 3

    confirmed(desk, events, is_apart="on")
    assert set(Event.objects.values_list("parent", flat=True)) == {None}


def test_event_is_not_made_part_of_itself_and_the_others_are_changed(desk: Any, events: list[Event]) -> None:
    inner = make.event(title="Inner", parent=events[0])

    page = looked(desk, events, parent=inner.pk)
    assert [(title, refused) for title, _values, refused in rows(page)] == [
        ("Event 0", True), ("Event 1", False), ("Event 2", False),
    ]  # fmt: skip
    response = desk.get(confirmed(desk, events, parent=inner.pk).url)

    assert [event.parent_id for event in Event.objects.order_by("pk")] == [None, inner.pk, inner.pk, events[0].pk]
    assert "Event 0: Part of: this would make the event a part of itself; choose a larger one." in told(response)


def test_stale_page_changes_nothing_and_says_what_was_saved(desk: Any, events: list[Event]) -> None:
    strike = make.kind(slug="strike", name="strike")
    page = looked(desk, events, kind=strike.pk)
    events[0].title = "Saved meanwhile"
    events[0].save()

    sent = {"shown": page.context["shown"], "seen": page.context["seal"], "confirm": "1", "kind": strike.pk}
    response = desk.post(PAGE, {"id": [event.pk for event in events], **sent})

    assert response.status_code == 200
    assert not Event.objects.filter(kind=strike).exists()
    assert "Saved meanwhile" in " ".join(errors(response)["__all__"])


def test_only_what_was_shown_is_confirmed(desk: Any, events: list[Event]) -> None:
    strike, losses = make.kind(slug="strike", name="strike"), make.kind(slug="losses", name="losses")
    page = looked(desk, events, kind=strike.pk)
    seen = {"shown": page.context["shown"], "seen": page.context["seal"], "confirm": "1"}
    numbers = [event.pk for event in events]

    for sent in (
        {**seen, "kind": losses.pk},
        {**seen, "kind": strike.pk, "id": numbers[:2]},
        {"confirm": "1", "kind": strike.pk},
    ):
        assert desk.post(PAGE, {"id": numbers, **sent}).status_code == 200
    forged = {**seen, "shown": "forged", "kind": strike.pk}
    assert desk.post(PAGE, {"id": numbers, **forged}).status_code == 200

    assert set(Event.objects.values_list("kind__slug", flat=True)) == {"battle"}


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "__all__"),
        ({"kind": "x"}, "kind"),
        ({"kind": "9" * 40}, "kind"),
        ({"parent": "x"}, "parent"),
        ({"parent": "9" * 40}, "parent"),
        ({"parent": "a\x00b"}, "parent"),
        ({"kind": "\x00"}, "kind"),
        ({"is_apart": "on", "parent": "whole"}, "is_apart"),
        ({"is_apart": "on", "reason": "x" * 301}, "reason"),
    ],
)
def test_answer_that_is_none_is_told_beside_its_field(
    desk: Any, events: list[Event], answers: dict[str, str], field: str
) -> None:
    whole = make.event()

    page = looked(
        desk, events, **{name: str(whole.pk) if value == "whole" else value for name, value in answers.items()}
    )

    assert page.status_code == 200
    assert list(errors(page)) == [field]
    assert page.context["changes"] == []


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "²", "a\x00b"])
def test_no_events_lead_back_to_the_list(desk: Any, typed: str) -> None:
    assert desk.get(PAGE, {"id": typed}).url == list_url(Event)


@pytest.mark.parametrize(("role", "state"), [("contributor", "in_review"), ("editor", "ready")])
def test_what_was_ready_goes_back_to_review_by_a_contributor(db: None, role: str, state: str) -> None:
    event, strike = make.event(state="ready"), make.kind(slug="strike", name="strike")
    client = logged_in(curator(role))

    confirmed(client, [event], kind=strike.pk)

    event.refresh_from_db()
    assert (event.kind, event.state) == (strike, state)


def test_strangers_and_lookers_change_nothing(db: None, events: list[Event]) -> None:
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_event"))
    sent = {"id": events[0].pk, "is_apart": "on", "confirm": "1"}

    assert logged_in(looker).post(PAGE, sent).status_code == 403
    assert Client().post(PAGE, sent).status_code == 302
    assert 'value="rework"' not in logged_in(looker).get(list_url(Event)).text


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_as_often_for_one_event_as_for_three(
    desk: Any, events: list[Event], django_assert_num_queries: Any, rows: int
) -> None:
    whole = make.event()

    with django_assert_num_queries(8):
        looked(desk, events[:rows], parent=whole.pk)


def test_too_many_are_refused_before_their_numbers_fill_an_address(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reworking, "MOST_IN_ADDRESS", 2)
    events = [make.event() for _ in range(3)]

    response = acted(desk, Event, "rework", *events)

    assert response.url == list_url(Event)
    assert "More than 2 are marked" in " ".join(told(desk.get(response.url)))
    page = desk.get(PAGE, {"id": [event.pk for event in events]})
    assert page.context["events"] == events[:2]
    assert "You asked for 3, and at most 2 go at once" in page.text
