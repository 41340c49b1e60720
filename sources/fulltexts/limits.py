"""How much of a file is read, and what it may cost."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What reading a file may take; a file beyond them is refused with a message that says which, and by how much."""

    bytes: int = 100 * MEGABYTE
    """Of the file as it is sent."""
    unpacked_bytes: int = 200 * MEGABYTE
    """Of what is packed inside it (DOCX), counted while it is unpacked: headers may lie."""
    pages: int = 3_000
    characters: int = 20_000_000
    pixels: int = 100_000_000
    """Of a picture."""
    seconds: int = 60
    """Of the processor, and of the clock."""
    memory: int = 1024 * MEGABYTE
    """Address space of the process that reads."""
