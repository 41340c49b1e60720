"""The page that purges words: it asks twice, keeps nothing of them, and tells the record by the name it is left."""

from typing import Any

import pytest

from chronicle.models import Event
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import confirmed, list_url, told
from tests.chronicle.test_purging import TOKEN, tables_with


def test_editor_purges_words_and_is_not_shown_them_again(committed_desk: Any) -> None:
    event = make.event(title=TOKEN)
    answers = {"id": event.pk, "words": TOKEN, "reason": "Order of a court.", "is_sure": "on"}

    response = confirmed(committed_desk, Event, "purge", answers, follow=True)

    assert told(response) == [f"[removed {event.pk}]: 1 field erased"]
    assert "Zyxwvut" not in response.content.decode()
    assert tables_with(TOKEN) == set()


def test_editor_purges_a_whole_record_and_is_told_its_number(committed_desk: Any) -> None:
    event = make.event(title=TOKEN)
    number, answers = event.pk, {"id": event.pk, "reason": "Order of a court.", "is_sure": "on"}

    response = confirmed(committed_desk, Event, "purge-whole", answers, follow=True)

    assert told(response) == [f"[removed {number}]: gone for good"]
    assert response.redirect_chain[-1][0] == "/admin/chronicle/event/"
    assert "Zyxwvut" not in response.content.decode()
    assert tables_with(TOKEN) == set()


def test_page_says_what_leans_on_a_record_and_purges_nothing(desk: Any) -> None:
    document = make.document(title=TOKEN)
    make.citation(make.event(), document)

    page = desk.get(list_url(Document, "purge-whole"), {"id": document.pk})
    confirmed(desk, Document, "purge-whole", {"id": document.pk, "reason": "Order of a court.", "is_sure": "on"})

    assert "Others lean on it (Citations: 1)" in page.content.decode()
    assert Document.objects.get(pk=document.pk).title == TOKEN


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
