"""Pieces: what lasts and what is some day in a span are never the same."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.edtf import Day, EDTFError, parse, pieces

quick = settings(database=None, deadline=None)


def said(edtf):
    return [
        (piece.form.value, *(day and str(Day.of_ordinal(day)) for day in (piece.first, piece.last)))
        for piece in pieces(parse(edtf))
    ]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2020-10-09", [("day", "2020-10-09", "2020-10-09")]),
        ("2020-10-09T12:00:00+04:00", [("day", "2020-10-09", "2020-10-09")]),
        ("2020-10-09?", [("day", "2020-10-09", "2020-10-09")]),
        ("2020-10-09~", [("span", "2020-10-08", "2020-10-10")]),
        ("2020-10", [("span", "2020-10-01", "2020-10-31")]),
        ("-0043-03-15", [("day", "-0043-03-15", "-0043-03-15")]),
        ("Y20000", [("span", "20000-01-01", "20000-12-31")]),
        ("[2020-10-09..2020-10-17]", [("span", "2020-10-09", "2020-10-17")]),
        ("[2020-10-09,2020-10-11]", [("day", "2020-10-09", "2020-10-09"), ("day", "2020-10-11", "2020-10-11")]),
        ("[..1994]", [("span", None, "1994-12-31")]),
        ("{2020-10-09..2020-10-11}", [("lasting", "2020-10-09", "2020-10-11")]),
        ("{1991..1994}", [("lasting", "1991-01-01", "1994-12-31")]),
        ("{1991,1994-05-01}", [("span", "1991-01-01", "1991-12-31"), ("day", "1994-05-01", "1994-05-01")]),
        ("2020-10-09/2020-10-17", [("lasting", "2020-10-09", "2020-10-17")]),
        ("2020-10-09/..", [("lasting", "2020-10-09", None)]),
        ("../2020-10-09", [("lasting", None, "2020-10-09")]),
        ("2020-10-09/", [("lasting", "2020-10-09", "2020-10-09"), ("edge", "2020-10-10", None)]),
        ("/2020-10-09", [("edge", None, "2020-10-08"), ("lasting", "2020-10-09", "2020-10-09")]),
        (
            "2020-10/",
            [
                ("edge", "2020-10-01", "2020-10-30"),
                ("lasting", "2020-10-31", "2020-10-31"),
                ("edge", "2020-11-01", None),
            ],
        ),
        ("../2020-10", [("lasting", None, "2020-10-01"), ("edge", "2020-10-02", "2020-10-31")]),
        (
            "1991/1994-05",
            [
                ("edge", "1991-01-01", "1991-12-30"),
                ("lasting", "1991-12-31", "1994-05-01"),
                ("edge", "1994-05-02", "1994-05-31"),
            ],
        ),
        ("2020-10-09/2020-10-17~", [("lasting", "2020-10-09", "2020-10-17"), ("edge", "2020-10-18", "2020-10-18")]),
        ("2020-10/2020-10-17", [("lasting", "2020-10-01", "2020-10-17")]),
        ("2020-11-10/2020-11", [("lasting", "2020-11-10", "2020-11-30")]),
    ],
)
def test_pieces_say_what_the_date_says(edtf, expected):
    assert said(edtf) == expected


def test_only_the_end_that_is_approximate_is_about():
    assert [piece.is_approximate for piece in pieces(parse("2020-10-09/2020-10-17~"))] == [False, True]
    assert [piece.is_approximate for piece in pieces(parse("[2020-10-09~,2020-10-17]"))] == [True, False]


@quick
@given(
    st.dates().map(str),
    st.dates().map(str),
    st.sampled_from(["{}/{}", "{}~/{}", "[{}..{}]", "{{{}..{}}}", "{}/..", "/{}", "[..{}]", "{}~/{}~"]),
)
def test_pieces_of_what_lasts_follow_each_other_and_hold_its_bounds(one, other, pattern):
    try:
        date = parse(pattern.format(*sorted((one, other))))
    except EDTFError:
        return
    found = pieces(date)

    assert all(one.last + 1 == next_one.first for one, next_one in itertools.pairwise(found))
    assert (found[0].first, found[-1].last) == tuple(day and day.ordinal for day in date.widened)
