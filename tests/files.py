"""Storage of its own for tests that deposit files."""

from pathlib import Path
from typing import Any


def stored_in(settings: Any, folder: Path) -> None:
    """Let files of this test lie in `folder`."""
    names = ("originals", "copies", "sent")
    places = {name: {**settings.STORAGES[name], "OPTIONS": {"location": folder / name}} for name in names}
    settings.STORAGES = settings.STORAGES | places
