"""Every address that the resolver has for readers, with real arguments, and all that the answers say, headers too."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connections
from django.test import Client
from django.urls import URLPattern, get_resolver

from chronicle.exports import public_tables
from chronicle.views.base import PublicView
from chronicle.vocabularies import Aspect

BESIDE = (
    "/health/live", "/health/ready", "/health/metrics", "/media/", "/static/", "/.data/", "/nothing/", "/admin",
    "/events/%00/", "/search/?q=%00", "/search/?q=%ED%A0%80", "/oembed?url=nonsense", "/events/?period=nonsense",
    "/api/events?after=nonsense", "/api/events?limit=-1",
)  # fmt: skip
"""Addresses that no pattern has: those of middleware, and some that are answered with an error."""

NUMBERED = {"e": "events", "c": "citations"}
KINDS = ("events", "documents", "locations", "agents", "pages")


@dataclass(frozen=True)
class Answer:
    """What was answered to an address: its status, its headers and every text in it."""

    address: str
    status: int
    headers: str
    body: str

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.headers}\n{self.body}"

    @property
    def markup(self) -> str:
        """The page or the drawing, if it is one."""
        return self.body if any(kind in self.headers for kind in ("text/html", "image/svg")) else ""


def slugs(schema: str) -> dict[str, list[str]]:
    """The names of records by the first part of their addresses, as a schema has them."""
    tables = {
        "events": "chronicle_event", "locations": "chronicle_location",
        "documents": "sources_document", "agents": "sources_agent",
    }  # fmt: skip
    with connections["owner"].cursor() as cursor:
        found = {}
        for name, table in tables.items():
            cursor.execute(f"SELECT slug FROM {schema}.{table} ORDER BY id")
            found[name] = [slug for (slug,) in cursor.fetchall()]
        cursor.execute(f"SELECT id FROM {schema}.chronicle_citation ORDER BY id")
        found["citations"] = [str(number) for (number,) in cursor.fetchall()]
        cursor.execute(f"SELECT id FROM {schema}.chronicle_event ORDER BY id")
        found["numbers"] = [str(number) for (number,) in cursor.fetchall()]
        return found


def routes(patterns: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every public pattern with its whole path."""
    for pattern in patterns:
        at = before + str(pattern.pattern)
        if at.startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield at, pattern
        else:
            yield from routes(pattern.url_patterns, at)


class Addresses:
    """What can be asked for: every pattern with so many arguments each, and questions with so many words."""

    def __init__(self, records: dict[str, list[str]], *, width: int, words: tuple[str, ...] = ()) -> None:
        self.records, self.width, self.words = records, width, words

    def __iter__(self) -> Iterator[str]:
        """Yield addresses, each once."""
        seen = set(BESIDE)
        yield from BESIDE
        for route, pattern in routes(get_resolver().url_patterns):
            for address in self._filled(route, pattern):
                if address not in seen:
                    seen.add(address)
                    yield address

    def _filled(self, route: str, pattern: URLPattern) -> Iterator[str]:
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        choices = [self._arguments(name, route) for name in names]
        width = max(self.width, len(choices[0])) if names == ["name"] else self.width
        for values in itertools.islice(itertools.product(*choices), width):
            filled = iter(values)
            yield "/" + re.sub(r"<[^>]+>", lambda _found, filled=filled: next(filled), route)
        if not names:
            yield f"/{route}"
            questions = dict.fromkeys(self._questions(pattern))
            yield from (f"/{route}?{question}" for question in itertools.islice(questions, self.width))

    def _questions(self, pattern: URLPattern) -> Iterator[str]:
        view = getattr(pattern.callback, "view_class", None)
        read = (view.parameters or ()) if view and issubclass(view, PublicView) else ()
        if pattern.name == "oembed":
            yield from (f"url=http://testserver/events/{slug}/" for slug in self.records["events"][: self.width])
        for word in self.words:
            yield from (f"{name}={quote(word)}" for name in sorted(read or ("q",), key="q".__ne__))

    def _arguments(self, name: str, route: str) -> list[str]:
        first = route.removeprefix("api/").removeprefix("embed/").split("/")[0]
        if name in {"left", "right"}:
            return self.records["documents"][:4]
        if name == "name":
            return list(public_tables())
        if name == "aspect":
            return list(Aspect.values)
        if name == "kind":
            return list(KINDS)
        if name == "number" and "slug" not in route:
            return self.records["numbers" if first == "e" else "citations"]
        if name in {"number", "part"}:
            return ["1", "2", "3", "0"]
        return self.records.get(first, ["nothing"])


def asked(client: Client, address: str) -> Answer:
    """Ask for an address, and read all that comes."""
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return Answer(address, response.status_code, headers, text_of(content))


def text_of(content: bytes) -> str:
    """Return all texts in an answer; those of packed files too."""
    if not content.startswith(b"PK\x03\x04"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(f"{name}\n{text_of(packed.read(name))}" for name in packed.namelist())
