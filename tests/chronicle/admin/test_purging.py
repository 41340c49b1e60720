"""The page that purges words: it asks twice, keeps nothing of them, and tells the record by the name it is left."""

from typing import Any

import pytest

from chronicle.models import Event
from tests import factories as make
from tests.chronicle.admin.desk import confirmed, told
from tests.chronicle.test_purging import TOKEN, tables_with


def test_editor_purges_words_and_is_not_shown_them_again(committed_desk: Any) -> None:
    event = make.event(title=TOKEN)
    answers = {"id": event.pk, "words": TOKEN, "reason": "Order of a court.", "is_sure": "on"}

    response = confirmed(committed_desk, Event, "purge", answers, follow=True)

    assert told(response) == [f"[removed {event.pk}]: 1 field erased"]
    assert "Zyxwvut" not in response.content.decode()
    assert tables_with(TOKEN) == set()


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"words": TOKEN, "reason": f"It names {TOKEN.upper()}.", "is_sure": "on"}, ["reason"]),
        ({"words": TOKEN, "reason": "Order of a court."}, ["is_sure"]),
        ({"words": "ab", "reason": "Order of a court.", "is_sure": "on"}, ["words"]),
        ({"words": "a\x00b\x01", "reason": "Order of a court.", "is_sure": "on"}, ["words"]),
        ({}, ["words", "reason", "is_sure"]),
    ],
)
def test_page_asks_again_where_an_answer_is_wrong(desk: Any, answers: dict[str, str], fields: list[str]) -> None:
    event = make.event(title=TOKEN)

    response = confirmed(desk, Event, "purge", {"id": event.pk, **answers})

    assert list(response.context["form"].errors) == fields
    assert Event.objects.get(pk=event.pk).title == TOKEN
