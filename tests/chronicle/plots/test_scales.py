"""Axes: numbers from zero, days from any year to any other, ticks at round places."""

from decimal import Decimal

import pytest

from chronicle.plots.scales import DateScale, FigureScale
from sources.edtf import Day, parse


@pytest.mark.parametrize(
    ("ends", "is_open", "high", "names"),
    [
        ([2000, 3773, 7000], True, 8000, ["0", "2,000", "4,000", "6,000", "8,000"]),
        ([3000], False, 3000, ["0", "1,000", "2,000", "3,000"]),
        ([0], False, 1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ([], True, Decimal("1.5"), ["0", "0.5", "1", "1.5"]),
        ([Decimal("0.35")], False, Decimal("0.4"), ["0", "0.1", "0.2", "0.3", "0.4"]),
        ([10**15], False, 10**15, ["0", *(f"{n}00,000,000,000,000" for n in (2, 4, 6, 8)), "1,000,000,000,000,000"]),
    ],
)
def test_axis_of_figures_begins_at_zero_and_has_round_ticks(ends, is_open, high, names):
    scale = FigureScale.over(map(Decimal, ends), is_open=is_open)

    assert (scale.low, scale.high) == (0, high)
    assert [tick.name for tick in scale.ticks(6)] == names


def test_fewer_ticks_where_there_is_less_room():
    scale = FigureScale.over([Decimal(8000)])

    assert [tick.name for tick in scale.ticks(3)] == ["0", "5,000"]
    assert [tick.name for tick in scale.ticks(0)] == ["0", "5,000"]


def scale_of(*dates, **opens):
    days = [day for date in dates for day in parse(date).bounds if day]
    return DateScale.over(days, **opens)


@pytest.mark.parametrize(
    ("dates", "first", "beyond", "names"),
    [
        (
            ["2020-10-09", "2020-10-10"],
            "2020-10-08",
            "2020-10-12",
            ["8 October", "9 October", "10 October", "11 October"],
        ),
        (
            ["2020-02-28", "2020-03-01"],
            "2020-02-27",
            "2020-03-03",
            [f"{n} February" for n in (27, 28, 29)] + ["1 March", "2 March"],
        ),
        (
            ["2020-09-27/2020-11-10"],
            "2020-09-27",
            "2020-11-12",
            ["1 October", "10 October", "20 October", "1 November", "10 November"],
        ),
        (["1991", "2020-11-10"], "1990-01-01", "2022-01-01", ["1990", "2000", "2010", "2020"]),
        (["-0043-03-15", "-0042"], "-0043-03-01", "-0041-01-01", ["July", "January", "July"]),
        (["Y-170000002", "2020"], "-180000000-01-01", "10000000-01-01", None),
    ],
)
def test_axis_of_days_begins_and_ends_at_units_of_the_calendar(dates, first, beyond, names):
    scale = scale_of(*dates)

    assert (str(scale.first), str(scale.beyond)) == (first, beyond)
    if names:
        assert [tick.name for tick in scale.ticks(5)] == names


def test_year_stands_under_the_first_day_of_it():
    scale = scale_of("2019-12-31", "2020-01-02")

    assert [(tick.name, tick.under) for tick in scale.ticks(6)] == [
        ("30 December", "2019"),
        ("31 December", ""),
        ("1 January", "2020"),
        ("2 January", ""),
        ("3 January", ""),
    ]


def test_side_on_which_something_is_open_has_room_for_an_arrow():
    assert str(scale_of("2020-10-01/2020-10-10", opens_before=True).first) == "2020-09-29"
    assert str(scale_of("2020-10-01/2020-10-10", opens_after=True).beyond) == "2020-10-13"


def test_days_are_named_in_their_middle():
    (tick, *_rest) = scale_of("2020-10-09", "2020-10-10").ticks(5)

    assert (tick.at, tick.named_at) == (Day(2020, 10, 8).ordinal, Day(2020, 10, 8).ordinal + Decimal("0.5"))
