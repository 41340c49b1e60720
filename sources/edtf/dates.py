"""What an EDTF string is made of: dates with their parts, and the spans between them. Syntax only, no arithmetic."""

from __future__ import annotations

from enum import Enum, IntFlag
from typing import Final, NamedTuple

UNSPECIFIED: Final = "X"


class Qualifier(IntFlag):
    """How sure a source is of one part of a date (ISO 8601-2:2019, 8 "Qualification")."""

    NONE = 0
    UNCERTAIN = 1
    APPROXIMATE = 2


class Missing(Enum):
    """An end of an interval that is no date (ISO 8601-2:2019, "Extended time interval")."""

    OPEN = ".."
    UNKNOWN = ""


class Kind(Enum):
    """How the dates of a string belong together."""

    DATE = "date"
    MOMENT = "moment"
    INTERVAL = "interval"
    ONE_OF = "one of"
    ALL_OF = "all of"


class Date(NamedTuple):
    """One date as written, each part a string of digits in which X stands for an unspecified digit.

    `year` has its sign and, for letter-prefixed and exponential years, all its digits without the Y; `month` and `day`
    are empty where the date does not go so far; `month` may be the number of a season, from 21 to 41.
    A qualifier of a group is written down at every part that it applies to.
    """

    year: str
    month: str = ""
    day: str = ""
    year_qualifier: int = 0
    month_qualifier: int = 0
    day_qualifier: int = 0
    significant_digits: int = 0
    time: str = ""
    zone: str = ""

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The names of the parts that are written, largest first, with their qualifiers."""
        named = (
            ("year", self.year, self.year_qualifier),
            ("month", self.month, self.month_qualifier),
            ("day", self.day, self.day_qualifier),
        )
        return tuple((name, qualifier) for name, written, qualifier in named if written)

    @property
    def qualifiers(self) -> int:
        """All that is said of any part."""
        return self.year_qualifier | self.month_qualifier | self.day_qualifier

    @property
    def written(self) -> str:
        """The parts without qualifiers: "2016-01-X1"."""
        return "-".join(part for part in (self.year, self.month, self.day) if part)

    @property
    def is_masked(self) -> bool:
        """Whether any digit is unspecified."""
        return UNSPECIFIED in self.year or UNSPECIFIED in self.month or UNSPECIFIED in self.day


End = Date | Missing


class Span(NamedTuple):
    """From one end to the other; a date that stands alone is both."""

    start: End
    end: End

    @property
    def is_single(self) -> bool:
        """Whether this is a date that stands alone."""
        return self.start is self.end

    @property
    def dates(self) -> tuple[Date, ...]:
        """The ends that are dates."""
        ends = (self.start,) if self.is_single else (self.start, self.end)
        return tuple(end for end in ends if isinstance(end, Date))
