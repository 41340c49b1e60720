"""Servers that are killed under load: nothing that was said to be done is lost, nothing is half done, and all of it
answers again by itself.

On a copy of the drill's database, served as `make run` serves it. Killed are one of gunicorn's workers, its master
(which a service manager starts again), a process of PostgreSQL that serves somebody, and its first process.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections

from chronicle.database.embedded import processes
from chronicle.models import Event
from chronicle.publication import publish
from tests import factories as make
from tests.chronicle.admin.desk import logged_in
from tests.chronicle.walls.consistency import inconsistencies
from tests.drills.machines import ROOT, Machine, asked, until
from tests.servers import free_port
from tests.trust.curating import DONE, MARK, Browser, Curator, Reader, Told, marked
from tests.trust.drills import Drill, Seen
from tests.trust.ground import as_owner

SEED = 2020
READERS = 2
A_DEED_TAKES = 0.5
"""Seconds, about, within which a server is killed at any moment."""
BOUND = 300
"""Seconds within which everything has to answer again, on a machine that does much else."""

UNTIDY = {
    "fsync": "on",
    "wal_writer_delay": "10s",
    "wal_writer_flush_after": "1GB",
    "autovacuum": "off",
    "bgwriter_lru_maxpages": "0",
}
"""Of a server that writes to disk what it must and nothing by chance: what was not kept in time is lost as it dies."""


class Site:
    """A server of PostgreSQL and one of gunicorn, and whoever works there."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.port = machine, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.serve()

    def serve(self) -> None:
        """Start gunicorn, as `make run` does."""
        clean = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        environment = {**clean, "DATA_DIR": str(self.machine.folder), "SECRET_KEY": settings.SECRET_KEY}
        command = [sys.executable, "-m", "gunicorn", "chronicle.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        with (self.machine.folder / "gunicorn.log").open("a") as told:
            self.process = subprocess.Popen(
                [*command, "--workers=2", "--threads=4", "--log-level=warning"],
                cwd=ROOT,
                env=environment,
                stdout=told,
                stderr=told,
            )

    def workers(self) -> list[int]:
        """The processes that answer."""
        return [pid for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))) if parent(pid) == self.process.pid]

    def owner(self) -> "psycopg.Connection[Any]":
        """A connection to look at everything."""
        return psycopg.connect(self.machine.url("chronicle_owner"), autocommit=True)

    def stop(self) -> None:
        """Stop serving."""
        self.process.terminate()
        self.process.wait()


def parent(pid: int) -> int:
    """The process that started another one; 0 where that is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def site_of_its_own() -> Iterator[Site]:
    """Serve a copy of the drill's database, and take it away again."""
    folder = Path(tempfile.mkdtemp(prefix="chronicle-killed-", dir="/tmp"))  # short: sockets lie in it
    folder.chmod(0o755)  # the server's account passes through
    machine, here = Machine(folder / "site"), connections["owner"]
    site = None
    try:
        machine.clone_of(here.server, here.settings_dict["NAME"], **UNTIDY)  # type: ignore[attr-defined]  # our engine
        site = Site(machine)
        until(lambda: asked(f"{site.address}/health/ready")[0] == DONE)
        yield site
    finally:
        if site:
            site.stop()
        machine.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def kill_worker(site: Site, dice: random.Random) -> None:
    """Kill one of those who answer; gunicorn starts another one."""
    os.kill(dice.choice(site.workers()), signal.SIGKILL)


def kill_master(site: Site, dice: random.Random) -> None:
    """Kill gunicorn itself, and start it again as a service manager does; its workers see that they are alone."""
    site.process.kill()
    site.process.wait()
    site.serve()
    until(lambda: is_served_again(site), seconds=BOUND)


def is_served_again(site: Site) -> bool:
    """Whether gunicorn has its port and workers; where old workers keep the port, it gives up, and is started again."""
    if site.process.poll() is not None:
        site.serve()
    return bool(site.workers())


SERVING = "SELECT pid FROM pg_stat_activity WHERE usename IN ('chronicle_desk', 'chronicle_reader')"


def kill_backend(site: Site, dice: random.Random) -> None:
    """Kill a process of PostgreSQL that serves the site; PostgreSQL then ends all others, and recovers."""
    with site.owner() as connection:
        pids = [pid for (pid,) in connection.execute(SERVING)]
    if pids:
        os.kill(dice.choice(pids), signal.SIGKILL)


def kill_postmaster(site: Site, dice: random.Random) -> None:
    """Kill the first process of PostgreSQL; the site starts it again by itself."""
    pid = processes.postmaster(site.machine.server.data_dir, site.machine.server.account)
    assert pid
    os.kill(pid, signal.SIGKILL)


VICTIMS: tuple[Callable[[Site, random.Random], None], ...] = (kill_postmaster, kill_worker, kill_backend, kill_master)


class Silence(NamedTuple):
    """For how many seconds after a kill nobody read, and nobody saved and published."""

    of_pages: float
    of_saves: float


def longest(silences: list[Silence]) -> str:
    """The longest of each, in words."""
    pages, saves = max(one.of_pages for one in silences), max(one.of_saves for one in silences)
    return f"(pages again after {pages:.1f} s, saves after {saves:.1f} s)"


def attack(rounds: int) -> Seen:
    """Kill one of them in each round, while readers read and a curator saves and publishes; then look at everything."""
    dice, seen, told, pages = random.Random(SEED), Seen(rounds=rounds), Told(), 0
    silences: dict[str, list[Silence]] = {}
    event, session = marked_event(), a_session()
    with site_of_its_own() as site:
        for turn in range(rounds):
            kill = VICTIMS[turn % len(VICTIMS)]
            name = kill.__name__.replace("_", "ed ")
            curator = Curator(Browser(site.address, session), event.pk, told)
            readers = [Reader(Browser(site.address), f"/events/{event.slug}/", told) for _ in range(READERS)]
            found = [*killed_under(curator, readers, partial(kill, site, dice), silences.setdefault(name, []))]
            pages += sum(reader.answers[DONE] for reader in readers)
            seen.found += [f"round {turn}, {name}: {line}" for line in (*found, *wrong(site, event.pk, told))]
    seen.figures = {"saved": len(told.saved) - 1, "published": len(told.published) - 1, "pages": pages}
    seen.figures |= {name: longest(some) for name, some in silences.items() if some}
    return seen


def marked_event() -> Event:
    """A public event whose parts all say its number."""
    event = make.event(title=marked(0), summary=marked(0))
    make.citation(event, statement=marked(0))
    publish([event])
    return event


def a_session() -> str:
    """The key of a curator's session, which a browser sends as a cookie."""
    client = logged_in(get_user_model().objects.create_superuser("curator"))
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def killed_under(
    curator: Curator, readers: list[Reader], kill: Callable[[], None], silences: list[Silence]
) -> Iterator[str]:
    """Let them work, kill, and wait until each has done something since; yield what was wrong with what they saw."""
    began, workers = time.monotonic(), [curator, *readers]
    for worker in workers:
        worker.start()
    try:
        until(lambda: all(worker.last > began for worker in workers), seconds=BOUND)
        time.sleep(random.random() * A_DEED_TAKES)
        killed = time.monotonic()
        kill()
        until(lambda: all(reader.last > killed for reader in readers), seconds=BOUND)
        pages = time.monotonic() - killed
        until(lambda: curator.last > killed, seconds=BOUND)
        silences.append(Silence(pages, time.monotonic() - killed))
    except AssertionError:
        yield f"no page or no save within {BOUND} s: {[dict(worker.answers) for worker in workers]}"
    finally:
        for worker in workers:
            worker.over.set()
        for worker in workers:
            worker.join()
    yield from (line for worker in workers for line in worker.found)


DESK = """
    SELECT e.title, e.summary, c.statement FROM desk.chronicle_event e
    JOIN desk.chronicle_citation c ON c.event_id = e.id WHERE e.id = %s
"""
EDITIONS = """
    SELECT snapshot -> 'chronicle_event' -> 0 ->> 'title', snapshot -> 'chronicle_event' -> 0 ->> 'summary',
           snapshot -> 'chronicle_citation' -> 0 ->> 'statement'
    FROM desk.chronicle_edition WHERE event_id = %s
"""
HISTORY = "SELECT title FROM desk.chronicle_eventrevision WHERE pgh_obj_id = %s"


def wrong(site: Site, event: int, told: Told) -> Iterator[str]:
    """Look at everything, as the owner: what is lost of what was said to be done, and what is half done."""
    with site.owner() as connection, connection.cursor() as cursor:
        for place, query, done in (("history", HISTORY, told.saved), ("editions", EDITIONS, told.published)):
            lost = set(done) - {number for state in states(cursor, query, event) for number in state}
            if lost:
                yield f"{place}: lost {sorted(lost)}, which was said to be done"
        for query in (DESK, EDITIONS):
            yield from (f"{sorted(state)} in one state" for state in states(cursor, query, event) if len(state) != 1)
        if max(max(state) for state in states(cursor, DESK, event)) < told.saved[-1]:
            yield f"the desk has lost {told.saved[-1]}"
        yield from inconsistencies(cursor)


def states(cursor: Any, query: str, event: int) -> list[set[int]]:
    """The numbers that stand in each state of the event."""
    return [{int(number) for number in MARK.findall(" ".join(row))} for row in cursor.execute(query, [event])]


@contextmanager
def told_too_early() -> Iterator[None]:
    """A database that says that something is done before it is kept."""
    name = connections["owner"].settings_dict["NAME"]
    as_owner(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    try:
        yield
    finally:
        as_owner(f'ALTER DATABASE "{name}" RESET synchronous_commit')


DRILL = Drill("killed: servers", attack, told_too_early, promised=50, few=3, enough=1)
