"""A public site on a copy that hears nothing says so, or answers no more; on the main server it says nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client, override_settings

from chronicle import lateness
from chronicle.publication import publish
from tests import factories as make
from tests.chronicle.views.reading import text
from tests.chronicle.walls.sessions import session, superuser

CHANGED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
NOTICE = "last brought up to date on 1 March 2026, 12:30 (UTC)"


@pytest.fixture
def readers(published: None) -> Iterator[Client]:
    event = make.cited_event(slug="ceasefire")
    publish([event])
    with session("owner") as owner:
        owner.execute("UPDATE published.chronicle_change SET made_at = %s", [CHANGED])
        owner.commit()
    lateness.seen.clear()
    yield Client()
    lateness.seen.clear()


@pytest.fixture
def copy(readers: Client) -> Iterator[Client]:
    """A database that is a logical replica, by its catalogue, whose main server is not to be reached."""
    with superuser() as session_of_superuser:
        session_of_superuser.execute(
            "CREATE SUBSCRIPTION test_copy CONNECTION 'host=nowhere' PUBLICATION chronicle_published "
            "WITH (connect = false, enabled = false, slot_name = NONE)"
        )
        yield readers
        session_of_superuser.execute("DROP SUBSCRIPTION test_copy")


@override_settings(LATE_TOLD_AFTER=60, LATE_REFUSED_AFTER=3600)
def test_main_server_is_never_late(readers: Client) -> None:
    for _ in range(2):
        response = readers.get("/events/ceasefire/")

        assert response.status_code == 200
        assert "brought up to date" not in text(response)
        assert "ETag" in response.headers


@override_settings(LATE_TOLD_AFTER=60)
def test_late_copy_says_until_when_it_is_whole_and_nobody_keeps_the_page(copy: Client) -> None:
    page, data, again = (
        copy.get("/events/ceasefire/"),
        copy.get("/api/events"),
        copy.get("/events/ceasefire/", headers={"If-None-Match": "*"}),
    )

    assert NOTICE in text(page)
    assert 'class="late" role="status"' in page.content.decode()
    assert (data.status_code, data["Chronicle-Whole-Until"]) == (200, "2026-03-01T12:30:00+00:00")
    assert again.status_code == 200
    assert all(one["Cache-Control"] == "no-store" and "ETag" not in one.headers for one in (page, data, again))


@override_settings(LATE_TOLD_AFTER=0, LATE_REFUSED_AFTER=0)
def test_copy_that_is_not_watched_says_nothing(copy: Client) -> None:
    response = copy.get("/events/ceasefire/")

    assert response.status_code == 200
    assert NOTICE not in text(response)


@override_settings(LATE_TOLD_AFTER=60, LATE_REFUSED_AFTER=3600)
def test_copy_that_is_too_late_answers_no_more_and_is_not_ready(copy: Client) -> None:
    page, data, ready = copy.get("/events/ceasefire/"), copy.get("/api/events"), copy.get("/health/ready")

    assert [one.status_code for one in (page, data, ready)] == [503, 503, 503]
    assert "has not been brought up to date for too long" in text(page)
    assert "Too much" not in text(page)
    assert page["Retry-After"] == "10"
    assert ready.json()["databases"] == {"readers": False, "desk": True}


@override_settings(LATE_TOLD_AFTER=60, LATE_REFUSED_AFTER=3600)
def test_copy_is_as_new_as_it_was_seen_to_be(copy: Client) -> None:
    lateness.seen["published"] = datetime.now(UTC)

    response = copy.get("/events/ceasefire/")

    assert response.status_code == 200
    assert NOTICE not in text(response)
