"""Drawings for other people's pages, in frames: plots of an event, timeline and map."""

from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from chronicle import plots
from chronicle.views.base import MovedError, PublicView, not_found
from chronicle.views.embedding import WIDTH, Embedding
from chronicle.views.event_page import EventPage
from chronicle.views.events import newest_page, page_of_edition
from chronicle.views.map_page import MapView
from chronicle.views.map_state import HEIGHT
from chronicle.views.timeline import Timeline


class EmbedView(PublicView):
    """A plot with its title, its sentence, and where it comes from."""

    template_name = "chronicle/embed.html"

    def page(self, **address: Any) -> dict[str, Any]:
        """Return one aspect of an event, as it is published now or as an edition has it."""
        return {"embedding": embedding_of(self.request, **address)}


def embedding_of(request: HttpRequest, *, slug: str, aspect: str, number: int | None = None) -> Embedding:
    """Return one aspect of an event as it is now, or of an edition; Http404 where it has none."""
    if aspect not in plots.PLOTTED:
        not_found()
    page = _page(request, slug, aspect, number)
    section = page.section(aspect)
    return Embedding(page, section, request, number is not None) if section else not_found()


def _page(request: HttpRequest, slug: str, aspect: str, number: int | None) -> EventPage:
    """The event; MovedError leads on to the same aspect under its address of today."""
    try:
        return newest_page(slug, request) if number is None else page_of_edition(slug, number, request)
    except MovedError as moved:
        asked = (request.resolver_match and request.resolver_match.url_name) or ""
        name = asked.removesuffix("-edition") if asked.startswith("picture") else "embed"
        pinned = [] if number is None else [number]
        today = resolve(moved.address).kwargs["slug"]
        raise MovedError(reverse(f"{name}-edition" if pinned else name, args=[today, *pinned, aspect])) from moved


def in_any_frame(view: Any) -> Any:
    """Let any site show a page in a frame; what the policy forbids otherwise stays forbidden."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


class Framed:
    """A page of the whole chronicle in a frame; its links lead to the page itself."""

    request: HttpRequest
    of: str

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add the address of the page itself, narrowed down alike."""
        return super().get_context_data(**context, origin=self.request.build_absolute_uri(self._own_address()))  # type: ignore[misc]

    def _own_address(self) -> str:
        query = self.request.META.get("QUERY_STRING", "")
        return f"{reverse(self.of)}{'?' if query else ''}{query}"


class TimelineEmbed(Framed, Timeline):
    """Any part of the timeline."""

    template_name = "chronicle/embed_timeline.html"
    of = "timeline"


class MapEmbed(Framed, MapView):
    """Any part of the map, as the server draws it."""

    template_name = "chronicle/embed_map.html"
    of = "map"
    size = (WIDTH, HEIGHT)


embed = in_any_frame(EmbedView.as_view())
timeline = in_any_frame(TimelineEmbed.as_view())
atlas = in_any_frame(MapEmbed.as_view())
