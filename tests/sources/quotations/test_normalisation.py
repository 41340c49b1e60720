"""The rule under which quotations are compared, and the way back to the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.quotations.normalisation import compared, normalised

CHARACTERS = "aB é1-–—‐\u00ad\u200b\u200f\n\r\t\u2028\u00a0\u3000“”«»‘’'\"ﬁ½²\u0301\u0327עبქԱЖ가\u1161\u11a8Ａ…."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for-\nward", "forward"),
        ("for\u00ad\n  ward", "forward"),
        ("pages 10-\n12", "pages 10-12"),
        ("10 -\n12", "10 - 12"),
        ("a line\r\n\r\n  and the next", "a line and the next"),
        ("no\u00a0break\u3000wide", "no break wide"),
        ("co\u00adope\u200brate\u200f", "cooperate"),
        ("“a” «b» „c‟", '"a" "b" "c"'),
        ("‘a’ ʼb´", "'a' 'b'"),
        ("a – b—c --- d", "a - b-c - d"),
        ("ﬁnal oﬃce", "final office"),
        ("12 km²", "12 km2"),
        ("Ｂａｋｕ", "Baku"),
        ("e\u0301te\u0301", "été"),
        ("Case Stays", "Case Stays"),
        ("80, not 81.", "80, not 81."),
    ],
)
def test_what_does_not_count(text, expected):
    assert normalised(text).text == expected


def test_places_lead_back_to_the_text():
    text = "the  ﬁnal\nre-\nport"
    made = normalised(text)

    assert made.text == "the final report"
    assert made.original(*_span(made.text, "final")) == _span(text, "ﬁnal")
    assert made.original(*_span(made.text, "report")) == _span(text, "re-\nport")


def test_a_place_inside_one_character_is_none():
    made = normalised("ﬁnal")

    assert made.text[1:3] == "in"
    assert made.original(1, 3) is None
    assert made.original(0, 1) is None


def test_what_was_taken_away_beside_a_place_is_no_part_of_it():
    text = "\u200bword\u200b"

    assert normalised(text).original(0, 4) == (1, 5)


def test_place_of_a_hyphen_at_the_end_of_a_line_is_kept():
    assert normalised("a north-\neast wind").hyphens == {7}


@given(st.text(CHARACTERS, max_size=40))
def test_what_is_normalised_twice_is_the_same(text):
    once = compared(text)

    assert compared(once) == once


@given(st.text(CHARACTERS, max_size=40))
def test_every_place_that_leads_back_reads_the_same_under_the_rule(text):
    made = normalised(text)

    for start in range(len(made.text)):
        place = made.original(start, start + 1)
        if place and not made.text[start].isspace() and not unicodedata.combining(made.text[start]):
            assert compared(text[slice(*place)]) == made.text[start]


def _span(text, words):
    start = text.index(words)
    return start, start + len(words)
