"""What the style sheet does for drawings on pages, as attributes: a file that stands alone has no style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, fromstring

from chronicle.plots.sheet import FADED, INK, PAPER, RULE, WATER

LAND: Final = "#f8f6f1"
Looks = Mapping[str, Mapping[str, str]]

_HALO: Final = {"paint-order": "stroke", "stroke-width": "3", "stroke-linejoin": "round"}
_DASHED: Final = {"stroke-dasharray": "3 2.5"}
_HOLLOW: Final = {"fill": PAPER, "stroke": INK, "stroke-width": "1.3"}
_ASSERTED: Final = {"fill": "none", "stroke": INK, "stroke-width": "1.8", "stroke-dasharray": "7 4"}

TIMELINE: Final[Looks] = {
    "text": {"font-size": "12", "fill": FADED, "stroke": PAPER, **_HALO},
    "doubt": {"font-size": "13", "font-weight": "600", "fill": INK},
    "filing-label": {"font-style": "italic"},
    "tick": {"stroke": RULE},
    "axis": {"stroke": INK},
    "room": {"fill": "none"},
    "band-0": {"fill": INK},
    "apart": {"stroke": PAPER},
    **{
        f"band-{depth}": {"fill": INK, "fill-opacity": share}
        for depth, share in enumerate(("0.34", "0.22", "0.14", "0.08"), start=1)
    },
    "lasting": {"fill": INK},
    "lasting about": {"fill": FADED, "stroke": INK, "stroke-width": "1.2", **_DASHED},
    "within": _HOLLOW,
    "within about": {**_HOLLOW, **_DASHED},
    "unknown": {"stroke": INK, "stroke-dasharray": "1 4", "stroke-width": "2"},
    "arrow": {"fill": "none", "stroke": INK, "stroke-width": "1.6"},
    "join": {"stroke": INK, "stroke-width": "1"},
    "filing-mark": {"fill-opacity": "0.5", "stroke-opacity": "0.5"},
}
MAP: Final[Looks] = {
    "text": {"font-size": "12.5", "fill": INK, "stroke": LAND, **_HALO},
    "land": {"fill": LAND, "fill-rule": "evenodd", "stroke": FADED, "stroke-width": "0.6"},
    "lake": {"fill": WATER, "fill-rule": "evenodd", "stroke": FADED, "stroke-width": "0.5"},
    "river": {"fill": "none", "stroke": FADED, "stroke-width": "0.7", "stroke-opacity": "0.6"},
    "dot": {"fill": INK, "stroke": LAND, "stroke-width": "1.2"},
    "circle": {"fill": "none", "stroke": INK, "stroke-width": "1", "stroke-opacity": "0.65"},
    "asserted": _ASSERTED,
    "outline": _ASSERTED,
    "scale": {"fill": "none", "stroke": INK, "stroke-width": "1.2", "text-anchor": "middle"},
}
READ: Final = {"title", "desc"}
"""What says to those who do not see a part of a drawing what it is: in a picture, the whole says it."""


def standing_alone(drawing: str, looks: Looks) -> Element:
    """Return a drawing of a page with its looks in it, without links and without names of its parts."""
    return dressed(fromstring(drawing), looks)  # noqa: S314 -- our own drawing, not somebody's file


def dressed(drawing: Element, looks: Looks) -> Element:
    """Return the same of a drawing that was read already."""
    drawing.tail = None
    for part in drawing.iter():
        _dress(part, looks)
        if part.tag == "svg":
            part.set("overflow", "visible")  # each of them that is cut costs a rendering of its own
    return drawing


def _dress(part: Element, looks: Looks) -> None:
    if part.tag == "a":
        part.tag, part.attrib = "g", {}
    for named in [one for one in part if one.tag in READ]:
        part.remove(named)
    for name in [name for name in part.attrib if name.startswith("aria-") or name in {"role", "focusable", "lang"}]:
        del part.attrib[name]
    words = part.attrib.pop("class", "")
    dressed = {**(looks["text"] if part.tag == "text" else {}), **_looks(words, looks)}
    part.attrib = {**dressed, **part.attrib}


def _looks(words: str, looks: Looks) -> dict[str, str]:
    """Those of the whole class, or of each of its words; what has none looks as what holds it."""
    if words in looks:
        return dict(looks[words])
    return {name: value for word in words.split() for name, value in looks.get(word, {}).items()}
