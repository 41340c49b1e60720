"""A backup as it lies in its folder: a manifest, the dump, the files of documents, and the checksums of all three.

chronicle-20261121T182000.104532Z/
    manifest.json    what it holds, and of which release
    database.dump    pg_dump's custom format
    originals/…      files as they were deposited, and
    copies/…         readers' copies, each under its checksum
    SHA256SUMS       as `sha256sum --check` reads it
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from chronicle.backups.ledger import Entry, of_files
from sources.fulltexts.storing import checksum_of

FORMAT: Final = "chronicle backup 1"
MANIFEST: Final = "manifest.json"
DUMP: Final = "database.dump"
SUMS: Final = "SHA256SUMS"
BEGINS: Final = "chronicle-"


class BadBackupError(Exception):
    """The folder is no backup, or not what it was when it was made; the message says which file, and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: the release, its schema, and what the rows of each table add up to."""

    made_at: str
    program: dict[str, str]
    postgresql: str
    migrations: list[list[str]]
    tables: dict[str, dict[str, Any]]
    counters: dict[str, list[Any]]
    format: str = FORMAT

    @property
    def rows(self) -> int:
        """How many rows it holds in all."""
        return sum(table["rows"] for table in self.tables.values())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into the folder of a backup."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")


def write_sums(folder: Path) -> None:
    """Write the checksum of every file that lies in the folder; last of all, since it says that nothing is missing."""
    lines = [f"{checksum_of(path)}  {path.relative_to(folder)}\n" for path in _files(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def opened(folder: Path, purges: list[Entry]) -> Manifest:
    """Return what the backup says of itself, once every file in it was read and found to be what it was.

    The bytes of files that were purged since may be gone. BadBackupError names the first thing that is wrong.
    """
    files = of_files(purges)
    gone = {purge.sha256 for purge in files} | {purge.copy_sha256 for purge in files}
    for name, checksum in _sums(folder).items():
        path = folder / name
        if not path.is_file():
            if Path(name).name in gone:
                continue
            raise BadBackupError(f"{path} is missing: the backup is not whole. Take another one.")
        if checksum_of(path) != checksum:
            raise BadBackupError(f"{path} is not what it was when the backup was made. Take another one.")
    return _manifest(folder / MANIFEST)


def backups(collection: Path) -> list[Path]:
    """Return the backups that were made in a folder, oldest first."""
    return sorted(path.parent for path in collection.glob(f"{BEGINS}*/{SUMS}"))


def _sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadBackupError(
            f"{folder} is no backup, or one that was not finished: it has no {SUMS} that can be read."
        ) from error
    found = {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}
    if not {MANIFEST, DUMP} <= set(found):
        raise BadBackupError(f"{folder / SUMS} does not name {MANIFEST} and {DUMP}: the backup is not whole.")
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in found):
        raise BadBackupError(f"{folder / SUMS} names files outside the backup: it was not written by `backup`.")
    return found


def _manifest(path: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (TypeError, ValueError) as error:
        raise BadBackupError(f"{path} is of another format than this release reads (“{FORMAT}”).") from error
    if manifest.format != FORMAT:
        raise BadBackupError(f"{path} is in the format “{manifest.format}”; this release reads “{FORMAT}”.")
    return manifest


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
