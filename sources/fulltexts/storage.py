"""Where files lie: each is there whole or not at all, wherever the process that writes it is ended.

Files lie under their checksums and are kept once, so half of one would be taken for the file from then on.
"""

import os
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

PART: Final = ".part"
"""How the name of a file ends while it is written."""


class WholeFileStorage(FileSystemStorage):
    """Django's own, but that a file gets its name when all of it is on disk."""

    def _save(self, name: str, content: Any) -> str:
        """Write beside the place, then put it there in one step (POSIX, rename)."""
        part = Path(self.path(f"{name}.{get_random_string(8)}{PART}"))
        try:
            super()._save(str(part.relative_to(self.location)), content)  # type: ignore[misc]  # the stubs leave it out
            with part.open("rb") as written:
                os.fsync(written.fileno())  # the row that names it will survive a power failure, too
            part.replace(self.path(name))
        finally:
            part.unlink(missing_ok=True)
        return name

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """List what lies there, without what was left half written."""
        folders, names = super().listdir(path)
        return folders, [name for name in names if not name.endswith(PART)]

    def delete(self, name: str) -> None:
        """Delete a file, and what is left of attempts to write it."""
        place = Path(self.path(name))
        for part in place.parent.glob(f"{place.name}.*{PART}"):
            part.unlink(missing_ok=True)
        super().delete(name)
