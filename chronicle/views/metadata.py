"""What pages tell machines of themselves: search engines, social cards, reference managers.

No single date and no single figure of a contested event is told to any of them: descriptions say who speaks and on what
documents differ; where a machine needs a date, it gets the interval over all that is asserted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chronicle.context import masthead_of
from chronicle.models import Masthead

GENERAL: Final = _("What documents say about contested events, each statement with its place in its document.")
"""The description of a page that has none of its own."""

CARD: Final = "chronicle/icon-512.png"
"""The picture of every social card: a mark without words."""

Data = dict[str, Any]
"""A node of schema.org, as JSON-LD has it."""


@dataclass(frozen=True)
class Metadata:
    """What a page tells of itself; its title stands in its template."""

    description: str
    canonical: str
    data: Data
    kind: str = "website"
    citation: Sequence[tuple[str, str]] = ()
    picture: str = ""
    locale: str = field(default_factory=lambda: _locale(get_language() or ""))


def of_page(
    request: HttpRequest, *, description: str, parameters: Sequence[str] | None, about: Data | None
) -> Metadata:
    """Return the metadata of a page that is no edition of an event; `about` is the record that it is the page of."""
    canonical = canonical_address(request, parameters)
    data: Data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": canonical,
        "description": description,
        "inLanguage": get_language(),
        "isPartOf": collection(request),
    }
    return Metadata(description, canonical, data | ({"about": about} if about else {}), picture=absolute(request, CARD))


def of_collection(request: HttpRequest, description: str) -> Metadata:
    """Return the metadata of the whole chronicle, whose page is the home page."""
    masthead, address = masthead_of(request), home(request)
    search = f"{request.build_absolute_uri(reverse('search'))}?q={{question}}"
    feed = request.build_absolute_uri(reverse("editions-feed"))
    data = filled(
        {
            "@context": "https://schema.org",
            **collection(request),
            "alternateName": masthead.subtitle,
            "description": description,
            "inLanguage": get_language(),
            "author": body(masthead.editorial_body),
            "publisher": body(masthead.editorial_body),
            **licence(masthead),
            "isAccessibleForFree": True,
            "image": absolute(request, CARD),
            "distribution": {"@type": "DataDownload", "contentUrl": feed, "encodingFormat": "application/atom+xml"},
            "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=question"},
        }
    )
    return Metadata(description, address, data, picture=absolute(request, CARD))


def canonical_address(request: HttpRequest, parameters: Sequence[str] | None) -> str:
    """Return the one address of a page: what it reads of the question, in its own order, and nothing else.

    Of a page that does not say what it reads, everything is kept, by name.
    """
    kept = ordered(request.GET, sorted(request.GET) if parameters is None else (*parameters, "after"))
    address = request.build_absolute_uri(request.path)
    return f"{address}?{urlencode(kept)}" if kept else address


def ordered(asked: QueryDict, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return what an address asks for under these names, in this order; what is empty or repeated is left out."""
    found = [(name, value.strip()) for name in names for value in asked.getlist(name)]
    return [(name, value) for name, value in dict.fromkeys(found) if value]


def collection(request: HttpRequest) -> Data:
    """Return the chronicle as something that a page is part of."""
    masthead = masthead_of(request)
    return {"@type": "Dataset", "@id": home(request), "name": masthead.name, "url": home(request)}


def body(name: str) -> Data:
    """Return the editorial body: the author is never a person."""
    return {"@type": "Organization", "name": name}


def licence(masthead: Masthead) -> Data:
    """Return the licence of the chronicle's own texts and data, if it has one."""
    found = masthead.licence_url or masthead.licence
    return {"license": found} if found else {}


def home(request: HttpRequest) -> str:
    """Return the address of the home page."""
    return request.build_absolute_uri(reverse("home"))


def absolute(request: HttpRequest, path: str) -> str:
    """Return the whole address of a static file."""
    return request.build_absolute_uri(static(path))


def filled(data: Mapping[str, Any]) -> Data:
    """Return a node without what is empty."""
    return {name: value for name, value in data.items() if value}


def _locale(language: str) -> str:
    """A language as Open Graph writes it: en_GB."""
    language, _hyphen, territory = language.partition("-")
    return f"{language}_{territory.upper()}" if territory else language
