"""Backups: the database as pg_dump writes it, the files of documents, and what proves that all of it came back.

`chronicle.archiving` keeps a desk in one encrypted file of our own format; this is PostgreSQL's, and restores into an
older or newer server, and into a newer release of the program.
"""

from chronicle.backups.folder import BadBackupError, Manifest
from chronicle.backups.ledger import BadLedgerError
from chronicle.backups.making import Made, NotMadeError, forget_backups, make
from chronicle.backups.programs import ProgramFailedError
from chronicle.backups.restoring import NotRestoredError, Restored, restore

__all__ = [
    "BadBackupError",
    "BadLedgerError",
    "Made",
    "Manifest",
    "NotMadeError",
    "NotRestoredError",
    "ProgramFailedError",
    "Restored",
    "forget_backups",
    "make",
    "restore",
]
