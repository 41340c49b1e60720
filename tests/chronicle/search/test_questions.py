"""What may be meant by what somebody types."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.search import Question, read


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("17 October 2020", "2020-10-17"),
        ("17th of october, 2020", "2020-10-17"),
        ("on 7 Oct. 2020", "2020-10-07"),
        ("October 17, 2020", "2020-10-17"),
        ("oct 17 2020", "2020-10-17"),
        ("17.10.2020", "2020-10-17"),
        ("October 2020", "2020-10"),
        ("in October 2020", "2020-10"),
        ("9–12 October 2020", "2020-10-09/2020-10-12"),
        ("9 to 12 October 2020", "2020-10-09/2020-10-12"),
        ("2020-10-17", "2020-10-17"),
        ("2020-10~", "2020-10~"),
        ("2020-09-27/2020-11-10", "2020-09-27/2020-11-10"),
        ("2020", "2020"),
        ("202X", "202X"),
    ],
)
def test_dates_are_read_in_words_and_in_edtf(typed, edtf):
    date = read(typed).date

    assert date is not None
    assert date.text == edtf


@pytest.mark.parametrize(
    "typed", ["", "Shusha", "17 Oktember 2020", "31 February 2020", "3,773", "0.13.2020", "12 October", "9–4 May 2020"]
)
def test_what_is_no_date_is_none(typed):
    assert read(typed).date is None


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("3,773", 3773, 3773),
        ("3773", 3773, 3773),
        ("more than 80", 80, None),
        ("up to 20,000", 0, 20000),
        ("7,000 to 8,000", 7000, 8000),
        ("3,773 servicemen", 3773, 3773),
        ("more than 80 people killed", 80, None),
    ],
)
def test_figures_are_read_with_words_behind_them(typed, low, high):
    figure = read(typed).figure

    assert figure is not None
    assert (figure.lower, figure.upper) == (Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize("typed", ["", "Shusha", "17 October 2020", "many people", "the 44-day war", "one of them"])
def test_what_is_no_figure_is_none(typed):
    assert read(typed).figure is None


def test_year_is_a_date_and_a_figure():
    question = read("2020")

    assert question.date is not None
    assert question.figure is not None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("E147", ("E", 147)), ("e147", ("E", 147)), ("C 1187", ("C", 1187)), ("X12", None), ("E", None), ("E1x", None)],
)
def test_numbers_of_events_and_assertions_are_read(typed, number):
    assert read(typed).number == number


@pytest.mark.parametrize("typed", ["E" + "9" * 19, "E٣"])
def test_numbers_that_no_row_can_have_are_none(typed):
    assert read(typed).number is None


def test_text_is_tidied():
    assert read(" \x00 Shusha\t\ud800 now ").text == "Shusha now"
    assert not read(" \x00\n ")
    assert len(read("x" * 5000).text) == 200


@given(st.text(max_size=300))
def test_nothing_that_can_be_typed_is_refused(typed):
    question = read(typed)

    assert isinstance(question, Question)
    question.text.encode()
    assert "\x00" not in question.text
