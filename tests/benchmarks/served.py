"""Asks a served chronicle for every public page by HTTP: `python -m tests.benchmarks.served ADDRESS --requests N`.

Each page is asked for once cold, when neither gunicorn nor PostgreSQL has anything in memory; then again and again, for
another record each time; then with the tag of its last answer. Queries and rows are counted in this process, since a
server does not tell them. The last line is all of it as JSON.
"""

import argparse
import http.client
import json
import logging
import os
import statistics
import time
from dataclasses import asdict, dataclass
from http.client import NOT_MODIFIED
from typing import Any
from urllib.parse import urlsplit

COUNTED = 3
"""For how many records the queries are counted."""


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took until all of it was there."""

    status: int
    milliseconds: float
    size: int
    tag: str


class Reader:
    """A browser that keeps its connection, takes compressed pages, and remembers nothing."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)

    def ask(self, path: str, **headers: str) -> Answer:
        """Ask once; a connection that the server has closed meanwhile is opened anew before the clock starts."""
        if self.connection.sock is None:
            self.connection.connect()
        began = time.perf_counter()
        try:
            self.connection.request("GET", path, headers={"Accept-Encoding": "gzip"} | headers)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            return self.ask(path, **headers)
        size = len(response.read())
        taken = (time.perf_counter() - began) * 1000
        return Answer(response.status, taken, size, response.headers.get("ETag", ""))


@dataclass(frozen=True)
class Page:
    """What was measured of one kind of page; times in milliseconds, size in bytes as sent."""

    status: int
    cold: float
    best: float
    p50: float
    p95: float
    p99: float
    unchanged: float | None
    size: int
    queries: int
    queries_unchanged: int | None
    rows: int


def measured(reader: Reader, client: Any, addresses: list[str], cold: Answer) -> Page:
    """Ask for the addresses of one kind of page one after another."""
    answers = [reader.ask(address) for address in addresses]
    times = [answer.milliseconds for answer in answers]
    hundredths = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    tagged = [(address, answer.tag) for address, answer in zip(addresses, answers, strict=True) if answer.tag]
    again = [reader.ask(address, **{"If-None-Match": tag}) for address, tag in tagged]
    known = [address for (address, _), answer in zip(tagged, again, strict=True) if answer.status == NOT_MODIFIED]
    unchanged = [answer.milliseconds for answer in again if answer.status == NOT_MODIFIED]
    queries, rows = counted(client, addresses[:COUNTED])
    return Page(
        status=max(answer.status for answer in answers),
        cold=cold.milliseconds,
        best=min(times),
        p50=hundredths[49],
        p95=hundredths[94],
        p99=hundredths[98],
        unchanged=statistics.median(unchanged) if unchanged else None,
        size=max(answer.size for answer in answers),
        queries=queries,
        queries_unchanged=counted_unchanged(client, known[0]) if known else None,
        rows=rows,
    )


def counted(client: Any, addresses: list[str]) -> tuple[int, int]:
    """Return the most queries of a page, and the most rows that the queries of one looked at."""
    from tests.benchmarks.plans import captured, plans_of  # noqa: PLC0415 -- after django.setup()

    most, rows = 0, 0
    for address in addresses:
        with captured() as queries:
            client.get(address)
        most = max(most, counts(queries))
        rows = max(rows, sum(plan.rows_read for plan in plans_of(queries)))
    return most, rows


def counted_unchanged(client: Any, address: str) -> int:
    """Return how many queries it takes to say that a page is unchanged."""
    from tests.benchmarks.plans import captured  # noqa: PLC0415 -- after django.setup()

    tag = client.get(address).headers["ETag"]
    with captured() as queries:
        client.get(address, headers={"if-none-match": tag})
    return counts(queries)


def counts(queries: list[Any]) -> int:
    """Return how many of these are queries, and not the marks between them."""
    from tests.benchmarks.pages import NOT_COUNTED  # noqa: PLC0415 -- after django.setup()

    return sum(not query.sql.startswith(NOT_COUNTED) for query in queries)


def main() -> None:
    """Measure every page and print the figures."""
    import django  # noqa: PLC0415 -- settings come first

    django.setup()
    logging.disable(logging.WARNING)  # pages that are not found are asked for on purpose
    from django.db import connections  # noqa: PLC0415 -- after django.setup()
    from django.test import Client  # noqa: PLC0415 -- after django.setup()

    from tests.benchmarks.addresses import look, public_addresses  # noqa: PLC0415 -- after django.setup()

    options = _options()
    reader, known = Reader(options.address), look()
    made = {
        name: [make(known, turn).replace("http://testserver", options.address) for turn in range(options.requests)]
        for name, make in public_addresses()
    }
    cold = {name: reader.ask(addresses[0]) for name, addresses in made.items()}
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client(headers={"host": urlsplit(options.address).netloc}, raise_request_exception=False)
    pages = {name: asdict(measured(reader, client, addresses, cold[name])) for name, addresses in made.items()}
    print(json.dumps({"pages": pages, "events": _published()}))


def _published() -> int:
    from chronicle.models import Event  # noqa: PLC0415 -- after django.setup()

    return Event.objects.using("published").count()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.benchmarks.served")
    parser.add_argument("address", help="where it is served, such as http://127.0.0.1:8000")
    parser.add_argument("--requests", type=int, default=100, help="how often each page is asked for (default: 100)")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    main()
