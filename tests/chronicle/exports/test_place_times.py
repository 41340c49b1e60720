"""Times of places in Linked Places: what is written is read again as the same time, as exactly as it can be said."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.exports.linked_places import when
from chronicle.imports.gazetteers.times import period_of
from sources.edtf import bounds, parse

YEARS = st.integers(0, 9999).map("{:04d}".format)
MONTHS = st.tuples(YEARS, st.integers(1, 12)).map(lambda parts: f"{parts[0]}-{parts[1]:02d}")
DAYS = st.dates().map(str)
DATES = st.one_of(YEARS, MONTHS, DAYS)


def again(edtf: str) -> tuple[str, list[Any]]:
    told: list[Any] = []
    (span,) = when(edtf)["timespans"]
    return period_of(span, lambda *said: told.append(said)), told


@given(st.one_of(DATES, DATES.map("{}/..".format), DATES.map("../{}".format)))
def test_plain_time_is_read_as_it_was_written(edtf: str) -> None:
    period, told = again(edtf)

    assert (parse(period).bounds, told) == (parse(edtf).bounds, [])


@given(
    st.tuples(DATES, DATES).filter(lambda ends: str(parse(ends[0]).bounds.latest) < str(parse(ends[1]).bounds.earliest))
)
def test_interval_is_read_as_it_was_written(ends: tuple[str, str]) -> None:
    period, told = again("/".join(ends))

    assert (period, told) == ("/".join(ends), [])


@pytest.mark.parametrize("edtf", ["198X/..", "19XX/2001", "1991~/..", "1930?/1991-05", "1990/1994~"])
def test_end_that_is_not_exact_keeps_its_bounds(edtf: str) -> None:
    period, told = again(edtf)

    assert (bounds(parse(period)), told) == (bounds(parse(edtf)), [])


def test_string_says_all_of_it() -> None:
    assert when("[1990..1992]")["edtf"] == "[1990..1992]"
    assert when("[1990..1992]")["timespans"] == [
        {"start": {"earliest": "1990", "latest": "1992"}, "end": {"earliest": "1990", "latest": "1992"}}
    ]
