"""Cells that a spreadsheet would take for formulas: written with an apostrophe before them, and read without it.

OWASP, CSV Injection. The apostrophe is taken away again on reading, so that nothing is altered on the way; a value that
begins with one is given another.
"""

from typing import Final

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "'")


def guarded(value: str) -> str:
    """Return a cell that no spreadsheet runs."""
    return f"'{value}" if value.startswith(DANGEROUS) else value


def plain(cell: str) -> str:
    """Return the value of a cell that may have been guarded."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell
