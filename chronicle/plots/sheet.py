"""A sheet of SVG that is filled from top to bottom, for a page with its own styles or for a file that brings them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from chronicle.plots.lettering import lines, width, with_runs_isolated
from chronicle.validators import NOT_IN_XML

SVG: Final = "http://www.w3.org/2000/svg"
INK, FADED, RULE, PAPER, WATER = "#1d1b18", "#5d584e", "#d8d2c4", "#ffffff", "#e6e3db"
FONT: Final = "Segoe UI, Helvetica Neue, Helvetica, Arial, Noto Sans, Liberation Sans, Noto Sans Armenian, sans-serif"
SIZES: Final = {"value": 14.0, "who": 12.5, "heading": 13.0, "tick": 12.0, "title": 17.0, "sentence": 13.5}
"""How tall the letters of each kind of words are; the style sheet of the pages says the same."""
LEADING: Final = 1.32
MARGIN: Final = 18
BOLD: Final = {"value": 1.07, "heading": 1.07, "title": 1.07}

_OUTLINE: Final = {"fill": PAPER, "stroke": INK, "stroke-width": "1.5"}
IN_A_FILE: Final[Mapping[str, Mapping[str, str]]] = {
    **{kind: {"font-size": f"{size:g}", "fill": FADED} for kind, size in SIZES.items()},
    "value": {"font-size": "14", "font-weight": "600", "fill": INK},
    "heading": {"font-size": "13", "font-weight": "600", "fill": INK},
    "title": {"font-size": "17", "font-weight": "600", "fill": INK},
    "sentence": {"font-size": "13.5", "fill": INK},
    "grid": {"fill": "none", "stroke": RULE, "stroke-width": "1"},
    "axis": {"fill": "none", "stroke": FADED, "stroke-width": "1"},
    "point": {"fill": INK},
    "lasting": {"fill": INK, "stroke": INK, "stroke-width": "1.5"},
    "span": _OUTLINE,
    "edge": _OUTLINE,
    "about": {**_OUTLINE, "stroke-dasharray": "4 3"},
    "join": {"fill": "none", "stroke": INK, "stroke-width": "1"},
    "paper": {"fill": PAPER},
    "water": {"fill": WATER},
}
"""What the style sheet does for pages, as attributes: a picture that stands alone has no style sheet."""


@dataclass(frozen=True)
class Frame:
    """How wide a sheet is, and where on it the labels and the axis are: beside each other, or above each other."""

    name: str
    width: float
    start: float
    end: float
    labels: float

    @property
    def is_beside(self) -> bool:
        """Whether labels stand beside the marks."""
        return self.labels <= self.start


WIDE = Frame("wide", width=720, start=262, end=700, labels=246)
NARROW = Frame("narrow", width=360, start=10, end=344, labels=360)


class Sheet:
    """What is drawn so far, and how far down it reaches."""

    def __init__(self, frame: Frame, *, is_file: bool = False) -> None:
        self.frame, self.is_file, self.bottom = frame, is_file, 0.0
        self._drawing = Element("svg")

    def looks(self, kind: str) -> dict[str, str]:
        """Return the attributes that make something look like its kind."""
        return dict(IN_A_FILE[kind]) if self.is_file else {"class": kind}

    def write(self, words: str, kind: str, *, x: float, y: float, anchor: str = "start") -> None:
        """Put a line of words on its base line."""
        where = {"x": f"{x:.4g}", "y": f"{y:.6g}"}
        middle = {"text-anchor": anchor} if anchor != "start" else {}
        made = SubElement(self._drawing, "text", {**self.looks(kind), **where, **middle})
        made.text = NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", with_runs_isolated(words)) if words else ""

    def wrap(self, words: str, kind: str, *, y: float, room: float, most: int) -> float:
        """Put words in lines at the left, the first one below `y`, and return how far down they reach."""
        size = SIZES[kind]
        for line in lines(words, room=room / BOLD.get(kind, 1), size=size, most=most):
            self.write(line, kind, x=0, y=y + size)
            y += size * LEADING
        return y

    def say(self, words: str, kind: str, *, most: int) -> None:
        """Put words in lines over the whole width, below what is there."""
        self.bottom = self.wrap(words, kind, y=self.bottom, room=self.frame.width, most=most)

    def path(self, drawn: str, kind: str) -> None:
        """Draw a line or a shape."""
        SubElement(self._drawing, "path", {**self.looks(kind), "d": drawn})

    def circle(self, x: float, y: float, radius: float, kind: str) -> None:
        """Draw a circle."""
        where = {"cx": f"{x:.5g}", "cy": f"{y:.6g}", "r": f"{radius:g}"}
        SubElement(self._drawing, "circle", {**self.looks(kind), **where})

    def window(self, drawing: Element, height: float) -> None:
        """Put a drawing that reaches over its edges below what is there, and paper over what lies outside of it.

        It goes behind everything else: paper is cheaper than a clip, which resvg renders apart.
        """
        width, top = f"{self.frame.width:g}", f"{self.bottom:.6g}"
        self.place(drawing, x=0, y=self.bottom, width=self.frame.width)
        self._drawing.remove(drawing)
        water = Element("rect", {**self.looks("water"), "y": top, "width": width, "height": f"{height:g}"})
        inside = f"M0 {top}H{width}v{height:g}H0Z"
        paper = Element(
            "path", {**self.looks("paper"), "fill-rule": "evenodd", "d": f"M-99 -99H9999V9999H-99Z{inside}"}
        )
        self._drawing[:0] = [water, drawing, paper]
        self.bottom += height

    def place(self, drawing: Element, *, x: float, y: float, width: float) -> None:
        """Put a drawing that stands alone, as high as it says, with its upper left corner here."""
        drawing.attrib.update({"x": f"{x:g}", "y": f"{y:.6g}", "width": f"{width:g}"})
        self._drawing.append(drawing)

    def finished(self, title: str, description: str, name: str) -> str:
        """Return the drawing, with its name for those who do not see it."""
        drawing, height = self._drawing, round(self.bottom + 2)
        named = {"title": f"{name}-{self.frame.name}-title", "desc": f"{name}-{self.frame.name}-desc"}
        labels = {"role": "img", "aria-labelledby": named["title"], "aria-describedby": named["desc"]}
        box = {"viewBox": f"0 0 {self.frame.width:g} {height}", "class": self.frame.name}
        drawing.attrib.update({**labels, **(self._on_paper(height) if self.is_file else box)})
        for place, (tag, words) in enumerate((("title", title), ("desc", description))):
            element = Element(tag, {"id": named[tag]})
            element.text = NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)
            drawing.insert(place, element)
        return tostring(drawing, encoding="unicode")

    def _on_paper(self, height: int) -> dict[str, str]:
        """Put paper with a margin under the drawing, and return what a file says of itself."""
        width, tall = self.frame.width + 2 * MARGIN, height + 2 * MARGIN
        corner, size = {"x": f"{-MARGIN}", "y": f"{-MARGIN}"}, {"width": f"{width:g}", "height": f"{tall:g}"}
        self._drawing.insert(0, Element("rect", {**self.looks("paper"), **corner, **size}))
        return {"xmlns": SVG, "viewBox": f"{-MARGIN} {-MARGIN} {width:g} {tall:g}", **size, "font-family": FONT}


def wide(words: str, kind: str) -> float:
    """About how wide words of a kind are."""
    return width(words, SIZES[kind]) * BOLD.get(kind, 1)
