"""What all public pages have in common: they are read, and they read the published side alone."""

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from chronicle.models import Edition
from chronicle.views.metadata import GENERAL, Data, Metadata, of_page
from chronicle.views.naming import LANGUAGE, NAMES, Named, Naming

PUBLISHED = "published"
"""The alias of every query of a public page; the middleware refuses any other."""

LONGEST_QUESTION = 200
"""How many characters of a word, a name or a date in an address are read."""


class PublicView(TemplateResponseMixin, ContextMixin, View):
    """A public page: GET and HEAD, no session, no cookie, no user. What it shows comes from `page`."""

    http_method_names = ["get", "head"]

    description: str | Promise = GENERAL
    """What search engines say of the page; a page of one record describes that, in `described`."""

    parameters: Sequence[str] | None = None
    """What of the address is read, in the order in which its canonical form has it; None keeps everything."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the page at this address."""
        try:
            return self.render_to_response(self.get_context_data(**self.page(**address)))
        except GoneError as gone:
            return gone_page(request, gone.edition)
        except MovedError as moved:
            return redirect(moved.address, permanent=True)

    def asked(self, name: str, *, most: int = LONGEST_QUESTION) -> str:
        """Return what the address asks for under this name, without white space around it; nothing if it does not.

        Http404 for what no text has in it: PostgreSQL holds no NUL.
        """
        return _readable(self.request.GET.get(name, ""))[:most]

    def asked_all(self, name: str) -> list[str]:
        """Return everything that the address asks for under this name, each once and in its order."""
        found = [_readable(words)[:LONGEST_QUESTION] for words in self.request.GET.getlist(name)]
        return [words for words in dict.fromkeys(found) if words]

    def get_context_data(self, **page: Any) -> dict[str, Any]:
        """Add how the reader wants names, and the choices that the page's own places and speakers offer."""
        naming = self.naming()
        ways = naming.ways(self.named(page), self.request.GET, unchosen=_("all parties’"))
        return super().get_context_data(naming=naming, ways_of_naming=ways, **page)

    def naming(self) -> Naming:
        """Return in which language the address wants names first; Http404 for what can be no language."""
        choice = self.asked(NAMES)
        if choice and not LANGUAGE.fullmatch(choice):
            not_found()
        return Naming(choice)

    def named(self, page: dict[str, Any]) -> Iterable[Named]:  # noqa: ARG002 -- pages with a choice of names look at it
        """Return the places and speakers whose names stand on the page, fetched with it; none: no choice."""
        return ()

    def page(self, **address: Any) -> dict[str, Any]:
        """Return what the page at this address shows; Http404 or GoneError where there is none."""
        raise NotImplementedError

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Return the page; what is no page, such as a picture, overrides this and tells nothing of itself."""
        return super().render_to_response({**context, "metadata": self.metadata(context)}, **options)

    def metadata(self, page: dict[str, Any]) -> Metadata:
        """Return what the page tells machines of itself."""
        return of_page(
            self.request, description=self.described(page), parameters=self.parameters, about=self.about(page)
        )

    def described(self, page: dict[str, Any]) -> str:  # noqa: ARG002 -- pages of one record look at it
        """Return one or two sentences on what stands here, without a figure or a date that documents give."""
        return str(self.description)

    def about(self, page: dict[str, Any]) -> Data | None:  # noqa: ARG002 -- the same
        """Return the record that this is the page of, in words of schema.org; None of a list."""
        return None

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Say that pages are for reading."""
        allowed = [method.upper() for method in self.http_method_names]
        return HttpResponseNotAllowed(allowed, render_to_string("405.html", request=request))


def _readable(asked: str) -> str:
    words = asked.strip()
    return words if is_readable(words) else not_found()


def is_readable(words: str) -> bool:
    """Return whether words can be text in PostgreSQL, which holds neither NUL nor lone surrogates."""
    return "\x00" not in words and not any("\ud800" <= letter <= "\udfff" for letter in words)


class GoneError(Exception):
    """What was at an address was taken down; readers are told the day and the reason that `edition` has."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(str(edition))
        self.edition = edition


class MovedError(Exception):
    """What was at an address has another one now."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def gone_page(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Return the page that says when and why something was taken down."""
    return HttpResponse(render_to_string("410.html", {"edition": edition}, request=request), status=410)


def not_found() -> NoReturn:
    """Say that nothing was ever at this address."""
    raise Http404(_("There is no such page."))
