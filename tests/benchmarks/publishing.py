"""Measures publishing on generated events: `python -m tests.benchmarks.publishing [EVENTS]`, on a database of its own.

The events are those of `manage.py make_corpus`, drafts included; left out are those whose citations are all withheld.
Prints seconds, and the ratio to copying the same rows with plain SQL into the same tables; the last line is JSON.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def timed(label: str, seconds: dict[str, float]) -> Iterator[None]:
    """Print and keep how long the block takes."""
    began = time.perf_counter()
    yield
    seconds[label] = time.perf_counter() - began
    print(f"{label:48} {seconds[label]:9.2f} s", flush=True)


def main(events: int) -> None:
    """Generate, publish, withdraw, publish again, and compare with copying."""
    import django  # noqa: PLC0415  # settings come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()
    from django.db import connections  # noqa: PLC0415  # after django.setup()

    from chronicle.corpus.making import Sizes, make  # noqa: PLC0415  # after django.setup()
    from chronicle.models import Citation  # noqa: PLC0415  # after django.setup()

    call_command("migrate", verbosity=0)
    seconds: dict[str, float] = {}
    with connections["owner"].cursor() as owner, connections["default"].cursor() as desk:
        with timed(f"make {events} events", seconds):
            make(Sizes(events), seed=1)
        owner.execute("ANALYZE")
        cited = Citation.objects.exclude(document__access="withheld").order_by("event")
        every = list(cited.values_list("event", flat=True).distinct())
        publish = "SELECT cardinality(functions.publish(%s::bigint[], NULL, 'B', 'wording', ''))"
        withdraw = "SELECT cardinality(functions.withdraw(%s::bigint[], NULL, 'B', 'why'))"
        with timed("publish all in one call, into empty tables", seconds):
            desk.execute(publish, [every])
        print("   made", desk.fetchone())
        owner.execute("ANALYZE")
        singles = one_by_one(owner, desk, publish, every)
        print(f"{'publish one again, median / p95 of 100':48} {singles[0]:9.2f} / {singles[1]:.2f} ms")
        with timed("publish all again, nothing changed", seconds):
            desk.execute(publish, [every])
        with timed("withdraw all", seconds):
            desk.execute(withdraw, [every])
        with timed("publish all in one call, after withdrawing", seconds):
            desk.execute(publish, [every])
        rows = copy(owner, "rows of the records alone", [(table.name, list(table.public)) for table in tables()])
        everything = copy(owner, "every row that publishing writes", written())
    first = seconds["publish all in one call, into empty tables"]
    print(
        f"{'copying takes this part of publishing':48} {rows / first:9.2f} (records), {everything / first:.2f} (every row)"
    )
    figures = {"of copying": everything / first, "of copying records": rows / first}
    print(json.dumps(figures | {"one event, median": singles[0], "one event, p95": singles[1]}))


def tables() -> list:
    """Return the tables of records, as the list of what may be public has them."""
    from chronicle.database.reshaping import RECORD_TABLES  # noqa: PLC0415  # settings come first

    return list(RECORD_TABLES)


def written() -> list[tuple[str, list[str]]]:
    """Return tables and columns of all that publishing writes on the published side."""
    from chronicle.database.published import EDITION, FACTS  # noqa: PLC0415  # settings come first

    return [*((table.name, list(table.public)) for table in [*tables(), EDITION]), *((name, ["*"]) for name in FACTS)]


def one_by_one(owner: object, desk: object, publish: str, every: list[int]) -> tuple[float, float]:
    """Return median and 95th percentile of the milliseconds in which one changed event is published."""
    times = []
    for number in every[:: max(1, len(every) // 100)][:100]:
        owner.execute("UPDATE chronicle_event SET title = title || '!' WHERE id = %s", [number])
        began = time.perf_counter()
        desk.execute(publish, [[number]])
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def copy(owner: object, label: str, rows: list[tuple[str, list[str]]]) -> float:
    """Return the seconds of copying rows into the emptied published tables, indexes and links included, with SQL."""
    owner.execute("BEGIN; SET CONSTRAINTS ALL DEFERRED; CREATE TEMP TABLE kept (n int)")
    for name, _ in rows:
        owner.execute(f"CREATE TEMP TABLE copied_{name} AS SELECT * FROM published.{name}")
    owner.execute(f"TRUNCATE {', '.join(f'published.{name}' for name, _ in rows)} CASCADE")
    began = time.perf_counter()
    for name, columns in rows:
        listed = "" if columns == ["*"] else f"({', '.join(columns)})"
        owner.execute(f"INSERT INTO published.{name} {listed} SELECT {', '.join(columns)} FROM copied_{name}")
    owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    taken = time.perf_counter() - began
    owner.execute("ROLLBACK")
    print(f"{f'copy {label}':48} {taken:9.2f} s")
    return taken


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    if "DATA_DIR" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="chronicle-benchmark-"))
        folder.chmod(0o755)
        os.environ["DATA_DIR"] = str(folder)
        print(f"In {folder}; stop it with DATA_DIR={folder} manage.py database stop")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
