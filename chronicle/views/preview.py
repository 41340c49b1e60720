"""The page of an event as readers would see it if it was published now: made, shown, and taken back.

What is typed is saved as the form would save it, then published by the verb itself, then read from what readers would
see, all in one transaction of the desk that is rolled back. Nobody else sees any of it, and the readers' login is not
asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connections, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from chronicle.editions import Differences, differences, read
from chronicle.models import Edition, Event, Masthead
from chronicle.publication import publish
from chronicle.views.event_page import EventPage
from chronicle.views.events import NEWEST
from chronicle.views.naming import Naming
from chronicle.views.sections import Surroundings

DESK = "default"
PATIENCE = "SET LOCAL lock_timeout = '5s'"
"""How long it is waited for somebody who is publishing: publishing is serial, and a preview publishes too."""
AS_READERS = "SET LOCAL search_path = published, functions"
"""The tables have the same names on both sides: what readers see, as this transaction has made it."""
SAVED = 302
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"sandbox": ["allow-same-origin", "allow-popups", "allow-top-navigation-by-user-activation"]})  # type: ignore[arg-type]  # it is typed for views without arguments
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show the next edition of an event: as it is saved, or with what is typed in the form that is sent."""
    pages: Any = admin.site.get_model_admin(Event)
    event = pages.get_object(request, str(number))
    if event is None:
        raise Http404
    if not pages.has_view_permission(request, event):
        raise PermissionDenied
    try:
        with taken_back():
            return _typed(request, pages, number) if request.method == "POST" else _shown(request, event)
    except OperationalError as error:
        if "lock timeout" not in str(error):
            raise
        return _told(request, event, [_(BUSY)])


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo whatever is done to the desk's database within, also what readers would see of it."""
    with transaction.atomic(using=DESK):
        with connections[DESK].cursor() as cursor:
            cursor.execute(PATIENCE)
        yield
        transaction.set_rollback(True, using=DESK)


def _typed(request: HttpRequest, pages: ModelAdmin, number: int) -> HttpResponse:
    """Save what is typed as the form does, and show it; without what the form would tell afterwards."""
    told = list(messages.get_messages(request))
    response = pages.changeform_view(request, str(number))
    list(messages.get_messages(request))  # what is read is not shown again
    for message in told:
        messages.add_message(request, message.level, message.message, extra_tags=message.extra_tags)
    event = Event.objects.get(pk=number)
    if response.status_code == SAVED:
        return _shown(request, event)
    faults = [_(STALE)] if response.status_code == CONFLICT else _faults(response)
    return _told(request, event, faults)


def _faults(response: Any) -> list[str]:
    """Return what is wrong with the form, each thing once."""
    lists = (response.context_data or {}).get("errors", ())
    return list(
        dict.fromkeys(str(words) for found in lists for words in (found if isinstance(found, list) else [found]))
    )


def _shown(request: HttpRequest, event: Event) -> HttpResponse:
    report = publish([event])
    if report.refused:
        return _told(request, event, [refusal.reason for refusal in report.refused])
    with connections[DESK].cursor() as cursor:
        cursor.execute(AS_READERS)
    request.masthead = Masthead.objects.using(DESK).current()  # type: ignore[attr-defined]
    page = _page(event.pk, request)
    context = {"page": page, "is_unchanged": not report.done, "found": _found(page), "is_preview": True}
    context |= {"naming": Naming()}  # as on the page of an event whose address chooses no language
    return HttpResponse(render_to_string("chronicle/preview.html", context, request=request))


def _page(number: int, request: HttpRequest) -> EventPage:
    event = Event.objects.using(DESK).with_assertions().get(pk=number)
    editions = list(Edition.objects.using(DESK).of_event(number)[:NEWEST])
    return EventPage(event, editions[0], editions, request, Surroundings())


def _found(page: EventPage) -> Differences | None:
    """Return what differs from the edition before, of which readers see the newest that is not closed."""
    before = next((one for one in page.editions[1:] if not one.is_tombstone), None)
    return differences(read(before, DESK), read(page.edition, DESK)) if before else None


def _told(request: HttpRequest, event: Event, faults: list[str]) -> HttpResponse:
    request.masthead = Masthead.objects.using(DESK).current()  # type: ignore[attr-defined]
    context = {"event": event, "faults": faults}
    return HttpResponse(render_to_string("chronicle/preview_refused.html", context, request=request))


BUSY = gettext_noop("Somebody is publishing just now. Ask for the preview again.")
STALE = gettext_noop(
    "Others saved this record while you had it open. Press Save: the form then shows what they changed."
)
