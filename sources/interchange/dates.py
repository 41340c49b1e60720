"""Dates of reference managers as EDTF: written in one string, or in parts."""

from collections.abc import Sequence

from sources.edtf import EDTFError, parse
from sources.interchange.items import Fate, Item

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS_OF_DATE = 3


def put_date(item: Item, name: str, written: str, *, column: str = "issued_edtf") -> None:
    """Set the date of an item; a string that is no EDTF is told, and what reads otherwise than it was written too."""
    written = written.strip()
    if not written:
        return
    read = as_edtf(written)
    if read is None:
        item.wrong(name, written, "it is no date in EDTF, such as 2021-11-08 or 2021~; write it so")
        return
    if read != written:
        item.remark(Fate.CHANGED, name, written, f"it is read as {read}")
    item.columns[column] = read


def as_edtf(written: str) -> str | None:
    """Return a date as EDTF, if it is one, or is written with slashes or in parts that can be nothing else."""
    for candidate in (written, _with_hyphens(written)):
        try:
            parse(candidate)
        except EDTFError:
            continue
        return candidate
    return None


def of_parts(parts: Sequence[object]) -> str:
    """Return year, month and day, each a number or the name of a month, as EDTF; what follows a gap is left out."""
    found: list[str] = []
    for part, width in zip(parts[:PARTS_OF_DATE], (4, 2, 2), strict=False):
        written = str(part or "").strip()
        if written[:3].lower() in MONTHS and len(found) == 1:
            written = str(MONTHS.index(written[:3].lower()) + 1)
        if not written:
            break
        found.append(written.zfill(width) if written.isdigit() else written)
    return "-".join(found)


def _with_hyphens(written: str) -> str:
    """2005/07/15 and 2014// have slashes between their parts (RIS); in EDTF these make an interval."""
    parts = written.split("/")
    is_in_parts = 1 < len(parts) <= PARTS_OF_DATE + 1 and len(parts[0]) == 4  # noqa: PLR2004 -- a year
    if not is_in_parts or (len(parts) == 2 and len(parts[1]) == 4):  # noqa: PLR2004 -- two years, an interval
        return written
    return of_parts(parts)
