"""Marks: what lasts and what is some day in a span never look alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.timeline import Piece, Shape, Window, marks, pieces
from chronicle.timeline.window import WHOLE
from sources.edtf import Day, EDTFError, parse

WINDOW = Window(Day(2020, 10, 1).ordinal, Day(2020, 10, 31).ordinal)

quick = settings(database=None, deadline=None)


def days(piece):
    return (piece.shape.value, *(day and str(Day.of_ordinal(day)) for day in (piece.first, piece.last)))


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2020-10-10", [("day", "2020-10-10", "2020-10-10")]),
        ("2020-10-10T09:30:00Z", [("day", "2020-10-10", "2020-10-10")]),
        ("2020-10", [("within", "2020-10-01", "2020-10-31")]),
        ("[2020-10-09..2020-10-17]", [("within", "2020-10-09", "2020-10-17")]),
        ("[2020-10-09,2020-10-17]", [("within", "2020-10-09", "2020-10-09"), ("within", "2020-10-17", "2020-10-17")]),
        ("{2020-10-09,2020-10-17}", [("day", "2020-10-09", "2020-10-09"), ("day", "2020-10-17", "2020-10-17")]),
        ("{2020-10-09..2020-10-17}", [("lasting", "2020-10-09", "2020-10-17")]),
        ("2020-09-27/2020-11-10", [("lasting", "2020-09-27", "2020-11-10")]),
        (
            "1991/1994-05",
            [
                ("within", "1991-01-01", "1991-12-30"),
                ("lasting", "1991-12-31", "1994-05-01"),
                ("within", "1994-05-02", "1994-05-31"),
            ],
        ),
        ("2020-11-10/2020-11", [("lasting", "2020-11-10", "2020-11-30")]),
        ("2020-11-10/..", [("lasting", "2020-11-10", None)]),
        ("../2020-11-10", [("lasting", None, "2020-11-10")]),
        ("[..1994]", [("within", None, "1994-12-31")]),
        ("1985-04-12/", [("lasting", "1985-04-12", "1985-04-12"), ("unknown", "1985-04-12", None)]),
        ("/1985-04-12", [("unknown", None, "1985-04-12"), ("lasting", "1985-04-12", "1985-04-12")]),
        ("-0043-03-15", [("day", "-0043-03-15", "-0043-03-15")]),
        ("Y20000", [("within", "20000-01-01", "20000-12-31")]),
    ],
)
def test_pieces_say_what_the_date_says(edtf, expected):
    assert [days(piece) for piece in pieces(parse(edtf))] == expected


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


def test_piece_of_one_day_among_several_is_hollow():
    assert pieces(parse("[1667,1760]"))[0] == Piece(Shape.WITHIN, Day(1667, 1, 1).ordinal, Day(1667, 12, 31).ordinal)
