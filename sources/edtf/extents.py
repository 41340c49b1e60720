"""The first and the last day of one date: unspecified digits, seasons and significant digits worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from sources.edtf.dates import UNSPECIFIED, Date
from sources.edtf.days import MONTHS_IN_YEAR, Day, days_in_month

ASCENDING: Final = "0123456789"
DESCENDING: Final = ASCENDING[::-1]

# First month and number of months of each sub-year grouping (ISO 8601-2:2019, "Sub-year groupings"). The seasons are
# the meteorological ones; one that starts in December is that of the year in which it starts.
SEASONS: Final[dict[str, tuple[int, int]]] = {
    "21": (3, 3),  # spring, independent of location
    "22": (6, 3),
    "23": (9, 3),
    "24": (12, 3),
    "25": (3, 3),  # spring, northern hemisphere
    "26": (6, 3),
    "27": (9, 3),
    "28": (12, 3),
    "29": (9, 3),  # spring, southern hemisphere
    "30": (12, 3),
    "31": (3, 3),
    "32": (6, 3),
    "33": (1, 3),  # quarters
    "34": (4, 3),
    "35": (7, 3),
    "36": (10, 3),
    "37": (1, 4),  # quadrimesters
    "38": (5, 4),
    "39": (9, 4),
    "40": (1, 6),  # semestrals
    "41": (7, 6),
}


def _fitting(largest: int) -> dict[str, tuple[int, ...]]:
    """Every two digits, some of them unspecified, with the numbers from 1 that they can stand for."""
    digits = ASCENDING + UNSPECIFIED
    fitting: dict[str, list[int]] = {first + second: [] for first in digits for second in digits}
    for number in range(1, largest + 1):
        first, second = str(number // 10), str(number % 10)
        for mask in (first + second, UNSPECIFIED + second, first + UNSPECIFIED, UNSPECIFIED * 2):
            fitting[mask].append(number)
    return {mask: tuple(numbers) for mask, numbers in fitting.items()}


MONTHS_FITTING: Final = _fitting(12)
DAYS_FITTING: Final = _fitting(31)


def first_year(date: Date) -> int:
    """The first year that the digits of the year allow."""
    return _extreme_year(date, upwards=date.year.startswith("-"))


def last_year(date: Date) -> int:
    """The last year that the digits of the year allow."""
    return _extreme_year(date, upwards=not date.year.startswith("-"))


def _extreme_year(date: Date, *, upwards: bool) -> int:
    """The year with the largest or the smallest number, its sign apart: -01XX is -199 upwards and -100 downwards."""
    sign = -1 if date.year.startswith("-") else 1
    magnitude = int(date.year.lstrip("-").replace(UNSPECIFIED, "9" if upwards else "0"))
    if date.significant_digits:
        block = insignificant_years(date)
        magnitude = magnitude // block * block + (block - 1 if upwards else 0)
    if sign < 0 and magnitude == 0:
        return -1  # there is no -0000; the last year of -000X is -0001
    return sign * magnitude


def insignificant_years(date: Date) -> int:
    """The number of years between which a year with significant digits does not decide: 100 for 1950S2."""
    digits = len(str(abs(int(date.year))))
    return 10 ** max(digits - date.significant_digits, 0)


def _years(mask: str, digits: str) -> Iterator[int]:
    """The years that a mask allows; their numbers grow with ascending digits and shrink with descending ones."""
    sign, mask = (-1, mask[1:]) if mask.startswith("-") else (1, mask)
    for choice in product(*(digits if digit == UNSPECIFIED else digit for digit in mask)):
        number = int("".join(choice))
        if sign > 0 or number:
            yield sign * number


def first_day(date: Date) -> Day | None:
    """The first day that a date allows, or None where no day of the calendar fits it."""
    if not date.month:
        return Day(first_year(date), 1, 1)
    if date.month in SEASONS:
        return Day(first_year(date), SEASONS[date.month][0], 1)
    years = _years(date.year, DESCENDING if date.year.startswith("-") else ASCENDING)
    days = DAYS_FITTING[date.day] if date.day else (1,)
    return _first_existing(years, MONTHS_FITTING[date.month], days)


def last_day(date: Date) -> Day | None:
    """The last day that a date allows, or None where no day of the calendar fits it."""
    if not date.month:
        return Day(last_year(date), 12, 31)
    if date.month in SEASONS:
        month, length = SEASONS[date.month]
        return Day(last_year(date), month, 1).months_later(length - 1).last_of_month()
    years = _years(date.year, ASCENDING if date.year.startswith("-") else DESCENDING)
    months = MONTHS_FITTING[date.month][::-1]
    if date.day:
        return _first_existing(years, months, DAYS_FITTING[date.day][::-1])
    found = _first_existing(years, months, (1,))
    return found and found.last_of_month()


def _first_existing(years: Iterable[int], months: Sequence[int], days: Sequence[int]) -> Day | None:
    """The first combination, in the order given, that is a day of the calendar."""
    if not any(day <= days_in_month(0, month) for month in months for day in days):
        return None  # not even in a leap year: no need to try ten thousand of them
    for year in years:
        for month in months:
            length = days_in_month(year, month)
            for day in days:
                if day <= length:
                    return Day(year, month, day)
    return None


def precision(date: Date) -> str:
    """The unit that a date is written in: "day", "month", "season"…, "year", "decade", "century", "millennium".

    Unspecified days and months keep the precision of their part, as ISO 8601-2 has it: 1985-XX-XX is a day.
    """
    if date.time:
        return "time"
    if date.day:
        return "day"
    if date.month:
        return season_precision(date.month) if date.month in SEASONS else "month"
    return {1: "year", 10: "decade", 100: "century", 1000: "millennium"}.get(years_of_precision(date), "age")


def season_precision(month: str) -> str:
    """The unit of a sub-year grouping."""
    length = SEASONS[month][1]
    if length == MONTHS_IN_YEAR // 2:
        return "semester"
    if length == MONTHS_IN_YEAR // 3:
        return "quadrimester"
    return "quarter" if "33" <= month <= "36" else "season"


def years_of_precision(date: Date) -> int:
    """How many years the year of a date stands for as one unit: 10 for 195X, 100 for 1950S2, 1 for 19X5."""
    if date.significant_digits:
        return insignificant_years(date)
    return 10 ** (len(date.year) - len(date.year.rstrip(UNSPECIFIED)))
