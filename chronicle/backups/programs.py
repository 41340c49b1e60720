"""PostgreSQL's own programs for dumping and restoring, of a version that fits the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.db import connections
from psycopg.conninfo import make_conninfo

from chronicle.database.embedded import ProgramError, programs

OWNER: Final = "owner"
DEBIAN: Final = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of every major version."""
MAJOR: Final = re.compile(r"PostgreSQL\) (\d+)")
ADDRESS: Final = ("host", "hostaddr", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")


class ProgramFailedError(Exception):
    """One of PostgreSQL's programs is missing or failed; the message has what it said."""


def find(name: str) -> Path:
    """Return the program for the owner's server: of its own major version, else the oldest that is newer."""
    with connections[OWNER].cursor() as cursor:
        wanted = major(cursor)
    found = {_major(path): path for path in reversed(list(_places(name)))}
    fitting = [major for major in sorted(found) if major >= wanted]
    if not fitting:
        raise ProgramFailedError(
            f"The server is PostgreSQL {wanted}, and no {name} of version {wanted} or later is here: install "
            f"postgresql-client-{wanted}."
        )
    return found[fitting[0]]


def major(cursor: Any) -> int:
    """Return the major version of the server."""
    cursor.execute("SELECT current_setting('server_version_num')::integer / 10000")
    return int(cursor.fetchone()[0])


def newest(name: str) -> Path:
    """Return the newest of a program that is here: it reads what any server dumped, and writes to any older one."""
    found = {_major(path): path for path in reversed(list(_places(name)))}
    if not found:
        raise ProgramFailedError(f"There is no {name} here: install postgresql-client.")
    return found[max(found)]


def run(name: str, *arguments: str) -> str:
    """Run a program to its end and return what it wrote; ProgramFailedError with its message where it failed."""
    result = subprocess.run(  # noqa: S603 -- PostgreSQL's own program, no shell
        command(name, *arguments), env=environment(), capture_output=True, text=True, errors="replace", check=False
    )
    if result.returncode:
        raise ProgramFailedError(f"{name} failed: {result.stderr.strip()}")
    return result.stdout


def command(name: str, *arguments: str) -> list[str]:
    """Return the words of a command."""
    return [str(find(name)), *arguments]


def address() -> str:
    """Return where the owner's database is, as the programs take it; the password goes by the environment."""
    return make_conninfo(**{key: value for key, value in _parameters().items() if key in ADDRESS})


def environment() -> dict[str, str]:
    """Return the environment of the programs: none of PG's variables but the password."""
    password = _parameters().get("password")
    return {**programs.environment(), **({"PGPASSWORD": str(password)} if password else {}), "LC_ALL": "C"}


def _parameters() -> dict[str, Any]:
    parameters: dict[str, Any] = connections[OWNER].get_connection_params()
    return parameters


def _places(name: str) -> Iterator[Path]:
    """Where it may lie: among the programs that come along, those of Debian, those on the PATH."""
    with suppress(ProgramError):  # a server of one's own needs no embedded one
        yield programs.path(name)
    yield from DEBIAN.glob(f"*/bin/{name}")
    on_path = shutil.which(name, path=os.environ.get("PATH"))
    if on_path:
        yield Path(on_path)


def _major(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603 -- as above
    return int(MAJOR.findall(said)[0])
