"""Readers of the formats: each turns a file into pages, inside the process that may fail.

None of them imports Django: the process that reads a hostile file starts with nothing to lose.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from sources.fulltexts.formats import docx, html, pdf, plain
from sources.fulltexts.limits import Limits
from sources.fulltexts.pages import Page

Reader = Callable[[Path, Limits, list[str]], Iterator[Page]]
"""Yields the pages of a file, and adds to the list what curators should know."""

READERS: Final[Mapping[str, Reader]] = {
    "application/pdf": pdf.pages,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx.pages,
    "text/html": html.pages,
    "text/plain": plain.pages,
}
