"""Steps of the calendar: round, in order, and never one alone where there is room for two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.timeline.steps import beginnings
from sources.edtf import Day

quick = settings(database=None, deadline=None)


@pytest.mark.parametrize(
    ("first", "last", "most", "expected"),
    [
        (
            Day(2020, 9, 27),
            Day(2020, 11, 11),
            5,
            ["2020-10-01", "2020-10-10", "2020-10-20", "2020-11-01", "2020-11-10"],
        ),
        (Day(2020, 2, 25), Day(2020, 3, 5), 6, ["2020-02-25", "2020-02-27", "2020-03-01", "2020-03-03", "2020-03-05"]),
        (Day(2020, 11, 21), Day(2020, 11, 30), 3, ["2020-11-21", "2020-11-25"]),
        (Day(2019, 11, 1), Day(2020, 6, 30), 4, ["2019-11-01", "2020-01-01", "2020-03-01", "2020-05-01"]),
        (Day(-99, 1, 1), Day(150, 12, 31), 9, ["-0099-01-01", "-0049-01-01", "0050-01-01", "0100-01-01", "0150-01-01"]),
    ],
)
def test_beginnings_are_round(first, last, most, expected):
    assert [str(day) for day in beginnings(first, last, most)[1]] == expected


@quick
@given(st.integers(-(10**9), 10**9), st.integers(3, 10**8), st.integers(2, 9))
def test_beginnings_are_few_in_order_and_inside(first, length, most):
    start, end = Day.of_ordinal(first), Day.of_ordinal(first + length)
    _step, found = beginnings(start, end, most)

    assert 2 <= len(found) <= most
    assert start <= found[0]
    assert found[-1] <= end
    assert sorted(set(found)) == list(found)
