from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.figures import Figure, FigureError, parse_figure

RANGES = [
    ("3,773", NumericRange(Decimal(3773), Decimal(3773), "[]")),
    ("at least 7,000", NumericRange(Decimal(7000), None, "[)")),
    ("more than 80", NumericRange(Decimal(80), None, "()")),
    ("less than 90", NumericRange(Decimal(0), Decimal(90), "[)")),
    ("(,90]", NumericRange(None, Decimal(90), "(]")),
]


@pytest.mark.parametrize(("words", "stored"), RANGES)
def test_figure_becomes_a_range_and_comes_back(words, stored):
    figure = parse_figure(words, counts_whole_things=False)
    assert figure.as_range() == stored
    assert Figure.from_range(stored) == figure


def test_figure_from_range_takes_that_it_is_approximate_from_beside():
    figure = Figure.from_range(NumericRange(Decimal(5), Decimal(5), "[]"), is_approximate=True)
    assert figure == parse_figure("about 5")


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        (NumericRange(empty=True), "an empty range holds no number"),
        (NumericRange(None, None), "open at both ends"),
        (NumericRange(Decimal(-1), None), "below 0"),
        (NumericRange(Decimal(0), Decimal("Infinity")), "not infinite"),
        (NumericRange(Decimal("NaN"), None), "not infinite"),
        (NumericRange(Decimal(5), Decimal(5), "[)"), "no number is left"),
    ],
)
def test_figure_from_range_refuses_what_is_no_figure(stored, reason):
    with pytest.raises(FigureError, match=reason):
        Figure.from_range(stored)


def test_figure_with_an_open_end_does_not_include_it():
    figure = Figure(Decimal(5), None)
    assert (figure.lower_inclusive, figure.upper_inclusive) == (True, False)


def test_figure_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Figure(Decimal(5), None).lower = Decimal(6)


def test_figure_of_whole_things_moves_excluded_ends_by_one():
    measured = Figure(Decimal("80.0"), Decimal(90), lower_inclusive=False, upper_inclusive=False)
    assert measured.of_whole_things() == Figure(Decimal(81), Decimal(89))


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "stored"), RANGES)
def test_figure_survives_a_numrange_of_the_database(words, stored):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::numrange", [parse_figure(words, counts_whole_things=False).as_range()])
        assert cursor.fetchone() == (stored,)
