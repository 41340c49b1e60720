"""Where names stand on a map: beside their places, in the order of the events there, and never over each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chronicle.atlas.projection import Window
from chronicle.atlas.spots import Mark, Spot

SIZE = 12.5
"""How large all names are, in pixels: no party's larger than another's."""
LINE = 14.5
LETTER, ARMENIAN = 0.56, 0.64
"""How wide a letter is, as part of the size, on the average of Latin and Cyrillic, and of Armenian."""
GAP = 3.0
CELL = 50
"""How large a cell is, in pixels: about half as wide as a name."""

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """Names, one under the other, with the left end and the base line of the first.

    `frame` is the narrowest of the frames in which they stand whole, counted from 0.
    """

    spot: Spot
    x: float
    y: float
    frame: int = 0


def labels_of(spots: Iterable[Spot], window: Window, frames: Sequence[int] = ()) -> list[Label]:
    """Return the names for which there is room; the places with most events come first.

    A screen may show no more than the middle of a window: `frames` are the widths of such middles, the narrowest first.
    Names stand in the narrowest where they have room in it, and take none from each other in a wider one.
    """
    spots = sorted(spots, key=lambda spot: (-spot.events, spot.title))
    taken = Taken(_mark(spot, window) for spot in spots if is_small(spot, window))
    found: list[Label] = []
    unnamed = [spot for spot in spots if spot.names]
    for frame, width in enumerate([*(width for width in frames if width < window.width), window.width]):
        rest = []
        for spot in unnamed:
            if box := _room(spot, window, taken, width):
                taken.add(box)
                found.append(Label(spot, box[0], box[1] + LINE * 0.8, frame))
            else:
                rest.append(spot)
        unnamed = rest
    return found


def _room(spot: Spot, window: Window, taken: "Taken", width: float) -> Rectangle | None:
    """The first place for the names of a spot that is free and lies in the middle of a window, so wide."""
    return next((box for box in _boxes(spot, window) if _is_inside(box, window, width) and taken.is_free(box)), None)


class Taken:
    """Rectangles that stand on the map already, by the cells of a grid, so that only near ones are looked at."""

    def __init__(self, boxes: Iterable[Rectangle]) -> None:
        self._cells: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def add(self, box: Rectangle) -> None:
        """Take this room."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Rectangle) -> bool:
        """Return whether nothing that was added overlaps."""
        return not any(_overlap(box, other) for cell in _cells(box) for other in self._cells.get(cell, ()))


def _cells(box: Rectangle) -> list[tuple[int, int]]:
    left, top, right, bottom = (int(edge // CELL) for edge in box)
    return [(across, down) for across in range(left, right + 1) for down in range(top, bottom + 1)]


def is_small(spot: Spot, window: Window) -> bool:
    """Return whether names stand beside a place: it is a dot, or a circle in which no line of letters has room."""
    mark = spot.mark(window)
    return mark == Mark.DOT or (mark == Mark.CIRCLE and spot.radius(window) < LINE)


def _mark(spot: Spot, window: Window) -> Rectangle:
    x, y = window.at(spot.longitude, spot.latitude)
    radius = spot.radius(window) - 1
    return x - radius, y - radius, x + radius, y + radius


def _boxes(spot: Spot, window: Window) -> Iterator[Rectangle]:
    """Where a name may stand: of a small one right, left, above, below; of a circle in its middle, above, below."""
    x, y = window.at(spot.longitude, spot.latitude)
    width = max(_letters(words) for words, _ in spot.names) * SIZE
    height = LINE * len(spot.names)
    radius = spot.radius(window)
    if is_small(spot, window):
        corners = [
            (x + radius + GAP, y - height / 2),
            (x - radius - GAP - width, y - height / 2),
            (x - width / 2, y - radius - GAP - height),
            (x - width / 2, y + radius + GAP),
        ]
    else:
        corners = [(x - width / 2, y - height / 2), (x - width / 2, y - radius - height), (x - width / 2, y + radius)]
    return ((left, top, left + width, top + height) for left, top in corners)


def _letters(words: str) -> float:
    """How wide words are, as parts of the size."""
    return sum(ARMENIAN if "\u0530" <= letter <= "\u058f" else LETTER for letter in words)


def _is_inside(box: Rectangle, window: Window, width: float) -> bool:
    left = (window.width - width) / 2
    return box[0] >= left and box[1] >= 0 and box[2] <= left + width and box[3] <= window.height


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
