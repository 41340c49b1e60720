"""Figures in Prometheus' text format: requests, queries, editions, how long the desk's worklists are.

Counters of all processes of one gunicorn are added up by prometheus_client, through files in a folder that
gunicorn.conf.py makes. What the databases know is asked for when somebody looks.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from chronicle import lateness
from chronicle.operation import desk

__all__ = ["CONTENT_TYPE", "count", "exposition"]

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds: from an unchanged page to what PostgreSQL lets a reader's query take."""

EDITIONS = """
SELECT coalesce(last_value, 0) FROM pg_catalog.pg_sequences
WHERE schemaname = 'desk' AND sequencename = 'chronicle_edition_id_seq'
"""
CHANGED = "SELECT extract(epoch FROM made_at)::float FROM chronicle_change"


@cache
def _instruments() -> tuple[Counter, Histogram, Counter, Counter]:
    """The counters, made once they are needed: prometheus_client opens their files then."""
    return (
        Counter("chronicle_requests", "Requests that were answered.", ["side", "page", "status"]),
        Histogram("chronicle_request_seconds", "How long answers took to make.", ["side"], buckets=BOUNDS),
        Counter("chronicle_queries", "Queries to each database.", ["database"]),
        Counter("chronicle_query_seconds", "How long queries took in all.", ["database"]),
    )


def count(
    labels: dict[str, str], status: int, seconds: float, queries: dict[str, int], waited: dict[str, float]
) -> None:
    """Count an answer with the queries that it took, by alias."""
    requests, lengths, asked, durations = _instruments()
    requests.labels(**labels, status=str(status)).inc()
    lengths.labels(labels["side"]).observe(seconds)
    for alias, number in queries.items():
        asked.labels(alias).inc(number)
        durations.labels(alias).inc(waited[alias])


def exposition() -> bytes:
    """Return all figures as Prometheus reads them."""
    _instruments()
    registry = CollectorRegistry(auto_describe=False)
    if settings.METRICS_FOLDER:
        MultiProcessCollector(registry, path=settings.METRICS_FOLDER)
    else:
        registry.register(Own())
    registry.register(Standing())
    return bytes(generate_latest(registry))


class Own(Collector):
    """What this process counted, where it is the only one."""

    def collect(self) -> Iterator[Metric]:
        """Yield our instruments, and nothing of the process or of Python."""
        for instrument in _instruments():
            yield from instrument.collect()


class Standing(Collector):
    """What the databases say now; each is bounded, whatever the size of the chronicle."""

    def collect(self) -> Iterator[Metric]:
        """Yield what can be asked for; a database that fails is told of, and leaves its figures out."""
        answering = GaugeMetricFamily("chronicle_database_up", "Whether a database answers.", labels=["database"])
        for alias, told in {"published": _published, **({"default": _desk} if settings.HAS_DESK else {})}.items():
            try:
                found = list(told())
            except DatabaseError:
                answering.add_metric([alias], 0)
                continue
            answering.add_metric([alias], 1)
            yield from found
        yield answering


def _published() -> Iterator[Metric]:
    known, now = lateness.whole_until()
    behind = GaugeMetricFamily("chronicle_published_behind_seconds", "How far a copy is behind, at most.")
    if known:
        behind.add_metric([], (now - known).total_seconds())
    yield behind
    changed = _number("published", CHANGED)
    yield GaugeMetricFamily(
        "chronicle_published_changed_timestamp_seconds", "When readers last got to see a change.", changed
    )


def _desk() -> Iterator[Metric]:
    yield CounterMetricFamily("chronicle_editions", "Editions that were made.", _number("default", EDITIONS))
    waiting = GaugeMetricFamily(
        "chronicle_waiting", f"Records that wait at the desk, counted up to {desk.MOST}.", labels=["worklist"]
    )
    for name, number in desk.lengths():
        waiting.add_metric([name], number)
    yield waiting


def _number(alias: str, query: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else 0
