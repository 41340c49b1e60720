"""What `make bench` says of its figures: promises kept and missed, and runs that differ."""

from typing import Any

import pytest

from tests.benchmarks import marks
from tests.benchmarks.report import broken, compared, told

PAGE = {
    "status": 200,
    "cold": 9.0,
    "best": 8.0,
    "p50": 10.0,
    "p95": 12.0,
    "p99": 13.0,
    "unchanged": 1.0,
    "size": 9_000,
    "queries": 8,
}
PAGE |= {"queries_unchanged": 1, "rows": 90}


def run(**large: Any) -> dict[str, Any]:
    """A run in which every promise that is measured is kept, but for what is said of the page at the larger size."""
    publishing = {"of copying": 0.4, "one event, p95": 20.0}
    imports = {"of COPY": 0.4, "times stock": 40.0}
    return {
        "pages": {"9": {"event": PAGE}, "90": {"event": PAGE | large}},
        "publishing": publishing,
        "imports": imports,
    }


def kept_or_missed(result: dict[str, Any]) -> dict[str, str]:
    lines = [line for line in told(result) if line.startswith(("kept", "MISSED"))]
    return {line[22:].split(":")[0].strip(): line.split()[0] for line in lines}


def test_kept_promises_are_told_and_nothing_is_far_off() -> None:
    assert set(kept_or_missed(run()).values()) == {"kept"}
    assert broken(run()) == []


@pytest.mark.parametrize(
    ("large", "promise", "is_far_off"),
    [
        ({"p50": 31.0}, "a page at the larger size, in times of the smaller", False),
        ({"best": 13.0}, "the fastest answer at the larger size, in times of the smaller", False),
        ({"best": 49.0}, "the fastest answer at the larger size, in times of the smaller", False),
        ({"queries": 9}, "queries of a page at the larger size, in times of the smaller", False),
        ({"queries": 17}, "queries of a page at the larger size, in times of the smaller", True),
        ({"queries_unchanged": 5}, "queries of an unchanged page", True),
        ({"status": 500}, "pages that failed", True),
        ({"p95": 5_000.0}, "a page at the larger size, p95", False),
    ],
)
def test_missed_promise_is_told_and_ends_the_run_where_a_ratio_is_far_off(
    large: dict[str, Any], promise: str, *, is_far_off: bool
) -> None:
    result = run(**large)

    assert [name for name, mark in kept_or_missed(result).items() if mark == "MISSED"] == [promise]
    assert [line.split(":")[0] for line in broken(result)] == ([promise] if is_far_off else [])


def test_fastest_answers_are_compared_of_pages_that_show_as_much() -> None:
    assert "the fastest answer at the larger size" in {
        name.split(",")[0] for name, mark in kept_or_missed(run(best=49.0)).items() if mark == "MISSED"
    }
    assert set(kept_or_missed(run(best=49.0, size=20_000)).values()) == {"kept"}


def test_two_runs_are_compared_by_queries_and_clear_differences_of_time() -> None:
    assert list(compared(run(), run(p50=11.0))) == ["9 events", "90 events"]
    assert list(compared(run(), run(p50=20.0, queries=9)))[-1].split() == (
        ["2.00", "times", "event:", "10.0", "→", "20.0", "ms,", "8", "→", "9", "queries"]
    )


def listed(*numbers: int, events: int = marks.EVENTS) -> str:
    return " ".join(f"Mark {numbers[event % len(numbers)]} of event {event}" for event in range(events))


def test_page_of_one_edition_is_right_and_one_of_two_or_none_is_not() -> None:
    assert marks.mixed("Mark 7 of event 3. Mark 7.") == ""
    assert marks.mixed("Mark 7 of event 3. Mark 8.") == "a page with the marks ['7', '8']"
    assert marks.mixed("Nothing.") == "a page with the marks []"


def test_list_shows_one_edition_of_all_events_or_none_of_them() -> None:
    assert marks.mixed_list(listed(7)) == marks.mixed_list("An event that stays") == ""
    assert marks.mixed_list(listed(7, 8)) == "a list with the marks ['7', '8'] of 20 events"
    assert marks.mixed_list(listed(7, events=19)) == "a list with the marks ['7'] of 19 events"
