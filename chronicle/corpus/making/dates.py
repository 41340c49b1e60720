"""Dates in EDTF as a chronicle has them: most of the last century, most of them days, some of everything else."""

import calendar
from collections.abc import Callable

from chronicle.corpus.making.chance import Chance

Year = str


def filed(chance: Chance) -> str:
    """Return a date under which an event is filed; one in two hundred has none."""
    drawn = chance.share()
    if drawn < 0.005:
        return ""
    if drawn < 0.012:
        return chance.one_of(("-0043", "-0331-10-01", "-0189~", "0000", "-0066/-0063", "-0500?"))
    if drawn < 0.02:
        return chance.one_of(("1988/..", "1992-05/..", "../1905", "1915/", "/1918-11", "1994-05-12/.."))
    return _written(chance, _year(chance))


def _year(chance: Chance) -> int:
    drawn = chance.share()
    if drawn < 0.88:
        return chance.between(1900, 2020)
    return chance.between(1600, 1899) if drawn < 0.97 else chance.between(900, 1599)


def _written(chance: Chance, year: int) -> str:
    drawn = chance.share()
    for share, write in FORMS:
        if drawn < share:
            return write(chance, year)
        drawn -= share
    return f"{year:04}"


def day(chance: Chance, year: int) -> str:
    """Return a day of the year."""
    month = chance.between(1, 12)
    return f"{year:04}-{month:02}-{chance.between(1, calendar.monthrange(year, month)[1]):02}"


def month(chance: Chance, year: int) -> str:
    """Return a month of the year."""
    return f"{year:04}-{chance.between(1, 12):02}"


def _days(chance: Chance, year: int) -> str:
    in_month, first = chance.between(1, 12), chance.between(1, 20)
    return f"{year:04}-{in_month:02}-{first:02}/{year:04}-{in_month:02}-{first + chance.between(1, 8):02}"


def _months(chance: Chance, year: int) -> str:
    return f"{year:04}-{chance.between(1, 6):02}/{year + chance.below(3):04}-{chance.between(7, 12):02}"


def _one_of_two(chance: Chance, year: int) -> str:
    start = chance.between(1, 27)
    in_month = chance.between(1, 12)
    return f"[{year:04}-{in_month:02}-{start:02}..{year:04}-{in_month:02}-{start + 1:02}]"


def _qualified(chance: Chance, year: int) -> str:
    plain = chance.one_of((day, month, _plain))(chance, year)
    return f"{plain}{chance.one_of('?~%')}"


def _season(chance: Chance, year: int) -> str:
    return f"{year:04}-{chance.between(21, 24)}"


def _decade(chance: Chance, year: int) -> str:  # noqa: ARG001 - one of several forms
    return f"{year // 10:03}X"


def _plain(chance: Chance, year: int) -> str:  # noqa: ARG001 - one of several forms
    return f"{year:04}"


FORMS: tuple[tuple[float, Callable[[Chance, int], str]], ...] = (
    (0.56, day),
    (0.11, month),
    (0.11, _days),
    (0.04, _months),
    (0.03, _one_of_two),
    (0.06, _qualified),
    (0.01, _season),
    (0.01, _decade),
)
"""The share of each form; what is left are plain years."""


def near(chance: Chance, edtf: str) -> str:
    """Return a date that a rival document might give for this one: another day, the month, another year."""
    year, month_of, *_rest = *edtf[:10].split("-"), "", ""
    if not (year.isdigit() and len(year) == 4):
        return chance.one_of(("1915", "1921-03", "1993-04-02"))
    if not month_of.isdigit() or int(month_of) > 12:
        return f"{int(year) + 1:04}"
    days = calendar.monthrange(int(year), int(month_of))[1] if int(year) else 28
    return f"{year}-{month_of}-{chance.between(1, days):02}" if chance.happens(0.8) else f"{year}-{month_of}"
