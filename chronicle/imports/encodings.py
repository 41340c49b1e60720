"""Bytes as text: in the encoding that somebody says, that a mark says, that it must be, or that it seems to be."""

from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from chronicle.imports.tables import UnreadableError

MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte-order marks; the longer ones first, since one begins with another (The Unicode Standard, section 23.8)."""
PIECE: Final = 2**20
"""How many characters are looked at at a time."""
GUESSED: Final = ["cp1251", "cp1252", "cp1254", "koi8_r", "iso8859_9", "mac_cyrillic"]
"""Encodings that are guessed at where a text is no UTF-8."""


def decoded(name: str, content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file and its encoding: as said, by its mark, as UTF-8, or as guessed."""
    marked = next((found for mark, found in MARKS if content.startswith(mark)), "")
    chosen = encoding or marked or "utf-8"
    try:
        return _checked(name, content.decode(chosen)), chosen
    except LookupError:
        raise UnreadableError(_("There is no encoding %(encoding)s.") % {"encoding": encoding}) from None
    except UnicodeDecodeError as error:
        if encoding or marked:
            words = {"name": name, "encoding": chosen, "place": error.start}
            raise UnreadableError(_("%(name)s is no %(encoding)s: byte %(place)s cannot be.") % words) from error
    guess = from_bytes(content, cp_isolation=GUESSED).best()
    if guess is None:
        raise UnreadableError(_("%(name)s: its encoding cannot be told; save it as UTF-8.") % {"name": name})
    return _checked(name, str(guess)), guess.encoding


def encoding_of(path: Path, encoding: str = "") -> str:
    """Return the encoding of a text without holding it: as said, by its mark, or UTF-8; nothing where it is neither.

    What has NUL in it is neither, either.
    """
    with path.open("rb") as file:
        begins = file.read(4)
    chosen = encoding or next((found for mark, found in MARKS if begins.startswith(mark)), "") or "utf-8"
    try:
        with path.open(encoding=chosen, newline="") as text:
            while piece := text.read(PIECE):
                if "\x00" in piece:
                    return ""
    except (LookupError, UnicodeError):
        return ""
    return chosen


def _checked(name: str, text: str) -> str:
    if "\x00" in text:
        raise UnreadableError(_("%(name)s has NUL in it and is no text; save it as CSV in UTF-8.") % {"name": name})
    return text
