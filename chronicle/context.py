"""What every template has besides its own: the masthead that readers see."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from chronicle.models import Masthead


def masthead(request: HttpRequest) -> dict[str, Any]:
    """Return the published masthead, asked for when a template names it, and how late this copy is."""
    return {"masthead": masthead_of(request), "late": getattr(request, "late", None)}


def masthead_of(request: HttpRequest) -> Masthead:
    """Return the published masthead, asked for when it is looked at, and once in a request."""
    if not hasattr(request, "masthead"):
        request.masthead = SimpleLazyObject(Masthead.objects.using("published").current)  # type: ignore[attr-defined]
    return request.masthead  # type: ignore[attr-defined]
