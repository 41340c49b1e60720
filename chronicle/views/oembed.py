"""oEmbed 1.0: what other sites ask for when somebody pastes an address of this one."""

from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _

from chronicle.context import masthead_of
from chronicle.views.base import MovedError, PublicView, not_found
from chronicle.views.embedding import MAP, TIMELINE, WIDTH, Embedding, Frame
from chronicle.views.embeds import embedding_of
from chronicle.views.event_page import EventPage
from chronicle.views.events import newest_page, page_of_edition

CACHED_FOR = 3600


class OEmbedView(PublicView):
    """What consumers of oEmbed 1.0 ask for: a frame for an event, an edition, a plot, the timeline or the map."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the answer; 501 for any format but JSON, as the specification has it."""
        if self.asked("format") not in {"", "json"}:
            return HttpResponse(_("Only JSON is served."), status=501, content_type="text/plain; charset=utf-8")
        return super().get(request, **address)

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return the answer for what stands at `url`; MovedError asks the same of the address of today."""
        parts = _split(self.asked("url", most=LONGEST_ADDRESS))
        match = _own(self.request, parts)
        if match.url_name in WHOLE:
            return self._of_all(WHOLE[match.url_name], parts.query)
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

    def _of_all(self, frame: Frame, query: str) -> dict[str, Any]:
        """A frame for the timeline or the map, narrowed down as the address says."""
        size = (min(WIDTH, self._most("maxwidth", WIDTH)), min(frame.height, self._most("maxheight", frame.height)))
        markup = frame.markup(self.request, query, size)
        answer = {**_about(self.request), "type": "rich", "title": str(frame.title)}
        return {**answer, "width": size[0], "height": size[1], "html": markup}

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
WHOLE = {"timeline": TIMELINE, "embed-timeline": TIMELINE, "map": MAP, "embed-map": MAP}
"""The names of addresses for which oEmbed has an answer: of one event, and of the whole chronicle."""
LONGEST_ADDRESS = 2000


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        not_found()


def _own(request: HttpRequest, parts: SplitResult) -> ResolverMatch:
    """What stands at an address of this site; Http404 for any other."""
    try:
        match = resolve(parts.path)
    except Resolver404:
        not_found()
    is_ours = parts.scheme in {"http", "https"} and parts.netloc == request.get_host()
    return match if is_ours and match.url_name in (*FRAMED, *WHOLE) else not_found()


def _about(request: HttpRequest) -> dict[str, Any]:
    name = masthead_of(request).name or _("Chronicle")
    home = request.build_absolute_uri(reverse("home"))
    return {"version": "1.0", "provider_name": name, "provider_url": home, "cache_age": CACHED_FOR}


def _found(
    request: HttpRequest, slug: str, aspect: str = "", number: int | None = None
) -> tuple[EventPage, Embedding | None]:
    """An event with one of its plots: the one that is asked for, or the first."""
    if aspect:
        embedding = embedding_of(request, slug=slug, aspect=aspect, number=number)
        return embedding.page, embedding
    page = newest_page(slug, request) if number is None else page_of_edition(slug, number, request)
    return page, next(iter(page.embeddings), None)


oembed = OEmbedView.as_view()
