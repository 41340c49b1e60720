"""Reading a file in a process of its own, and believing nothing that it says before it is checked."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sources.fulltexts.detection import READABLE, media_type_of
from sources.fulltexts.limits import Limits
from sources.fulltexts.pages import Page, UnreadableError

ROOT: Final = Path(__file__).resolve().parents[2]
"""Where the packages lie, for the process that reads."""
UNREADABLE: Final = 3


@dataclass(frozen=True)
class Extracted:
    """What stands in a file: its type, its pages in the stored form, and what curators should know of the reading."""

    media_type: str
    pages: tuple[Page, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def empty_pages(self) -> tuple[int, ...]:
        """The numbers of the pages without a text, from 1."""
        return tuple(number for number, page in enumerate(self.pages, start=1) if not page.content)


def checked(path: Path, limits: Limits) -> str:
    """Return the media type of a file that is kept; UnreadableError for any other, and for one that is too large."""
    size = path.stat().st_size
    if size > limits.bytes:
        raise UnreadableError(f"The file has {size:,} bytes; at most {limits.bytes:,} are kept. Send it in parts.")
    if not size:
        raise UnreadableError("The file is empty: choose another one.")
    media_type = media_type_of(path)
    if media_type is None:
        raise UnreadableError(
            "The file is none of those that are kept: PDF, DOCX, HTML, plain text; JPEG, PNG, TIFF, WebP; MP3, WAV, "
            "FLAC, Ogg, MP4, WebM. Save it as one of these, then send that."
        )
    return media_type


def extract(path: Path, limits: Limits | None = None) -> Extracted:
    """Return what stands in a file, nothing in pictures and recordings; UnreadableError says why it cannot be read."""
    limits = limits or Limits()
    media_type = checked(path, limits)
    if media_type not in READABLE:
        return Extracted(media_type)
    with tempfile.TemporaryDirectory(prefix="chronicle-") as folder:
        target = Path(folder, "pages.json")
        told = in_child("read", media_type, path, target, limits)
        pages = tuple(Page(**page) for page in json.loads(target.read_text(encoding="utf-8")))
    found = Extracted(media_type, pages, tuple(told))
    return Extracted(media_type, pages, (*found.told, *_scanned(found)))


def _scanned(found: Extracted) -> Sequence[str]:
    empty = found.empty_pages
    if not empty:
        return ()
    if len(empty) == len(found.pages):
        return ("No page has a text: this is a scan. Have it read by a program for that, then send the result.",)
    shown = ", ".join(map(str, empty[:MOST_TOLD])) + (" …" if len(empty) > MOST_TOLD else "")
    return (f"{len(empty)} of {len(found.pages)} pages have no text, such as scans and empty pages: {shown}.",)


MOST_TOLD: Final = 20


def in_child(task: str, media_type: str, path: Path, target: Path, limits: Limits) -> list[str]:
    """Let the process do its task; return what it tells. UnreadableError with its reason, or with how it ended."""
    command = [sys.executable, "-P", "-m", "sources.fulltexts.child"]
    arguments = [task, media_type, str(path), str(target), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [*command, *arguments],
            env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=2 * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"Reading took longer than {2 * limits.seconds} seconds: {SIMPLER}") from None
    if done.returncode == UNREADABLE:
        raise UnreadableError(_lines(done.stdout)[0])
    if done.returncode or not target.exists():
        raise UnreadableError(f"Reading took more memory or time than it may, or the file is broken: {SIMPLER}")
    return _lines(done.stdout)


SIMPLER: Final = "send it in parts, or as plain text."


def _lines(output: bytes) -> list[Any]:
    return [str(line)[:500] for line in json.loads(output)]
