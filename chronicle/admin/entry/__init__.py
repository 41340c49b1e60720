"""Entry from a document: a grid with a row for each thing that the document says, saved all or nothing."""

from chronicle.admin.entry.pages import EntryPages

__all__ = ["EntryPages"]
