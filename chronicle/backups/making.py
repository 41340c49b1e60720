"""Making a backup: the database at one moment, and every file that belongs to it. Curators may go on working."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import storages
from django.db import connections, transaction
from django.utils import timezone

import chronicle
from chronicle.archiving.rows import applied, counters
from chronicle.archiving.writing import KEPT, files
from chronicle.backups import programs
from chronicle.backups.checksums import checksums
from chronicle.backups.folder import BEGINS, DUMP, Manifest, backups, write_manifest, write_sums
from chronicle.backups.ledger import LEDGER, Entry, forget_bytes, ledger, purged, together, write_ledger
from chronicle.database.build import ONE_AT_A_TIME
from chronicle.freshness import release
from sources.fulltexts.storing import checksum_of, place_of

NOT_DUMPED: Final = ("public", "staging")
"""Schemas that are left out: one is empty, the other too between verbs, which wait for whoever reads its tables."""

KEPT_FILES: Final = """
SELECT sha256, 'originals' FROM desk.sources_documentfile WHERE purged_at IS NULL
UNION SELECT copy_sha256, 'copies' FROM desk.sources_documentfile WHERE purged_at IS NULL AND copy_sha256 <> ''
"""


class NotMadeError(Exception):
    """The backup was not made; the message says why."""


@dataclass(frozen=True)
class Made:
    """A backup that was made, the files that the database knows and the disk has not, and what was deleted of old."""

    folder: Path
    manifest: Manifest
    missing: tuple[str, ...]
    forgotten: int


def make(collection: Path) -> Made:
    """Make a backup in a folder of backups, whole or not at all; NotMadeError and ProgramFailedError say why not.

    It is read in one transaction of the owner, whose snapshot pg_dump takes over, so manifest and dump say the same.
    """
    folder = collection / f"{BEGINS}{timezone.now():%Y%m%dT%H%M%S.%fZ}"
    part = folder.with_name(f"{folder.name}.incomplete")
    earlier = backups(collection)[-1:]
    _make_folder(part)
    try:
        with one_moment() as (cursor, snapshot):
            programs.run("pg_dump", *_dumped(part / DUMP, snapshot))
            wanted, manifest = _wanted(cursor), _manifest(cursor)
        missing = _copy_files(part, wanted, earlier)
        write_manifest(part, manifest)
        write_sums(part)
        part.rename(folder)
    except OSError as error:
        raise NotMadeError(f"{error.strerror}: {error.filename or part}. Nothing was kept.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    gone = keep_ledger(collection)
    kept = {checksum for checksum, _storage in _still_wanted()}
    forgotten = forget_bytes(backups(collection), gone, kept)
    return Made(folder, manifest, tuple(name for name in missing if Path(name).name in kept), forgotten)


def keep_ledger(collection: Path) -> list[Entry]:
    """Write down what was purged up to now, and return it with all that was purged before."""
    with connections[programs.OWNER].cursor() as cursor:
        found = together(ledger(collection / LEDGER), purged(cursor))
    write_ledger(collection / LEDGER, found)
    return found


def forget_backups(collection: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups of a folder, and return which."""
    old = backups(collection)[:-keep]
    for folder in old:
        shutil.rmtree(folder)
    return old


@contextmanager
def one_moment() -> Iterator[tuple[Any, str]]:
    """Read the database as it is at one moment, as its owner; yield a cursor, and the name of what it sees."""
    with transaction.atomic(using=programs.OWNER), connections[programs.OWNER].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise NotMadeError("`manage.py migrate` is running: try again when it is done.")
        cursor.execute("SELECT to_regclass('desk.django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            raise NotMadeError("The database is empty: there is nothing to back up. Run `manage.py migrate` first.")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor, cursor.fetchone()[0]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise NotMadeError(f"{folder} cannot be made ({error.strerror}): name another folder.") from error


def _dumped(file: Path, snapshot: str) -> list[str]:
    return [
        "--format=custom",
        f"--file={file}",
        f"--snapshot={snapshot}",
        *(f"--exclude-schema={name}" for name in NOT_DUMPED),
        *("--no-publications", "--no-subscriptions", "--no-password"),
        f"--dbname={programs.address()}",
    ]


def _wanted(cursor: Any) -> set[tuple[str, str]]:
    cursor.execute(KEPT_FILES)
    return set(cursor.fetchall())


def _still_wanted() -> set[tuple[str, str]]:
    with connections[programs.OWNER].cursor() as cursor:
        return _wanted(cursor)


def _manifest(cursor: Any) -> Manifest:
    cursor.execute("SELECT current_setting('server_version')")
    (version,) = cursor.fetchone()
    return Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        program={"version": chronicle.__version__, "release": release()},
        postgresql=version,
        migrations=applied(cursor),
        tables=checksums(cursor),
        counters={name: list(standing) for name, standing in counters(cursor).items()},
    )


def _copy_files(folder: Path, wanted: set[tuple[str, str]], earlier: list[Path]) -> tuple[str, ...]:
    """Copy every file, or link it to the same one of the backup before; return those that are missing or harmed here.

    Of a harmed one the backup before may have what it was.
    """
    missing = {f"{storage}/{place_of(checksum)}" for checksum, storage in wanted}
    for storage in KEPT:
        for path in files(storages[storage]):
            source = Path(storages[storage].path(path))
            sound = checksum_of(source) == source.name
            if sound:
                missing.discard(f"{storage}/{path}")
            _link_or_copy(
                source if sound else None, folder / storage / path, [each / storage / path for each in earlier]
            )
    return tuple(sorted(missing))


def _link_or_copy(source: Path | None, target: Path, same: list[Path]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for path in same:
        if path.is_file() and checksum_of(path) == path.name:
            with suppress(OSError):  # a file system without links
                os.link(path, target)
                return
    if source:
        shutil.copyfile(source, target)
