"""Measures imports: `python -m tests.benchmarks.imports [ROWS]`, on a database of its own.

Prints rows a second and the peak of memory of importing events, in numbers and as ratios to COPY into the same tables
and to django-import-export as it comes, row by row; then kills imports at 50 points and counts what they leave.
"""

import csv
import io
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

POINTS = 50
STOCK_ROWS = 2_000
"""How many rows the stock library takes, which would take minutes for more."""


def sheet(rows: int, prefix: str = "e") -> bytes:
    """Events as CSV."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["slug", "title", "kind", "date_edtf", "summary"])
    writer.writerows(
        [f"{prefix}{n}", f"Event {n}", "battle", f"2020-10-{n % 28 + 1:02d}", "What happened there."]
        for n in range(rows)
    )
    return written.getvalue().encode()


def main(rows: int) -> None:
    """Import, copy, import with the stock library, kill."""
    import django  # noqa: PLC0415  # settings come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()

    call_command("migrate", verbosity=0)
    from chronicle.models.event import EventKind  # noqa: PLC0415  # after django.setup()

    EventKind.objects.create(slug="battle", name="battle")
    own = imported(rows)
    told = rows / copied(rows)
    stock = STOCK_ROWS / stocked()
    print(f"{'import':24} {own:9.0f} rows/s")
    print(f"{'COPY':24} {told:9.0f} rows/s; the import has {own / told:.2f} of that")
    print(f"{'django-import-export':24} {stock:9.0f} rows/s; the import is {own / stock:.1f} times as fast")
    killed()


def imported(rows: int) -> float:
    """Rows a second of an import, and what it adds to the peak of memory."""
    from chronicle.imports import import_tables, read_file  # noqa: PLC0415  # after django.setup()

    content = sheet(rows)
    before = peak()
    began = time.perf_counter()
    report = import_tables(read_file("events.csv", content).tables)
    took = time.perf_counter() - began
    assert report.is_written
    print(f"{rows:,} rows, {len(content) / 2**20:.1f} MiB: {took:.1f} s, peak {peak():.0f} MiB ({before:.0f} before)")
    return rows / took


def peak() -> float:
    """The most memory that this process had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def copied(rows: int) -> float:
    """Seconds of COPY of as many rows, with their ranges, into the same table with its indexes and triggers."""
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from chronicle.models.event import EventKind  # noqa: PLC0415  # after django.setup()

    columns = "slug, title, kind_id, date_edtf, date_range, summary, reading_note, state, curators_note"
    kind = EventKind.objects.get(slug="battle").pk
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(f"COPY chronicle_event ({columns}) FROM STDIN") as copy:
        for n in range(rows):
            day = f"2020-10-{n % 28 + 1:02d}"
            days = f"[{day},2020-10-{n % 28 + 2:02d})"
            copy.write_row([f"c{n}", f"Event {n}", kind, day, days, "What happened there.", "", "draft", ""])
    return time.perf_counter() - began


def stocked() -> float:
    """Seconds of the stock library for fewer rows: a resource with its defaults, validated, in one transaction."""
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
    began = time.perf_counter()
    result: Any = Stock().import_data(data, raise_errors=True)
    assert not result.has_errors()
    return time.perf_counter() - began


def killed() -> None:
    """Kill imports of 3,000 rows at 50 points, and count what is left of them."""
    from chronicle.imports import read_file  # noqa: PLC0415  # after django.setup()
    from chronicle.models import Event, Import  # noqa: PLC0415  # after django.setup()
    from tests.chronicle.imports.killing import is_killed_at  # noqa: PLC0415  # after django.setup()

    content = sheet(3_000, "k")
    left, ended, took = 0, 0, []
    for point in range(1, POINTS + 1):
        began = time.perf_counter()
        is_killed = is_killed_at(point, lambda: read_file("events.csv", content).tables)
        took.append(time.perf_counter() - began)
        there = Event.objects.filter(slug__startswith="k").count()
        ended += not is_killed
        left += there if is_killed else 0
        if not is_killed:
            break
    print(
        f"killed at {len(took) - ended} points: {left} rows left; {statistics.median(took):.2f} s each, {ended} ended"
    )
    print(f"{Import.objects.count()} imports are on record")


if __name__ == "__main__":
    if "DATA_DIR" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="chronicle-benchmark-"))
        folder.chmod(0o755)
        os.environ["DATA_DIR"] = str(folder)
        print(f"In {folder}; stop it with DATA_DIR={folder} manage.py database stop")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
