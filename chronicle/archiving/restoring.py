"""An archive of the desk back into an empty chronicle: the same rows, the same numbers, the same files."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO, Final

from django.core.files import File
from django.core.files.storage import storages
from django.db import connections, transaction

from chronicle.archiving.rows import RowTable, applied, fill, set_counters, tables
from chronicle.archiving.writing import END, FORMAT, KEPT, MANIFEST, PIECE
from sources.fulltexts.storing import place_of

OWNER: Final = "owner"
MADE_BY_MIGRATIONS: Final = (
    *("django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"),
    "chronicle_change",
)
"""Tables that an empty chronicle has rows in."""


class NotRestoredError(Exception):
    """The archive cannot be restored here; the message says why, and what to do."""


def restore(content: BinaryIO) -> None:
    """Fill an empty chronicle from an unlocked archive, all or nothing, as the owner of the database.

    The triggers that keep history, numbers and rules are still meanwhile: the rows have all been through them.
    """
    with (
        tarfile.open(fileobj=content, mode="r|") as tar,
        transaction.atomic(using=OWNER),
        connections[OWNER].cursor() as cursor,
    ):
        members = iter(tar)
        manifest = _manifest(tar, members)
        here = tables(cursor)
        _refuse_unfit(cursor, manifest, here)
        names = ", ".join(table.full_name for table in here)
        _switch_triggers(cursor, here, "DISABLE")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        _fill(cursor, tar, members, {f"{table.schema}.{table.name}": table for table in here})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _switch_triggers(cursor, here, "ENABLE")
        set_counters(cursor, manifest["counters"])
        cursor.execute(f"ANALYZE {names}")


def _manifest(tar: tarfile.TarFile, members: Iterator[tarfile.TarInfo]) -> dict[str, Any]:
    first = next(members, None)
    if first is None or first.name != MANIFEST:
        raise NotRestoredError("This is no archive of a desk: it has no manifest. Take a file that archive_desk wrote.")
    manifest: dict[str, Any] = json.loads(_content(tar, first))
    if manifest.get("format") != FORMAT:
        raise NotRestoredError(
            f"The archive is in the format “{manifest.get('format')}”; this release reads “{FORMAT}”."
        )
    return manifest


def _refuse_unfit(cursor: Any, manifest: dict[str, Any], here: list[RowTable]) -> None:
    """Refuse a chronicle that is not empty, and one of another release than the archive."""
    if manifest["migrations"] != applied(cursor):
        odd = sorted({tuple(one) for one in manifest["migrations"]} ^ {tuple(one) for one in applied(cursor)})
        raise NotRestoredError(
            f"The archive is of another release: {', '.join('.'.join(one) for one in odd[:3])}. Restore it with the "
            "release that made it, then upgrade."
        )
    if manifest["tables"] != {f"{table.schema}.{table.name}": list(table.columns) for table in here}:
        raise NotRestoredError("The tables here are not those of the archive: run manage.py migrate, then try again.")
    for table in here:
        if table.name not in MADE_BY_MIGRATIONS and _has_rows(cursor, table):
            raise NotRestoredError(
                f"This chronicle is not empty: {table.name} has rows. Restore into a new one, right after migrate; "
                "accounts come with the archive."
            )


def _has_rows(cursor: Any, table: RowTable) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM {table.full_name})")  # noqa: S608 -- names of the catalogue, quoted
    return bool(cursor.fetchone()[0])


def _switch_triggers(cursor: Any, here: list[RowTable], switch: str) -> None:
    for table in here:
        cursor.execute(f"ALTER TABLE {table.full_name} {switch} TRIGGER USER")


def _fill(cursor: Any, tar: tarfile.TarFile, members: Iterator[tarfile.TarInfo], here: dict[str, RowTable]) -> None:
    """Write the rows of each table, whose parts follow one another, then the files."""
    kind = ""
    for folder, parts in groupby(members, key=lambda member: member.name.rpartition("/")[0] or member.name):
        kind, _slash, name = folder.partition("/")
        if kind == "rows":
            fill(cursor, here[name], (_content(tar, part) for part in parts))
        elif kind == "files":
            for part in parts:
                _keep(part.name, tar.extractfile(part))
    if kind != END:
        raise NotRestoredError("The archive ends before its end: it was cut off. Take another copy of it.")


class Checked(File):
    """A file on its way into a storage, piece by piece, and the checksum of what has passed."""

    def __init__(self, content: Any) -> None:
        super().__init__(content)
        self.content, self.digest = content, hashlib.sha256()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the pieces; it is read once."""
        while piece := self.content.read(chunk_size or PIECE):
            self.digest.update(piece)
            yield piece


def _keep(name: str, content: Any) -> None:
    """Keep a file of a document, which lies under its checksum; what is there already is the same."""
    _files, storage, path = name.split("/", 2)
    checksum, file = path.rpartition("/")[2], Checked(content)
    if storage not in KEPT or path != place_of(checksum):
        raise NotRestoredError(f"The file {name} of the archive is not what its name says.")
    if storages[storage].exists(path):
        return
    kept = storages[storage].save(path, file)
    if file.digest.hexdigest() != checksum:
        storages[storage].delete(kept)
        raise NotRestoredError(f"The file {name} of the archive is not what its name says.")


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    return file.read() if file else b""
