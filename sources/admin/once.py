"""One record from one form: who presses Save twice, or sends a form again after a lost answer, adds one record."""

import re
import secrets
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse

ADDITION = "addition"
"""The name of the field that says which showing of the form this is, and of what the session remembers of them."""

TOKEN = re.compile(r"[0-9a-f]{32}")
MOST_REMEMBERED = 50  # forms of one session: far more than anybody has open
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
"""The second of two equal forms waits here until the first is saved."""

SAVED = 302


class AddedOnce:
    """Mixin for the admin of records, before all that saves: a form that was saved is not saved again."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the form and save it; where the same one was saved already, lead where that led."""
        view, token = super().changeform_view, request.POST.get(ADDITION, "")
        if object_id is not None or request.method != "POST" or not TOKEN.fullmatch(token):
            return view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute(ALONE, [token])
            number = _remembered(request).get(token)
            record = number and self.has_add_permission(request) and self.get_object(request, str(number))
            if record:
                return self.response_add(request, record)
            response = view(request, object_id, form_url, extra_context)
            if response.status_code == SAVED and hasattr(request, "added"):
                _remember(request, token, request.added)
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save, and note the number of what is new."""
        super().save_model(request, obj, form, change)
        if not change:
            request.added = obj.pk

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Put into a form that adds a record which showing of it this is."""
        if options.get("add"):
            sent = request.POST.get(ADDITION, "")
            context[ADDITION] = sent if TOKEN.fullmatch(sent) else secrets.token_hex(16)
        return super().render_change_form(request, context, *args, **options)


def _remembered(request: HttpRequest) -> dict[str, int]:
    """Return the numbers of the records that forms of this session have added, as the database has them by now."""
    stored = import_module(settings.SESSION_ENGINE).SessionStore(request.session.session_key)
    added: dict[str, int] = stored.get(ADDITION, {}).get(request.resolver_match.view_name, {})
    return added


def _remember(request: HttpRequest, token: str, number: int) -> None:
    """Note it in the session, in the transaction of the record: both are there, or neither."""
    name = request.resolver_match.view_name
    added = {**_remembered(request), token: number}
    newest = dict(list(added.items())[-MOST_REMEMBERED:])
    request.session[ADDITION] = {**request.session.get(ADDITION, {}), name: newest}
    request.session.save()
