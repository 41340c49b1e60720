"""Measures pages on the configured database: `python -m tests.benchmarks.pages`, after `manage.py make_corpus`.

Every address of `tests.benchmarks.addresses` is asked for several times in this process, without a server between. For
each the table says how many queries it makes (the least and the most), how long it takes, how many rows those of the
slowest request looked at, and which large tables were read without an index, up to which row. Nothing is left behind in
the database.
"""

import argparse
import logging
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.plans import ALIASES, Plan, captured, large_tables, plans_of

WARM_UP = 2
NOT_COUNTED = ("LOCK TABLE", "SAVEPOINT", "RELEASE SAVEPOINT")


@dataclass
class Measured:
    """What was measured of one address."""

    name: str
    status: int
    counts: list[int]
    milliseconds: list[float]
    plans: list[Plan]
    scanned: list[str]

    def line(self) -> str:
        """Return the line of the table."""
        counts = f"{min(self.counts)}" if len(set(self.counts)) == 1 else f"{min(self.counts)}-{max(self.counts)}"
        slowest = max((plan.milliseconds for plan in self.plans), default=0.0)
        rows = sum(plan.rows_read for plan in self.plans)
        return (
            f"{self.name[:58]:58} {self.status:4} {counts:>6} {statistics.median(self.milliseconds):9.1f} "
            f"{_p95(self.milliseconds):9.1f} {slowest:9.1f} {rows:11,}  {', '.join(self.scanned)}"
        )


HEADING = f"{'page':58} {'':4} {'queries':>6} {'median':>8} {'p95 ms':>9} {'slowest q':>9} {'rows read':>11}  without an index"


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def measure(client: Any, name: str, make: Any, known: Any, *, requests: int) -> Measured:
    """Ask for an address several times and look at the queries of the slowest request."""
    counts, times, slowest = [], [], []
    for turn in range(-WARM_UP, requests):
        address = make(known, turn)
        with captured() as queries:
            began = time.perf_counter()
            response = client.get(address)
            taken = (time.perf_counter() - began) * 1000
        if turn < 0:
            continue
        if taken >= max(times, default=0.0):
            slowest = queries
        times.append(taken)
        counts.append(sum(not query.sql.startswith(NOT_COUNTED) for query in queries))
    plans = plans_of(slowest)
    scanned = sorted(
        {
            f"{table} ({rows:,} rows)"
            for plan in plans
            for table, rows in plan.sequential()
            if table in large_tables(plan.query.alias)
        }
    )
    return Measured(name, response.status_code, counts, times, plans, scanned)


def _addresses(user: Any, sides: str) -> Iterator[tuple[str, Any]]:
    from tests.benchmarks.addresses import PUBLIC, desk_addresses  # noqa: PLC0415  # settings come first

    if sides in {"both", "public"}:
        yield from PUBLIC.items()
    if sides in {"both", "desk"}:
        yield from desk_addresses(user)


def main() -> None:
    """Measure what is asked for, and print the table."""
    import django  # noqa: PLC0415  # settings come first

    django.setup()
    logging.disable(logging.WARNING)  # pages that are not found are asked for on purpose
    from django.contrib.auth import get_user_model  # noqa: PLC0415  # after django.setup()
    from django.db import transaction  # noqa: PLC0415  # after django.setup()
    from django.test import Client  # noqa: PLC0415  # after django.setup()

    from tests.benchmarks.addresses import look  # noqa: PLC0415  # after django.setup()

    options = _options()
    known = look()
    with ExitStack() as left_nothing:
        for alias in ALIASES:
            left_nothing.enter_context(transaction.atomic(using=alias))
        left_nothing.callback(transaction.set_rollback, True)
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        user = get_user_model().objects.create_superuser("benchmark of pages")
        client.force_login(user)
        print(HEADING, flush=True)
        for name, make in _addresses(user, options.side):
            if options.only in name:
                measured = measure(client, name, make, known, requests=options.requests)
                if max(measured.milliseconds) >= options.over or measured.scanned:
                    print(measured.line(), flush=True)
                if options.plans:
                    _print_plans(measured)


def _print_plans(measured: Measured) -> None:
    for plan in measured.plans:
        print(f"\n-- {plan.milliseconds:.1f} ms, {plan.rows_read:,} rows, {plan.pages:,} pages\n{plan.query.sql}")
        _print_node(plan.root, depth=1)


def _print_node(node: dict[str, Any], *, depth: int) -> None:
    on = node.get("Relation Name", "") + (f" by {node['Index Name']}" if "Index Name" in node else "")
    condition = node.get("Index Cond") or node.get("Filter") or ""
    print(
        f"{'  ' * depth}{node['Node Type']} {on} rows {node['Actual Rows']} × {node['Actual Loops']} {condition[:110]}"
    )
    for child in node.get("Plans", ()):
        _print_node(child, depth=depth + 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.benchmarks.pages")
    parser.add_argument(
        "--side", choices=["both", "public", "desk"], default="both", help="whose pages (default: both)"
    )
    parser.add_argument("--only", default="", help="only pages whose names contain this")
    parser.add_argument("--requests", type=int, default=10, help="how often each address is asked for (default: 10)")
    parser.add_argument("--over", type=float, default=0.0, help="print only pages that took as many milliseconds")
    parser.add_argument(
        "--plans", action="store_true", help="print the queries of the slowest request with their plans"
    )
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    main()
