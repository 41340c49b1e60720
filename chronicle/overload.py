"""What is done when there is too much to do: searches wait their turn, and what takes too long is told to come back.

No reader is counted for it, and no address is kept. A process has so many turns for searches, and for pictures
as PNG (`SEARCHES_AT_ONCE`), whoever asks, so that there are threads left for pages that cost little.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

logger = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds for which a search waits for its turn: some twenty searches of the usual length."""
RETRY_AFTER = 10
"""Seconds after which to ask again: twice what PostgreSQL lets a reader's query take."""
UNAVAILABLE = 503

turns = BoundedSemaphore(settings.SEARCHES_AT_ONCE)

downloads = BoundedSemaphore(settings.DOWNLOADS_AT_ONCE)
"""How many files are made at once while they are sent: each holds a thread until its reader has it."""


class TooBusyError(Exception):
    """No turn came in time."""


class TooLateError(Exception):
    """The published side is a copy that has been behind for too long; the message says since when."""


@contextmanager
def turn() -> Iterator[None]:
    """Hold one of the turns of this process; TooBusyError if none becomes free in time."""
    if not turns.acquire(timeout=PATIENCE):
        raise TooBusyError
    try:
        yield
    finally:
        turns.release()


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the page that asks to come back, if it is that kind of error: too busy, too slow, no database."""
    return unavailable(request, error) if isinstance(error, TooBusyError | OperationalError) else None


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the page that asks to come back; it asks the database nothing."""
    logger.warning("Answered with %s: %s (%r)", UNAVAILABLE, request.path, error)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if request.path_info.startswith("/api/"):
        return JsonResponse(_problem(), status=UNAVAILABLE, headers=headers, content_type="application/problem+json")
    told = {"is_late": isinstance(error, TooLateError), "is_desk": request.path_info.startswith("/admin/")}
    return HttpResponse(render_to_string("503.html", told), status=UNAVAILABLE, headers=headers)


def failed(request: HttpRequest) -> HttpResponse:
    """Return the page for what nothing else answered: that a database is away is told as such, at the desk too.

    Django calls it while the error is being handled (`handler500`).
    """
    error = sys.exc_info()[1]
    told = answer(request, error) if isinstance(error, Exception) else None
    return told or server_error(request)


def _problem() -> dict[str, Any]:
    """The problem document (RFC 9457) of an interface that has too much to do; its shape is `api.problems.Problem`."""
    title = _("Too much is asked for at this moment.")
    detail = _("Ask again in a little while; Retry-After says when.")
    return {"type": "about:blank", "title": title, "status": UNAVAILABLE, "detail": detail, "faults": []}
