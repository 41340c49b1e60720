"""The timeline: spans of days on an axis, and dates drawn as what they are. No models, no pages, no database.

Days are counted as `Day.ordinal` does, so that years before 1 and beyond 9999 are days like others. Places on the axis
are shares of its width, in per cent: a drawing has no width of its own.
"""

from chronicle.timeline.density import Bar, Counts, Density, density, finest
from chronicle.timeline.marks import Mark, Shape, hull, marks
from chronicle.timeline.ticks import Tick, ticks
from chronicle.timeline.units import LEVELS, Unit, edges, enclosing, units
from chronicle.timeline.window import Window, around

__all__ = [
    "LEVELS",
    "Bar",
    "Counts",
    "Density",
    "Mark",
    "Shape",
    "Tick",
    "Unit",
    "Window",
    "around",
    "density",
    "edges",
    "enclosing",
    "finest",
    "hull",
    "marks",
    "ticks",
    "units",
]
