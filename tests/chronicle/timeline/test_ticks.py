"""Ticks: few, round, and named as historians count."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.timeline import Window, ticks
from chronicle.timeline.ticks import MOST
from sources.edtf import Day

quick = settings(database=None, deadline=None)


def labels(first, last):
    return [tick.label for tick in ticks(Window(first.ordinal, last.ordinal))]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (Day(2020, 10, 1), Day(2020, 10, 31), ["1 Oct", "5 Oct", "10 Oct", "15 Oct", "20 Oct", "25 Oct"]),
        (Day(2020, 10, 9), Day(2020, 10, 11), ["9 Oct", "10 Oct", "11 Oct"]),
        (Day(2020, 1, 1), Day(2020, 12, 31), ["Jan 2020", "Mar", "May", "Jul", "Sep", "Nov"]),
        (Day(1748, 1, 1), Day(2025, 12, 31), ["1750", "1800", "1850", "1900", "1950", "2000"]),
        (Day(-99, 1, 1), Day(150, 12, 31), ["100 BC", "50 BC", "AD 50", "AD 100", "AD 150"]),
        (Day(-4999, 1, 1), Day(-2999, 1, 1), ["5000 BC", "4500 BC", "4000 BC", "3500 BC", "3000 BC"]),
        (Day(9990, 1, 1), Day(10010, 12, 31), ["9990", "9995", "10000", "10005", "10010"]),
    ],
)
def test_ticks_are_round(first, last, expected):
    assert labels(first, last) == expected


@quick
@given(st.integers(-(10**9), 10**9), st.integers(0, 10**8))
def test_ticks_are_few_in_order_and_inside(first, length):
    found = ticks(Window(first, first + length))
    places = [float(tick.x.rstrip("%")) for tick in found]

    assert len(found) <= MOST + 1
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


def test_labels_at_the_edges_are_not_centred():
    found = ticks(Window(Day(2020, 1, 1).ordinal, Day(2020, 1, 5).ordinal))

    assert [tick.anchor for tick in found] == ["start", "middle", "middle", "middle", "middle"]
    assert [tick.is_minor for tick in found] == [False, True, False, True, False]
