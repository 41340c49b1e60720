"""What the tests of the embedded server do to processes and users."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from chronicle.database.embedded import Server

ROOT = Path(__file__).resolve().parents[4]
PACKAGES = Path(psycopg.__file__).parents[1]  # for interpreters outside of the environment

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become other users")
as_ordinary_user = pytest.mark.skipif(os.geteuid() == 0, reason="needs an ordinary user: root may do everything")


def query(server: Server, statement: str, user: str = "chronicle_desk", database: str = "chronicle") -> list[tuple]:
    """One statement over a new connection with the logins of the site."""
    with psycopg.connect(user=user, dbname=database, **server.address, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def postmaster(server: Server) -> int:
    pid = server.status().pid
    assert pid is not None
    return pid


def kill_hard(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    until(lambda: state(pid) in {"", "Z"})


def state(pid: int) -> str:
    """One letter as in ps, empty if the process does not exist."""
    result = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return result.stdout[:1]


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def kill_everything_in(folder: Path) -> None:
    """End servers that a failed test left below the folder."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if str((entry / "cwd").readlink()).startswith(f"{folder}/"):
                os.kill(int(entry.name), signal.SIGKILL)
        except OSError:
            continue


def python(
    code: str, *arguments: object, user: str | None = None, prefix: tuple[str, ...] = (), **environment: str
) -> subprocess.Popen[str]:
    """Run code in a process of its own, with warnings as errors, from a folder where nothing of ours is."""
    identity = pwd.getpwnam(user) if user else None
    return subprocess.Popen(
        [*prefix, interpreter(user), "-W", "error", "-c", code, *map(str, arguments)],
        cwd="/",
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{PACKAGES}", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        user=identity.pw_uid if identity else None,
        group=identity.pw_gid if identity else None,
        extra_groups=[] if identity else None,
    )


def finish(process: subprocess.Popen[str], *, code: int = 0) -> str:
    """Its output, after making sure that it ended as it should."""
    output, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors or output
    return output if code == 0 else output + errors


def interpreter(user: str | None) -> str:
    """A Python of our version that this user may run: that of the tests may lie in a closed home directory."""
    if user is None:
        return sys.executable
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, shutil.which(name, path="/usr/bin:/usr/local/bin")):
        if candidate and _runs(candidate, user):
            return candidate
    pytest.skip(f"no {name} that the user {user} may run")


def _runs(candidate: str, user: str) -> bool:
    try:
        return (
            subprocess.run([candidate, "-c", ""], user=user, cwd="/", capture_output=True, check=False).returncode == 0
        )
    except PermissionError:
        return False
