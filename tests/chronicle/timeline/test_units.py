"""Units of the calendar: the names that EDTF has for them, and their days."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.timeline import LEVELS, Window, enclosing, finest, units
from chronicle.timeline.units import LONGEST, unit_of
from sources.edtf import Day, parse

ORDINALS = st.integers(LONGEST.first, LONGEST.last)

quick = settings(database=None, deadline=None)


@pytest.mark.parametrize(
    ("level", "day", "edtf"),
    [
        ("century", Day(2020, 10, 10), "20XX"),
        ("decade", Day(2020, 10, 10), "202X"),
        ("year", Day(2020, 10, 10), "2020"),
        ("month", Day(2020, 10, 10), "2020-10"),
        ("day", Day(2020, 10, 10), "2020-10-10"),
        ("century", Day(0, 12, 31), "00XX"),
        ("century", Day(-1, 12, 31), "-00XX"),
        ("decade", Day(-10, 1, 1), "-001X"),
        ("year", Day(-43, 3, 15), "-0043"),
        ("month", Day(-43, 3, 15), "-0043-03"),
        ("day", Day(-43, 3, 15), "-0043-03-15"),
    ],
)
def test_unit_is_called_as_edtf_calls_it(level, day, edtf):
    assert unit_of(level, day.ordinal).edtf == edtf


@quick
@given(ORDINALS, st.sampled_from(LEVELS))
def test_unit_has_the_days_that_its_name_has_and_holds_its_day(ordinal, level):
    unit = unit_of(level, ordinal)
    earliest, latest = parse(unit.edtf).bounds

    assert (unit.first, unit.last) == (earliest.ordinal, latest.ordinal)
    assert unit.first <= ordinal <= unit.last


@quick
@given(ORDINALS, st.sampled_from(LEVELS))
def test_units_follow_each_other_without_gap(ordinal, level):
    unit = unit_of(level, ordinal)
    before, after = unit.before(), unit.after()

    assert before is None or (before.last + 1, before.after()) == (unit.first, unit)
    assert after is None or (after.first - 1, after.before()) == (unit.last, unit)


@quick
@given(ORDINALS, st.integers(0, 5000), st.sampled_from(LEVELS))
def test_units_cover_a_window_each_once(first, length, level):
    window = Window(first, min(first + length, LONGEST.last))

    found = units(level, window, 6000)

    assert found[0].window.holds(window.first, window.first)
    assert found[-1].window.holds(window.last, window.last)
    assert all(one.last + 1 == next_one.first for one, next_one in pairwise(found))


def test_units_are_none_where_they_are_too_many_or_beyond_four_digits():
    assert len(units("day", Window(1, 366), 366)) == 366
    assert units("day", Window(1, 367), 366) == []
    assert units("century", Window(LONGEST.last + 1, LONGEST.last + 900), 400) == []


def test_window_lies_within_its_units():
    october = Window(Day(2020, 10, 1).ordinal, Day(2020, 10, 31).ordinal)

    assert [unit.edtf for unit in enclosing(october)] == ["20XX", "202X", "2020", "2020-10"]
    assert enclosing(Window(Day(-1, 12, 31).ordinal, Day(0, 1, 1).ordinal)) == []
    assert enclosing(Window(LONGEST.first - 1, LONGEST.last)) == []


def test_levels_of_a_window_are_those_that_have_room():
    century = Window(Day(1900, 1, 1).ordinal, Day(1999, 12, 31).ordinal)

    assert {level: len(some) for level, some in finest(century).items()} == {"century": 1, "decade": 10, "year": 100}
