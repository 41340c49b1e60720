"""The whole state of a map in its address: what the events are narrowed down by, the window, names, lines shown."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from chronicle.atlas import LEAST_ZOOM, MOST_LATITUDE, MOST_ZOOM, Window
from chronicle.views.base import not_found
from chronicle.views.filters import labels
from chronicle.views.naming import LANGUAGE

WIDTH, HEIGHT = 1180, 640
"""How large the drawing of the map page is; where there is less room, its middle is seen at nearly the same size."""
MOST_SHOWN = 10
"""How many lines and areas can be switched on at once."""
PARTIES = ""
"""The choice of names that stands when nothing is chosen: those of all parties, at one size."""


@dataclass(frozen=True)
class MapState:
    """What an address of the map asks for; `window` is empty where it leaves that to the map."""

    filters: tuple[tuple[str, str], ...]
    window: Window | None
    names: str
    shown: tuple[str, ...]

    def query(
        self,
        *,
        window: Window | None = None,
        names: str | None = None,
        shown: tuple[str, ...] | None = None,
        leaving_out: tuple[str, ...] = (),
    ) -> str:
        """Return the query of this state with a part of it changed, `?` included."""
        asked = QueryDict(mutable=True)
        for name, value in self.filters:
            asked[name] = value
        if (seen := window or self.window) and "window" not in leaving_out:
            asked.update({"at": f"{seen.latitude:g},{seen.longitude:g}", "zoom": str(seen.zoom)})
        if chosen := self.names if names is None else names:
            asked["names"] = chosen
        asked.setlist("show", list(self.shown if shown is None else shown))
        for name in leaving_out:
            asked.pop(name, None)
        return "?" + asked.urlencode(safe=",")

    def toggled(self, slug: str) -> str:
        """Return the query with a line or an area switched on, or off where it is on."""
        others = tuple(other for other in self.shown if other != slug)
        return self.query(shown=others if slug in self.shown else (*others, slug)[-MOST_SHOWN:])

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that changes the filters sends with them and the names; the window is found anew."""
        return [("show", slug) for slug in self.shown]


def read_state(asked: Callable[[str], str], asked_all: Callable[[str], list[str]]) -> MapState:
    """Return the state that an address asks for; Http404 for a window or a language that cannot be."""
    filters = tuple((name, words) for name in labels() if (words := asked(name)))
    names = asked("names")
    if names and not LANGUAGE.fullmatch(names):
        not_found()
    return MapState(filters, _window(asked("at"), asked("zoom")), names, tuple(asked_all("show")[:MOST_SHOWN]))


def _window(at: str, zoom: str) -> Window | None:
    if not at and not zoom:
        return None
    try:
        latitude, longitude = (float(degrees) for degrees in at.split(","))
        nearness = int(zoom)
    except ValueError:
        not_found()
    on_earth = abs(latitude) <= MOST_LATITUDE and abs(longitude) <= 180  # noqa: PLR2004 -- degrees
    if not on_earth or not LEAST_ZOOM <= nearness <= MOST_ZOOM:
        not_found()
    return Window(round(longitude, 4), round(latitude, 4), nearness, WIDTH, HEIGHT)
