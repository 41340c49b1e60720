"""What is promised of speed, as figures of a run and their bounds. Ratios hold on any machine, milliseconds on a quiet one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

Result = dict[str, Any]
"""A run: `pages` by number of events, `publishing`, `imports`, and `datasette` where it was asked for."""

MISSED_BY_MOST: Final = 2.0
"""By which factor a ratio may be missed before a run fails: the machines that run it are shared."""

ALIKE: Final = 1.25
"""By which factor two answers may differ in bytes and show as much."""


@dataclass(frozen=True)
class Figure:
    """A value, and of which page it is the worst."""

    value: float
    of: str = ""


@dataclass(frozen=True)
class Target:
    """A promise: what is measured, and up to or from which bound it is kept."""

    name: str
    bound: float
    unit: str
    find: Callable[[Result], Figure | None]
    is_least: bool = False
    is_floor: bool = True
    """Whether a run fails that is far off: what is a ratio, and does not hang on what else a machine does meanwhile."""

    def missed_by(self, value: float) -> float:
        """Return the factor by which a value misses the bound; up to 1 it does not."""
        if self.is_least:
            return self.bound / value if value else float("inf")
        return (
            value / self.bound if self.bound else 1 + value * MISSED_BY_MOST
        )  # where nothing is allowed, one is far off

    def words(self) -> str:
        """Return the bound in words."""
        return f"at {'least' if self.is_least else 'most'} {self.bound:g} {self.unit}".rstrip()


def sizes(result: Result) -> tuple[str, str]:
    """Return the smaller and the larger number of events of a run."""
    ordered = sorted(result["pages"], key=int)
    return ordered[0], ordered[-1]


def pairs(result: Result) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield each page that answered at both sizes: its name, and its figures at the smaller and at the larger one."""
    small, large = (result["pages"][size] for size in sizes(result))
    for name, page in small.items():
        if name in large and page["status"] < 500 and large[name]["status"] < 500:
            yield name, page, large[name]


def _worst(found: Iterator[tuple[float, str]]) -> Figure | None:
    value, of = max(found, default=(None, ""))
    return None if value is None else Figure(value, of)


def growth(result: Result) -> Figure | None:
    """Return how much longer a page takes at the larger size."""
    return _worst((large["p50"] / small["p50"], name) for name, small, large in pairs(result))


def growth_at_best(result: Result) -> Figure | None:
    """Return how much longer a page that shows as much takes at the larger size, when nothing else keeps the machine.

    The fastest answers are compared, of pages that weigh about the same: on small chronicles many are not full yet.
    """
    alike = (pair for pair in pairs(result) if 1 / ALIKE < pair[2]["size"] / max(pair[1]["size"], 1) < ALIKE)
    return _worst((large["best"] / small["best"], name) for name, small, large in alike)


def more_queries(result: Result) -> Figure | None:
    """Return how many times as many queries a page makes at the larger size."""
    return _worst((large["queries"] / max(small["queries"], 1), name) for name, small, large in pairs(result))


def slowest(result: Result) -> Figure | None:
    """Return the 95th percentile of the slowest page at the larger size."""
    return _worst((large["p95"], name) for name, _small, large in pairs(result))


def unchanged(result: Result) -> Figure | None:
    """Return how long it takes to say that a page is unchanged."""
    return _worst((large["unchanged"], name) for name, _small, large in pairs(result) if large["unchanged"])


def queries_unchanged(result: Result) -> Figure | None:
    """Return how many queries it takes to say that a page is unchanged."""
    kept = ((page["queries_unchanged"], name) for name, _small, page in pairs(result))
    return _worst((float(queries), name) for queries, name in kept if queries is not None)


def failures(result: Result) -> Figure | None:
    """Return how many kinds of page failed."""
    failed = [name for pages in result["pages"].values() for name, page in pages.items() if page["status"] >= 500]
    return Figure(len(failed), ", ".join(failed))


def of_part(part: str, name: str) -> Callable[[Result], Figure | None]:
    """Return what finds a figure of a part of a run; nothing where that part was left out."""
    return lambda result: Figure(result[part][name]) if name in result.get(part, {}) else None


TARGETS: Final = (
    Target("pages that failed", 0, "", failures),
    Target("a page at the larger size, in times of the smaller", 1.5, "times", growth, is_floor=False),
    Target(
        "the fastest answer at the larger size, in times of the smaller",
        1.5,
        "times",
        growth_at_best,
        is_floor=False,
    ),
    Target("queries of a page at the larger size, in times of the smaller", 1, "times", more_queries),
    Target("a page at the larger size, p95", 50, "ms", slowest, is_floor=False),
    Target("an unchanged page", 3, "ms", unchanged, is_floor=False),
    Target("queries of an unchanged page", 2, "", queries_unchanged),
    Target(
        "publishing into empty tables, as part of copying",
        1 / 3,
        "of it",
        of_part("publishing", "of copying"),
        is_least=True,
    ),
    Target("publishing one event, p95", 30, "ms", of_part("publishing", "one event, p95"), is_floor=False),
    Target("importing, as part of COPY", 1 / 3, "of it", of_part("imports", "of COPY"), is_least=True),
    Target("importing, in times of the stock library", 20, "times", of_part("imports", "times stock"), is_least=True),
    Target("newest events, in times of Datasette", 20, "times", of_part("datasette", "list"), is_least=True),
    Target("search, in times of Datasette", 20, "times", of_part("datasette", "search"), is_least=True),
    Target("event page, in times of Datasette", 1, "times", of_part("datasette", "event"), is_least=True),
)
"""The promises of docs/architecture.md."""
