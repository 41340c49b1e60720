"""What a file is, found by looking into it: neither its name nor what the browser says of it is believed."""

import zipfile
from pathlib import Path
from typing import Final

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML: Final = "text/html"
PLAIN: Final = "text/plain"
READABLE: Final = (PDF, DOCX, HTML, PLAIN)
"""Types that a text can be read out of."""

_HEAD: Final = 4096
_MAGIC: Final = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"II*\x00", 0, "image/tiff"),
    (b"MM\x00*", 0, "image/tiff"),
    (b"WEBP", 8, "image/webp"),
    (b"WAVE", 8, "audio/wav"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"fLaC", 0, "audio/flac"),
    (b"OggS", 0, "audio/ogg"),
    (b"ftypM4A", 4, "audio/mp4"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
)
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
_TEXT_BREAKS: Final = b"\t\n\v\f\r"


def media_type_of(path: Path) -> str | None:
    """Return the media type of a file; None for what is none of those that are kept."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:  # where readers look for it (ISO 32000-1, annex H.3.4.1)
        return PDF
    for magic, offset, media_type in _MAGIC:
        if head.startswith(magic, offset):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return DOCX if _is_docx(path) else None
    return _written(head)


def _is_docx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return "word/document.xml" in packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _written(head: bytes) -> str | None:
    """HTML, plain text, or neither: text has no control characters, but for UTF-16 and UTF-32 with their marks."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return PLAIN
    if any(byte < 32 and byte not in _TEXT_BREAKS for byte in head) or head.startswith((b"{\\rtf", b"%!PS")):  # noqa: PLR2004 - controls
        return None
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return HTML if start.startswith(_HTML_STARTS) or b"<html" in start else PLAIN
