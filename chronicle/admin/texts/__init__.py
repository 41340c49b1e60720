"""Files and texts of a document at the desk: deposit and show them, and work from the text."""

from chronicle.admin.texts.pages import TextPages

__all__ = ["TextPages"]
