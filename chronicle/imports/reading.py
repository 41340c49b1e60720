"""Files as tables of text: sheets, bibliographies, gazetteers, by how their names end and by what is in them.

What is found out (encoding, delimiter) is told, and can be said instead. Nothing is dropped: a row with other than as
many cells as there are headings, a formula, a broken quotation are errors with their place.
"""

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePath
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chronicle.imports.bibliographies import read_bibliography
from chronicle.imports.delimited import read_csv
from chronicle.imports.dotted import parted
from chronicle.imports.encodings import decoded, encoding_of
from chronicle.imports.gazetteers import is_gazetteer, read_linked
from chronicle.imports.headings import headed
from chronicle.imports.records import is_bibliography, tables_of_records
from chronicle.imports.said import Read, Said
from chronicle.imports.sheets import LARGEST, sheets
from chronicle.imports.tables import DEPOSITED, UnreadableError, importable
from chronicle.imports.tabular import model_called, model_of, read_rows
from sources.interchange import Reading, read_bibtex, read_csl_json, read_ris


def read_path(path: Path, said: Said | None = None) -> Read:
    """Return the tables of a file that lies on this machine; of a long CSV in UTF-8 no more than a slice is held."""
    said = said or Said()
    encoding = encoding_of(path, said.encoding) if path.suffix.lower() in DELIMITED else ""
    if not encoding:
        return read_file(path.name, path.read_bytes(), said)
    return _under_columns(read_csv(path.name, lambda: path.open(encoding=encoding, newline=""), encoding, said), said)


def files_of(folder: Path) -> list[Path]:
    """Return the sheets in a folder that are named after kinds of records; those of a data package lie in data/.

    What lies in files comes from no sheet, so its tables are left out. UnreadableError where there is no sheet.
    """
    inner = folder / "data" if (folder / "datapackage.json").is_file() else folder
    found = [path for path in sorted(inner.iterdir()) if path.suffix.lower() in SHEETS and _is_sheet(path.name)]
    if not found:
        words = {"folder": folder, "known": ", ".join(importable())}
        raise UnreadableError(_("%(folder)s has no sheet that is named after one of: %(known)s.") % words)
    return found


def _is_sheet(name: str) -> bool:
    model = model_of(name)
    return model is not None and model not in DEPOSITED


def read_file(
    name: str,
    content: bytes,
    said: Said | None = None,
    *,
    largest: int = LARGEST,
    hidden: frozenset[int] = frozenset(),
) -> Read:
    """Return the tables of a file, by how its name ends; UnreadableError says what to do about any other.

    `largest` is how many bytes a workbook may have unpacked, `hidden` are documents that are as if they were not there.
    """
    said = said or Said()
    ending = PurePath(name).suffix.lower()
    if ending == ".xlsx":
        read = _read_xlsx(name, content, said, largest)
    elif ending in REFUSED:
        raise UnreadableError(_(REFUSED[ending]) % {"name": name})
    else:
        text, encoding = decoded(name, content, said.encoding)
        read = _read(File(name, ending, text, encoding, hidden), said)
    return _under_columns(read, said)


def _under_columns(read: Read, said: Said) -> Read:
    """What was read, with the headings as columns, and what rows point to and describe as tables of its own."""
    tables = []
    for table in read.tables:
        under_columns, remarks = headed(table, said)
        tables += parted(under_columns)
        read.remarks += remarks
    read.tables = tables
    return read


DELIMITED: Final = frozenset({".csv", ".tsv", ".txt"})
SHEETS: Final = frozenset({".csv", ".tsv", ".json"})
"""Endings of sheets that say by their names what they hold."""
REFUSED: Final = {
    ".xls": gettext_noop("%(name)s is of an old form: save it as XLSX or CSV."),
    ".ods": gettext_noop("%(name)s is no XLSX: save it as XLSX or CSV."),
    ".zip": gettext_noop("%(name)s is packed: unpack it, and import what is in it."),
}
"""Endings of what is not read, with what to do about it."""


@dataclass(frozen=True)
class File:
    """A file as text: what it is called, how its name ends, in what encoding it was."""

    name: str
    ending: str
    text: str
    encoding: str
    hidden: frozenset[int]


def _read(file: File, said: Said) -> Read:
    if file.ending in DELIMITED:
        return read_csv(file.name, lambda: io.StringIO(file.text, newline=""), file.encoding, said)
    if file.ending in {".json", ".geojson", ".jsonld"}:
        return _read_json(file, said)
    if file.ending in {".bib", ".bibtex", ".ris"}:
        reader = read_ris if file.ending == ".ris" else read_bibtex
        return _read_bibliography(file, said, reader)
    words = {"name": file.name, "endings": ", ".join(ENDINGS)}
    raise UnreadableError(_("%(name)s: files that can be read end in %(endings)s.") % words)


ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".geojson", ".jsonld", ".bib", ".ris")


def _read_bibliography(file: File, said: Said, reader: Callable[[bytes], Reading]) -> Read:
    content = file.text.encode("utf-8", "surrogatepass")
    return read_bibliography(file.name, content, said, reader=reader, hidden=file.hidden)


def at_most(read: Read, most: int) -> Read:
    """Return what was read with its rows in memory; UnreadableError where there are more than `most`."""
    rows = 0
    for number, table in enumerate(read.tables):
        lines = list(islice(table.lines, most + 1 - rows if not read.rows else None))
        rows += len(lines)
        if (read.rows or rows) > most:
            words = {"name": table.name, "most": f"{most:,}"}
            raise UnreadableError(
                _(
                    "%(name)s: more than %(most)s rows. Cut the file into several, or ask whoever runs the server to "
                    "import it with “manage.py import_records”, which takes files of any length."
                )
                % words
            )
        read.tables[number] = replace(table, lines=lines)
    return read


CONTINUED: Final = re.compile(r"\s\(\d+\)$")
"""How the title of a sheet ends that goes on with the table of another: “citation (2)”."""


def _read_xlsx(name: str, content: bytes, said: Said, largest: int) -> Read:
    """The sheets that are called by a kind of record; the only one, whatever it is called."""
    read = Read()
    found = sheets(name, content, largest)
    for title, rows in found:
        place = f"{name}, {title}"
        model = model_called(CONTINUED.sub("", title).strip().lower().replace(" ", ""))
        if model is None and len(found) > 1:
            read.remarks.append(_("%(place)s is not read: its name is that of no kind of record.") % {"place": place})
            continue
        of_sheet = read_rows(place, rows, model or said.model, said)
        read.tables += of_sheet.tables
        read.left += of_sheet.left
        read.rows += of_sheet.rows
    if not read.tables:
        raise UnreadableError(" ".join(read.remarks))
    return read


def _read_json(file: File, said: Said) -> Read:
    """A bibliography, a gazetteer, or records as the desk has them."""
    try:
        data = json.loads(file.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(_("%(name)s is no JSON: %(error)s.") % {"name": file.name, "error": error}) from error
    if is_gazetteer(data):
        return read_linked(file.name, data, said)
    if said.model is None and is_bibliography(data):
        return _read_bibliography(file, said, read_csl_json)
    return Read(tables_of_records(file.name, data, said.model or model_of(file.name)))
