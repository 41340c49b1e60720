"""SVG as PNG, by resvg: no browser, no program of the system, and the same letters on every machine."""

from math import sqrt
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import fromstring

from resvg_py import svg_to_bytes

FONTS: Final = Path(__file__).resolve().parent / "fonts"
FAMILY: Final = "DejaVu Sans Condensed"
FILES: Final = sorted(map(str, FONTS.glob("*.ttf")))
SHARP: Final = 2.0
"""How many pixels stand for one of the drawing, so that it is sharp on today's screens."""
MOST_PIXELS: Final = 4_000_000
"""How many pixels a picture has at the most: a plot of two hundred rows is drawn with fewer for each."""


def png(svg: str) -> bytes:
    """Return a drawing, which says its size, as PNG: twice as large, or as large as MOST_PIXELS allows."""
    said = fromstring(svg).attrib  # noqa: S314 -- our own drawing, not somebody's file
    zoom = min(SHARP, sqrt(MOST_PIXELS / (float(said["width"]) * float(said["height"]))))
    return svg_to_bytes(
        svg_string=svg,
        zoom=zoom,
        skip_system_fonts=True,
        font_files=FILES,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
