"""DOCX (ISO/IEC 29500): paragraphs and notes, with a page wherever the author, or the last printing, began one."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from sources.fulltexts.limits import Limits
from sources.fulltexts.pages import Page, UnreadableError

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BROKEN: Final = "The DOCX is broken and cannot be opened: open and save it again, or send it as PDF."
PAGE_BREAK: Final = re.compile(r"\f(?:\s*\f)*")
"""A page break of the author is often followed by the mark of the last printing for the same."""
NOTES: Final = (("word/footnotes.xml", f"{W}footnote"), ("word/endnotes.xml", f"{W}endnote"))


def pages(path: Path, limits: Limits, told: list[str]) -> Iterator[Page]:
    """Yield the pages; notes follow on one of their own. Where no page break is marked, all is one page."""
    try:
        with zipfile.ZipFile(path) as packed:
            found = PAGE_BREAK.split("".join(_text(_part(packed, "word/document.xml", limits))))
            notes = "\n".join(filter(None, (_notes(packed, *where, limits) for where in NOTES)))
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, KeyError, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(BROKEN) from error
    if len(found) > limits.pages:
        raise UnreadableError(f"The DOCX has {len(found)} pages; at most {limits.pages} are read. Send it in parts.")
    if len(found) == 1:
        told.append("The file does not say where its pages begin: it is one page. A PDF of it would say.")
    yield from map(Page, found)
    if notes:
        told.append("Notes follow on a page of their own.")
        yield Page(notes)


class _Bounded:
    """What is packed, as far as the limit: what a bomb says of its size is not believed."""

    def __init__(self, packed: IO[bytes], limit: int) -> None:
        self.packed, self.left = packed, limit

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; UnreadableError beyond the limit."""
        content = self.packed.read(min(size, 65_536) if size >= 0 else 65_536)
        self.left -= len(content)
        if self.left < 0:
            raise UnreadableError(
                "What is packed in the DOCX is too large when unpacked: send it as PDF or plain text."
            )
        return content


def _part(packed: zipfile.ZipFile, name: str, limits: Limits) -> Any:
    return _Bounded(packed.open(name), limits.unpacked_bytes)


def _text(part: Any) -> Iterator[str]:
    """The text in its order; deleted text is not told, since its letters stand in other elements (w:delText)."""
    for _event, element in iterparse(part, events=("end",), forbid_dtd=True):
        if element.tag == f"{W}t":
            yield element.text or ""
        elif element.tag == f"{W}tab":
            yield "\t"
        elif element.tag == f"{W}lastRenderedPageBreak" or element.get(f"{W}type") == "page":
            yield "\f"
        elif element.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif element.tag in (f"{W}noBreakHyphen", f"{W}softHyphen"):
            yield "\u2011" if element.tag.endswith("noBreakHyphen") else "\u00ad"
        elif element.tag == f"{W}p":
            yield "\n"
            element.clear()


def _notes(packed: zipfile.ZipFile, name: str, tag: str, limits: Limits) -> str:
    """The notes of a part, each after its number; separators between text and notes are none."""
    if name not in packed.namelist():
        return ""
    lines = []
    for _event, element in iterparse(_part(packed, name, limits), events=("end",), forbid_dtd=True):
        if element.tag == tag and element.get(f"{W}type") is None:
            words = "".join(part.text or "" for part in element.iter(f"{W}t"))
            lines.append(f"{element.get(f'{W}id')} {words.strip()}")
    return "\n".join(lines)
