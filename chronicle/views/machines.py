"""Small files that browsers and robots ask for: what may be crawled, what the site is called, how to search it."""

from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from chronicle.context import masthead_of
from chronicle.views.base import PublicView
from chronicle.views.editions import plain

SHORT_NAME = 16
"""How many characters the name of a search may have (OpenSearch 1.1, ShortName)."""
DESCRIPTION = """<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{short}</ShortName>
  <LongName>{name}</LongName>
  <Description>{description}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="16" height="16" type="image/x-icon">{icon}</Image>
  <Url type="text/html" method="get" template="{search}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


class Robots(PublicView):
    """What robots may fetch: everything for readers, but the answers to questions, of which there is no end."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the rules (RFC 9309), with the address of the sitemap."""
        sitemap = request.build_absolute_uri(reverse("sitemap"))
        rules = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/?", "", f"Sitemap: {sitemap}", ""]
        return HttpResponse("\n".join(rules), content_type="text/plain; charset=utf-8")


class Favicon(PublicView):
    """The mark, where browsers look for it that read no page."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Lead to the static file."""
        return redirect(static("chronicle/favicon.ico"))


class Manifest(PublicView):
    """The name and the marks of the site, for bookmarks; it is a site and no application, and is not installed."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the manifest (W3C, Web Application Manifest)."""
        sizes = (192, 512)
        icons = [
            {"src": static(f"chronicle/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in sizes
        ]
        name = masthead_of(request).name
        told = {"name": name, "start_url": reverse("home"), "display": "browser", "icons": icons}
        return JsonResponse(told, content_type="application/manifest+json")


class SearchDescription(PublicView):
    """How browsers can search here from their own field (OpenSearch 1.1)."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the description."""
        name = plain(masthead_of(request).name)
        words = {
            "short": name if len(name) <= SHORT_NAME else _("Chronicle"),
            "name": name,
            "description": _("Search for words, names in any spelling, dates and figures in: %(name)s")
            % {"name": name},
            "icon": request.build_absolute_uri(static("chronicle/favicon.ico")),
            "search": request.build_absolute_uri(reverse("search")),
        }
        told = DESCRIPTION.format(**{key: escape(value, {'"': "&quot;"}) for key, value in words.items()})
        return HttpResponse(told, content_type="application/opensearchdescription+xml; charset=utf-8")


robots = Robots.as_view()
favicon = Favicon.as_view()
manifest = Manifest.as_view()
search_description = SearchDescription.as_view()
