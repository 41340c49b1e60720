"""The outermost middleware: answers what machines ask about this process, and counts what the others asked.

It stands before everything that looks at hosts, cookies or databases, so it answers while these fail. A line of the log
names the page by its name among the addresses, never by what was looked for.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

from chronicle.middleware import GetResponse, is_desk
from chronicle.operation import health, metrics

logger = logging.getLogger("chronicle.requests")

ASKED_BY_MACHINES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live": health.live,
    "/health/ready": health.ready,
}
METRICS = "/health/metrics"


class Counted:
    """How many queries went to each database, and how long they took."""

    def __init__(self) -> None:
        self.queries: dict[str, int] = {}
        self.seconds: dict[str, float] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's
        """Count a query; the signature is Django's for execute wrappers."""
        alias, began = context["connection"].alias, time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries[alias] = self.queries.get(alias, 0) + 1
            self.seconds[alias] = self.seconds.get(alias, 0.0) + time.perf_counter() - began


def watched(get_response: GetResponse) -> GetResponse:
    """Return the middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if answer := ASKED_BY_MACHINES.get(request.path_info):
            return unkept(answer(request))
        if request.path_info == METRICS and settings.METRICS_TOKEN:
            return unkept(told(request))
        if not (settings.METRICS_TOKEN or settings.LOG_REQUESTS):
            return get_response(request)
        return counted(request, get_response)

    return middleware


def unkept(response: HttpResponse) -> HttpResponse:
    """Return an answer that no cache keeps."""
    response.headers["Cache-Control"] = "no-store"
    return response


def told(request: HttpRequest) -> HttpResponse:
    """Return the metrics to whoever has the token, which is compared in constant time."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse("Say METRICS_TOKEN as a bearer token.", status=401, content_type="text/plain")
    return HttpResponse(metrics.exposition(), content_type=metrics.CONTENT_TYPE)


def counted(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """Return the page, and write down how long it took and what it asked of the databases."""
    began = time.perf_counter()
    with counting() as found:
        response = get_response(request)
    seconds = time.perf_counter() - began
    match = request.resolver_match
    labels = {"side": "desk" if is_desk(request) else "readers", "page": (match and match.view_name) or "none"}
    if settings.METRICS_TOKEN:
        metrics.count(labels, response.status_code, seconds, found.queries, found.seconds)
    if settings.LOG_REQUESTS:
        figures = {"status": response.status_code, "ms": round(seconds * 1000, 1), "queries": found.queries}
        logger.info("%s %s", request.method, labels["page"], extra={"figures": {**labels, **figures}})
    return response


@contextmanager
def counting() -> Iterator[Counted]:
    """Count the queries of this thread while a page is made; what is made while it is sent is not counted."""
    found = Counted()
    with ExitStack() as wrappers:
        for alias in connections:
            wrappers.enter_context(connections[alias].execute_wrapper(found))
        yield found
