"""A PostgreSQL server of the machine's own programs, such as Debian's, made for one run and thrown away after it.

`python -m tests.servers pytest tests/chronicle/walls` runs a command on one, by the three addresses of a chronicle. It
listens to a socket in a folder of its own and to no port, and runs as an ordinary user, also where root asks for it.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from chronicle.database import roles
from chronicle.database.config import DATABASE, ENVIRONMENT, LOGINS
from chronicle.database.embedded import accounts, programs

DEBIAN = Path("/usr/lib/postgresql")
SUPERUSER_ADDRESS = "SUPERUSER_DATABASE_URL"
"""Tells tests how to become the superuser of a server that is not the embedded one."""

# A server that is thrown away need not survive a crash; three logins in each worker of parallel tests.
SETTINGS = {"fsync": "off", "listen_addresses": "", "max_connections": "200", "jit": "off", "timezone": "UTC"}


def distributions() -> list[Path]:
    """The programs of every server that Debian's packages brought here, the newest last."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb") if path.with_name("postgres").exists()]
    return sorted(found, key=lambda path: int(path.parent.name))


@contextmanager
def server_of(folder: Path) -> Iterator[dict[str, str]]:
    """Run a server of the programs in a folder; yield the addresses of a chronicle on it, by their variables."""
    with bare_server(folder) as place:
        with psycopg.connect(host=str(place), user="postgres", dbname="postgres", autocommit=True) as connection:
            roles.prepare_cluster(connection, DATABASE)
        yield {
            SUPERUSER_ADDRESS: _address("postgres", place),
            **{ENVIRONMENT[alias]: _address(login, place) for alias, login in LOGINS.items()},
        }


@contextmanager
def bare_server(folder: Path, **settings: str) -> Iterator[Path]:
    """Run a new server with nothing on it; yield the place of its socket and of its `data`. Deleted in the end."""
    place = Path(tempfile.mkdtemp(prefix="chronicle-server-", dir="/tmp"))  # short: the socket lies in it
    account = accounts.server_account(Path("/"))
    os.chown(place, account.uid, account.gid)
    auth = ("--auth-local=trust", "--auth-host=scram-sha-256")
    try:
        run(folder, "initdb", place, "--username=postgres", *auth, "--encoding=UTF8", *_letters(folder), "--no-sync")
        with running(folder, place, **settings):
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def running(folder: Path, place: Path, **settings: str) -> Iterator[None]:
    """Run a server on the data in a place."""
    given = {**SETTINGS, "unix_socket_directories": str(place), **settings}
    options = " ".join(f"-c {name}='{value}'" for name, value in given.items())
    run(folder, "pg_ctl", place, "start", "--silent", "--wait", f"--log={place / 'log'}", f"--options={options}")
    try:
        yield
    finally:
        run(folder, "pg_ctl", place, "stop", "--silent", "--mode=immediate")


def run(folder: Path, program: str, place: Path, *arguments: str) -> None:
    """Run a program of a server on the data in a place, as the account of servers."""
    command = [str(folder / program), f"--pgdata={place / 'data'}", *arguments]
    done = programs.run(command, account=accounts.server_account(Path("/")), timeout=300)
    assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


def _letters(folder: Path) -> list[str]:
    """Sorted by code point, with Unicode's letters: docs/logins.sql makes databases the same way."""
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    major = int(re.findall(r"\) (\d+)", said)[0])
    if major < roles.LETTERS_OF_ITS_OWN:
        return ["--locale=C", "--lc-ctype=C.UTF-8"]
    return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def _address(login: str, place: Path) -> str:
    return f"postgresql://{login}@{quote(str(place), safe='')}/{DATABASE}"


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main(command: list[str]) -> int:
    """Run a command on the newest of the machine's servers, and return what it returned."""
    if not distributions():
        sys.exit("There is no PostgreSQL server on this machine: apt-get install postgresql")
    with server_of(distributions()[-1]) as addresses, psycopg.connect(addresses[SUPERUSER_ADDRESS]) as connection:
        sys.stdout.write(f"PostgreSQL {connection.info.parameter_status('server_version')}\n")
        sys.stdout.flush()
        environment = {"SECRET_KEY": "only for tests, behind a socket of its own", **os.environ, **addresses}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
