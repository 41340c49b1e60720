"""Plots, timeline and map as pictures, SVG or PNG: each has where it comes from in it, so that it can stand alone."""

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from django.http import HttpResponse
from django.template.defaultfilters import date
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chronicle import overload, plots
from chronicle.context import masthead_of
from chronicle.pictures import dressed, png, standing_alone
from chronicle.pictures.looks import MAP, TIMELINE, Looks
from chronicle.plots.sheet import SIZES, WIDE, Sheet, wide
from chronicle.sentences import plots as sentences
from chronicle.views.embedding import Embedding
from chronicle.views.embeds import EmbedView, Framed, in_any_frame
from chronicle.views.map_page import MapView
from chronicle.views.timeline import Timeline, View
from chronicle.views.timeline_rows import Row
from sources.directions import isolated

SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"
MOST_DRAWN = 20
"""How many events a picture of the timeline draws one by one; it says how many more there are."""
GAP = 12.0


class Picture:
    """A page as a picture; `is_png` chooses between the two kinds, by address."""

    is_png = False

    def drawn(self, context: dict[str, Any]) -> str:
        """Return the drawing as SVG."""
        raise NotImplementedError

    def render_to_response(self, context: dict[str, Any], **_options: Any) -> HttpResponse:
        """Return the file."""
        drawing = self.drawn(context)
        if not self.is_png:
            return HttpResponse(drawing, content_type=SVG)
        with overload.turn():
            return HttpResponse(png(drawing), content_type=PNG)


class PlotPicture(Picture, EmbedView):
    """An aspect of an event: its sentence and its plots."""

    def drawn(self, context: dict[str, Any]) -> str:
        """Return what a frame has, on paper."""
        found: Embedding = context["embedding"]
        return plots.picture(
            [drawing.plot for drawing in found.section.drawings],
            title=found.title,
            sentences=[found.sentence] if found.sentence else [],
            credit=[found.credit, found.origin],
            name="plot",
        )


class WholePicture(Picture, Framed):
    """A drawing of the whole chronicle: a title, what it is narrowed down by, and the day as of which it is."""

    title: str

    def drawn(self, context: dict[str, Any]) -> str:
        """Return the drawing between its title and its credit."""
        sheet = Sheet(WIDE, is_file=True)
        sheet.say(self.title_words(), "title", most=2)
        if chosen := [(one.label, isolated(one.words)) for one in context["filters"].chosen]:
            sheet.say(sentences.narrowed_down(chosen), "sentence", most=4)
        sheet.bottom += GAP
        description = self.draw(sheet, context)
        sheet.bottom += GAP
        for words in self.credit(context["origin"]):
            sheet.say(words, "who", most=2)
        return sheet.finished(self.title_words(), description, self.of)

    def title_words(self) -> str:
        """Return what the picture is called."""
        raise NotImplementedError

    def draw(self, sheet: Sheet, context: dict[str, Any]) -> str:
        """Draw below what is there, and return the same in words for those who do not see it."""
        raise NotImplementedError

    def credit(self, origin: str) -> list[str]:
        """Return where it comes from: the chronicle with the day of its newest change, and the page."""
        name = isolated(masthead_of(self.request).name or _("Chronicle"))
        changed_at = getattr(self.request, "changed_at", None)
        return [sentences.credit_of_all(collection=name, day=date(changed_at, "j F Y")), origin]


class TimelinePicture(WholePicture, Timeline):
    """Any part of the timeline: its numbers, or its events one by one."""

    of = "timeline"

    def title_words(self) -> str:
        """Return the name of the page."""
        return _("Timeline")

    def draw(self, sheet: Sheet, context: dict[str, Any]) -> str:
        """Draw the numbers and, where they are not too many, the events."""
        view: View | None = context["view"]
        if view is None:
            sheet.say(_("No published event fits."), "sentence", most=1)
            return _("No published event fits.")
        if view.density:
            _draw_density(sheet, view)
        rows = [*view.starting.drawn, *view.reaching.drawn]
        if rows:
            _draw_rows(sheet, view, rows)
        return sentences.rows_together([f"{row.heading} {row.event.title}" for row in rows[:MOST_DRAWN]])


class MapPicture(WholePicture, MapView):
    """Any part of the map."""

    of = "map"
    size = (int(WIDE.width), 480)

    def title_words(self) -> str:
        """Return the name of the page."""
        return _("Map")

    def draw(self, sheet: Sheet, context: dict[str, Any]) -> str:
        """Draw the window on its water, with what the marks mean."""
        if "drawing" not in context:
            sheet.say(_("No published event fits."), "sentence", most=1)
            return _("No published event fits.")
        sheet.window(standing_alone(context["drawing"], MAP), self.size[1])
        sheet.bottom += GAP
        _draw_key(sheet, "chronicle/_map_marks.html", MAP)
        sheet.bottom += GAP
        sheet.say(_("Land, lakes and rivers: Natural Earth, in the public domain."), "who", most=1)
        names = [entry.place.location.name for entry in context["entries"] if entry.spot.is_in(context["window"])]
        return sentences.rows_together([isolated(name) for name in names[:MOST_DRAWN]])


def _draw_density(sheet: Sheet, view: View) -> None:
    words = {"density": view.density, "ticks": view.ticks, "address": ""}
    drawing = standing_alone(render_to_string("chronicle/_density_drawing.html", words), TIMELINE)
    sheet.place(drawing, x=0, y=sheet.bottom, width=sheet.frame.width)
    sheet.bottom += float(drawing.attrib["height"]) + GAP
    _draw_marks(sheet, [(_swatch(name), words) for name, words in view.bands])
    sheet.bottom += GAP


def _swatch(name: str) -> Element:
    return standing_alone(
        f'<svg width="14" height="18"><rect class="{name}" width="14" height="14" y="2"/></svg>', TIMELINE
    )


def _draw_rows(sheet: Sheet, view: View, rows: Sequence[Row]) -> None:
    """Draw the axis, then the events beside their words, then what the marks mean."""
    start, width = sheet.frame.start, sheet.frame.end - sheet.frame.start
    axis = standing_alone(render_to_string("chronicle/_axis_drawing.html", {"view": view}), TIMELINE)
    sheet.place(axis, x=start, y=sheet.bottom, width=width)
    sheet.bottom += float(axis.attrib["height"])
    for row in rows[:MOST_DRAWN]:
        top = sheet.bottom + GAP / 2
        drawing = standing_alone(render_to_string("chronicle/_row_drawing.html", {"row": row}), TIMELINE)
        sheet.place(drawing, x=start, y=top, width=width)
        below = sheet.wrap(capfirst(row.heading), "value", y=top, room=sheet.frame.labels, most=2)
        below = sheet.wrap(isolated(row.event.title), "who", y=below, room=sheet.frame.labels, most=3)
        sheet.bottom = max(below, top + float(drawing.attrib["height"])) + GAP / 2
    if len(rows) > MOST_DRAWN:
        sheet.say(sentences.number_of_others(len(rows) - MOST_DRAWN), "who", most=1)
    sheet.bottom += GAP
    _draw_key(sheet, "chronicle/_timeline_key.html", TIMELINE)


def _draw_key(sheet: Sheet, template: str, looks: Looks) -> None:
    """Draw what the marks mean, from the key that the page prints."""
    key = fromstring(render_to_string(template).strip())  # noqa: S314 -- our own template
    marks = [
        (found, item.findtext("dd") or found.tail or "") for item in key if (found := item.find(".//svg")) is not None
    ]
    _draw_marks(sheet, [(dressed(mark, looks), words.strip()) for mark, words in marks])


def _draw_marks(sheet: Sheet, marks: Sequence[tuple[Element, str]]) -> None:
    """Put marks with their words beside each other, in as many lines as it takes."""
    x, y, tall = 0.0, sheet.bottom, 0.0
    for mark, words in marks:
        swatch, height = float(mark.attrib["width"]), float(mark.attrib["height"])
        taken = swatch + 6 + wide(words, "who") + 18
        if x and x + taken > sheet.frame.width:
            x, y, tall = 0.0, y + tall + 3, 0.0
        sheet.place(mark, x=x, y=y, width=swatch)
        sheet.write(words, "who", x=x + swatch + 6, y=y + height / 2 + SIZES["who"] / 3)
        x, tall = x + taken, max(tall, height)
    sheet.bottom = y + tall


picture = in_any_frame(PlotPicture.as_view())
picture_png = in_any_frame(PlotPicture.as_view(is_png=True))
timeline = in_any_frame(TimelinePicture.as_view())
timeline_png = in_any_frame(TimelinePicture.as_view(is_png=True))
atlas = in_any_frame(MapPicture.as_view())
atlas_png = in_any_frame(MapPicture.as_view(is_png=True))
