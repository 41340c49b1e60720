"""The operating-system account that runs the server: PostgreSQL refuses to run as root."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from chronicle.database.embedded.errors import OWN_POSTGRESQL, DirectoryError

ROOT = 0

# In order of preference. `postgres` exists for exactly this; `nobody` may be shared with other services, which could
# then read the data, but it exists nearly everywhere.
UNPRIVILEGED = ("postgres", "_postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """A user of this machine, as PostgreSQL's programs are started by it."""

    name: str
    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this very process runs as that user."""
        return self.uid == os.geteuid()


def server_account(data_dir: Path) -> Account:
    """Who runs the server on this data directory.

    An ordinary user runs it as oneself. For root it is whoever owns the directory, or the nearest one above it that
    exists, so that root and that user can work in one checkout by turns; if that is root, an unprivileged account.
    """
    if os.geteuid() != ROOT:
        return _account(os.geteuid(), os.getegid())
    owner = nearest_existing(data_dir).stat()
    if owner.st_uid != ROOT:
        return _account(owner.st_uid, owner.st_gid)
    return _unprivileged()


def nearest_existing(path: Path) -> Path:
    """The path itself or the first folder above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _account(uid: int, gid: int) -> Account:
    try:
        return Account(pwd.getpwuid(uid).pw_name, uid, gid)
    except KeyError:  # usual in containers; initdb will say that it needs a name, a running cluster does not
        return Account(str(uid), uid, gid)


def _unprivileged() -> Account:
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != ROOT:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise DirectoryError(
        f"PostgreSQL refuses to run as root, and this machine has none of the users {', '.join(UNPRIVILEGED)}. "
        f"Run this command as an ordinary user, or make one of them. {OWN_POSTGRESQL}"
    )
