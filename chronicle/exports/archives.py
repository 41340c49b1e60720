"""ZIP archives that are made while they are handed on, with a checksum of each file; alike for alike content."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, cast

TOGETHER = 200
"""How many texts are written before what came of them is handed on: each piece costs a turn."""


class Sink:
    """A file that cannot go back: what is written into it is handed on at once."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def handed_on(self) -> bytes:
        """Return what was written since the last time."""
        data = b"".join(self.parts)
        self.parts.clear()
        return data


@dataclass(frozen=True)
class Contained:
    """A file in an archive: its path, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


class Archive:
    """An archive in the making; every file in it has the same moment, so that alike content gives alike bytes.

    Compressed by zlib: another release of it may choose other bytes for the same content. `files` has the checksums.
    """

    def __init__(self, moment: datetime, folder: str = "") -> None:
        self.sink, self.folder = Sink(), folder
        self.moment = moment.timetuple()[:6]
        self.files: list[Contained] = []
        self._archive = zipfile.ZipFile(cast(Any, self.sink), "w")  # it needs to be written to, no more

    def add(self, path: str, texts: Iterable[str]) -> Iterator[bytes]:
        """Yield what the archive grows by while a file of these texts is put into it."""
        following, digest, size = iter(texts), hashlib.sha256(), 0
        with self._archive.open(self._entry(path), "w", force_zip64=True) as file:
            while some := list(islice(following, TOGETHER)):
                data = "".join(some).encode()
                digest.update(data)
                size += file.write(data)
                yield self.sink.handed_on()
        self.files.append(Contained(path, size, digest.hexdigest()))
        yield self.sink.handed_on()

    def end(self) -> Iterator[bytes]:
        """Yield the directory of the archive."""
        self._archive.close()
        yield self.sink.handed_on()

    def _entry(self, path: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(f"{self.folder}{path}", date_time=self.moment)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return entry
