"""Places as a map draws them: never more exact than they are known."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from typing import Any

from chronicle.atlas.projection import Window

LARGEST_DOT = 6.0
"""Up to how many pixels of uncertainty a place is shown as a dot; beyond, as the circle that holds it."""
LEAST_RING = 3.5
"""How small the circle of an area can get, in pixels, before it can no longer be seen as hollow."""
DOT, DOT_GROWTH, MOST_DOT = 3.0, 0.6, 9.0
"""How large a dot is, how it grows with the root of the number of its events, and how large it gets."""


NUMBERS = {
    "largestDot": LARGEST_DOT,
    "leastRing": LEAST_RING,
    "dot": DOT,
    "dotGrowth": DOT_GROWTH,
    "mostDot": MOST_DOT,
}
"""The same, for the browser's own map, which draws by them at every zoom."""


class Mark(StrEnum):
    """How a place is drawn."""

    DOT = "dot"
    CIRCLE = "circle"
    OUTLINE = "outline"
    ASSERTED = "asserted"
    """A line or an area of which only the circle that holds it is recorded."""


@dataclass(frozen=True)
class Spot:
    """A place to draw: where, how surely, and what is written at it.

    `names` are pairs of words and language, all written at one size. `is_point` is for kinds that can be a point at
    all; a district never is. `geometry` is a GeoJSON geometry; where there is one, it is drawn and not the circle.
    """

    latitude: float
    longitude: float
    uncertainty_m: int
    names: tuple[tuple[str, str], ...] = ()
    is_point: bool = True
    is_asserted: bool = False
    events: int = 0
    address: str = ""
    title: str = ""
    geometry: dict[str, Any] | None = field(default=None, compare=False)

    def mark(self, window: Window) -> Mark:
        """Return how it is drawn at the scale of this window."""
        if self.geometry:
            return Mark.OUTLINE
        if self.is_asserted:
            return Mark.ASSERTED
        is_small = window.pixels(self.uncertainty_m, self.latitude) <= LARGEST_DOT
        return Mark.DOT if self.is_point and is_small else Mark.CIRCLE

    def radius(self, window: Window) -> float:
        """Return the radius of its dot, or of the circle that holds it, in pixels."""
        if self.mark(window) == Mark.DOT:
            return min(MOST_DOT, DOT + DOT_GROWTH * sqrt(self.events))
        return max(LEAST_RING, window.pixels(self.uncertainty_m, self.latitude))

    def is_in(self, window: Window) -> bool:
        """Return whether any of it, as a circle, is in the window."""
        x, y = window.at(self.longitude, self.latitude)
        radius = self.radius(window)
        return -radius <= x <= window.width + radius and -radius <= y <= window.height + radius

    def is_too_large(self, window: Window) -> bool:
        """Return whether its circle is wider than the window is high, so that nobody could see that it is one."""
        return not self.geometry and 2 * self.radius(window) > window.height
