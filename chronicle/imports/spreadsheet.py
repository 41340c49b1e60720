"""Cells that a spreadsheet would take for formulas: written with an apostrophe before them, and read without it.

OWASP, CSV Injection. The apostrophe is taken away again on reading, so that nothing is altered on the way; a value that
begins with one is given another.
"""

import re
from typing import Final

from chronicle.validators import NOT_IN_XML

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
LONGEST: Final = 32_767
"""How many UTF-16 units a cell of a workbook holds (Excel specifications and limits)."""
_NUMBER: Final = re.compile(r"-(0|[1-9]\d*)(\.\d+)?")
"""A number below zero, which begins as a formula may and is none: longitudes of the west stay numbers."""
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SEEMS_ESCAPED: Final = re.compile(rf"_(?=x[0-9A-Fa-f]{{4}}(?:_|\r|{NOT_IN_XML.pattern}))")
"""What would be read as the escape of a sign, with an underscore or with the escape that follows."""


def guarded(value: str) -> str:
    """Return a cell that no spreadsheet runs."""
    return f"'{value}" if value.startswith(DANGEROUS) else value


def safe(value: str) -> str:
    """Return the same, but of a number as it is."""
    return value if _NUMBER.fullmatch(value) else guarded(value)


def plain(cell: str) -> str:
    """Return the value of a cell that may have been guarded."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def spelled(text: str) -> str:
    """Return a text with what XML has no way to write as workbooks spell it: `_x000B_` (ECMA-376, ST_Xstring)."""
    literal = _SEEMS_ESCAPED.sub("_x005F_", text)
    return NOT_IN_XML.sub(_as_escape, literal.replace("\r", "_x000D_"))


def unspelled(text: str) -> str:
    """Return what a text of a workbook says."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _as_escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
