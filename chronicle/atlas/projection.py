"""Web Mercator (EPSG:3857), as pixels of a window: where a place stands in it, and how large a distance is there."""

from dataclasses import dataclass
from math import asinh, atan, cos, degrees, pi, radians, sinh, tan

TILE = 256
"""How many pixels the whole earth is wide at zoom 0, by the custom of all web maps."""
EQUATOR_M = 40_075_016.686
MOST_LATITUDE = 85.0511
"""Beyond this the projection has no end."""
LEAST_ZOOM, MOST_ZOOM = 1, 12

Position = tuple[float, float]


def projected(longitude: float, latitude: float) -> Position:
    """Return a place on a square of side 1, from the north-west corner."""
    held = max(-MOST_LATITUDE, min(MOST_LATITUDE, latitude))
    return longitude / 360 + 0.5, 0.5 - asinh(tan(radians(held))) / (2 * pi)


def unprojected(x: float, y: float) -> Position:
    """Return longitude and latitude of a point of that square."""
    return (x - 0.5) * 360, degrees(atan(sinh((0.5 - y) * 2 * pi)))


@dataclass(frozen=True)
class Window:
    """What a map shows: its centre in degrees, its zoom, and how large it is in pixels."""

    longitude: float
    latitude: float
    zoom: int
    width: int
    height: int

    @property
    def scale(self) -> int:
        """How many pixels the whole earth is wide."""
        return TILE * 2**self.zoom

    @property
    def corner(self) -> Position:
        """Its north-west corner, in pixels of the whole earth."""
        x, y = projected(self.longitude, self.latitude)
        return x * self.scale - self.width / 2, y * self.scale - self.height / 2

    def at(self, longitude: float, latitude: float) -> Position:
        """Return where a place stands, in pixels from the window's north-west corner."""
        x, y = projected(longitude, latitude)
        left, top = self.corner
        return x * self.scale - left, y * self.scale - top

    def pixels(self, metres: float, latitude: float) -> float:
        """Return how long a distance is, at this latitude."""
        held = max(-MOST_LATITUDE, min(MOST_LATITUDE, latitude))
        return metres / (EQUATOR_M * cos(radians(held))) * self.scale

    def metres(self, pixels: float) -> float:
        """Return how long a line of these pixels is on the earth, at the window's centre."""
        return pixels / self.pixels(1, self.latitude)

    def zoomed(self, by: int) -> "Window":
        """Return the window nearer or farther, around the same centre."""
        zoom = max(LEAST_ZOOM, min(MOST_ZOOM, self.zoom + by))
        return Window(self.longitude, self.latitude, zoom, self.width, self.height)

    def moved(self, across: float, down: float) -> "Window":
        """Return the window moved by parts of its own width and height; it never leaves the earth."""
        x, y = projected(self.longitude, self.latitude)
        x += across * self.width / self.scale
        y += down * self.height / self.scale
        longitude, latitude = unprojected(max(0.0, min(1.0, x)), max(0.0, min(1.0, y)))
        return Window(round(longitude, 4), round(latitude, 4), self.zoom, self.width, self.height)
