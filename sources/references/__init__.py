"""References: a document as a CSL record, and the record as a reader sees it, in one house style.

The style follows the notes and bibliography of The Chicago Manual of Style (17th edition, chapter 14), with days in
British order and every date as exact as it is known. Everything works on rows that are already fetched: a document
with its publisher and its contributions' agents.
"""

from sources.references.csl import Record, csl
from sources.references.locators import locator_words
from sources.references.short import short_form
from sources.references.style import format, render  # noqa: A004 -- the public name of what this package does

__all__ = ["Record", "csl", "format", "locator_words", "render", "short_form"]
