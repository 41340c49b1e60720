"""The text of a document as quotations are looked for in it."""

from bisect import bisect_right
from dataclasses import dataclass

from sources.models import Document, DocumentPage, DocumentText
from sources.quotations import Text


@dataclass(frozen=True)
class StoredText:
    """The pages of a stored text, joined by a line feed each; `number` is that of its row."""

    number: int
    text: Text
    pages: tuple[tuple[int, int], ...]
    """Where each page begins, in code points, and its number."""

    def page_at(self, offset: int) -> int:
        """Return the number of the page on which a place begins."""
        return self.pages[bisect_right(self.pages, (offset, 2**31)) - 1][1]


def newest_text(document: int) -> StoredText | None:
    """Return the text with which the quotations from a document are compared: that of the highest number.

    The document is locked until the transaction ends, so that whoever stores another text and compares with that comes
    after this one, or went before.
    """
    list(Document.objects.select_for_update(no_key=True).filter(pk=document).values_list("pk"))
    return newest_stored(document)


def newest_stored(document: int) -> StoredText | None:
    """Return the same to look at, without keeping anybody from storing another one."""
    number = DocumentText.objects.filter(document_id=document).order_by("-number").values_list("pk", flat=True).first()
    return stored_text(number) if number else None


def stored_text(number: int) -> StoredText:
    """Return the text with this number."""
    rows = DocumentPage.objects.filter(text_id=number).order_by("number").values_list("start", "number", "content")
    pages = list(rows)
    whole = "\n".join(content for _start, _number, content in pages)
    return StoredText(number, Text(whole), tuple((start, page) for start, page, _content in pages))
