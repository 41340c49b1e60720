"""Exports for readers: everything that is published as tables, and as one package for keeping.

The columns are those of imports, with the same words in their cells: what leaves here can be taken in again. Only what
the published side holds is asked, through its own alias.
"""

from chronicle.exports.package import package
from chronicle.exports.tables import PublicTable, public_tables, written

__all__ = ["PublicTable", "package", "public_tables", "written"]
