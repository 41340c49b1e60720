"""Plain text in whatever encoding; a form feed begins a new page."""

from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from sources.fulltexts.limits import Limits
from sources.fulltexts.pages import Page, UnreadableError


def pages(path: Path, limits: Limits, told: list[str]) -> Iterator[Page]:
    """Yield the pages; without form feeds the whole text is one."""
    parts = decoded(path.read_bytes(), told).split("\f")
    while len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    if len(parts) > limits.pages:
        raise UnreadableError(f"The text has {len(parts)} pages; at most {limits.pages} are read. Send it in parts.")
    yield from map(Page, parts)


def decoded(content: bytes, told: list[str]) -> str:
    """Return the text; where no mark and no rule says its encoding, it is guessed, and that is told."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content).best()
    if best is None:
        raise UnreadableError("The text is in no encoding that could be recognised: save it as UTF-8, then send that.")
    told.append(f"The encoding was guessed: {best.encoding}. Compare letters with accents; if wrong, save it as UTF-8.")
    return str(best)
