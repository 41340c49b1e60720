"""Drawn maps: the earth's land and water, and places on it by the precision with which they are known.

Everything here is computed from numbers and words that it is given; nothing asks a database. The projection is Web
Mercator, the same as the browser's map has, so that both show one window alike.
"""

from chronicle.atlas.drawing import drawn
from chronicle.atlas.fitting import fitting, fitting_most, points_or_all
from chronicle.atlas.projection import LEAST_ZOOM, MOST_LATITUDE, MOST_ZOOM, Window
from chronicle.atlas.spots import NUMBERS, Mark, Spot

__all__ = [
    "LEAST_ZOOM",
    "MOST_LATITUDE",
    "MOST_ZOOM",
    "NUMBERS",
    "Mark",
    "Spot",
    "Window",
    "drawn",
    "fitting",
    "fitting_most",
    "points_or_all",
]
