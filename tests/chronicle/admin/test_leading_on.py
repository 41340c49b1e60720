"""Where the form of an event leads after saving: to the next event of the list from which it was opened."""

from typing import Any
from urllib.parse import urlencode

import pytest

from chronicle.models import Event
from tests import factories
from tests.chronicle.admin.desk import saved, url


def opened(event: Event, **filters: str) -> str:
    """The form of an event, as a row of a list with these filters leads to it."""
    return f"{url(event)}?{urlencode({'_changelist_filters': urlencode(filters)})}"


def test_next_is_the_event_after_this_one_in_the_list_as_it_was_opened(desk: Any) -> None:
    first, skipped, second = (factories.event(title=title) for title in ("A", "B", "C"))
    Event.objects.filter(pk=skipped.pk).update(state="ready")

    response = saved(desk, opened(first, state="draft", o="1"), state="ready", _next="yes")

    assert response.url == opened(second, state="draft", o="1")
    assert Event.objects.get(pk=first.pk).state == "ready"


def test_without_a_list_it_is_the_next_of_all_and_after_the_last_the_list(desk: Any) -> None:
    older, newer = factories.event(), factories.event()

    assert saved(desk, url(newer), _next="yes").url == url(older)
    assert saved(desk, url(older), _next="yes").url.endswith("/chronicle/event/")


@pytest.mark.parametrize("filters", ["state__nonsense=1", "date_range__overlap=1", "p=x", "\x00", "e=1"])
def test_list_that_cannot_be_shown_has_no_next(desk: Any, filters: str) -> None:
    event = factories.event()

    response = saved(desk, f"{url(event)}?{urlencode({'_changelist_filters': filters})}", _next="yes")

    assert response.status_code == 302
