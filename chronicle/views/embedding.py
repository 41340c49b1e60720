"""An aspect of an event as other people's pages may show it: its addresses, its frame, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.defaultfilters import date
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.context import masthead_of
from chronicle.sentences.plots import credit
from chronicle.views.map_state import HEIGHT
from chronicle.views.sections import Section
from sources.directions import isolated

if TYPE_CHECKING:
    from chronicle.views.event_page import EventPage

WIDTH, NARROWEST_WIDE = 800, 768
"""How wide a frame is unless less is asked for, and from what width on labels stand beside the marks."""
AROUND, AROUND_NARROW, AROUND_PLOT = 190, 290, 46
"""About how tall what stands around the plots of a frame is, and what stands above each of them."""


@dataclass(frozen=True)
class Embedding:
    """One aspect of an event, with the addresses under which others may show it."""

    page: EventPage
    section: Section
    request: HttpRequest
    is_pinned: bool = False

    @property
    def title(self) -> str:
        """The title of the event with the name of the aspect: nothing that is asserted."""
        return _("%(title)s: %(aspect)s") % {
            "title": isolated(self.page.event.title),
            "aspect": self.section.aspect.label,
        }

    @property
    def sentence(self) -> str:
        """The sentence that says most."""
        return self.page.most_telling(self.section.aspect)

    @cached_property
    def collection(self) -> str:
        """The name of the chronicle."""
        return isolated(masthead_of(self.request).name or _("Chronicle"))

    @property
    def credit(self) -> str:
        """Where it comes from."""
        edition = self.page.edition
        day = date(edition.made_at, "j F Y")
        return credit(collection=self.collection, event=self.page.event.pk, edition=edition.number, day=day)

    @property
    def origin(self) -> str:
        """The page that it is of: the event's own, or that of the edition at which it stays."""
        if self.is_pinned:
            return self.page.address
        return self.request.build_absolute_uri(self.page.event.get_absolute_url())

    def address(self, name: str) -> str:
        """The address of the newest edition's, or with “-edition” of this edition's."""
        pinned = [self.page.edition.number] if name.endswith("-edition") else []
        path = reverse(name, args=[self.page.event.slug, *pinned, self.section.aspect.value])
        return self.request.build_absolute_uri(path)

    @property
    def live(self) -> str:
        """The page for frames that follows the newest edition."""
        return self.address("embed")

    @property
    def pinned(self) -> str:
        """The page for frames that stays at this edition."""
        return self.address("embed-edition")

    @property
    def picture(self) -> str:
        """The picture that stays at this edition."""
        return self.address("picture-edition")

    @property
    def picture_png(self) -> str:
        """The same as pixels."""
        return self.address("picture-png-edition")

    @property
    def code(self) -> str:
        """What a writer of another page copies."""
        return self.framed(self.live, *self.size())

    def size(self, most: int = WIDTH) -> tuple[int, int]:
        """The width and about the height of the frame."""
        width = min(max(most, 1), WIDTH)
        is_wide = width >= NARROWEST_WIDE
        drawn = [drawing.widths[0 if is_wide else 1] for drawing in self.section.drawings]
        tall = sum(one.height + AROUND_PLOT for one in drawn)
        return width, tall + (AROUND if is_wide else AROUND_NARROW)

    def framed(self, address: str, width: int, height: int) -> str:
        """The markup of a frame."""
        words = {"address": address, "title": self.title, "width": width, "height": height}
        return render_to_string("chronicle/_frame.html", words).strip()


@dataclass(frozen=True)
class Frame:
    """A page of the whole chronicle that others may show: its addresses, what it is called, about how tall it is."""

    name: str
    svg: str
    png: str
    title: str | Promise
    height: int

    def markup(self, request: HttpRequest, query: str, size: tuple[int, int]) -> str:
        """Return the markup of a frame, narrowed down as the query says."""
        address = request.build_absolute_uri(f"{reverse(self.name)}{'?' if query else ''}{query}")
        words = {"address": address, "title": self.title, "width": size[0], "height": size[1]}
        return render_to_string("chronicle/_frame.html", words).strip()


TIMELINE = Frame("embed-timeline", "picture-timeline", "picture-timeline-png", gettext_lazy("Timeline"), 640)
MAP = Frame("embed-map", "picture-map", "picture-map-png", gettext_lazy("Map"), HEIGHT + 220)


@dataclass(frozen=True)
class Shared:
    """A view of the whole chronicle as others may show it: code to copy, pictures, and where oEmbed tells of it."""

    frame: Frame
    request: HttpRequest

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.frame.title)

    @property
    def code(self) -> str:
        """What a writer of another page copies."""
        return self.frame.markup(self.request, self._query, (WIDTH, self.frame.height))

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """The kinds of file with their addresses, narrowed down alike."""
        query = f"{'?' if self._query else ''}{self._query}"
        return [(kind, reverse(name) + query) for kind, name in (("SVG", self.frame.svg), ("PNG", self.frame.png))]

    @property
    def oembed(self) -> str:
        """Where consumers of oEmbed find what to show of it."""
        asked = urlencode({"url": self.request.build_absolute_uri(), "format": "json"})
        return self.request.build_absolute_uri(f"{reverse('oembed')}?{asked}")

    @property
    def _query(self) -> str:
        return self.request.META.get("QUERY_STRING", "")
