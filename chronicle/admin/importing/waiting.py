"""A file between the look at it and its import: kept for a day, and named by a token that only its sender can use."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from chronicle.admin.texts.sending import DAY, kept, receive

SALT: Final = "chronicle.admin.importing.waiting"
LONGEST_NAME: Final = 100


@dataclass(frozen=True)
class Waiting:
    """A file that was sent: where it lies, what it was called, and the token that stands for both."""

    path: Path
    name: str
    token: str


def waiting_from(file: UploadedFile, user: Any) -> Waiting:
    """Keep what was sent."""
    path, name = receive(file), _printable(str(file.name))
    token = signing.dumps({"file": path.name, "name": name, "user": user.pk}, salt=SALT)
    return Waiting(path, name, token)


def waiting_for(token: str, user: Any) -> Waiting | None:
    """Return the file of which a form carries the token; None where it is gone, forged, or another curator's."""
    try:
        told: dict[str, Any] = signing.loads(token, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        return None
    path = kept(told["file"])
    return Waiting(path, told["name"], token) if path and told["user"] == user.pk else None


def _printable(name: str) -> str:
    """The name as messages and the history can hold it, with its ending."""
    return "".join(letter for letter in name if letter.isprintable())[-LONGEST_NAME:]
