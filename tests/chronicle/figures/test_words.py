from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.figures import Figure, FigureError, figure_words, parse_figure, whole_figure_words

GOLDEN = [
    ("none", "none"),
    ("3773", "3,773"),
    ("about a million", "about 1,000,000"),
    ("about 0", "about 0"),
    ("at least 7,000 to 8,000", "at least 7,000"),
    ("more than 80", "at least 81"),
    ("up to 20,000", "up to 20,000"),
    ("not more than 20,000", "up to 20,000"),
    ("fewer than 10", "up to 9"),
    ("7000..8000", "7,000 to 8,000"),
    ("about 50-60", "about 50 to 60"),
    ("at least about 50", "at least about 50"),
    ("thousands", "at least 2,000"),
    ("0..", "at least 0"),
    ("(,90]", "(,90]"),
]

GOLDEN_MEASURED = [
    ("more than 80", "more than 80"),
    ("less than 10.5", "less than 10.5"),
    ("(80,90]", "more than 80 and up to 90"),
    ("[80,90)", "at least 80 and less than 90"),
    ("(80,90)", "more than 80 and less than 90"),
    ("about (1000,2000)", "more than about 1,000 and less than about 2,000"),
    ("(0,)", "more than 0"),
    ("(,90)", "(,90)"),
    ("about (,90]", "about (,90]"),
]


@pytest.mark.parametrize(("typed", "words"), GOLDEN)
def test_figure_words_of_whole_things(typed, words):
    assert figure_words(parse_figure(typed)) == words


@pytest.mark.parametrize(("typed", "words"), GOLDEN_MEASURED)
def test_figure_words_of_measured_things(typed, words):
    assert figure_words(parse_figure(typed, counts_whole_things=False)) == words


@st.composite
def figures(draw, numbers, flags):
    lower = draw(st.none() | numbers)
    upper = draw(st.none() | numbers.filter(lambda end: lower is None or end >= lower))
    try:
        return Figure(lower, upper, draw(flags), draw(flags), draw(st.booleans()))
    except FigureError:
        return Figure(Decimal(5), None)  # open at both ends, or nothing left


WHOLE = st.integers(0, 10**15).map(Decimal) | st.integers(0, 30).map(Decimal)
MEASURED = st.decimals(0, 10**12, places=6) | st.integers(0, 30).map(Decimal)


@given(figures(WHOLE, st.just(True)))
def test_figure_words_read_back_as_the_same_whole_figure(figure):
    assert parse_figure(figure_words(figure)) == figure


@given(figures(MEASURED, st.booleans()))
def test_figure_words_read_back_as_the_same_measured_figure(figure):
    assert parse_figure(figure_words(figure), counts_whole_things=False) == figure


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("at least 250,001", "more than 250,000"),
        ("at least 81", "more than 80"),
        ("at least 82", "at least 82"),
        ("at least 1", "at least 1"),
        ("at least 7,000", "at least 7,000"),
        ("81 to 90", "81 to 90"),
        ("more than 80 and up to 90", "81 to 90"),
        ("none", "none"),
        ("up to 81", "up to 81"),
    ],
)
def test_whole_things_are_told_as_more_than_a_round_number(words, told):
    assert whole_figure_words(parse_figure(words)) == told
