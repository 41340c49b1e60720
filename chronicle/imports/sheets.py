"""XLSX as rows of text: dates by what their format shows, numbers without what arithmetic adds, formulas refused."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from chronicle.imports.spreadsheet import unspelled
from chronicle.imports.tables import UnreadableError

LARGEST: Final = 300 * 1024 * 1024
"""How many bytes a workbook may have unpacked: a million rows have some two hundred million."""
EMPTY_ROWS: Final = 1000
"""After how many empty rows a sheet ends: some programs write all 1,048,576 that there can be."""

Rows = Iterator[tuple[int, list[str]]]


def sheets(name: str, content: bytes, largest: int = LARGEST) -> list[tuple[str, Callable[[], Rows]]]:
    """Return the sheets of a workbook that can be seen, each by its title; its rows with their numbers, when asked."""
    _check_size(name, content, largest)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise _unreadable(name) from error
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [(sheet.title, partial(_rows, f"{name}, {sheet.title}", sheet)) for sheet in seen]


def _check_size(name: str, content: bytes, largest: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise _unreadable(name) from error
    if size > largest:
        words = {"name": name, "size": size // 2**20, "most": largest // 2**20}
        raise UnreadableError(_("%(name)s has %(size)s MB unpacked; %(most)s are read. Cut it into several.") % words)


def _unreadable(name: str) -> UnreadableError:
    return UnreadableError(_("%(name)s is no workbook that can be read; save it as XLSX.") % {"name": name})


def _rows(name: str, sheet: Any) -> Rows:
    empty = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_text(name, cell) for cell in row]
        empty = 0 if any(cells) else empty + 1
        if empty > EMPTY_ROWS:
            return
        yield number, cells


def _text(name: str, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        words = {"name": name, "cell": cell.coordinate, "value": str(value)[:40]}
        raise UnreadableError(
            _("%(name)s, %(cell)s is a formula or an error, %(value)s: paste values in its place.") % words
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return _day(value, str(cell.number_format))
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}" if value != int(value) else str(int(value))
    return unspelled(str(value))


def _day(value: datetime | date, shown: str) -> str:
    """A date as exact as its format shows it: the spreadsheet has made 1 October of “October 2020”."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown.lower())
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(timespec="seconds")
    day = value.strftime("%Y-%m-%d") if value.year > 999 else f"{value.year:04d}-{value.month:02d}-{value.day:02d}"  # noqa: PLR2004 -- strftime pads no further
    if "d" in bare or "y" not in bare:
        return day
    return day[:7] if "m" in bare else day[:4]
