"""The value that parsing gives: the text as entered, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field

from sources.edtf.bounds import bounds, widened
from sources.edtf.dates import Date, Kind, Missing, Qualifier, Span
from sources.edtf.days import Bounds
from sources.edtf.extents import precision


@dataclass(frozen=True, slots=True)
class EDTF:
    """A date in the Extended Date/Time Format, made by `parse` and by nothing else."""

    text: str
    kind: Kind
    spans: tuple[Span, ...]
    _bounds: Bounds | None = field(default=None, init=False, repr=False, compare=False)
    _widened: Bounds | None = field(default=None, init=False, repr=False, compare=False)

    def __str__(self) -> str:
        return self.text

    @property
    def dates(self) -> tuple[Date, ...]:
        """Every date that is written in the string, in its order."""
        return tuple(date for span in self.spans for date in span.dates)

    @property
    def bounds(self) -> Bounds:
        """The first and the last day allowed; None is unbounded. Worked out once."""
        found = self._bounds or bounds(self)
        object.__setattr__(self, "_bounds", found)
        return found

    @property
    def widened(self) -> Bounds:
        """The bounds, with approximate ends moved outwards by one unit of their precision. Worked out once."""
        found = self._widened or widened(self)
        object.__setattr__(self, "_widened", found)
        return found

    @property
    def precision(self) -> str:
        """The unit of all dates in the string, from "time" and "day" to "age"; "mixed" where they differ."""
        units = {precision(date) for date in self.dates}
        return units.pop() if len(units) == 1 else "mixed"

    @property
    def is_interval(self) -> bool:
        """Whether it lasts, from one end to the other (`a/b`)."""
        return self.kind is Kind.INTERVAL

    @property
    def is_one_of(self) -> bool:
        """Whether it is some day in a span, not known which: `[a,b]`, and any date less exact than a day."""
        if self.kind is Kind.ONE_OF:
            return True
        return self.kind is Kind.DATE and self.bounds.earliest != self.bounds.latest

    @property
    def is_all_of(self) -> bool:
        """Whether it is every one of its dates (`{a,b}`)."""
        return self.kind is Kind.ALL_OF

    @property
    def is_approximate(self) -> bool:
        """Whether any part of any date is approximate (`~` or `%`)."""
        return any(date.qualifiers & Qualifier.APPROXIMATE for date in self.dates)

    @property
    def is_uncertain(self) -> bool:
        """Whether any part of any date is uncertain (`?` or `%`)."""
        return any(date.qualifiers & Qualifier.UNCERTAIN for date in self.dates)

    @property
    def is_open(self) -> bool:
        """Whether an end is left open (`..`): it goes on, or there is none."""
        return self._has_end(Missing.OPEN)

    @property
    def has_unknown_end(self) -> bool:
        """Whether an interval has an end that is not known (`1985/`, `/1985`)."""
        return self._has_end(Missing.UNKNOWN)

    def _has_end(self, missing: Missing) -> bool:
        return any(missing in (span.start, span.end) for span in self.spans)
