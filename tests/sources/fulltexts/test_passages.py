"""A page cut where passages begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from sources.fulltexts.passages import Passage, Stretch, stretches


def test_passages_that_overlap_are_both_marked():
    found = stretches("abcdef", 100, [Passage(101, 104, 7), Passage(103, 105, 8)])

    assert found == [
        Stretch("a"),
        Stretch("bc", (7,), (7,)),
        Stretch("d", (7, 8), (8,)),
        Stretch("e", (8,)),
        Stretch("f"),
    ]


def test_passage_over_both_ends_of_the_page_marks_all_of_it():
    assert stretches("abc", 10, [Passage(5, 20, 1)]) == [Stretch("abc", (1,), (1,))]


def test_passages_of_other_pages_and_empty_pages_mark_nothing():
    assert stretches("abc", 10, [Passage(0, 10, 1), Passage(13, 14, 2)]) == [Stretch("abc")]
    assert stretches("", 10, [Passage(5, 20, 1)]) == []


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20))))
def test_nothing_of_the_page_is_lost(content, places):
    passages = [Passage(start, start + length, number) for number, (start, length) in enumerate(places)]

    assert "".join(stretch.content for stretch in stretches(content, 10, passages)) == content
