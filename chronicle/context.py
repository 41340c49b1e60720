"""What every template has besides its own: the masthead that readers see."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from chronicle.models import Masthead


def masthead(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- Django's signature
    """Return the published masthead, asked for when a template names it."""
    return {"masthead": SimpleLazyObject(Masthead.objects.using("published").current)}
