import pytest

from sources.admin.widgets import EDTFInput, understood


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020-10-10", "understood as: 10 October 2020"),
        (
            "[2020-07-12..2020-07-15]",
            "understood as: between 12 and 15 July 2020 (12 July 2020 – 15 July 2020)",
        ),
        ("2020-09-27/..", "understood as: from 27 September 2020 on (27 September 2020 – no last day)"),
        ("../1991", "understood as: until 1991 (no first day – 31 December 1991)"),
        ("-0043", "understood as: 44 BC (1 January 44 BC – 31 December 44 BC)"),
        ("28/05/1920", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_date_is_told_as_it_was_understood(text: str | None, words: str) -> None:
    assert understood(text) == words


def test_year_of_many_digits_is_told_too() -> None:
    assert understood("Y17000").endswith("17000-12-31)")


def test_line_shows_what_was_typed_as_text() -> None:
    shown = EDTFInput().render("date", '"><script>')

    assert "<script>" not in shown
    assert "&quot;&gt;&lt;script&gt;" in shown
