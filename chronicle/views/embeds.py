"""Drawings for other people's pages: plots of an event, timeline and map in frames; pictures; oEmbed."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from chronicle import plots
from chronicle.context import masthead
from chronicle.views.base import MovedError, PublicView, not_found
from chronicle.views.embedding import WIDTH, Embedding
from chronicle.views.event_page import EventPage
from chronicle.views.events import newest_page, page_of_edition
from chronicle.views.map_page import MapView
from chronicle.views.timeline import Timeline

CACHED_FOR = 3600


class EmbedView(PublicView):
    """A plot with its title, its sentence, and where it comes from."""

    template_name = "chronicle/embed.html"

    def page(self, **address: Any) -> dict[str, Any]:
        """Return one aspect of an event, as it is published now or as an edition has it."""
        return {"embedding": _embedding(self.request, **address)}


class PictureView(EmbedView):
    """The same as a picture that needs nothing else: SVG with its looks in it."""

    def render_to_response(self, context: dict[str, Any], **_options: Any) -> HttpResponse:
        """Return the file."""
        found: Embedding = context["embedding"]
        drawn = plots.picture(
            [drawing.plot for drawing in found.section.drawings],
            title=found.title,
            sentences=[found.sentence] if found.sentence else [],
            credit=[found.credit, found.origin],
            name="plot",
        )
        return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


class OEmbedView(PublicView):
    """What consumers of oEmbed 1.0 ask for: the frame for an event, an edition, or one of their plots."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the answer; 501 for any format but JSON, as the specification has it."""
        if self.asked("format") not in {"", "json"}:
            return HttpResponse(_("Only JSON is served."), status=501, content_type="text/plain; charset=utf-8")
        return super().get(request, **address)

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return the answer for what stands at `url`; MovedError asks the same of the address of today."""
        match = _own(self.request, self.asked("url"))
        try:
            return self._answer(match)
        except MovedError as moved:
            asked = {**self.request.GET.dict(), "url": self.request.build_absolute_uri(moved.address)}
            raise MovedError(f"{reverse('oembed')}?{urlencode(asked)}") from moved

    def _answer(self, match: ResolverMatch) -> dict[str, Any]:
        """A frame no wider than `maxwidth`; a mere link where nothing is plotted."""
        page, found = _found(self.request, **match.kwargs)
        answer = _about(self.request)
        if found is None:
            return {**answer, "type": "link", "title": page.event.title}
        width, height = found.size(self._most("maxwidth", WIDTH))
        size = {"width": width, "height": min(height, self._most("maxheight", height))}
        address = found.pinned if "number" in match.kwargs else found.live
        return {**answer, "type": "rich", "title": found.title, **size, "html": found.framed(address, *size.values())}

    def _most(self, name: str, otherwise: int) -> int:
        asked = self.asked(name)
        return int(asked) if asked.isascii() and asked.isdigit() and int(asked) > 0 else otherwise

    def get_context_data(self, **answer: Any) -> dict[str, Any]:
        """Return the answer as it is: no template has part in it."""
        return answer

    def render_to_response(self, context: dict[str, Any], **_options: Any) -> HttpResponse:
        """Return the answer as JSON."""
        return JsonResponse(context)


FRAMED = ("event", "edition", "embed", "embed-edition")
"""The names of addresses for which oEmbed has an answer."""


def _own(request: HttpRequest, url: str) -> ResolverMatch:
    """What stands at an address of this site; Http404 for any other."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        not_found()
    is_ours = parts.scheme in {"http", "https"} and parts.netloc == request.get_host()
    return match if is_ours and match.url_name in FRAMED else not_found()


def _about(request: HttpRequest) -> dict[str, Any]:
    name = masthead(request)["masthead"].name or _("Chronicle")
    home = request.build_absolute_uri(reverse("home"))
    return {"version": "1.0", "provider_name": name, "provider_url": home, "cache_age": CACHED_FOR}


def _found(
    request: HttpRequest, slug: str, aspect: str = "", number: int | None = None
) -> tuple[EventPage, Embedding | None]:
    """An event with one of its plots: the one that is asked for, or the first."""
    if aspect:
        embedding = _embedding(request, slug=slug, aspect=aspect, number=number)
        return embedding.page, embedding
    page = newest_page(slug, request) if number is None else page_of_edition(slug, number, request)
    return page, next(iter(page.embeddings), None)


def _embedding(request: HttpRequest, *, slug: str, aspect: str, number: int | None = None) -> Embedding:
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
        asked = request.resolver_match.url_name if request.resolver_match else ""
        name = "picture" if asked and asked.startswith("picture") else "embed"
        pinned = [] if number is None else [number]
        today = resolve(moved.address).kwargs["slug"]
        raise MovedError(reverse(f"{name}-edition" if pinned else name, args=[today, *pinned, aspect])) from moved


def _in_any_frame(view: Any) -> Any:
    """Let any site show a page in a frame; what the policy forbids otherwise stays forbidden."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


class _Framed:
    """A page of the whole chronicle in a frame; its links lead to the page itself."""

    request: HttpRequest
    of: str

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add the address of the page itself, narrowed down alike."""
        return super().get_context_data(**context, origin=self.request.build_absolute_uri(self._own_address()))  # type: ignore[misc]

    def _own_address(self) -> str:
        query = self.request.META.get("QUERY_STRING", "")
        return f"{reverse(self.of)}{'?' if query else ''}{query}"


class TimelineEmbed(_Framed, Timeline):
    """Any part of the timeline."""

    template_name = "chronicle/embed_timeline.html"
    of = "timeline"


class MapEmbed(_Framed, MapView):
    """Any part of the map, as the server draws it."""

    template_name = "chronicle/embed_map.html"
    of = "map"


embed = _in_any_frame(EmbedView.as_view())
timeline = _in_any_frame(TimelineEmbed.as_view())
atlas = _in_any_frame(MapEmbed.as_view())
picture = _in_any_frame(PictureView.as_view())
oembed = OEmbedView.as_view()
