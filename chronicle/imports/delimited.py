"""CSV in whatever dialect: the delimiter is found out, a broken quotation is an error with its place."""

import csv
from collections.abc import Callable
from typing import Final, TextIO

from django.utils.translation import gettext as _

from chronicle.imports.said import Read, Said
from chronicle.imports.tables import UnreadableError
from chronicle.imports.tabular import Rows, model_of, read_rows

DELIMITERS: Final = ",;\t|"
LONGEST_CELL: Final = 1_000_000
"""How many characters a cell may have; Python's own limit, 131,072, is less than some geometries."""


Opened = Callable[[], TextIO]
"""Opens a text at its beginning, with the ends of its lines as they are; each time that it is called."""


def read_csv(name: str, opened: Opened, encoding: str, said: Said) -> Read:
    """Return the table of a text, and how it was understood."""
    delimiter = said.delimiter or _delimiter(opened)
    read = read_rows(name, lambda: _rows(name, opened, delimiter), said.model or model_of(name), said)
    shown = {"\t": _("tab")}.get(delimiter, delimiter)
    words = {"name": name, "encoding": encoding, "delimiter": shown}
    read.remarks.insert(0, _("%(name)s is read as %(encoding)s, cells parted by %(delimiter)s.") % words)
    return read


def _delimiter(opened: Opened) -> str:
    """The one of the usual delimiters that the heading has most of, outside of quotation marks."""
    with opened() as file:
        heading = file.readline(LONGEST_CELL)
    outside = "".join(heading.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _rows(name: str, opened: Opened, delimiter: str) -> Rows:
    """Every row with the number of the line that it begins in."""
    if csv.field_size_limit() < LONGEST_CELL:
        csv.field_size_limit(LONGEST_CELL)
    with opened() as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        begins = 1
        try:
            for row in reader:
                yield begins, row
                begins = reader.line_num + 1
        except csv.Error as error:
            words = {"name": name, "line": reader.line_num, "error": error}
            raise UnreadableError(
                _("%(name)s, line %(line)s: %(error)s. Check the quotation marks.") % words
            ) from error
