"""Measures publishing on generated events: `python -m tests.benchmarks.publishing [EVENTS]`, on a database of its own.

Per event three citations, two locations and a party; a tenth as many documents and a twentieth as many locations.
Prints seconds, and the ratio to copying the same rows with plain SQL into the same tables.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GENERATED = """
INSERT INTO sources_party (slug, name, name_short, period_edtf, curators_note)
SELECT 'party-' || n, 'Republic ' || n, 'P' || n, '', '' FROM generate_series(1, 4) n;
INSERT INTO sources_agent (slug, name, name_sorted, kind, party_id, basis, curators_note)
SELECT 'agent-' || n, 'Agent ' || n, '', 'press', CASE WHEN n %% 3 > 0 THEN n %% 4 + 1 END,
       CASE WHEN n %% 3 > 0 THEN 'By decree.' ELSE '' END, '' FROM generate_series(1, %(events)s / 100) n;
INSERT INTO sources_document (slug, document_type, title, title_short, container_title, volume, issue, number, edition,
    pages, publisher_id, publisher_place, issued_edtf, issued_range, language, doi, isbn, url, archive_url, rights,
    party_basis, access, public_description, curators_note)
SELECT 'document-' || n, 'report', 'Report on events number ' || n, 'Report ' || n, '', '', '', '', '', '',
       n %% (%(events)s / 100) + 1, '', '2021', '[2021-01-01,2022-01-01)', 'en', '', '', '', '', '', '', 'open', '', ''
FROM generate_series(1, %(events)s / 10) n;
INSERT INTO chronicle_location (slug, name, kind, wikidata_id, curators_note, latitude, longitude, coordinate_uncertainty_m)
SELECT 'location-' || n, 'Location ' || n, 'settlement', '', '', n %% 90, n %% 180, 2000
FROM generate_series(1, %(events)s / 20) n;
INSERT INTO chronicle_locationwithin (location_id, within_id, period_edtf, basis)
SELECT n, (n - 2) / 20 + 1, '', 'nature' FROM generate_series(2, %(events)s / 20) n;
INSERT INTO chronicle_eventkind (slug, name, description) SELECT 'kind-' || n, 'kind ' || n, '' FROM generate_series(1, 12) n;
INSERT INTO chronicle_unit (slug, name, name_plural, counts_whole_things) VALUES ('person', 'person', 'persons', true);
INSERT INTO chronicle_event (slug, title, kind_id, date_edtf, date_range, reading_note, summary, state, curators_note)
SELECT 'event-' || n, 'Talks and shelling near place ' || n, n %% 12 + 1, d::text,
       daterange(d, d + 1), '', 'Reports of what happened on that day near place ' || n, 'ready', 'private note ' || n
FROM (SELECT n, date '1990-01-01' + (n * 7919 %% 12000) AS d FROM generate_series(1, %(events)s) n) g;
INSERT INTO chronicle_eventparty (event_id, party_id) SELECT n, n %% 4 + 1 FROM generate_series(1, %(events)s) n;
INSERT INTO chronicle_eventlocation (event_id, location_id, role, certainty)
SELECT n, (n * 31 + r * 17) %% (%(events)s / 20) + 1, CASE r WHEN 0 THEN 'site' ELSE 'target' END, 'certain'
FROM generate_series(1, %(events)s) n, generate_series(0, 1) r;
INSERT INTO chronicle_citation (event_id, number, document_id, locator_label, locator, aspect, stance, statement, quotation,
    quotation_prefix, quotation_suffix, asserted_date_edtf, asserted_date_range, asserted_date_widened, date_of,
    asserted_location_role, asserted_figure, unit_id, is_approximate, asserts_unknown, value_as_printed, period_edtf,
    stated_on, comment, curators_note)
SELECT n, c + 1, (n * 13 + c * 101) %% (%(events)s / 10) + 1, 'page', (n %% 300 + 1)::text,
       CASE c WHEN 2 THEN 'killed' ELSE 'date' END, 'supports', 'It says so of event ' || n, '', '', '',
       CASE c WHEN 2 THEN '' ELSE d::text END, CASE WHEN c < 2 THEN daterange(d, d + 1) END,
       CASE WHEN c < 2 THEN daterange(d, d + 1) END, CASE c WHEN 2 THEN '' ELSE 'began' END, '',
       CASE c WHEN 2 THEN numrange(n %% 50, n %% 60 + 50, '[]') END, CASE c WHEN 2 THEN 1 END, false, false, '', '', '', '', ''
FROM (SELECT n, c, date '1990-01-01' + (n * 7919 %% 12000) + CASE WHEN n %% 5 = 0 THEN c ELSE 0 END AS d
      FROM generate_series(1, %(events)s) n, generate_series(0, 2) c) g;
"""


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
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    seconds: dict[str, float] = {}
    with connections["owner"].cursor() as owner, connections["default"].cursor() as desk:
        with timed(f"generate {events} events", seconds):
            owner.execute(GENERATED, {"events": events})
        owner.execute("ANALYZE")
        every = list(range(1, events + 1))
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
