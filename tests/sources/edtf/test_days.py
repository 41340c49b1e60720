import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.edtf import Bounds, Day
from sources.edtf.days import days_in_month, is_leap

quick = settings(database=None, deadline=None)
DAYS = st.builds(Day, st.integers(-20_000, 20_000), st.integers(1, 12), st.integers(1, 28))


@pytest.mark.parametrize(
    ("year", "leap"),
    [
        (2020, True),
        (1919, False),
        (1900, False),
        (2000, True),
        (0, True),
        (-4, True),
        (-1, False),
        (-100, False),
        (-400, True),
    ],
)
def test_is_leap_counts_back_past_the_year_1(year, leap):
    assert is_leap(year) is leap
    assert days_in_month(year, 2) == (29 if leap else 28)


@given(st.dates())
@quick
def test_day_agrees_with_the_calendar_of_python(date):
    day = Day(date.year, date.month, date.day)

    assert day.ordinal == date.toordinal()
    assert str(day) == date.isoformat()
    if date < datetime.date.max:
        following = date + datetime.timedelta(days=1)
        assert day.next() == (following.year, following.month, following.day)


@given(DAYS)
@quick
def test_next_and_previous_are_one_day_apart_in_any_year(day):
    assert day.next().previous() == day
    assert day.previous().next() == day
    assert day.next().ordinal == day.ordinal + 1
    assert day.previous() < day < day.next()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (Day(2020, 1, 31), 1, Day(2020, 2, 29)),
        (Day(2020, 10, 9), 3, Day(2021, 1, 9)),
        (Day(2020, 1, 9), -1, Day(2019, 12, 9)),
        (Day(1, 1, 1), -12, Day(0, 1, 1)),
        (Day(0, 2, 29), -12, Day(-1, 2, 28)),
    ],
)
def test_months_later_ends_with_the_month(day, months, later):
    assert day.months_later(months) == later


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (Day(2020, 10, 9), "2020-10-09"),
        (Day(79, 8, 24), "0079-08-24"),
        (Day(-43, 3, 15), "-0043-03-15"),
        (Day(17000, 1, 1), "17000-01-01"),
    ],
)
def test_day_prints_as_written_in_edtf(day, text):
    assert str(day) == text


def test_bounds_print_with_dots_for_what_is_unbounded():
    assert str(Bounds(Day(2020, 10, 9), None)) == "2020-10-09/.."
    assert str(Bounds(None, Day(2020, 10, 9))) == "../2020-10-09"


@quick
@given(st.integers(-(10**9), 10**9))
def test_day_of_a_number_has_that_number(number: int) -> None:
    assert Day.of_ordinal(number).ordinal == number
