"""Counts over spans, where there is too much to draw: how many events lie within each unit of the calendar.

A unit of the finest level counts every event that lies within it; a wider one only those that lie within it and in
none of its parts, so that every event is counted once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from django.utils.dates import MONTHS
from django.utils.text import capfirst

from chronicle.timeline.units import LEVELS, Unit, units
from chronicle.timeline.window import Window, per_cent
from sources.edtf import Day, parse, words
from sources.edtf.names import day_of_year_name

MOST_UNITS: Final = 400
"""How many units have room side by side."""
MOST_COUNTED: Final = 100
"""How many of them a list can name."""
LABELLED: Final = 2.2
"""From which width on, in per cent, a number has room."""
HEIGHT: Final = 84
"""How high, in pixels, the highest bar is."""
LEAST_HEIGHT: Final = 3
NUMBER: Final = 16
"""How much room, in pixels, the number above the highest bar has."""
AXIS: Final = NUMBER + HEIGHT + 26
"""How far down the labels of the axis end."""
BAND: Final = 18
"""How high the row of a wider span is."""

Counts = Mapping[str, int]
"""How many events lie within each unit, by the unit's key."""


@dataclass(frozen=True)
class Bar:
    """A unit with its events: `events` lie in it, `own` of them in none of its parts that are drawn."""

    unit: Unit
    events: int
    own: int
    start: float
    end: float
    height: int
    parts: tuple[Bar, ...]

    @property
    def x(self) -> str:
        """Where it begins."""
        return per_cent(self.start)

    @property
    def width(self) -> str:
        """How wide it is."""
        return per_cent(self.end - self.start)

    @property
    def middle(self) -> str:
        """Where its number stands."""
        return per_cent((self.start + self.end) / 2)

    @cached_property
    def words(self) -> str:
        """What the unit is called."""
        return words(parse(self.unit.edtf))

    @property
    def short(self) -> str:
        """What it is called among the parts of a wider one: "October", "10 October"."""
        if self.unit.level not in {"month", "day"}:
            return self.words
        day = Day.of_ordinal(self.unit.first)
        return capfirst(MONTHS[day.month]) if self.unit.level == "month" else day_of_year_name(day)

    @property
    def top(self) -> int:
        """How far its upper edge is from the top of the drawing."""
        return NUMBER + HEIGHT - self.height

    @property
    def number_y(self) -> int:
        """How far down its number stands: on top of it."""
        return self.top - 4

    @property
    def is_wide(self) -> bool:
        """Whether its number has room."""
        return self.end - self.start >= LABELLED


class Band(NamedTuple):
    """A row of wider bars: the how manyth it is, from 1 on, of which level, and how far down it stands."""

    depth: int
    level: str
    bars: tuple[Bar, ...]
    y: int


@dataclass(frozen=True)
class Density:
    """The bars of the finest level, then those of wider ones, the widest last; and the same as a tree."""

    level: str
    bars: tuple[Bar, ...]
    wider: tuple[tuple[str, tuple[Bar, ...]], ...]
    tree: tuple[Bar, ...]

    def units(self, levels: Mapping[str, Sequence[Unit]]) -> dict[str, Sequence[Unit]]:
        """The units of the levels that are counted, empty ones included."""
        shown = LEVELS[: LEVELS.index(self.level) + 1]
        return {level: some for level, some in levels.items() if level in shown}

    @property
    def bands(self) -> list[Band]:
        """The rows of wider bars under the axis."""
        return [Band(depth, *row, AXIS + BAND * (depth - 1)) for depth, row in enumerate(self.wider, start=1)]

    @property
    def height(self) -> int:
        """How high the drawing is: bars with room for a number above them, the axis, the rows of wider bars."""
        return AXIS + BAND * len(self.wider)

    @property
    def counted(self) -> int:
        """How many events it has."""
        return sum(bar.events for bar in self.tree)


def finest(window: Window) -> dict[str, list[Unit]]:
    """The units of each level that have room side by side in a window, by level."""
    found = {level: units(level, window, MOST_UNITS) for level in LEVELS}
    return {level: some for level, some in found.items() if some}


def density(
    levels: Mapping[str, Sequence[Unit]], counts: Counts, window: Window, *, cut: bool = False
) -> Density | None:
    """The counts of a window at the finest level that a list can name; None where there is nothing to choose.

    Units that reach beyond the window count events outside it: they are left out, unless nothing lies outside (`cut`).
    """
    own = {
        level: [unit for unit in some if counts.get(unit.key) and (cut or window.holds(unit.first, unit.last))]
        for level, some in levels.items()
    }
    base = _base(own)
    if base is None:
        return None
    shown = [level for level in LEVELS[: LEVELS.index(base) + 1] if own.get(level)]
    tree = _tree(shown, own, counts, window)
    flat = _by_level(tree)
    wider = [(level, tuple(bar for bar in flat.get(level, ()) if bar.own)) for level in reversed(shown[:-1])]
    return Density(base, tuple(flat[base]), tuple((level, some) for level, some in wider if some), tree)


def _base(own: Mapping[str, Sequence[Unit]]) -> str | None:
    """The finest level with more than one unit to choose from, and no more than can be named."""
    fitting = [level for level in LEVELS if 1 < len(own.get(level, ())) <= MOST_COUNTED]
    return fitting[-1] if fitting else None


def _tree(levels: Sequence[str], own: Mapping[str, Sequence[Unit]], counts: Counts, window: Window) -> tuple[Bar, ...]:
    """The units of the first level, each with those of the next that lie in it; and so on.

    Units whose wider one is left out, since it reaches beyond the window, stand beside those of its level.
    """
    found: list[Bar] = []
    for level in reversed(levels):
        highest = max(counts[unit.key] for unit in own[level])
        bars = [_bar(unit, counts[unit.key], _within(unit, found), window, highest=highest) for unit in own[level]]
        inside = {part.unit for bar in bars for part in bar.parts}
        found = sorted([*bars, *(bar for bar in found if bar.unit not in inside)], key=lambda bar: bar.unit.first)
    return tuple(found)


def _within(unit: Unit, bars: Sequence[Bar]) -> tuple[Bar, ...]:
    return tuple(bar for bar in bars if unit.window.holds(bar.unit.first, bar.unit.last))


def _bar(unit: Unit, events: int, parts: tuple[Bar, ...], window: Window, *, highest: int) -> Bar:
    start, end = window.share(unit.first, unit.last)
    height = max(LEAST_HEIGHT, round(HEIGHT * events / highest))
    return Bar(unit, events, max(0, events - sum(part.events for part in parts)), start, end, height, parts)


def _by_level(tree: Sequence[Bar]) -> dict[str, list[Bar]]:
    found: dict[str, list[Bar]] = {}
    waiting = list(tree)
    while waiting:
        bar = waiting.pop(0)
        found.setdefault(bar.unit.level, []).append(bar)
        waiting.extend(bar.parts)
    return found
