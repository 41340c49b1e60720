"""Quotations are checked against the text of their document: where each stands is computed, and kept with it.

The rule is that of `sources.quotations`. A state is nobody's to type in: `check` writes it, when a text was stored,
when a citation was saved, and by `manage.py check_quotations`; the database forgets it as soon as the words, their
context or the document change by whatever path. What a curator says of it is kept apart: `confirm`, that a quotation
which differs from the text means this passage; `choose`, which of several passages is meant.
"""

from chronicle.quotations.checking import Report, check, check_document, unchecked
from chronicle.quotations.deciding import choose, confirm
from chronicle.quotations.passages import Passage, Passages, passages_of

__all__ = [
    "Passage",
    "Passages",
    "Report",
    "check",
    "check_document",
    "choose",
    "confirm",
    "passages_of",
    "unchecked",
]
