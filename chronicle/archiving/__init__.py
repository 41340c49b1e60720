"""Archives of the whole desk: every row and every file, secrets included, under a passphrase; and back again.

What readers may have is exported by `chronicle.exports`. This is for whoever answers for a chronicle: to move it, and
to keep it. An archive is a tar file encrypted by age: rows in PostgreSQL's text format, files as they were.
"""

from chronicle.archiving.locking import WrongPassphraseError, lock, unlocked
from chronicle.archiving.restoring import NotRestoredError, restore
from chronicle.archiving.writing import archive

__all__ = ["NotRestoredError", "WrongPassphraseError", "archive", "lock", "restore", "unlocked"]
