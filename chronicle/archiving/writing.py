"""The desk as a tar file, piece by piece: a manifest, the rows of every table, the files of documents."""

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from django.core.files.storage import Storage, storages
from django.db import connections, transaction
from django.utils import timezone

from chronicle.archiving.rows import RowTable, applied, counters, rows, tables
from chronicle.exports.archives import Sink

DESK: Final = "default"
FORMAT: Final = "chronicle desk archive 1"
MANIFEST: Final = "manifest.json"
END: Final = "end"
"""The last file of an archive: one that was cut off has none."""
KEPT: Final = ("originals", "copies")
"""The storages whose files belong to documents; what waits to be deposited is no part of the desk yet."""
PIECE: Final = 2**20
"""How many bytes of a file are held at a time."""
PART: Final = 2**23
"""How many bytes of rows are held at a time: a part of a table is a file in the archive."""


def archive() -> Iterator[bytes]:
    """Yield the whole desk as it is at one moment; curators may go on working."""
    sink = Sink()
    with (
        tarfile.open(fileobj=cast(Any, sink), mode="w|") as tar,
        transaction.atomic(using=DESK),
        connections[DESK].cursor() as cursor,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = tables(cursor)
        _put(tar, MANIFEST, json.dumps(_manifest(cursor, found)).encode())
        for table in found:
            for number, part in enumerate(_parts(rows(cursor, table))):
                _put(tar, f"rows/{table.schema}.{table.name}/{number:06d}", part)
                yield sink.handed_on()
        for name in KEPT:
            for path in files(storages[name]):
                with storages[name].open(path) as file:
                    for _piece in _put_file(tar, f"files/{name}/{path}", file, storages[name].size(path)):
                        yield sink.handed_on()
        _put(tar, END, b"")
    yield sink.handed_on()


def _manifest(cursor: Any, found: Iterable[RowTable]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "migrations": applied(cursor),
        "tables": {f"{table.schema}.{table.name}": table.columns for table in found},
        "counters": counters(cursor),
    }


def _parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces together, in parts that can be held."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= PART:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def files(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the path of every file in a storage, in their order."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was deposited yet
        return
    yield from (f"{folder}{name}" for name in sorted(names))
    for name in sorted(folders):
        yield from files(storage, f"{folder}{name}/")


def _put(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    tar.addfile(_entry(name, len(content)), io.BytesIO(content))


def _put_file(tar: tarfile.TarFile, name: str, file: Any, size: int) -> Iterator[int]:
    """Put a file in piece by piece, which `tarfile` does in one go; yield the size of each piece that was put in."""
    stream: Any = tar.fileobj
    header = _entry(name, size).tobuf(tar.format, tar.encoding or "utf-8", tar.errors)
    stream.write(header)
    written = 0
    while piece := file.read(min(PIECE, size - written)):
        stream.write(piece)
        written += len(piece)
        yield len(piece)
    if written < size:
        raise OSError(f"{name} became shorter while it was read: {written} bytes of {size}")
    stream.write(bytes(-size % tarfile.BLOCKSIZE))
    tar.offset += len(header) + size + -size % tarfile.BLOCKSIZE  # by which it ends the last block


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry
