"""Imports: sheets, bibliographies and gazetteers into the desk, previewed, all or nothing, and undone in one step.

A file is read into tables of text (`reading`), the cells of a table are turned into values (`cells`), the rows are
compared with the desk's and written together (`writing`). A preview is an import that is taken back, so its verdict is
that of the import, whatever the database itself decides.
"""

from chronicle.imports.outcomes import Outcome, Report, Verdict, report_file
from chronicle.imports.reading import at_most, files_of, read_file, read_path
from chronicle.imports.said import Importer, Left, Read, Said
from chronicle.imports.tables import Line, Table, UnreadableError, importable
from chronicle.imports.templates import template, templates
from chronicle.imports.undoing import NotUndoneError, undo
from chronicle.imports.writing import import_tables, preview

__all__ = [
    "Importer",
    "Left",
    "Line",
    "NotUndoneError",
    "Outcome",
    "Read",
    "Report",
    "Said",
    "Table",
    "UnreadableError",
    "Verdict",
    "at_most",
    "files_of",
    "import_tables",
    "importable",
    "preview",
    "read_file",
    "read_path",
    "report_file",
    "template",
    "templates",
    "undo",
]
