"""The ledger beside the backups: what was purged and whose name was hidden, so that no restore brings it back.

A line is one purge of a file, of words or of a whole record, or how readers see the name of one agent; never the words,
never the name. Each backup writes down what the database says; each restore reads it.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sources.fulltexts.storing import place_of

LEDGER: Final = "purges.jsonl"

PURGED_FILES: Final = """
SELECT f.document_id, f.sha256, coalesce((SELECT r.copy_sha256 FROM desk.sources_documentfilerevision r
       WHERE r.pgh_obj_id = f.id AND r.copy_sha256 <> '' ORDER BY r.pgh_id DESC LIMIT 1), ''),
       f.purged_at, f.purge_reason, coalesce(u.username, '')
FROM desk.sources_documentfile f LEFT JOIN desk.auth_user u ON u.id = f.purged_by_id
WHERE f.purged_at IS NOT NULL ORDER BY f.purged_at
"""
"""As earlier releases kept them: with their row, which goes with its document."""

KEPT_FILES: Final = """
SELECT p.record, p.sha256, p.copy_sha256, p.purged_at, p.reason, coalesce(u.username, '')
FROM desk.chronicle_purge p LEFT JOIN desk.auth_user u ON u.id = p.purged_by_id WHERE p.kind = 'file' ORDER BY p.id
"""

PURGED_ROWS: Final = """
SELECT p.table_name, p.number, p.field, p.purged_at, p.reason, coalesce(u.username, '')
FROM desk.chronicle_purge p LEFT JOIN desk.auth_user u ON u.id = p.purged_by_id
WHERE p.table_name <> 'sources_documentfile' OR p.field <> '' ORDER BY p.id
"""

NAMES: Final = """
SELECT a.id, a.name_shown, coalesce((
    SELECT min(r.pgh_created_at) FROM desk.sources_agentrevision r WHERE r.pgh_obj_id = a.id AND r.pgh_id > coalesce((
        SELECT max(o.pgh_id) FROM desk.sources_agentrevision o
        WHERE o.pgh_obj_id = a.id AND o.name_shown <> a.name_shown), 0)), now())
FROM desk.sources_agent a WHERE a.name_shown <> 'full'
OR EXISTS (SELECT FROM desk.sources_agentrevision r WHERE r.pgh_obj_id = a.id AND r.name_shown <> 'full') ORDER BY a.id
"""
"""How readers see each name that is hidden or ever was, and since when."""


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
    def key(self) -> tuple[Any, ...]:
        """What it is about: a document has a file once."""
        return self.document, self.sha256


@dataclass(frozen=True)
class PurgedText:
    """A field of a row whose words were erased: which one, when, why, and by whom; never what it said.

    Without a field it is a whole record.
    """

    table: str
    row: int
    field: str
    purged_at: str
    reason: str
    by: str

    @property
    def key(self) -> tuple[Any, ...]:
        """What it is about: a field may be purged again of what was written into it since."""
        return self.table, self.row, self.field, self.purged_at


@dataclass(frozen=True)
class NameToReaders:
    """How readers see the name of an agent, by its number, since a moment."""

    agent: int
    shown: str
    since: str

    @property
    def key(self) -> tuple[Any, ...]:
        """What it is about; the newest word holds."""
        return "name", self.agent

    @property
    def purged_at(self) -> str:
        """Return the moment by which the ledger is sorted."""
        return self.since


Entry = Purge | PurgedText | NameToReaders


def purged(cursor: Any) -> list[Entry]:
    """Return what the database says was purged or hidden; one of an earlier release knows of less."""
    found: list[Entry] = [Purge(*told) for told in _told(cursor, PURGED_FILES)]
    if _has(cursor, "chronicle_purge", "kind"):
        found += [Purge(*told) for told in _told(cursor, KEPT_FILES)]
    if _has(cursor, "chronicle_purge", "field"):
        found += [PurgedText(*told) for told in _told(cursor, PURGED_ROWS)]
    if _has(cursor, "sources_agent", "name_shown"):
        found += [NameToReaders(*told) for told in _told(cursor, NAMES)]
    return found


def _told(cursor: Any, query: str) -> list[list[Any]]:
    cursor.execute(query)
    return [[each.isoformat() if hasattr(each, "isoformat") else each for each in row] for row in cursor.fetchall()]


def _has(cursor: Any, table: str, column: str) -> bool:
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s AND attnum > 0)",
        [f"desk.{table}", column],
    )
    return bool(cursor.fetchone()[0])


def ledger(file: Path) -> list[Entry]:
    """Return what a ledger says was purged or hidden; nothing where there is none."""
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
    if "table" in told:
        return PurgedText(**told)
    return NameToReaders(**told) if "agent" in told else Purge(**told)


def of_files(entries: Iterable[Entry]) -> list[Purge]:
    """Return those that are about files."""
    return [one for one in entries if isinstance(one, Purge)]


def together(*lists: Iterable[Entry]) -> list[Entry]:
    """Return every purge once, as it was first written down, and of every name the newest word."""
    found: dict[tuple[Any, ...], Entry] = {}
    for one in (one for some in lists for one in some):
        known = found.setdefault(one.key, one)
        if isinstance(one, NameToReaders) and one.since > known.purged_at:
            found[one.key] = one
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
