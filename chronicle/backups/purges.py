"""What was purged: a ledger beside the backups, so that no restore brings back what had to go.

A backup that is older than a purge still has the rows, and may have the bytes. Each backup writes down what the
database says was purged; each restore purges that again, and what the chronicle that it replaces had purged.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import pghistory
from django.contrib.auth import get_user_model
from django.utils.dateparse import parse_datetime

from chronicle.fulltexts import purge
from chronicle.models import Purge as Erased
from chronicle.purging import Field, erase
from sources.fulltexts.storing import place_of
from sources.models import DocumentFile

LEDGER: Final = "purges.jsonl"

PURGED: Final = """
SELECT f.document_id, f.sha256, coalesce((SELECT r.copy_sha256 FROM desk.sources_documentfilerevision r
       WHERE r.pgh_obj_id = f.id AND r.copy_sha256 <> '' ORDER BY r.pgh_id DESC LIMIT 1), ''),
       f.purged_at, f.purge_reason, coalesce(u.username, '')
FROM desk.sources_documentfile f LEFT JOIN desk.auth_user u ON u.id = f.purged_by_id
WHERE f.purged_at IS NOT NULL ORDER BY f.purged_at
"""

PURGED_TEXTS: Final = """
SELECT p.table_name, p.number, p.field, p.purged_at, p.reason, coalesce(u.username, '')
FROM desk.chronicle_purge p LEFT JOIN desk.auth_user u ON u.id = p.purged_by_id WHERE p.field <> '' ORDER BY p.id
"""


class BadLedgerError(Exception):
    """A line of the ledger cannot be read; the message names it."""


@dataclass(frozen=True)
class Purge:
    """A file that was purged from a document: its checksum and that of its copy, when, why, and by whom."""

    document: int
    sha256: str
    copy_sha256: str
    purged_at: str
    reason: str
    by: str

    @property
    def key(self) -> tuple[int, str]:
        """What it is about: a document has a file once."""
        return self.document, self.sha256


@dataclass(frozen=True)
class PurgedText:
    """A field of a row whose words were erased: which one, when, why, and by whom; never what it said."""

    table: str
    row: int
    field: str
    purged_at: str
    reason: str
    by: str

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What it is about: a field may be purged again of what was written into it since."""
        return self.table, self.row, self.field, self.purged_at


Entry = Purge | PurgedText


def purged(cursor: Any) -> list[Entry]:
    """Return what the database says was purged; one of an earlier release knows of files alone."""
    cursor.execute(PURGED)
    found: list[Entry] = [
        Purge(document, sha256, copy_sha256, at.isoformat(), reason, by)
        for document, sha256, copy_sha256, at, reason, by in cursor.fetchall()
    ]
    cursor.execute("SELECT to_regclass('desk.chronicle_purge') IS NOT NULL")
    if cursor.fetchone()[0]:
        cursor.execute(PURGED_TEXTS)
        found += [
            PurgedText(table, row, field, at.isoformat(), reason, by)
            for table, row, field, at, reason, by in cursor.fetchall()
        ]
    return found


def ledger(file: Path) -> list[Entry]:
    """Return what a ledger says was purged; nothing where there is none."""
    if not file.exists():
        return []
    found: list[Entry] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(entry(json.loads(line)))
        except (TypeError, ValueError) as error:
            raise BadLedgerError(
                f"Line {number} of {file} cannot be read: what it says was purged would come back. Correct it, or take "
                "the ledger of another copy of the backups."
            ) from error
    return found


def entry(told: dict[str, Any]) -> Entry:
    """Return what was written down as JSON; TypeError where it is no entry."""
    return PurgedText(**told) if "table" in told else Purge(**told)


def of_files(entries: Iterable[Entry]) -> list[Purge]:
    """Return those that are about files."""
    return [one for one in entries if isinstance(one, Purge)]


def together(*lists: Iterable[Entry]) -> list[Entry]:
    """Return every purge once, each as it was first written down."""
    found: dict[tuple[Any, ...], Entry] = {}
    for one in (one for some in lists for one in some):
        found.setdefault(one.key, one)
    return sorted(found.values(), key=lambda one: one.purged_at)


def write_ledger(file: Path, purges: Iterable[Entry]) -> None:
    """Write the ledger anew, beside the old one first: a full disk loses nothing."""
    part = file.with_name(f"{file.name}.part")
    part.touch(mode=0o600)
    part.write_text("".join(f"{json.dumps(asdict(one))}\n" for one in purges), encoding="utf-8")
    part.replace(file)


def forget_bytes(backups: Iterable[Path], purges: Iterable[Entry], kept: set[str]) -> int:
    """Delete the bytes of purged files from backups, but those that are kept for another document; return how many."""
    names = [
        f"{storage}/{place_of(checksum)}"
        for one in of_files(purges)
        for storage, checksum in (("originals", one.sha256), ("copies", one.copy_sha256))
        if checksum and checksum not in kept
    ]
    found = [folder / name for folder in backups for name in names if (folder / name).exists()]
    for path in found:
        path.unlink()
    return len(found)


def purge_again(purges: Iterable[Entry]) -> tuple[int, int]:
    """Purge what came back with a backup; return how many files and how many texts that were."""
    entries = list(purges)
    return _files_again(of_files(entries)), sum(_is_erased_again(one) for one in entries if isinstance(one, PurgedText))


def _is_erased_again(one: PurgedText) -> bool:
    """Erase a text, unless the backup was made after it was purged: what was written there since stays."""
    at = parse_datetime(one.purged_at)
    if (
        at is None
        or Erased.objects.filter(table_name=one.table, number=one.row, field=one.field, purged_at=at).exists()
    ):
        return False
    by = get_user_model().objects.filter(username=one.by).first()
    with pghistory.context(source="restore", purged_at=one.purged_at):
        return erase(Field(one.table, one.row, one.field), reason=one.reason, by=by, at=at)


def _files_again(purges: Iterable[Purge]) -> int:
    done = 0
    for one in purges:
        file = DocumentFile.objects.filter(document_id=one.document, sha256=one.sha256, purged_at=None).first()
        if file is None:
            continue
        by = get_user_model().objects.filter(username=one.by).first()
        with pghistory.context(source="restore", purged_at=one.purged_at):
            purge(file, reason=one.reason, by=by)
        done += 1
    return done
