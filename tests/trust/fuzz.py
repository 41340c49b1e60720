"""Random questions to every public address and to every operation of the interface for programs.

The operations and what each is asked for are read from its own description (OpenAPI); one round is a question to each.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, quote_from_bytes

from django.conf import settings
from django.test import Client

from chronicle.api.site import described
from chronicle.corpus.making import Sizes, make, publish_all
from chronicle.views.standing import Method
from tests.benchmarks.addresses import Known, look
from tests.chronicle.views.test_fuzz import DATES, HOSTILE, WORDS, Questions, public_addresses
from tests.trust.canaries import public_ones
from tests.trust.drills import Drill, Seen

SEED = 2020
FEW = 10
"""Up to so many rounds questions go to a few records; from there on to two hundred events."""
SLOWEST = 2.5
"""Seconds of the processor for an answer, which are nearly the same on a machine that does other things meanwhile."""
AS_DOCUMENTED = {200, 301, 302, 304, 404, 410, 414, 422, 501, 503}
DETAILS = ("Traceback", "psycopg", "SELECT ", "site-packages", "django.", str(settings.BASE_DIR))
NUMBERS = (
    "0",
    "-1",
    "1",
    "100",
    "101",
    "1e3",
    "1.0",
    " 7",
    "٣",
    "²",
    "NaN",
    "null",
    "true",
    "[]",
    "9" * 40,
    "",
    "0x10",
)
LONGEST = 5_000

Question = Callable[[], str]


class Operations:
    """Questions by chance to the operations of the interface, as its description has them."""

    def __init__(self, known: Known, chance: random.Random) -> None:
        self.known, self.chance = known, chance
        self.paths: Mapping[str, Any] = described()["paths"]
        self.follows: list[str] = []
        """Addresses that answers called the next page."""

    def question(self, path: str) -> str:
        """An address of an operation."""
        if self.follows and self.chance.random() < 0.1:
            return self.chance.choice(self.follows)
        given = self.paths[path]["get"].get("parameters", [])
        for each in given:
            if each["in"] == "path":
                path = path.replace(
                    f"{{{each['name']}}}", quote(self._argument(path, each), safe="", errors="surrogatepass")
                )
        asked = [self._pair(each) for each in given if each["in"] == "query" and self.chance.random() < 0.5]
        asked += [self._pair({"name": self._any(), "schema": {}}) for _ in range(self.chance.choice((0, 0, 0, 1, 3)))]
        asked += asked[:1] if self.chance.random() < 0.1 else []
        return f"{path}?{'&'.join(asked)}"

    def heard(self, body: Any) -> None:
        """Keep where a list goes on."""
        following = body.get("next") if isinstance(body, dict) else None
        if following and len(self.follows) < 1000:
            self.follows.append(following.replace("http://testserver", ""))

    def _argument(self, path: str, parameter: Any) -> str:
        if parameter["schema"].get("type") == "integer":
            return self.chance.choice((*NUMBERS, *map(str, self.known.citations))) or "1"
        known = {"events": self.known.events, "locations": self.known.locations, "agents": self.known.agents}
        slugs = known.get(path.split("/")[2], self.known.documents)
        return self.chance.choice((*slugs, "nothing")) if self.chance.random() < 0.6 else self._any() or "x"

    def _pair(self, parameter: Any) -> str:
        name = quote(parameter["name"], safe="", errors="surrogatepass")
        if self.chance.random() < 0.05:
            return f"{name}={quote_from_bytes(self.chance.randbytes(self.chance.randrange(12)))}"
        return f"{name}={quote(self._value(parameter['schema']), errors='surrogatepass')}"

    def _value(self, schema: Mapping[str, Any]) -> str:
        if self.chance.random() < 0.4:
            return self._any()
        if schema.get("type") == "integer":
            within = range(schema.get("minimum", 0) - 1, schema.get("maximum", 100) + 2)
            return str(self.chance.choice(within))
        fitting = (
            *schema.get("enum", ()),
            *schema.get("examples", ()),
            *self.known.events[:3],
            *self.known.documents[:3],
        )
        return str(self.chance.choice(fitting))

    def _any(self) -> str:
        pool = self.chance.choice((HOSTILE, DATES, WORDS, NUMBERS, ("x" * LONGEST,)))
        return self.chance.choice(pool)


def attack(rounds: int) -> Seen:
    """In each round ask every address and every operation once."""
    seen, known = Seen(rounds=rounds), records(rounds)
    client, chance = Client(raise_request_exception=False), random.Random(SEED)
    questions, operations = Questions(known, SEED), Operations(known, chance)
    statuses, slowest = Counter[int](), 0.0
    asking: list[Question] = [
        *((lambda pattern=pattern: questions.to(pattern)) for pattern in public_addresses()),
        *((lambda path=path: operations.question(path)) for path in operations.paths),
    ]
    for _ in range(rounds):
        for question in asking:
            address = question()
            began = time.thread_time()
            response = client.get(address)
            found = list(wrong_with(response, address, operations))
            response.close()
            taken = time.thread_time() - began
            slowest = max(slowest, taken)
            statuses[response.status_code] += 1
            seen.found += found + ([f"{taken:.1f} s: {address[:300]}"] if taken > SLOWEST else [])
    seen.figures = {"addresses": len(public_addresses()), "operations": len(operations.paths)}
    seen.figures |= {"questions": sum(statuses.values()), "answers": dict(sorted(statuses.items()))}
    seen.figures |= {"slowest": f"{slowest:.2f} s"}
    return seen


def records(rounds: int) -> Known:
    """What there is to ask for."""
    if rounds <= FEW:
        public_ones()
    else:
        make(Sizes(200), seed=1)
        list(publish_all(together=200))
    return look()


def wrong_with(response: Any, address: str, operations: Operations) -> Iterator[str]:
    """An answer that no reader should get."""
    status = response.status_code
    if status not in AS_DOCUMENTED:
        yield f"{status}: {address[:300]}"
    if status >= 400 and not response.streaming:
        yield from (f"{status} tells {each!r}: {address[:300]}" for each in DETAILS if each in response.text)
    if address.startswith("/api/") and "json" in response.headers.get("Content-Type", "") and not response.streaming:
        operations.heard(json.loads(response.content))


@contextmanager
def failing() -> Iterator[None]:
    """A page that fails whatever it is asked."""
    before = Method.page
    Method.page = lambda *_args, **_address: 1 / 0  # type: ignore[method-assign]  # a fault
    try:
        yield
    finally:
        Method.page = before  # type: ignore[method-assign]  # as it was


DRILL = Drill("fuzz", attack, failing, promised=10_000, few=1, enough=1)
