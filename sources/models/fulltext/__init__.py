"""Files that were deposited with a document, and the text that was read out of them, page by page."""

from sources.models.fulltext.file import DocumentFile
from sources.models.fulltext.page import DocumentPage
from sources.models.fulltext.text import DocumentText

__all__ = ["DocumentFile", "DocumentPage", "DocumentText"]
