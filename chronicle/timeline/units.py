"""Units of the calendar, from centuries to days, by the names that EDTF has for them: 20XX, 202X, 2020, 2020-10."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from chronicle.timeline.window import Window
from sources.edtf import Day

LEVELS: Final = ("century", "decade", "year", "month", "day")
MASKED: Final = {"century": 2, "decade": 1}
LENGTHS: Final = {"century": 36_525, "decade": 3_653, "year": 366, "month": 31, "day": 1}
"""How many days the longest unit of each level has."""
LONGEST_YEAR: Final = 9999
"""Years with more digits are in no unit: nothing counts them."""


class Unit(NamedTuple):
    """One unit: its level, its name in EDTF, its first and its last day."""

    level: str
    edtf: str
    first: int
    last: int

    @property
    def key(self) -> str:
        """What its tally is called."""
        return f"{self.level}:{self.edtf}"

    @property
    def window(self) -> Window:
        """The unit as a part of time."""
        return Window(self.first, self.last)

    def before(self) -> Unit | None:
        """The unit before this one, if it has a name."""
        return unit_of(self.level, self.first - 1) if self.first > LONGEST.first else None

    def after(self) -> Unit | None:
        """The unit after this one, if it has a name."""
        return unit_of(self.level, self.last + 1) if self.last < LONGEST.last else None


def unit_of(level: str, ordinal: int) -> Unit:
    """The unit that a day lies in.

    Years are grouped by the digits that they are written with: -01XX are the years from -199 to -100, and before the
    year 0 (1 BC) the group -00XX has the 99 years from -99 to -1.
    """
    day = Day.of_ordinal(ordinal)
    if level == "day":
        return Unit(level, _text(day, 10), ordinal, ordinal)
    if level == "month":
        return Unit(level, _text(day, 7), ordinal - day.day + 1, day.last_of_month().ordinal)
    masked = MASKED.get(level, 0)
    first, last = _years(day.year, 10**masked)
    year = str(day)[:-6]
    edtf = year[: len(year) - masked] + "X" * masked
    return Unit(level, edtf, Day(first, 1, 1).ordinal, Day(last, 12, 31).ordinal)


def _text(day: Day, length: int) -> str:
    return str(day)[: length - 10 or None]


def _years(year: int, length: int) -> tuple[int, int]:
    """The first and the last year of the group of so many that a year is written with."""
    size = abs(year) // length * length
    if year >= 0:
        return size, size + length - 1
    return -(size + length - 1), -max(size, 1)


def units(level: str, window: Window, most: int) -> list[Unit]:
    """The units of a level that have a day in the window, in their order; none where they are more than `most`."""
    found: list[Unit] = []
    if window.days > most * LENGTHS[level]:
        return found
    for unit in _from(level, window):
        if len(found) == most:
            return []
        found.append(unit)
    return found


def _from(level: str, window: Window) -> Iterator[Unit]:
    """Units until the window ends, those beyond years of four digits left out."""
    first, last = max(window.first, LONGEST.first), min(window.last, LONGEST.last)
    while first <= last:
        unit = unit_of(level, first)
        yield unit
        first = unit.last + 1


LONGEST: Final = Window(Day(-LONGEST_YEAR, 1, 1).ordinal, Day(LONGEST_YEAR, 12, 31).ordinal)


def enclosing(window: Window) -> list[Unit]:
    """The units that the window lies within, from its century on; the last can be the window itself."""
    if not LONGEST.holds(*window):
        return []
    found = [unit_of(level, window.first) for level in LEVELS]
    return [unit for unit in found if unit.window.holds(*window)]


def edges(levels: Mapping[str, Sequence[Unit]], window: Window) -> list[int]:
    """The first days of the widest units that the window can be cut into without a rest, and the day after it.

    What lies in none of these units, and in none of their parts, reaches over one of these days from the day before.
    """
    inside = [unit for some in levels.values() for unit in some if window.holds(*unit.window)]
    widest: dict[int, int] = {}
    for unit in inside:
        widest[unit.first] = max(unit.last, widest.get(unit.first, unit.last))
    found, last = [], window.first - 1
    for first in sorted(widest):
        if first > last:
            found.append(first)
            last = widest[first]
    return [*(day for day in found if day > window.first), window.last + 1]
