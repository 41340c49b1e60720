"""Measures imports: `python -m tests.benchmarks.imports [ROWS]`, on a database of its own.

Prints rows a second and the peaks of memory of importing events, in numbers and as ratios to COPY into the same tables,
with their triggers, history and constraints, and to django-import-export as it comes, row by row. With `--kill` it first
kills imports at 50 points (`POINTS`) and counts what they leave. Where it was compared, the last line is JSON.
"""

import csv
import io
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POINTS = int(os.environ.get("POINTS", "50"))
KILLED_ROWS = 10_000
MOST_COMPARED = 200_000
"""Beyond so many rows only the import itself is looked at."""
STOCK_ROWS = 2_000
"""How many rows the stock library takes, which would take minutes for more."""


@dataclass
class Cost:
    """Seconds by the clock, and of the processors: of this process and of the server's."""

    wall: float = 0.0
    python: float = 0.0
    server: float = 0.0

    @property
    def cpu(self) -> float:
        """All seconds of the processors, which do not depend on what else the machine does."""
        return self.python + self.server


def sheet(rows: int, prefix: str = "e") -> bytes:
    """Events as CSV."""
    written = io.StringIO()
    csv.writer(written).writerows(lines(rows, prefix))
    return written.getvalue().encode()


def write_sheet(path: Path, rows: int) -> None:
    """Write the same into a file, none of it held."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines(rows, "e"))


def lines(rows: int, prefix: str) -> Iterator[list[str]]:
    """Yield the headings, then an event to a line, on days of thirty years."""
    yield ["slug", "title", "kind", "date_edtf", "summary"]
    for n in range(rows):
        day = f"{1990 + n % 30}-{n // 30 % 12 + 1:02d}-{n % 28 + 1:02d}"
        yield [f"{prefix}{n}", f"Event {n}", "battle", day, "What happened there."]


def main(rows: int, *, kills: bool) -> None:
    """Kill where that is asked for; import, copy, import with the stock library."""
    import django  # noqa: PLC0415  # settings come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()

    call_command("migrate", verbosity=0)
    from chronicle.models.event import EventKind  # noqa: PLC0415  # after django.setup()

    EventKind.objects.create(slug="battle", name="battle")
    if kills:
        killed()
    own = imported(rows)
    if rows > MOST_COMPARED:
        return
    bare, stock = copied(rows), stocked()
    stock_speed = STOCK_ROWS / stock.cpu
    print("rows a second of the processors' time, Python's and the server's:")
    print(f"{'import':24} {rows / own.cpu:9.0f}; {own.python:.1f} s Python, {own.server:.1f} s server")
    print(f"{'COPY':24} {rows / bare.cpu:9.0f}; the import has {bare.cpu / own.cpu:.2f} of that")
    print(
        f"{'django-import-export':24} {stock_speed:9.0f}; the import is {rows / own.cpu / stock_speed:.1f} times as fast"
    )
    print(f"by the clock the import has {bare.wall / own.wall:.2f} of COPY")
    of_copy, times_stock = bare.cpu / own.cpu, rows / own.cpu / stock_speed
    print(json.dumps({"rows a second": rows / own.wall, "of COPY": of_copy, "times stock": times_stock}))


def imported(rows: int) -> Cost:
    """What an import costs, and what it adds to the peaks of memory of this process and of the server's."""
    from chronicle.imports import import_tables, read_path  # noqa: PLC0415  # after django.setup()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        write_sheet(path, rows)
        before = peaks()
        with measured() as cost:
            assert import_tables(read_path(path).tables).is_written
        size = path.stat().st_size / 2**20
    own, server = (f"{after:.0f} MiB ({first:.0f} before)" for first, after in zip(before, peaks(), strict=True))
    print(f"{rows:,} rows, {size:.1f} MiB: {cost.wall:.1f} s; peak of this process {own}, of the server's {server}")
    return cost


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure what is done."""
    cost, began, python, server = Cost(), time.perf_counter(), time.process_time(), server_seconds()
    yield cost
    cost.wall, cost.python = time.perf_counter() - began, time.process_time() - python
    cost.server = server_seconds() - server


def server_seconds() -> float:
    """Seconds of the processors that the server's process of this connection has had (proc(5), fields 14 and 15)."""
    fields = (Path("/proc") / str(server_process()) / "stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def server_process() -> int:
    """The process of the server that this connection has."""
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def peaks() -> tuple[float, float]:
    """The most memory that this process and the server's had, in MiB; the server's with what all of them share."""
    lines = (Path("/proc") / str(server_process()) / "status").read_text().splitlines()
    server = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, server / 1024


def copied(rows: int) -> Cost:
    """What COPY costs of as many rows, with their ranges, into the same table with its indexes and triggers."""
    from django.db import connection, transaction  # noqa: PLC0415  # after django.setup()

    from chronicle.models.event import EventKind  # noqa: PLC0415  # after django.setup()

    columns = "slug, title, kind_id, date_edtf, date_range, summary, reading_note, state, curators_note"
    kind = EventKind.objects.get(slug="battle").pk
    with (
        measured() as cost,
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY chronicle_event ({columns}) FROM STDIN") as copy,
    ):
        for n in range(rows):
            day = f"{1990 + n % 30}-{n // 30 % 12 + 1:02d}-{n % 28 + 1:02d}"
            days = f"[{day},{day}]"
            copy.write_row([f"c{n}", f"Event {n}", kind, day, days, "What happened there.", "", "draft", ""])
    return cost


def stocked() -> Cost:
    """What the stock library costs for fewer rows: a resource with its defaults, validated, in one transaction."""
    from import_export import fields, resources, widgets  # noqa: PLC0415  # after django.setup()
    from tablib import Dataset  # noqa: PLC0415  # after django.setup()

    from chronicle.models import Event  # noqa: PLC0415  # after django.setup()
    from chronicle.models.event import EventKind  # noqa: PLC0415  # after django.setup()

    class Stock(resources.ModelResource):
        kind = fields.Field("kind", "kind", widget=widgets.ForeignKeyWidget(EventKind, "slug"))

        class Meta:
            model = Event
            import_id_fields = ["slug"]
            fields = ("slug", "title", "kind", "date_edtf", "summary")
            clean_model_instances = True
            use_transactions = True

    data = Dataset().load(sheet(STOCK_ROWS, "s").decode(), format="csv")
    with measured() as cost:
        result: Any = Stock().import_data(data, raise_errors=True)
    assert not result.has_errors()
    return cost


def killed() -> None:
    """Kill imports of events and citations, half of them before a statement and half by the clock; count what is left."""
    from chronicle.imports import read_file  # noqa: PLC0415  # after django.setup()
    from tests.chronicle.imports.killing import is_killed_after, is_killed_at, statements_of  # noqa: PLC0415  # the same

    events, cited = sheet(KILLED_ROWS, "k"), citations(KILLED_ROWS, "k")
    before = rows_of_all_tables()

    def tables() -> Any:
        return [*read_file("events.csv", events).tables, *read_file("citations.csv", cited).tables]

    began = time.perf_counter()
    statements = statements_of(tables)
    seconds = time.perf_counter() - began
    killed_at, left = 0, 0
    for point in range(POINTS):
        part = (point + 0.5) / POINTS
        if point % 2:
            killed_at += is_killed_after(seconds * part, tables)
        else:
            killed_at += is_killed_at(int(statements * part), tables)
        left += rows_of_all_tables() != before
    print(f"{KILLED_ROWS:,} events with a citation each, {statements} statements, {seconds:.1f} s:")
    print(f"killed at {killed_at} of {POINTS} points; {left} times anything was left in any table, history included")


def citations(rows: int, prefix: str) -> bytes:
    """A citation of each event, as CSV, of a document that is made."""
    from sources.models import Document  # noqa: PLC0415  # after django.setup()

    Document.objects.get_or_create(slug="report", document_type="report", title="Report", title_short="Report")
    lines = (f"{prefix}{n},report,occurrence,It says so.\n" for n in range(rows))
    return ("event,document,aspect,statement\n" + "".join(lines)).encode()


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each table has that curators or imports write, history included, once no import is running."""
    from django.apps import apps  # noqa: PLC0415  # after django.setup()
    from django.db import connection  # noqa: PLC0415  # the same

    with connection.cursor() as cursor:
        running = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute(f"{running} AND usename = current_user")  # words of ours
        while cursor.fetchone()[0]:
            time.sleep(0.05)
            cursor.execute(f"{running} AND usename = current_user")  # the same
    models = [*apps.get_app_config("chronicle").get_models(), *apps.get_app_config("sources").get_models()]
    return {model._meta.db_table: model._base_manager.count() for model in models if model._meta.managed}


if __name__ == "__main__":
    if "DATA_DIR" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="chronicle-benchmark-"))
        folder.chmod(0o755)
        os.environ["DATA_DIR"] = str(folder)
        print(f"In {folder}; stop it with DATA_DIR={folder} manage.py database stop")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    main(int(numbers[0]) if numbers else 100_000, kills="--kill" in sys.argv)
