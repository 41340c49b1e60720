"""What the desk says of a date or a figure while it is typed."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.chronicle.admin.desk import contributor, logged_in


@pytest.fixture
def curator(db: None) -> Client:
    return logged_in(contributor())


def told(client: Client, **question: Any) -> tuple[str, bool]:
    answer = client.get("/admin/understood/", question)
    assert answer.status_code == 200
    return answer.json()["words"], answer.json()["is_refused"]


def test_date_is_told_in_words_with_its_bounds(curator: Client) -> None:
    assert told(curator, **{"as": "date", "text": " 2020-10~ "}) == (
        "understood as: about October 2020 (1 October 2020 – 31 October 2020)",
        False,
    )
    assert told(curator, **{"as": "date", "text": ""}) == ("", False)


def test_figure_is_told_as_its_unit_has_it(curator: Client) -> None:
    person, area = factories.unit(), factories.unit(slug="hectare", counts_whole_things=False)

    assert told(curator, **{"as": "figure", "text": "more than 80", "unit": person.pk}) == (
        "understood as: from 81 without an upper end, counted in persons",
        False,
    )
    assert told(curator, **{"as": "figure", "text": "more than 80", "unit": area.pk})[0].endswith(
        "measured in hectares"
    )
    assert told(curator, **{"as": "figure", "text": "more than 80"}) == (
        "understood as: from just over 80 without an upper end",
        False,
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"as": "date", "text": "28/05/1920"}, "Write for example"),
        ({"as": "date", "text": "2020\x00"}, "Null characters"),
        ({"as": "date", "text": "2" * 5000}, "at most"),
        ({"as": "figure", "text": "eighty or so many"}, "Right are:"),
        ({"as": "figure", "text": "1\x00"}, "Right are:"),
        ({"as": "figure", "text": "9" * 5000, "unit": "9" * 99}, "longer than 100"),
        ({"as": "figure", "text": "lots", "unit": "²"}, "Right are:"),
    ],
)
def test_what_is_refused_is_told_with_the_next_step(curator: Client, question: dict[str, str], words: str) -> None:
    message, is_refused = told(curator, **question)

    assert is_refused
    assert words in message


def test_nothing_else_is_explained_and_to_nobody_else(curator: Client) -> None:
    assert curator.get("/admin/understood/", {"as": "place"}).status_code == 400
    assert curator.post("/admin/understood/", {"as": "date", "text": "2020"}).status_code == 405
    assert Client().get("/admin/understood/", {"as": "date", "text": "2020"}).status_code == 302
