"""Files that were sent and are not yet deposited: kept for a day, so that what was read can be looked at first."""

import contextlib
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.core import signing
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import UploadedFile

from sources.fulltexts import extract
from sources.fulltexts.limits import Limits
from sources.fulltexts.storing import Description, Sent, checksum_of
from sources.models import Document

SALT: Final = "chronicle.admin.texts.sent"
DAY: Final = 24 * 60 * 60
"""In seconds: for so long a file waits to be deposited."""


def receive(file: UploadedFile) -> Path:
    """Keep what was sent under its checksum, and return where; files that nobody deposited within a day go."""
    waiting = _waiting()
    _clear(waiting)
    path = Path(waiting.path(waiting.save("sent", file)))
    return path.replace(path.with_name(checksum_of(path)))


def token_of(document: Document, path: Path, described: Description) -> str:
    """Return what the form carries until the file is deposited: nobody can have another file, or words, put in."""
    return signing.dumps({"document": document.pk, "file": path.name, "described": asdict(described)}, salt=SALT)


def sent_before(document: Document, token: str, limits: Limits) -> Sent | None:
    """Return the file of which a form carries the token, read once more; None where it is gone or forged."""
    try:
        told: dict[str, Any] = signing.loads(token, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        return None
    path = kept(told["file"])
    if told["document"] != document.pk or path is None:
        return None
    return Sent(path, extract(path, limits), Description(**told["described"]))


def kept(checksum: str) -> Path | None:
    """Return where a file lies that was sent within a day; None where it is gone."""
    path = Path(_waiting().path(checksum))
    return path if path.is_file() else None


def _waiting() -> FileSystemStorage:
    storage = storages["sent"]
    if not isinstance(storage, FileSystemStorage):
        raise TypeError("STORAGES: “sent” must be a folder, since another process reads what lies in it.")
    Path(storage.location).mkdir(parents=True, exist_ok=True)
    return storage


def _clear(waiting: FileSystemStorage) -> None:
    for path in Path(waiting.location).iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process clears too
            if path.stat().st_mtime < time.time() - DAY:
                path.unlink()
