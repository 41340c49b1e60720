"""A figure is a range of numbers, open at an end that the source leaves open."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from django.db.backends.postgresql.psycopg_any import NumericRange

LARGEST = Decimal(10) ** 15  # far beyond all people who ever lived, about 10 ** 11: more is a slip of the keyboard
MOST_DECIMALS = 6


class FigureError(ValueError):
    """A figure that cannot be read or cannot be; the message is for the curator."""


@dataclass(frozen=True)
class Figure:
    """What a source says of a number: at least `lower`, at most `upper`; None is an end that it leaves open.

    Of things counted whole, both ends belong to the range: "more than 80" persons is 81 and over. Of measured things
    "more than 80" km² excludes 80 itself. An open end is never inclusive, as in PostgreSQL.
    """

    lower: Decimal | None
    upper: Decimal | None
    lower_inclusive: bool = True
    upper_inclusive: bool = True
    is_approximate: bool = False

    def __post_init__(self) -> None:
        if self.lower is None:
            object.__setattr__(self, "lower_inclusive", False)
        if self.upper is None:
            object.__setattr__(self, "upper_inclusive", False)
        for end in (self.lower, self.upper):
            _refuse_impossible(end)
        self._refuse_empty()

    def _refuse_empty(self) -> None:
        if self.lower is None and self.upper is None:
            raise FigureError("a figure that is open at both ends says nothing; mark the value as unknown instead")
        if self.lower is None or self.upper is None:
            return
        if self.upper < self.lower:
            raise FigureError(f"the upper end, {self.upper:,f}, is below the lower end, {self.lower:,f}")
        if self.upper == self.lower and not (self.lower_inclusive and self.upper_inclusive):
            raise FigureError(f"no number is left between {self.lower:,f} and {self.upper:,f}")

    def of_whole_things(self) -> Self:
        """The same range of things that are counted whole: ends that are excluded move by one."""
        lower, upper = _whole(self.lower), _whole(self.upper)
        if lower is not None and not self.lower_inclusive:
            lower += 1
        if upper is not None and not self.upper_inclusive:
            upper -= 1
        return replace(self, lower=lower, upper=upper, lower_inclusive=True, upper_inclusive=True)

    @classmethod
    def from_range(cls, stored: NumericRange, *, is_approximate: bool = False) -> Self:
        """The figure of a stored `numrange`; FigureError for the empty range, which holds no number."""
        if stored.isempty:
            raise FigureError("an empty range holds no number")
        return cls(stored.lower, stored.upper, stored.lower_inc, stored.upper_inc, is_approximate)

    def as_range(self) -> NumericRange:
        """The `numrange` to store; that the figure is approximate is stored beside it."""
        return NumericRange(self.lower, self.upper, "".join(self._brackets))

    @property
    def notation(self) -> str:
        """The range in PostgreSQL's notation, exactly: "[81,)"."""
        opening, closing = self._brackets
        return f"{opening}{_plain(self.lower)},{_plain(self.upper)}{closing}"

    @property
    def _brackets(self) -> tuple[str, str]:
        return "[" if self.lower_inclusive else "(", "]" if self.upper_inclusive else ")"


def _plain(end: Decimal | None) -> str:
    return "" if end is None else f"{end:f}"


def _refuse_impossible(end: Decimal | None) -> None:
    if end is None:
        return
    if not end.is_finite():
        raise FigureError("an end that is open is left out, not infinite")
    if end < 0:
        raise FigureError("nothing is counted or measured below 0")
    if end > LARGEST:
        raise FigureError(f"it is larger than {LARGEST:,f}")
    if end != round(end, MOST_DECIMALS):
        raise FigureError(f"it has more than {MOST_DECIMALS} decimal places")


def _whole(end: Decimal | None) -> Decimal | None:
    if end is None:
        return None
    if end != end.to_integral_value():
        raise FigureError(_fraction_reason(end))
    return end.to_integral_value()


def _fraction_reason(end: Decimal) -> str:
    whole, _, decimals = f"{end:f}".partition(".")
    reason = "this unit is counted in whole things"
    if len(decimals) == 3 and whole != "0":  # noqa: PLR2004 - three digits: likely a thousands separator
        return f"{reason}: is {whole},{decimals} meant? A dot is a decimal point, a comma separates thousands"
    return reason
