"""Marks: what lasts and what is some day in a span never look alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.timeline import Window, marks
from chronicle.timeline.window import WHOLE
from sources.edtf import Day, EDTFError, parse

WINDOW = Window(Day(2020, 10, 1).ordinal, Day(2020, 10, 31).ordinal)

quick = settings(database=None, deadline=None)


@pytest.mark.parametrize(
    ("edtf", "shapes"),
    [
        ("2020-10-10", ["day"]),
        ("2020-10", ["within"]),
        ("[2020-10-09,2020-10-17]", ["within", "within"]),
        ("{2020-10-09,2020-10-17}", ["day", "day"]),
        ("2020-10-09/2020-10-17", ["lasting"]),
        ("2020-10/2020-11-05", ["within", "lasting"]),
        ("2020-10-12/", ["lasting", "unknown"]),
        ("/2020-10-12", ["unknown", "lasting"]),
        ("2020-10-12/..", ["lasting"]),
    ],
)
def test_date_is_drawn_as_what_it_says(edtf, shapes):
    assert [mark.shape.value for mark in marks(parse(edtf), WINDOW)] == shapes


@pytest.mark.parametrize("edtf", ["1985/..", "1985/", "/1985", "../1985", "1985-04~/1985-05?", "20XX", "[1985..]"])
def test_every_date_has_a_mark(edtf):
    assert marks(parse(edtf), WINDOW)


def test_open_end_has_an_arrow_and_a_cut_one_has_none():
    (open_mark,) = marks(parse("2020-10-15/.."), WINDOW)
    (cut,) = marks(parse("2020-10-15/2020-11-10"), WINDOW)

    assert (open_mark.opens, open_mark.goes_on) == (("end",), ())
    assert (cut.opens, cut.goes_on) == ((), ("end",))
    assert float(cut.x.rstrip("%")) + float(cut.width.rstrip("%")) > WHOLE


@pytest.mark.parametrize(("edtf", "side"), [("1993", "start"), ("2023-09-19/..", "end"), ("../1990", "start")])
def test_date_outside_the_view_says_on_which_side(edtf, side):
    assert [mark.lies for mark in marks(parse(edtf), WINDOW)] == [side]


def test_approximate_date_is_about():
    assert [mark.is_about for text in ("2020-10~", "2020-10", "2020-10%") for mark in marks(parse(text), WINDOW)] == [
        True,
        False,
        True,
    ]
    assert [mark.is_about for mark in marks(parse("2020-10-09/2020-10-17~"), WINDOW)] == [False, True]


@quick
@given(
    st.dates().map(str),
    st.dates().map(str),
    st.sampled_from(["{}/{}", "[{}..{}]", "{{{}..{}}}", "[{},{}]", "{}/..", "[..{}]", "{}~/{}~"]),
    st.integers(-800_000, 4_000_000),
    st.integers(0, 400_000),
)
def test_marks_stay_on_the_axis_and_never_run_backwards(one, other, pattern, first, length):
    early, late = sorted((one, other))
    try:
        date = parse(pattern.format(early, late))
    except EDTFError:
        return
    for mark in marks(date, Window(first, first + length)):
        assert 0 <= mark.start <= mark.end <= WHOLE
