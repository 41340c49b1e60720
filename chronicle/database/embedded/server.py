"""Starting, finding and stopping the server of one data directory."""

import shlex
import signal
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from chronicle.database import roles
from chronicle.database.embedded import cluster, log, places, processes, programs
from chronicle.database.embedded.accounts import Account, server_account
from chronicle.database.embedded.errors import ELSEWHERE, StartError

START_SECONDS = 120  # recovery after a crash replays up to max_wal_size
STOP_SECONDS = 60


@dataclass(frozen=True)
class Status:
    """What `manage.py database status` tells. A server that is still starting has a pid and is not running."""

    running: bool
    pid: int | None
    version: str
    data_dir: Path
    socket_dir: Path
    log: Path


class Server:
    """The PostgreSQL of one data directory. Cheap to make; any number of them may stand for the same server."""

    def __init__(self, data_dir: Path, database: str = "chronicle") -> None:
        self.data_dir = Path(data_dir).resolve()
        self.database = database
        self.log = self.data_dir / "server.log"

    @cached_property
    def account(self) -> Account:
        """Who runs the server."""
        return server_account(self.data_dir)

    @cached_property
    def socket_dir(self) -> Path:
        """The folder of the socket: HOST of every connection, known before the server ever ran."""
        return places.socket_dir(self.data_dir, self.account)

    def ensure_running(self) -> bool:
        """Return when the server accepts connections, and whether it had to be started.

        Starting includes the logins and the database. When it runs already this takes two milliseconds. Safe from any
        number of threads and processes at once.
        """
        self._refuse_paths()
        with places.locked(self.data_dir, self.account) as lock:
            if self._ping() is Ping.OK or self._settles():
                return False
            self._start(lock)
            self._prepare()
            return True

    def prepare(self) -> None:
        """Make logins and the database on a running server, if they are missing."""
        with places.locked(self.data_dir, self.account):
            self._prepare()

    def stop(self) -> bool:
        """Stop the server; its clients are disconnected and their transactions rolled back. False if it did not run."""
        if not self.data_dir.exists():
            return False
        with places.locked(self.data_dir, self.account):
            pid = self._postmaster()
            if pid is not None:
                self._end(pid)
            elif self._ping() is Ping.OK:
                raise StartError(
                    f"A server answers in {self.socket_dir}, but is not to be seen from here; perhaps it runs in "
                    f"another container: stop it there."
                )
            return pid is not None

    def status(self) -> Status:
        """How the server is, without starting or locking anything."""
        pid = self._postmaster() if self.data_dir.exists() else None
        return Status(
            running=self._ping() is Ping.OK,
            pid=pid,
            version=programs.version(self.account),
            data_dir=self.data_dir,
            socket_dir=self.socket_dir,
            log=self.log,
        )

    def superuser_dsn(self, dbname: str) -> str:
        """A connection string for `postgres`, who may do everything: for preparing, dumping and restoring."""
        return make_conninfo(user="postgres", dbname=dbname, **self.address)

    @property
    def address(self) -> dict[str, str]:
        """Where the server is, with what PG* variables could otherwise change about it."""
        return {"host": str(self.socket_dir), "port": str(places.PORT), "hostaddr": ""}

    def bin(self, name: str) -> Path:
        """PostgreSQL's own program of this name; those of the machine may be too old for this server."""
        return programs.path(name)

    def environment(self) -> dict[str, str]:
        """The environment to run them in."""
        return programs.environment()

    def log_tail(self, lines: int) -> str:
        """The last lines of the server's log."""
        return log.tail(self.log, lines=lines)

    def check_socket_dir(self) -> None:
        """Refuse a socket folder outside the data directory that somebody else made."""
        if self.socket_dir != self.data_dir and self.socket_dir.exists():
            places.check_socket_dir(self.socket_dir, self.account)

    def _refuse_paths(self) -> None:
        places.refuse_characters(self.data_dir, "The data directory (DATA_DIR)")
        places.refuse_characters(programs.folder(), "The folder of the Python environment")
        self.check_socket_dir()

    def _ping(self) -> Ping:
        """Ask the socket. Without the pid file it is the socket of a server whose data are gone."""
        if not (self.data_dir / processes.PID_FILE).exists():
            return Ping.NO_RESPONSE
        conninfo = make_conninfo(self.superuser_dsn("postgres"), connect_timeout=10)
        return Ping(PGconn.ping(conninfo.encode()))

    def _postmaster(self) -> int | None:
        cluster.check_owner(self.data_dir, self.account)
        return processes.postmaster(self.data_dir, self.account)

    def _settles(self) -> bool:
        """Wait for a server that is starting, recovering or stopping; whether it answers in the end."""
        deadline = time.monotonic() + START_SECONDS
        while (pid := self._live_postmaster()) is not None or self._ping() is Ping.REJECT:
            if self._ping() is Ping.OK:
                return True
            if pid is not None and self._has_lost_its_socket():
                self._end(pid)
            elif time.monotonic() > deadline:
                raise StartError(
                    f"PostgreSQL runs in {self.data_dir} (process {pid}) but has not answered for {START_SECONDS} "
                    f"seconds. Wait if it is recovering, else `manage.py database stop`. "
                    f"Its log ends:\n{log.tail(self.log)}"
                )
            time.sleep(0.05)
        return False

    def _live_postmaster(self) -> int | None:
        return self._postmaster() if self.data_dir.exists() else None

    def _has_lost_its_socket(self) -> bool:
        """After the checkout was moved, or an earlier server of this place removed it on its way out."""
        return processes.is_ready(self.data_dir) and not (self.socket_dir / places.SOCKET).exists()

    def _start(self, lock: int) -> None:
        cluster.make_ready(self.data_dir, self.account, lock)
        if self.socket_dir != self.data_dir:
            places.make_socket_dir(self.socket_dir, self.account)
        processes.end_leftovers(self.data_dir, self.account)
        self._remove_stale_files()
        log.rotate(self.log)
        logged = log.size(self.log)
        result = programs.run(self._start_command(), account=self.account, timeout=START_SECONDS + 30)
        if result.returncode:
            raise StartError(
                f"The embedded PostgreSQL in {self.data_dir} (DATA_DIR) did not start. {result.stderr.strip()} "
                f"{self.log} says:\n{log.tail(self.log, since=logged)}\n"
                f"Correct what it names, then run `manage.py database start`. {ELSEWHERE}"
            )

    def _remove_stale_files(self) -> None:
        """PostgreSQL itself would take any live process of this user with the number in them for a server."""
        for stale in (
            self.data_dir / processes.PID_FILE,
            self.socket_dir / places.SOCKET,
            self.socket_dir / f"{places.SOCKET}.lock",
        ):
            stale.unlink(missing_ok=True)

    def _start_command(self) -> list[str]:
        """What must never depend on postgresql.conf goes on the command line, quoted: pg_ctl uses a shell."""
        options = {
            "listen_addresses": "",
            "port": str(places.PORT),
            "unix_socket_directories": f'"{self.socket_dir}"',  # a list: a comma would divide it
            "unix_socket_permissions": "0700",
        }
        items = shlex.join(item for name, value in options.items() for item in ("-c", f"{name}={value}"))
        return [
            *(str(programs.path("pg_ctl")), "start", "--silent", "--wait", f"--timeout={START_SECONDS}"),
            *(f"--pgdata={self.data_dir}", f"--log={self.log}", f"--options={items}"),
        ]

    def _prepare(self) -> None:
        try:
            with psycopg.connect(self.superuser_dsn("postgres"), autocommit=True) as connection:
                roles.prepare_cluster(connection, self.database)
        except psycopg.Error as failure:
            raise StartError(
                f"The embedded PostgreSQL in {self.data_dir} runs, but its logins and the database "
                f"{self.database} could not be made: {failure}. Look at `manage.py database log`."
            ) from failure

    def _end(self, pid: int) -> None:
        processes.send(pid, signal.SIGINT)  # PostgreSQL's fast shutdown
        deadline = time.monotonic() + STOP_SECONDS
        while processes.is_postgres(pid):
            if time.monotonic() > deadline:
                raise StartError(
                    f"PostgreSQL (process {pid}) has not stopped within {STOP_SECONDS} seconds. "
                    f"See `manage.py database log`."
                )
            time.sleep(0.02)
