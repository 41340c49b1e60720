"""The text of a document as quotations are looked for in it."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from sources.models import Document, DocumentPage, DocumentText
from sources.quotations import Text

TOGETHER: Final = 5_000_000
"""Code points of texts that are held at a time; a longer one is held alone."""
MOST: Final = 1_000
"""Documents of which the texts are read at a time."""


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
    return newest_texts([document]).get(document)


def newest_texts(documents: Collection[int]) -> dict[int, StoredText]:
    """Return the same for each of these documents that has a text, locked in one order."""
    list(Document.objects.select_for_update(no_key=True).filter(pk__in=documents).order_by("pk").values_list("pk"))
    numbers = {document: number for document, number, _length in _newest(documents)}
    texts = stored_texts(numbers.values())
    return {document: texts[number] for document, number in numbers.items()}


def newest_stored(document: int) -> StoredText | None:
    """Return the same to look at, without keeping anybody from storing another one."""
    return next((stored_text(number) for _document, number, _length in _newest([document])), None)


def _newest(documents: Collection[int]) -> Iterable[tuple[int, int, int]]:
    """The newest text of each document that was not purged: the numbers of both, and its length."""
    kept = DocumentText.objects.filter(document_id__in=documents, file__purged_at=None)
    rows = kept.order_by("document_id", "-number")
    return rows.distinct("document_id").values_list("document_id", "pk", "length")


def stored_text(number: int) -> StoredText:
    """Return the text with this number."""
    return stored_texts([number])[number]


def stored_texts(numbers: Collection[int]) -> dict[int, StoredText]:
    """Return the texts with these numbers, by number."""
    if not numbers:
        return {}
    rows = DocumentPage.objects.filter(text_id__in=numbers).order_by("text_id", "number")
    pages = rows.values_list("text_id", "start", "number", "content")
    found = {number: list(own) for number, own in groupby(pages, key=itemgetter(0))}
    return {number: _stored(number, found.get(number, [])) for number in numbers}


def _stored(number: int, pages: list[tuple[int, int, int, str]]) -> StoredText:
    whole = "\n".join(content for _text, _start, _number, content in pages)
    return StoredText(number, Text(whole), tuple((start, page) for _text, start, page, _content in pages))


def together(documents: Collection[int]) -> Iterator[list[int]]:
    """Yield these documents, some at a time: as many as may be held with their texts."""
    in_order = sorted(documents)
    for first in range(0, len(in_order), MOST):
        some = in_order[first : first + MOST]
        lengths = {document: length for document, _text, length in _newest(some)} if len(some) > 1 else {}
        held: list[int] = []
        room = TOGETHER
        for document in some:
            room -= lengths.get(document, 0)
            if held and room < 0:
                yield held
                held, room = [], TOGETHER - lengths.get(document, 0)
            held.append(document)
        yield held
