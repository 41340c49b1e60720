"""Pages of lists: a cap, a cursor that leads on, and how many rows there are."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any
from urllib.parse import urlencode

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, Field, field_validator

from chronicle.api.problems import WrongParameterError
from chronicle.views.addresses import at_any_address
from chronicle.views.base import LONGEST_QUESTION, is_readable
from chronicle.views.paging import SIZE, Count, place

MOST = 100
"""How many records one answer has at the most."""


def narrowing(description: str, *examples: str) -> Any:
    """Return a parameter that narrows a list down; empty, it does not."""
    return Field("", max_length=LONGEST_QUESTION, description=description, examples=list(examples))


def choosing(description: str, known: Iterable[str]) -> Any:
    """Return a parameter that narrows a list down by a word of a closed vocabulary; empty, it does not.

    The description names all words; `one_of` refuses any other.
    """
    words = [str(word) for word in known]
    return Field("", description=description, examples=words[:2], json_schema_extra={"enum": ["", *words]})


def _text(value: str) -> str:
    """Return text as it is; ValueError for what no text has in it."""
    if not is_readable(value):
        raise ValueError("It has characters in it that are no text.")
    return value


class Parameters(Schema):
    """What a list is asked for."""

    after: str = narrowing("Where the list goes on, as “next” of the page before has it.")

    @field_validator("*")
    @classmethod
    def is_text(cls, value: Any) -> Any:
        """Refuse what no text has in it."""
        return _text(value).strip() if isinstance(value, str) else value


class PageParameters(Parameters):
    """What a list of as many records as one likes is asked for."""

    limit: int = Field(SIZE, ge=1, le=MOST, description="How many records an answer has at the most.")


Slug = Annotated[str, AfterValidator(_text), Field(description="Its name in addresses; an older one leads to it.")]
Ordinal = Annotated[int, Field(ge=0, lt=2**31, description="The number of the edition.")]
Serial = Annotated[int, Field(ge=0, lt=2**63, description="Its public number.")]


class Number(Schema):
    """How many records a list has."""

    number: int = Field(description="Exactly, or at least where is_more.", examples=[236])
    is_more: bool = Field(description="Whether counting stopped here: the list is longer.")


class Listed(Schema):
    """What every list has besides its records."""

    count: Number
    next: str | None = Field(description="The address of the next page; null on the last one.")


def listed(request: HttpRequest, *, after: str, count: Count) -> dict[str, Any]:
    """Return what stands around the records of a page; `after` is the place where the next one begins, if any."""
    return {"count": {"number": count.number, "is_more": count.is_more}, "next": _next(request, after)}


def _next(request: HttpRequest, after: str) -> str | None:
    if not after:
        return None
    asked_for = {name: value for name, value in request.GET.items() if name != "after"}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**asked_for, 'after': after})}")


def check_place(after: str, read: Callable[[str], Any] = str) -> None:
    """Refuse a place in a list that is none."""
    if not after:
        return
    try:
        place(after, read)
    except Http404:
        raise WrongParameterError(("after", _("Take it from “next” of another page of this list."))) from None


def named(rows: models.QuerySet[Any], subject: str, **parameter: str) -> Any:
    """Return the record whose slug a parameter gives, or None where it is empty; WrongParameterError for no slug."""
    ((name, slug),) = parameter.items()
    if not slug:
        return None
    try:
        return at_any_address(rows, subject, slug)
    except Http404:
        raise WrongParameterError((name, _("There is none with this slug."))) from None


def one_of(name: str, value: str, known: Any) -> str:
    """Return a value of a closed vocabulary; WrongParameterError names all that there are."""
    if value and value not in known:
        raise WrongParameterError((name, _("Choose one of these: %(known)s.") % {"known": ", ".join(known)}))
    return value
