"""Events."""

from typing import Any

from django.http import Http404, HttpRequest


def home(request: HttpRequest, **_: Any) -> None:
    raise Http404


event = edition = home
