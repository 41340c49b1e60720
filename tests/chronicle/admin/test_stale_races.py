"""Two savers in the same moment: one wins, the other is asked; and deadlocks are told as what they are."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connections
from django.test import Client
from psycopg import errors

from chronicle.models import Event
from sources.admin.refusals import refusal
from tests import factories
from tests.chronicle.admin.desk import curator, logged_in, row, shown, url

ROUNDS = 50


@pytest.fixture
def both(published: None) -> list[Client]:
    """Two curators on committed rows."""
    return [logged_in(get_user_model().objects.create_superuser("curator")), logged_in(curator("contributor", "anna"))]


def at_once(both: list[Client], event: Event, forms: list[dict[str, Any]]) -> list[Any]:
    """Send both forms in the same moment."""
    start = Barrier(len(both))

    def send(client: Client, form: dict[str, Any]) -> Any:
        start.wait()
        try:
            return client.post(url(event), form)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(both)) as pool:
        return list(pool.map(send, both, forms))


CHANGES = {
    "title": lambda name: {"title": f"By {name}"},
    "citation": lambda name: row("citations", 0, statement=f"By {name}"),
    "apart": lambda name: {"title": "By one"} if name == "one" else row("citations", 0, statement="By two"),
    "deleted": lambda name: row("citations", 0, DELETE="on") if name == "one" else {"title": "By two"},
    "new": lambda name: row("names", 0, name=f"By {name}", language="en") | {"names-TOTAL_FORMS": "1"},
}


def test_of_two_saves_at_once_one_wins_and_the_other_is_asked(both: list[Client]) -> None:
    answers: list[list[int]] = []
    kept: list[bool] = []
    for number in range(ROUNDS):
        event = factories.cited_event(title="Base")
        change = list(CHANGES.values())[number % len(CHANGES)]
        forms = [
            shown(client.get(url(event))) | change(name) for client, name in zip(both, ("one", "two"), strict=True)
        ]
        before = {row.pk for row in event.revisions.all()}

        responses = at_once(both, event, forms)

        answers.append(sorted(response.status_code for response in responses))
        (refused,) = [response for response in responses if response.status_code == 409] or [None]
        kept.append(refused is not None and bool(refused.context["conflict"]["groups"]))
        assert event.revisions.exclude(pk__in=before).count() <= 1

    assert answers == [[302, 409]] * ROUNDS
    assert all(kept)


def test_of_two_identical_saves_at_once_both_are_content(both: list[Client]) -> None:
    for _ in range(5):
        event = factories.cited_event(title="Base")
        new = row("names", 0, name="Mine", language="en") | {"names-TOTAL_FORMS": "1", "title": "Mine"}
        form = shown(both[0].get(url(event))) | new

        responses = at_once([both[0], both[0]], event, [form, form])

        assert [response.status_code for response in responses] == [302, 302]
        assert (Event.objects.get(pk=event.pk).title, event.names.count()) == ("Mine", 1)


def test_deadlock_is_told_with_the_next_step() -> None:
    error = OperationalError()
    error.__cause__ = errors.DeadlockDetected()

    assert "Save again." in (refusal(error) or "")
