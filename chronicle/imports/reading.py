"""Files as tables of text: CSV in whatever encoding and dialect, XLSX, JSON.

What is found out (encoding, delimiter) is told, and can be said instead. Nothing is dropped: a row with other than as
many cells as there are headings, a formula, a broken quotation are errors with their place.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from charset_normalizer import from_bytes
from django.db.models import Model
from django.utils.translation import gettext as _

from chronicle.imports.sheets import sheets
from chronicle.imports.spreadsheet import plain
from chronicle.imports.tables import Line, Table, UnreadableError, importable

MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte-order marks; the longer ones first, since one begins with another (The Unicode Standard, section 23.8)."""
GUESSED: Final = ["cp1251", "cp1252", "cp1254", "koi8_r", "iso8859_9", "mac_cyrillic"]
"""Encodings that are guessed at where a text is no UTF-8."""
DELIMITERS: Final = ",;\t|"
LONGEST_CELL: Final = 1_000_000
"""How many characters a cell may have; Python's own limit, 131,072, is less than some geometries."""


@dataclass(frozen=True)
class Said:
    """What somebody says of a file, instead of leaving it to be found out."""

    model: type[Model] | None = None
    encoding: str = ""
    delimiter: str = ""


@dataclass
class Read:
    """A file that was read: its tables, and how it was understood."""

    tables: list[Table] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_file(name: str, content: bytes, said: Said | None = None) -> Read:
    """Return the tables of a file, by how its name ends; UnreadableError says what to do about any other."""
    said = said or Said()
    ending = PurePath(name).suffix.lower()
    if ending in {".csv", ".tsv", ".txt"}:
        return _read_csv(name, content, said)
    if ending == ".xlsx":
        return _read_xlsx(name, content, said)
    if ending == ".json":
        return _read_json(name, content, said)
    if ending == ".xls":
        raise UnreadableError(_("%(name)s is of an old form: save it as XLSX or CSV.") % {"name": name})
    raise UnreadableError(_("%(name)s: files that can be read end in .csv, .tsv, .xlsx or .json.") % {"name": name})


def _read_csv(name: str, content: bytes, said: Said) -> Read:
    text, encoding = decoded(name, content, said.encoding)
    delimiter = said.delimiter or _delimiter(text)
    rows = _rows(name, text, delimiter)
    table = _table(name, rows, said.model or _model_of(name))
    shown = {"\t": _("tab")}.get(delimiter, delimiter)
    words = {"name": name, "encoding": encoding, "delimiter": shown}
    return Read([table], [_("%(name)s is read as %(encoding)s, cells parted by %(delimiter)s.") % words])


def decoded(name: str, content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file and its encoding: as said, by its mark, as UTF-8, or as guessed."""
    marked = next((found for mark, found in MARKS if content.startswith(mark)), "")
    chosen = encoding or marked or "utf-8"
    try:
        return _checked(name, content.decode(chosen)), chosen
    except LookupError:
        raise UnreadableError(_("There is no encoding %(encoding)s.") % {"encoding": encoding}) from None
    except UnicodeDecodeError as error:
        if encoding or marked:
            words = {"name": name, "encoding": chosen, "place": error.start}
            raise UnreadableError(_("%(name)s is no %(encoding)s: byte %(place)s cannot be.") % words) from error
    guess = from_bytes(content, cp_isolation=GUESSED).best()
    if guess is None:
        raise UnreadableError(_("%(name)s: its encoding cannot be told; save it as UTF-8.") % {"name": name})
    return _checked(name, str(guess)), guess.encoding


def _checked(name: str, text: str) -> str:
    if "\x00" in text:
        raise UnreadableError(_("%(name)s has NUL in it and is no text; save it as CSV in UTF-8.") % {"name": name})
    return text


def _delimiter(text: str) -> str:
    """The one of the usual delimiters that the heading has most of, outside of quotation marks."""
    heading = next(iter(text.splitlines()), "")
    outside = "".join(heading.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of the line that it begins in."""
    if csv.field_size_limit() < LONGEST_CELL:
        csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        words = {"name": name, "line": reader.line_num, "error": error}
        raise UnreadableError(_("%(name)s, line %(line)s: %(error)s. Check the quotation marks.") % words) from error


def _read_xlsx(name: str, content: bytes, said: Said) -> Read:
    read = Read()
    found = sheets(name, content)
    for title, rows in found:
        place = f"{name}, {title}"
        model = importable().get(title.strip().lower().replace(" ", "")) or (said.model if len(found) == 1 else None)
        if model is None:
            read.remarks.append(_("%(place)s is not read: its name is that of no kind of record.") % {"place": place})
            continue
        read.tables.append(_table(place, rows, model))
    if not read.tables:
        raise UnreadableError(" ".join(read.remarks))
    return read


def _table(name: str, rows: Iterable[tuple[int, Sequence[str]]], model: type[Model] | None) -> Table:
    """A table whose first row is its headings; its lines are read once, as they are asked for."""
    if model is None:
        known = ", ".join(importable())
        raise UnreadableError(_("%(name)s: say what is in it, one of: %(known)s.") % {"name": name, "known": known})
    following = iter(rows)
    headings = [cell.strip() for cell in next(following, (0, []))[1]]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise UnreadableError(_("%(name)s is empty: the first row has the names of the columns.") % {"name": name})
    twice = {heading for heading in headings if headings.count(heading) > 1 or not heading}
    if twice:
        words = {"name": name, "columns": ", ".join(sorted(twice)) or _("an empty one")}
        raise UnreadableError(_("%(name)s: every column has a name of its own; look at %(columns)s.") % words)
    return Table(model, name, headings, _lines(name, headings, following))


def _lines(name: str, headings: Sequence[str], rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[Line]:
    for number, row in rows:
        cells = list(row)
        while len(cells) > len(headings) and not cells[-1].strip():
            cells.pop()
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(headings):
            words = {"name": name, "line": number, "cells": len(cells), "columns": len(headings)}
            raise UnreadableError(
                _("%(name)s, row %(line)s has %(cells)s cells for %(columns)s columns: give every column one.") % words
            )
        yield Line(number, {heading: plain(cell) for heading, cell in zip(headings, cells, strict=True)})


def _model_of(name: str) -> type[Model] | None:
    """The kind of record that a file is named after: events.csv, event-2020.csv, locationname.csv."""
    stem = PurePath(name).stem.lower().split("-")[0].split(".")[0]
    return importable().get(stem) or importable().get(stem.removesuffix("s"))


def _read_json(name: str, content: bytes, said: Said) -> Read:
    """A list of objects of one kind, or an object with such lists by the names of kinds."""
    text, _encoding = decoded(name, content, said.encoding)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(_("%(name)s is no JSON: %(error)s.") % {"name": name, "error": error}) from error
    if isinstance(data, list):
        return Read([_json_table(name, data, said.model or _model_of(name))])
    if not isinstance(data, dict) or not all(isinstance(rows, list) for rows in data.values()):
        raise UnreadableError(_("%(name)s: a list of records, or lists by kind of record.") % {"name": name})
    kinds = importable()
    unknown = [kind for kind in data if kind not in kinds]
    if unknown:
        words = {"name": name, "kinds": ", ".join(unknown), "known": ", ".join(kinds)}
        raise UnreadableError(_("%(name)s: there is no kind of record %(kinds)s; there are %(known)s.") % words)
    return Read([_json_table(f"{name}, {kind}", data[kind], kinds[kind]) for kind in kinds if kind in data])


def _json_table(name: str, rows: list[Any], model: type[Model] | None) -> Table:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise UnreadableError(_("%(name)s, record %(number)s is no object.") % {"name": name, "number": number})
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    if model is None or not headings:
        return _table(name, [], model)
    lines = [
        Line(number, {heading: _as_text(value) for heading, value in row.items()})
        for number, row in enumerate(rows, start=1)
    ]
    return Table(model, name, headings, lines)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
