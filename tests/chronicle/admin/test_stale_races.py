"""Two savers in the same moment: one wins, the other is asked; and deadlocks are told as what they are."""

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.test import Client
from psycopg import errors

from chronicle.models import Event
from sources.admin.refusals import refusal
from tests import factories
from tests.chronicle.admin.desk import curator, logged_in, row, shown, url
from tests.chronicle.admin.races import CHANGES, at_once, raced

RACES_OF_A_KIND = 10
"""A thousand are let run by `python -m tests.benchmarks.races`."""


@pytest.fixture
def both(published: None) -> list[Client]:
    """Two curators on committed rows."""
    return [logged_in(get_user_model().objects.create_superuser("curator")), logged_in(curator("contributor", "anna"))]


def test_of_two_saves_at_once_one_wins_and_the_other_is_asked(both: list[Client]) -> None:
    races = [raced(both, kind) for kind in CHANGES for _ in range(RACES_OF_A_KIND)]

    assert [race.answers for race in races] == [(302, 409)] * len(races)
    assert sum(race.lost for race in races) == 0
    assert all(race.is_told for race in races)


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
