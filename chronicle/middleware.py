"""Two sides behind one address: the curators' desk with sessions and logins, and public pages with neither.

Public pages read through the alias `published` alone, in one read-only transaction that sees one state.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError, ProgrammingError, connections, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.middleware.csrf import CsrfViewMiddleware
from pghistory.middleware import HistoryMiddleware

from chronicle import lateness, overload
from chronicle.freshness import conditional

GetResponse = Callable[[HttpRequest], HttpResponse]

ONE_STATE = "LOCK TABLE chronicle_edition IN ACCESS SHARE MODE"
"""Before the snapshot is taken: tables that are being replaced are waited for, and not replaced under a page.

LOCK TABLE takes no snapshot of its own, so what it waited for is seen (PostgreSQL 18, LOCK).
"""

CHANGED_AT = "SELECT made_at FROM chronicle_change"
"""When what readers see last changed; asked in one message with the lock."""


class DeskQueryOnPublicPageError(Exception):
    """A public page asked the desk's database: a defect, never shown as data."""


def is_desk(request: HttpRequest) -> bool:
    """Return whether the request is for the curators' side."""
    return request.path_info.startswith("/admin/") or request.path_info == "/admin"


def published_only(get_response: GetResponse) -> GetResponse:
    """Return the middleware that lets public paths read what is published and nothing else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_desk(request):
            return get_response(request)
        if settings.SITE == "desk":
            return HttpResponseNotFound("Readers' pages are served elsewhere.", content_type="text/plain")
        try:
            return read_one_state(request, get_response)
        # Outside the page: no database, nothing that readers may read (a restore that was not ended), or late.
        except (OperationalError, ProgrammingError, overload.TooLateError) as error:
            return overload.unavailable(request, error)

    middleware.process_exception = from_readers(overload.answer)  # type: ignore[attr-defined]  # where Django looks
    return middleware


def read_one_state(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """Return the page, made in one transaction of the published side and with no other database."""
    with one_state() as changed_at:
        request.changed_at = changed_at  # type: ignore[attr-defined]  # for files that say which state they tell
        late = lateness.lateness() if lateness.is_watched() else None
        if late is None:
            return conditional(request, get_response, changed_at)
        request.late = late  # type: ignore[attr-defined]  # for the page to say
        return lateness.told(late, get_response(request))


@contextmanager
def one_state() -> Iterator[datetime | None]:
    """Read one state of the published side and no other database; yield when that state came about.

    What is made while it is sent enters it again: by then the page's own transaction is over.
    """
    with ExitStack() as guards:
        for alias in connections:
            if alias != "published":
                guards.enter_context(connections[alias].execute_wrapper(refuse))
        guards.enter_context(transaction.atomic(using="published"))
        yield enter_state()


def from_readers(answer: Callable[[HttpRequest, Exception], HttpResponse | None]) -> Any:
    """Return what answers errors of public pages, and leaves those of the desk to Django."""
    return lambda request, error: None if is_desk(request) else answer(request, error)


API = "/api/"
FILES = (".csv", ".json", ".jsonld", ".geojson", ".tsv", ".bib", ".ris", ".zip")
"""How the addresses of files end that readers take along."""
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""With what other sites' pages may read data: there is nothing of anybody's own in it (Fetch, CORS)."""
ALLOWED = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, Accept",
    "Access-Control-Max-Age": "86400",
}


def is_data(request: HttpRequest) -> bool:
    """Return whether the request is for what programs read: the JSON interface, or a file."""
    return request.path_info.startswith(API) or (request.path_info.endswith(FILES) and not is_desk(request))


def readable_elsewhere(get_response: GetResponse) -> GetResponse:
    """Return the middleware that lets other sites' pages read the JSON interface and files, unchanged ones included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_data(request):
            return get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={**SHARED, **ALLOWED})
        response = get_response(request)
        for name, value in SHARED.items():
            response[name] = value
        return response

    return middleware


def enter_state() -> datetime | None:
    """Settle which state this page sees, and return when that came about; None where nothing was ever published."""
    with connections["published"].cursor() as cursor:
        cursor.execute(f"{ONE_STATE}; {CHANGED_AT}")
        cursor.nextset()
        row = cursor.fetchone()
    return row[0] if row else None


def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> NoReturn:  # noqa: ARG001, FBT001
    """Refuse a query that is not to the published side; the signature is Django's for execute wrappers."""
    alias = context["connection"].alias
    raise DeskQueryOnPublicPageError(f"A public page asked the database “{alias}”: use the alias “published”.")


class OnlyAtDesk:
    """Makes a middleware do nothing on public paths: no session, no cookie, no user."""

    def __call__(self, request: HttpRequest) -> Any:
        """Pass public requests by."""
        if is_desk(request):
            return super().__call__(request)  # type: ignore[misc]  # of the middleware that it is mixed into
        return self.get_response(request)  # type: ignore[attr-defined]  # of the same


class DeskSessions(OnlyAtDesk, SessionMiddleware):
    """Sessions, for curators."""


class DeskCsrf(OnlyAtDesk, CsrfViewMiddleware):
    """Protection of forms, for curators; public pages have none."""

    def process_view(self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any) -> Any:
        """Check the token of curators' forms."""
        return super().process_view(request, callback, callback_args, callback_kwargs) if is_desk(request) else None


class DeskAuthentication(OnlyAtDesk, AuthenticationMiddleware):
    """Who the curator is."""


class DeskMessages(OnlyAtDesk, MessageMiddleware):
    """What the admin tells curators."""


class DeskHistory(OnlyAtDesk, HistoryMiddleware):
    """Who made a change and from which page, for the history."""
