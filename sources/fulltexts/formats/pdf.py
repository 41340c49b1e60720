"""PDF (ISO 32000), read by PDFium: its pages, with the numbers that stand on them."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from sources.fulltexts.limits import Limits
from sources.fulltexts.pages import Page, UnreadableError

LONGEST_LABEL = 40


def opened(path: Path, limits: Limits) -> pypdfium2.PdfDocument:
    """Return the document; UnreadableError says why it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UnreadableError("The PDF is encrypted: save it without its password, then send that.") from error
        raise UnreadableError(
            "The PDF is broken and cannot be opened: get it again, or print it to a new PDF."
        ) from error
    if len(document) > limits.pages:
        raise UnreadableError(f"The PDF has {len(document)} pages; at most {limits.pages} are read. Send it in parts.")
    if not len(document):
        raise UnreadableError("The PDF has no page.")
    return document


def pages(path: Path, limits: Limits, told: list[str]) -> Iterator[Page]:
    """Yield the pages in their order; of a broken one nothing but its label."""
    document = opened(path, limits)
    for number in range(len(document)):
        label = (document.get_page_label(number) or "")[:LONGEST_LABEL]
        yield Page(_content(document, number, told), "" if label == str(number + 1) else label)
        # PDFium keeps what it parsed; a document of many pages would fill the memory.


def _content(document: pypdfium2.PdfDocument, number: int, told: list[str]) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        told.append(f"Page {number + 1} is broken; nothing was read from it.")
        return ""
    try:
        text = page.get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
    finally:
        page.close()
