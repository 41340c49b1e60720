"""Errors as problem documents (RFC 9457), each with the parameter that is wrong and the next step."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dateformat import format as day_words
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic import Field

from chronicle.views.base import GoneError, MovedError

MEDIA_TYPE = "application/problem+json"


class Fault(Schema):
    """One thing that is wrong with a request."""

    parameter: str = Field(description="The name of the parameter.", examples=["period"])
    detail: str = Field(description="What is wrong with it, and what to write.")


class Problem(Schema):
    """A problem document (RFC 9457)."""

    type: str = Field("about:blank", description="What kind of problem; about:blank where the status says it.")
    title: str = Field(description="The problem in a few words.", examples=["Nothing is at this address."])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field("", description="What happened, and what to do.")
    faults: list[Fault] = Field([], description="The parameters that are wrong.")


class WrongParameterError(Exception):
    """A parameter that cannot be understood; each fault is its name, and what to write instead."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__("; ".join(": ".join(fault) for fault in faults))
        self.faults = faults


def problem(status: int, title: str, detail: str = "", *, faults: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """Return a problem document with this status."""
    body = Problem(
        type="about:blank",
        title=title,
        status=status,
        detail=detail,
        faults=[Fault(parameter=parameter, detail=words) for parameter, words in faults],
    )
    content = json.dumps(body.model_dump(), ensure_ascii=False)
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE)


def wrong(faults: Sequence[tuple[str, str]]) -> HttpResponse:
    """Return that parameters cannot be understood."""
    return problem(422, _("A parameter cannot be understood."), faults=faults)


def nothing_there() -> HttpResponse:
    """Return that nothing was ever at an address."""
    return problem(404, _("Nothing is at this address."), _("/api/openapi.json lists the addresses there are."))


def gone(error: GoneError) -> HttpResponse:
    """Return that a record was taken down, with the day and the public reason."""
    edition = error.edition
    day = day_words(edition.made_at, "j F Y")
    detail = _("It was taken down on %(day)s.") % {"day": day}
    return problem(410, _("This was taken down."), f"{detail} {edition.note}".strip())


def moved(request: HttpRequest, error: MovedError) -> HttpResponse:
    """Lead to the address that a record has today, in this interface as on the pages."""
    response = problem(301, _("This has another address now."))
    response["Location"] = request.build_absolute_uri(f"/api{error.address.rstrip('/')}")
    return response


def explain(api: NinjaAPI) -> None:
    """Let an interface answer with problem documents to everything that a reader of it can do wrong."""
    answers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        WrongParameterError: lambda _request, error: wrong(error.faults),
        ValidationError: lambda _request, error: wrong(_faults(error.errors)),
        Http404: lambda _request, _error: nothing_there(),
        GoneError: lambda _request, error: gone(error),
        MovedError: moved,
    }
    for error, answer in answers.items():
        api.add_exception_handler(error, answer)


def _faults(errors: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(str(error["loc"][-1]), str(error["msg"])) for error in errors]
