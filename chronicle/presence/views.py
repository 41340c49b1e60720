"""The address to which an open form says that it is open, and which answers who else has the record open."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chronicle.presence.models import Presence
from chronicle.presence.noticing import leave, notice


@require_POST
def present(request: HttpRequest) -> JsonResponse:
    """Note that the record is open, or with `leaving` that it is not any more; 404 for what the curator may not see."""
    pages = _pages(request.POST.get("kind", ""))
    number = pages.number_of(request.POST.get("number", "")) if pages else None
    if pages is None or number is None:
        return JsonResponse({}, status=404)
    if not pages.has_change_permission(request):
        raise PermissionDenied
    if pages.get_object(request, str(number)) is None:
        return JsonResponse({}, status=404)
    kind = pages.opts.label_lower
    if "leaving" in request.POST:
        leave(request.user, kind, number)
        return JsonResponse({"words": ""})
    return JsonResponse({"words": " ".join(_told(other) for other in notice(request.user, kind, number))})


def _pages(kind: str) -> Any:
    """Return the admin of a kind of record whose saves are guarded."""
    found = next((model for model in apps.get_models() if model._meta.label_lower == kind), None)  # noqa: SLF001 - Django documents _meta
    pages = admin.site.get_model_admin(found) if found and admin.site.is_registered(found) else None
    return pages if hasattr(pages, "number_of") else None


def _told(other: Presence) -> str:
    words = {
        "name": other.account.get_full_name() or other.account.get_username(),
        "time": date_format(localtime(other.opened_at), "H:i"),
    }
    return _("%(name)s has this open too, since %(time)s.") % words
