"""Dates, figures and links to other records, as they stand in every record."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Schema
from pydantic import Field

from chronicle.exports.streaming import json_number
from chronicle.figures import Figure as FigureRange
from chronicle.figures import figure_words


class Date(Schema):
    """A date in EDTF (ISO 8601-2:2019), with both of its bounds."""

    edtf: str = Field(description="As the editors wrote it.", examples=["[2020-10-09..2020-10-10]"])
    words: str = Field(examples=["on one day between 9 and 10 October 2020"])
    earliest: str | None = Field(
        description="The first day, ISO 8601; years before 1 and after 9999 with sign and six digits, counted "
        "astronomically. Null: open or unknown.",
        examples=["2020-10-09"],
    )
    latest: str | None = Field(description="The last day, in the same way.", examples=["2020-10-10"])


class Figure(Schema):
    """A figure as a range: “more than 80” persons begins at 81 and has no end."""

    words: str = Field(examples=["at least 81"])
    range: str = Field(description="In PostgreSQL's notation of ranges, exactly.", examples=["[81,)"])
    lower: int | float | None = Field(examples=[81])
    lower_is_included: bool
    upper: int | float | None = Field(description="Null: open.", examples=[None])
    upper_is_included: bool


class Link(Schema):
    """Another record."""

    number: int = Field(description="Its number, which never changes.", examples=[147])
    slug: str = Field(description="Its name in addresses; an older one leads to it.", examples=["first-ceasefire"])
    name: str
    page: str = Field(description="Its page for readers.")
    api: str = Field(description="The same record here.")


class Word(Schema):
    """An entry of a vocabulary, or a party: what has no address of its own."""

    number: int
    slug: str
    name: str


@dataclass(frozen=True)
class Addresses:
    """Whole addresses, of the site that was asked."""

    request: HttpRequest

    def of(self, path: str) -> str:
        """Return the whole address of a path."""
        return self.request.build_absolute_uri(path)

    def page(self, kind: str, *arguments: Any) -> str:
        """Return the address of a page for readers."""
        return self.of(reverse(kind, args=arguments))

    def link(self, kind: str, record: Any) -> dict[str, Any]:
        """Return a record of this kind (event, location, document, agent) as a link."""
        page = reverse(kind, args=[record.slug])
        return {
            "number": record.pk,
            "slug": record.slug,
            "name": str(record),
            "page": self.of(page),
            "api": self.of(f"/api{page.rstrip('/')}"),
        }

    def link_if(self, kind: str, record: Any) -> dict[str, Any] | None:
        """Return a record as a link, or nothing where there is none."""
        return self.link(kind, record) if record else None


def word(record: Any) -> dict[str, Any] | None:
    """Return an entry of a vocabulary, or nothing where there is none."""
    return {"number": record.pk, "slug": record.slug, "name": str(record)} if record else None


def figure(citation: Any) -> dict[str, Any] | None:
    """Return the figure that a citation asserts, or nothing where there is none."""
    given = citation.asserted_figure
    if given is None:
        return None
    read = FigureRange.from_range(given, is_approximate=citation.is_approximate)
    return {
        "words": figure_words(read),
        "range": read.notation,
        "lower": _end(read.lower),
        "lower_is_included": read.lower_inclusive,
        "upper": _end(read.upper),
        "upper_is_included": read.upper_inclusive,
    }


def _end(number: Decimal | None) -> int | float | None:
    return None if number is None else json_number(number)
