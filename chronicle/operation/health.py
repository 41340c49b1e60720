"""Whether this process lives, and whether it can answer: for whoever restarts it or sends it requests."""

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from chronicle import lateness
from chronicle.overload import TooLateError

ASKED = {
    "default": "SELECT FROM django_migrations LIMIT 1",
    "published": "SELECT FROM chronicle_edition LIMIT 1",
}
"""What each side cannot do without."""

UNAVAILABLE = 503


def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- asked like the others
    """Say that the process lives; it asks no database, so a failing one does not restart every process."""
    return JsonResponse({"live": True})


def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- asked like the others
    """Say whether the databases of this side answer, with 503 where one does not; never why."""
    found = {side: _answers(alias) for alias, side in _sides().items()}
    is_ready = all(found.values())
    return JsonResponse({"ready": is_ready, "databases": found}, status=200 if is_ready else UNAVAILABLE)


def _sides() -> dict[str, str]:
    """The aliases of this process, by the words that are used of them."""
    return {"published": "readers"} | ({"default": "desk"} if settings.HAS_DESK else {})


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(ASKED[alias])
        if alias == "published" and lateness.is_watched():
            lateness.lateness()
    except (DatabaseError, TooLateError):
        return False
    return True
