"""Machines of a drill: real PostgreSQL servers of the wheel, and sites on them, each in a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import psycopg
from psycopg import sql

from chronicle.database.config import DATABASE
from chronicle.database.embedded import Server, processes, programs
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
READER = "chronicle_reader"
CORPUS = "fixtures/karabakh-2020"
SECRET = "only for a drill, on one machine, behind sockets of its own"


class Figure(NamedTuple):
    """Something that was seen, and what it was."""

    what: str
    value: str


class Machine:
    """A folder with a server, as `DATA_DIR` of the program or as a server of one's own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.server = folder, Server(folder / "postgres")

    def manage(self, *words: str, root: Path = ROOT, **environment: str) -> str:
        """Run the program here, and return what it wrote."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command,
            cwd=root,
            env={**os.environ, "DATA_DIR": str(self.folder), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def psql(self, statement: str | Path, *, database: str = "chronicle", **environment: str) -> str:
        """Run a statement or a script as superuser."""
        asked = ["-f", str(statement)] if isinstance(statement, Path) else ["-c", statement]
        done = subprocess.run(
            [
                str(self.server.bin("psql")),
                "-qAtX",
                "-v",
                "ON_ERROR_STOP=1",
                *asked,
                self.server.superuser_dsn(database),
            ],
            env={**self.server.environment(), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def run(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the server's account."""
        done = programs.run([str(self.server.bin(name)), *arguments], account=self.server.account, timeout=300)
        assert done.returncode == 0, done.stderr

    def copy_of(self, main: "Machine") -> None:
        """Become a streaming replica of another machine, as docs/operators.md says."""
        self._take_over(main.server, "--write-recovery-conf")
        self.server._remove_stale_files()  # its sockets lie among the data, and were copied
        done = programs.run(self.server._start_command(), account=self.server.account, timeout=120)
        assert done.returncode == 0, done.stderr + self.server.log_tail(20)

    def clone_of(self, server: Server, database: str, **settings: str) -> None:
        """Become a machine of one's own with one of the databases of a running server, under the program's name for it."""
        self._take_over(server, "--no-sync")
        with (self.server.data_dir / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self.server.ensure_running()
        with psycopg.connect(self.server.superuser_dsn("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(DATABASE)))
            names = sql.Identifier(database), sql.Identifier(DATABASE)
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))

    def _take_over(self, server: Server, *options: str) -> None:
        """Take the files of a running server."""
        self.folder.mkdir()
        os.chown(self.folder, server.account.uid, server.account.gid)
        where = server.superuser_dsn("postgres")
        to = f"--pgdata={self.server.data_dir}"
        self.run("pg_basebackup", to, *options, "--checkpoint=fast", f"--dbname={where}")

    @property
    def pid(self) -> int | None:
        """The process of its server, if that runs."""
        return processes.postmaster(self.server.data_dir, self.server.account)

    def kill(self) -> None:
        """End the server without a word to anybody, as a machine that lost its power."""
        assert self.pid
        os.kill(self.pid, signal.SIGKILL)
        processes.end_leftovers(self.server.data_dir, self.server.account)

    def url(self, login: str, *, host: str = "", port: int = 5432) -> str:
        """The address of its database for one of the logins."""
        return f"postgresql://{login}@{quote(host or str(self.server.socket_dir), safe='')}:{port}/chronicle"


@contextmanager
def machines(folder: Path, *names: str) -> Iterator[list[Machine]]:
    """Make machines, and end what runs on them in the end; nothing on them is kept, so nothing is waited for."""
    folder.mkdir(mode=0o755)
    found = [Machine(folder / name) for name in names]
    try:
        yield found
    finally:
        for one in found:
            if one.server.data_dir.exists() and one.pid:
                one.kill()


def filled(main: Machine) -> None:
    """Fill a machine with the corpus, published; it is loaded once and copied to every machine that needs it."""
    model = Machine(main.folder.parent.parent / "filled")
    if not model.folder.exists():
        try:
            model.manage("prepare", f"--corpus={CORPUS}")
        finally:
            model.server.stop()
    subprocess.run(["cp", "-a", str(model.folder), str(main.folder)], check=True)
    main.server.ensure_running()


def timed(does: Callable[[], object]) -> float:
    """Return how many seconds something took."""
    began = time.monotonic()
    does()
    return time.monotonic() - began


@contextmanager
def public_site(database: str, *, root: Path = ROOT, **environment: str) -> Iterator[str]:
    """Serve readers from a database, by today's code or an earlier release's; yield the address of the site."""
    port = free_port()
    settings = {"SITE": "public", "PUBLISHED_DATABASE_URL": database, "SECRET_KEY": SECRET, **environment}
    command = [sys.executable, "-m", "gunicorn", "chronicle.wsgi", "--bind", f"127.0.0.1:{port}", "--threads=4"]
    clean = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    process = subprocess.Popen(command, cwd=root, env={**clean, **settings}, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        until(lambda: asked(f"{address}/method/")[0] == 200)  # every release has it
        yield address
    finally:
        process.terminate()
        process.wait()


def asked(address: str) -> tuple[int, str, dict[str, str]]:
    """Ask for a page; return its status, its words and its headers. Status 0 is no answer."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)
    except OSError:
        return 0, "", {}


def until(holds: Callable[[], Any], *, seconds: float = 120) -> float:
    """Wait until something holds, and return how long that took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it did not come about"
        time.sleep(0.05)
    return time.monotonic() - began


def longest_silence(address: str, *, seconds: float, meanwhile: Callable[[], Any]) -> tuple[float, int, int]:
    """Ask for a page over and over while something happens; return the longest time without one, answers, failures."""
    began = last = time.monotonic()
    silence, answers, failures, is_done = 0.0, 0, 0, False
    while time.monotonic() - began < seconds:
        if not is_done and time.monotonic() - began > seconds / 4:
            meanwhile()
            is_done = True
        if asked(address)[0] == 200:
            silence, last, answers = max(silence, time.monotonic() - last), time.monotonic(), answers + 1
        else:
            failures += 1
    return max(silence, time.monotonic() - last), answers, failures


def counted(main: Machine, script: str, **environment: str) -> Any:
    """Run a script in the program here; it prints JSON."""
    return json.loads(main.manage("shell", "--verbosity=0", "-c", script, **environment).splitlines()[-1])
