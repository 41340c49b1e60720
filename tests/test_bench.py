"""What `make bench` says of its figures: promises kept and missed, and runs that differ."""

from typing import Any

import pytest

from tests.benchmarks.report import broken, compared, told

PAGE = {
    "status": 200,
    "cold": 9.0,
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


def marks(result: dict[str, Any]) -> dict[str, str]:
    lines = [line for line in told(result) if line.startswith(("kept", "MISSED"))]
    return {line[22:].split(":")[0].strip(): line.split()[0] for line in lines}


def test_kept_promises_are_told_and_nothing_is_far_off() -> None:
    assert set(marks(run()).values()) == {"kept"}
    assert broken(run()) == []


@pytest.mark.parametrize(
    ("large", "promise", "is_far_off"),
    [
        ({"p50": 16.0}, "a page at the larger size, in times of the smaller", False),
        ({"p50": 31.0}, "a page at the larger size, in times of the smaller", True),
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

    assert [name for name, mark in marks(result).items() if mark == "MISSED"] == [promise]
    assert [line.split(":")[0] for line in broken(result)] == ([promise] if is_far_off else [])


def test_two_runs_are_compared_by_queries_and_clear_differences_of_time() -> None:
    assert list(compared(run(), run(p50=11.0))) == ["9 events", "90 events"]
    assert list(compared(run(), run(p50=20.0, queries=9)))[-1].split() == (
        ["2.00", "times", "event:", "10.0", "→", "20.0", "ms,", "8", "→", "9", "queries"]
    )
