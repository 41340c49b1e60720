"""The server's log."""

from pathlib import Path

LARGEST = 10 * 1024 * 1024  # bytes; PostgreSQL itself appends for ever
TAIL = 64 * 1024  # bytes looked at for the last lines


def size(log: Path) -> int:
    """Its size in bytes, 0 if there is none."""
    return log.stat().st_size if log.exists() else 0


def rotate(log: Path) -> None:
    """Set a large log aside, so that it begins anew; one earlier log is kept. Only while the server is down."""
    if size(log) > LARGEST:
        log.replace(log.with_name(f"{log.name}.1"))


def tail(log: Path, *, lines: int = 20, since: int = 0) -> str:
    """Its last lines, of what was written after the first `since` bytes."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(since, size(log) - TAIL))
        text = file.read().decode(errors="replace")
    return "\n".join(text.splitlines()[-lines:])
