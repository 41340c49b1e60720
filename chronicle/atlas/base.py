"""The base of every map: land, lakes and rivers of Natural Earth, which is in the public domain.

It has neither borders nor names. `tools/make_base_map.py` makes its file.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from chronicle.atlas.paths import Line, path_of, unit_lines
from chronicle.atlas.projection import Window

FILE = Path(__file__).resolve().parent.parent / "static/chronicle/map/base.json"
KEPT = 128
"""How many windows are kept drawn."""


@dataclass(frozen=True)
class Base:
    """The paths of the base in one window."""

    land: str
    lakes: str
    rivers: str


@cache
def _layers() -> dict[str, list[Line]]:
    features = json.loads(FILE.read_text())["features"]
    return {feature["properties"]["layer"]: unit_lines(feature["geometry"]) for feature in features}


@lru_cache(maxsize=KEPT)
def base_of(window: Window) -> Base:
    """Return what of the earth is in the window."""
    layers = _layers()
    return Base(
        land=path_of(layers["land"], window, is_closed=True),
        lakes=path_of(layers["lakes"], window, is_closed=True),
        rivers=path_of(layers["rivers"], window, is_closed=False),
    )
