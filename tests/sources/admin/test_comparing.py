"""The comparison of three sides, without a database."""

import pytest

from sources.admin.stale.comparing import Difference, Kind, Values, differences

BASE, OTHER, THIRD = {"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "3", "b": "1"}
A_DECIDED, A_TAKEN = Difference(Kind.FIELD, "a", True), Difference(Kind.FIELD, "a", False)
ADDED, REMOVED = Difference(Kind.ADDED, "", False), Difference(Kind.REMOVED, "", True)
GONE, GONE_DECIDED = Difference(Kind.GONE, "", False), Difference(Kind.GONE, "", True)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "expected"),
    [
        # nobody, or one of both, or both the same
        (BASE, BASE, BASE, []),
        (BASE, BASE, OTHER, []),
        (BASE, OTHER, OTHER, []),
        (BASE, None, None, []),
        (BASE, BASE, None, []),
        (None, BASE, BASE, []),
        (None, None, None, []),
        # the other alone
        (BASE, OTHER, BASE, [A_TAKEN]),
        (BASE, None, BASE, [GONE]),
        (None, BASE, None, [ADDED]),
        # both
        (BASE, OTHER, THIRD, [A_DECIDED]),
        (BASE, None, OTHER, [GONE_DECIDED]),
        (BASE, OTHER, None, [REMOVED]),
        # nobody knows with what they began
        (None, BASE, OTHER, [A_DECIDED]),
        (None, None, BASE, [GONE_DECIDED]),
        ({"b": "1"}, OTHER, THIRD, [A_DECIDED]),
    ],
)
def test_rows_are_compared(
    base: Values | None, theirs: Values | None, mine: Values | None, expected: list[Difference]
) -> None:
    assert list(differences(base, theirs, mine)) == expected


def test_fields_are_compared_each_for_itself() -> None:
    base = dict.fromkeys("abcd", "1")
    theirs = base | {"a": "2", "b": "2", "c": "2"}
    mine = base | {"b": "3", "c": "2", "d": "3"}

    assert list(differences(base, theirs, mine)) == [A_TAKEN, Difference(Kind.FIELD, "b", True)]


def test_field_that_i_do_not_have_is_theirs() -> None:
    assert list(differences(BASE, OTHER, {"b": "1"})) == []


def test_emptied_field_is_a_change() -> None:
    assert list(differences(BASE, BASE | {"a": ""}, OTHER)) == [A_DECIDED]
    assert list(differences(BASE, OTHER, BASE | {"a": ""})) == [A_DECIDED]


@pytest.mark.parametrize("base", [None, BASE])
@pytest.mark.parametrize("theirs", [None, BASE, OTHER])
@pytest.mark.parametrize("mine", [None, BASE, OTHER, THIRD])
def test_nothing_of_theirs_is_lost_in_silence(base: Values | None, theirs: Values | None, mine: Values | None) -> None:
    """Saving mine over theirs is told of, unless they are the same, or the other changed nothing."""
    told = list(differences(base, theirs, mine))
    is_known = base is not None or theirs is not None

    assert bool(told) == (theirs not in (mine, base) if is_known else mine is not None)
