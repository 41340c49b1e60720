"""The files around a cluster: folders, socket, lock. What we did not make never gets another owner or mode."""

import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chronicle.database.embedded.accounts import ROOT, Account, nearest_existing
from chronicle.database.embedded.errors import ELSEWHERE, DirectoryError

PORT = 5432  # nobody listens on it: it is part of the socket's name
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 100  # the kernel's limit is 107 bytes on Linux, 103 on macOS

# PostgreSQL's programs hand paths to a shell inside double quotes, so these would end or alter the path.
REFUSED = frozenset("'\"$`\\")


def refuse_characters(path: Path, what: str) -> None:
    """Refuse a path that PostgreSQL's own programs cannot carry."""
    found = sorted({character for character in str(path) if character in REFUSED or not character.isprintable()})
    if found:
        raise DirectoryError(
            f"{what} is {str(path)!r}; PostgreSQL's programs cannot use a path "
            f"with {' '.join(map(repr, found))}. {ELSEWHERE}"
        )


def socket_dir(data_dir: Path, account: Account) -> Path:
    """The folder of the server's socket: the data directory, or a private folder if that path does not do.

    It depends on the path and the account alone, so that every process finds it. That is also why it is below /tmp
    and not below TMPDIR, which differs between a shell, cron and an editor.
    """
    if len(os.fsencode(data_dir / SOCKET)) <= LONGEST_SOCKET and "," not in str(
        data_dir
    ):  # libpq splits hosts at commas
        return data_dir
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(f"/tmp/chronicle-{account.uid}-{digest}")  # noqa: S108 - made with mode 0700, checked before each use


def make_socket_dir(folder: Path, account: Account) -> None:
    """Make the private socket folder if it is missing, and make sure that it is ours."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        _hand_over(folder, account)
    check_socket_dir(folder, account)


def check_socket_dir(folder: Path, account: Account) -> None:
    """Refuse a socket folder that somebody else prepared: a false server there would be sent our data."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise DirectoryError(
            f"{folder} should be a folder of the user {account.name} with mode 0700, and is not. Find out who made it "
            f"and remove it, or set DATA_DIR to a shorter path, which needs no such folder."
        )


def make_parents(data_dir: Path) -> None:
    """Make the folders above the data directory; as root, for whoever owns the folder that they come to lie in."""
    owner = nearest_existing(data_dir.parent).stat()
    for folder in reversed([parent for parent in data_dir.parents if not parent.exists()]):
        try:
            folder.mkdir(mode=0o755)
        except FileExistsError:  # another process was faster
            continue
        if os.geteuid() == ROOT:
            folder.chmod(0o755)  # a strict umask would lock the server's user out
            os.chown(folder, owner.st_uid, owner.st_gid)


@contextmanager
def locked(data_dir: Path, account: Account) -> Iterator[int]:
    """Hold the lock of a data directory against all threads and processes; failing files are explained on the way.

    Gives the descriptor: a child that inherits it keeps the lock if we are killed.
    """
    try:
        make_parents(data_dir)
        descriptor = os.open(f"{data_dir}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            if os.fstat(descriptor).st_uid != account.uid and os.geteuid() == ROOT:
                os.fchown(descriptor, account.uid, account.gid)  # or that user could not start the server later
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # a new descriptor each time: this excludes threads, too
            yield descriptor
        finally:
            # A process forked meanwhile holds the same lock: closing alone would not release it.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)
    except OSError as failure:
        raise DirectoryError(
            f"The embedded PostgreSQL cannot use {failure.filename or data_dir}: {failure.strerror or failure} "
            f"(as the user {account.name}). {ELSEWHERE}"
        ) from failure


def _hand_over(path: Path, account: Account) -> None:
    if not account.is_ours:
        os.chown(path, account.uid, account.gid)
