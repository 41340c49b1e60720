"""Datasette beside a chronicle: the same events and citations in SQLite, asked for by HTTP from the same machine.

It is installed by pip into the folder of the benchmark, and takes no part in anything else.
"""

import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.chronicles import Chronicle, wait_for
from tests.benchmarks.served import Reader
from tests.servers import free_port

RELEASE = "datasette==0.65.1"
ASKED = 5
WORD = "near"
"""A word that many of the made-up events have."""

TABLES = """
CREATE TABLE events (id INTEGER PRIMARY KEY, slug TEXT, title TEXT, date_edtf TEXT, first_day TEXT, summary TEXT);
CREATE TABLE citations (id INTEGER PRIMARY KEY, event INTEGER REFERENCES events(id), document INTEGER, aspect TEXT,
    locator TEXT, statement TEXT, value_as_printed TEXT);
"""
INDEXES = """
CREATE INDEX events_by_day ON events (first_day);
CREATE INDEX citations_by_event ON citations (event);
CREATE VIRTUAL TABLE events_fts USING fts5(title, summary, content='events', content_rowid='id');
INSERT INTO events_fts (rowid, title, summary) SELECT id, title, summary FROM events;
"""


def beside(chronicle: Chronicle, pages: dict[str, Any]) -> dict[str, float]:
    """Return how many times as long Datasette takes as the chronicle: for the newest events, a search, an event."""
    folder = chronicle.folder.parent / "datasette"
    program = _installed(folder)
    rows = folder / f"{chronicle.events}.sqlite"
    if not rows.exists():
        chronicle.run("-m", "tests.benchmarks.datasette", str(rows))
    with _served(program, rows) as address:
        reader, name = Reader(address), rows.stem
        newest = _median(reader, f"/{name}/events?_sort_desc=first_day")
        searched = _median(reader, f"/{name}/events?_search={WORD}")
        event = _median(reader, f"/{name}/events/1") + _median(reader, f"/{name}/citations?event=1")
    return {
        "list": newest / pages["events"]["p50"],
        "search": searched / pages["search, common word"]["p50"],
        "event": event / pages["event"]["p50"],
    }


def _median(reader: Reader, path: str) -> float:
    return statistics.median(reader.ask(path).milliseconds for _ in range(ASKED))


def _installed(folder: Path) -> Path:
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", RELEASE], check=True)
    return python.with_name("datasette")


@contextmanager
def _served(program: Path, rows: Path) -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen([program, "serve", rows, f"--port={port}", "--setting", "sql_time_limit_ms", "60000"])
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def fill(rows: Path) -> None:
    """Copy what is published of events and citations into SQLite."""
    import django  # noqa: PLC0415 -- settings come first

    django.setup()
    from chronicle.models import Citation, Event  # noqa: PLC0415 -- after django.setup()

    part = rows.with_suffix(".part")
    part.unlink(missing_ok=True)
    events = Event.objects.using("published").values_list(
        "pk", "slug", "title", "date_edtf", "date_range__startswith", "summary"
    )
    citations = Citation.objects.using("published").values_list(
        "pk", "event", "document", "aspect", "locator", "statement", "value_as_printed"
    )
    with closing(sqlite3.connect(part)) as written:
        written.executescript(TABLES)
        days = ((pk, slug, title, edtf, str(day or ""), text) for pk, slug, title, edtf, day, text in events.iterator())
        written.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", days)
        written.executemany("INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?)", citations.iterator())
        written.executescript(INDEXES)
        written.commit()
    part.rename(rows)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
