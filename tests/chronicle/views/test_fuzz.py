"""Random questions to every public address: none fails, and none asks the database more than its page may.

The same seed asks the same questions. `FUZZ=10000 pytest tests/chronicle/views/test_fuzz.py` asks more of them, and by
the clock: on a quiet machine no answer takes a second. In the suite only the work of an answer itself is measured.
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from django.db import connections
from django.test import Client
from django.urls import URLPattern, reverse

from chronicle.corpus.making import Sizes, make, publish_all
from chronicle.urls import urlpatterns
from chronicle.views.base import PublicView
from chronicle.vocabularies import Aspect, Verdict
from tests.benchmarks.addresses import Known, look
from tests.benchmarks.pages import NOT_COUNTED
from tests.benchmarks.plans import captured
from tests.conftest import empty_tables

QUESTIONS = int(os.environ.get("FUZZ", "2000"))
SEED = 2020
BY_THE_CLOCK = "FUZZ" in os.environ
SLOWEST = 1.0 if BY_THE_CLOCK else 2.5
"""Seconds for an answer: by the clock when asked for, on a quiet machine; else of the processor's time.

That is nearly the same on a machine that does other things meanwhile: where two processes share a core, twice as much.
"""
SECONDS = time.perf_counter if BY_THE_CLOCK else time.thread_time

NOT_SERVED = 501
"""What oEmbed 1.0 asks to be answered to a format that is not served."""

MOST_QUERIES = 25
BOUNDS: Mapping[str, int] = {
    "home": 7,
    "events": 14,
    "event": 23,
    "edition": 10,
    "changes": 18,
    "locations": 9,
    "location": 12,
    "documents": 9,
    "document": 20,
    "agents": 9,
    "agent": 14,
    "telling": 12,
    "telling-pair": 12,
    "disputes": 12,
    "editions": 5,
    "editions-feed": 4,
    "event-by-number": 5,
    "citation-by-number": 4,
    "figures": 13,
    "data": 4,
    "sitemap": 5,
    "sitemap-part": 3,
    "method": 2,
    "about": 2,
    "accessibility": 2,
    "manifest": 2,
    "search-description": 2,
    "robots": 1,
    "favicon": 1,
}
"""How many queries an answer may take, by the name of its address; any other `MOST_QUERIES`."""

HOSTILE = (
    *("", " ", "\x00", "\ud800", "'", '"', "%", "%%", "_", "\\", "<script>", "';--", "{{1}}", "../..", "\n", "\u202e"),
    *("0", "-1", "1", "9223372036854775808", "1e999", "NaN", "inf", "٣", "²", "1~1", "~", "~1", "a~", "a~a", "-1~-1"),
    *("99999999999999999999~1", "1~99999999999999999999", "2020-01-01T00:00:00+00:00~1", "0001-01-01T00:00+23:59~1"),
    *("killed~1", "date~99999999999999999999", "9999-12-31T23:59:59-23:59~9"),
)
DATES = (
    *("2020", "2020-10", "2020-10-17", "202X", "20XX", "XXXX", "../2020", "2020/..", "../..", "/", "[1985..1990]"),
    *("{1985,1986}", "-0044", "Y170000002", "Y-17E7", "1985-21", "1985~", "1985?/1986%", "2020-13-45", "1985-04-31"),
    *("2147483647", "-2147483648", "Y9999999999999", "1XXX-XX", "1985S2", "17 October 1985"),
)
WORDS = (
    "near",
    "ka",
    "kanda",
    "specimen",
    "3,773",
    "E1",
    "C1",
    "c 99999999999999999999",
    '"two words"',
    "-near",
    "ə",
    "Շու",
    "а" * 3000,
    *("hy", "az-Latn", "40,47", "-90,180", "9", "99"),
)


@pytest.fixture(scope="module", autouse=True)
def known(django_db_setup: None, django_db_blocker: Any) -> Iterator[Known]:
    """A made-up chronicle, and what there is to ask for in it; the owner takes it away again."""
    with django_db_blocker.unblock():
        make(Sizes(200), seed=1)
        list(publish_all(together=200))
        yield look()
        for alias in ("default", "published"):
            connections[alias].close()
        empty_tables()


def public_addresses() -> list[URLPattern]:
    return [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name]


def parameters() -> list[str]:
    """Every name under which a page reads something, and some that none does."""
    views = [getattr(pattern.callback, "view_class", None) for pattern in public_addresses()]
    read = {name for view in views if view and issubclass(view, PublicView) for name in view.parameters or ()}
    return sorted({*read, *STATE, "after", "left", "right", "format", "page", "x", ""})


STATE = ("names", "at", "zoom", "show")
"""What is read of an address and is no part of its canonical form."""


class Questions:
    """Addresses by chance."""

    def __init__(self, known: Known, seed: int) -> None:
        self.chance, self.known = random.Random(seed), known
        self.patterns, self.names = public_addresses(), parameters()

    def next(self) -> tuple[str, str]:
        """Another address, with the name of its page."""
        pattern = self.chance.choice(self.patterns)
        return str(pattern.name), self.to(pattern)

    def to(self, pattern: URLPattern) -> str:
        """Another question to an address."""
        arguments = {key: self._argument(key, pattern) for key in pattern.pattern.converters}
        asked = [self._asked() for _ in range(self.chance.choice((0, 1, 1, 2, 3, 6)))]
        return f"{reverse(pattern.name, kwargs=arguments)}?{'&'.join(asked)}"

    def _argument(self, key: str, pattern: URLPattern) -> Any:
        if key in {"number", "part"}:
            return self.chance.choice((0, 1, 2, 3, 7, 10**6, 2**31, 2**63, 10**30))
        slugs = {"events": self.known.events, "locations": self.known.locations, "agents": self.known.agents}
        kind = str(pattern.pattern).split("/")[0]
        found = ("events", "documents", "pages") if kind == "sitemaps" else slugs.get(kind, self.known.documents)
        return self.chance.choice((*found, "nothing", "x" * 300))

    def _asked(self) -> str:
        value = self._value()
        name = quote(self.chance.choice(self.names))
        return f"{name}={quote(value, errors='surrogatepass')}" if self.chance.random() < 0.95 else name + self._bytes()

    def _bytes(self) -> str:
        return "=" + quote_from_bytes(self.chance.randbytes(self.chance.randrange(12)))

    def _value(self) -> str:
        known, chance = self.known, self.chance
        pools: tuple[Callable[[], str], ...] = (
            lambda: chance.choice(HOSTILE),
            lambda: chance.choice(DATES),
            lambda: chance.choice(WORDS),
            lambda: chance.choice((*known.events, *known.documents, *known.locations, *known.agents)),
            lambda: chance.choice((*Aspect.values, *Verdict.values, "both", "left", "documents", "text", "correction")),
            lambda: f"{chance.randrange(-(10**6), 10**6)}~{chance.randrange(-5, 500)}",
            lambda: "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randrange(20))),
        )
        return chance.choice(pools)()


def test_no_question_fails_or_asks_too_much(
    known: Known, record_testsuite_property: Callable[[str, object], None]
) -> None:
    client = Client(raise_request_exception=False)
    questions = Questions(known, SEED)
    faults, statuses, slowest = [], set(), (0.0, "")
    client.get("/")

    for _ in range(QUESTIONS):
        name, address = questions.next()
        with captured() as queries:
            began = SECONDS()
            response = client.get(address)
            response.close()  # a download holds its turn until then
            taken = SECONDS() - began
        asked = sum(not query.sql.startswith(NOT_COUNTED[1:]) for query in queries)
        statuses.add(response.status_code)
        slowest = max(slowest, (taken, address[:300]))
        is_failure = response.status_code >= 500 and response.status_code != NOT_SERVED
        if is_failure or asked > BOUNDS.get(name, MOST_QUERIES) or taken > SLOWEST:
            faults.append(f"{response.status_code}, {asked} queries, {taken:.1f} s: {address[:300]}")

    record_testsuite_property("slowest", slowest)
    assert not faults, "\n".join(faults)
    assert {200, 302, 404} <= statuses <= {200, 301, 302, 304, 404, 410, NOT_SERVED}


def test_fault_is_seen(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the fuzz should see, it sees: a page that fails."""
    from chronicle.views.standing import Method  # noqa: PLC0415 -- the one that is broken here

    monkeypatch.setattr(Method, "page", lambda *_args, **_address: 1 / 0)

    assert Client(raise_request_exception=False).get("/method/?x=1").status_code == 500


def test_every_bound_is_of_an_address() -> None:
    assert set(BOUNDS) <= {pattern.name for pattern in public_addresses()}
