"""Many readers while a curator publishes: `python -m tests.benchmarks.load [--readers 200] [--seconds 300]`.

On a database of its own, served by gunicorn as `make run` and docs/operators.md start it. Each reader keeps a connection
and the tags of the pages that it knows, asks for a page, reads for some seconds, and asks for the next. Ends with 1 where
a page failed, showed two states (`tests.benchmarks.marks`), or where processes kept growing. `--planted` serves a site
that shows several states on one page: then the run must end with 1.
"""

import argparse
import http.client
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmarks import marks
from tests.benchmarks.chronicles import ROOT, Chronicle

EVENTS = 500
SERVER = ("--workers=2", "--threads=4", "--log-level=warning")
PAUSE = 8.0
"""Seconds for which a reader reads, at most; half of it on average."""
GROWTH = 1.25
"""How many times the memory of the start, when every process has worked for a while, is flat still."""
FINE = {200, 304}
GONE = 410

Check = Callable[[str], str]

PAGES: dict[str, Check | None] = {
    **{f"/events/{marks.slug(number)}/": marks.mixed for number in range(marks.EVENTS)},
    f"/api/events/{marks.slug(0)}": marks.mixed,
    f"/events/?place={marks.PLACE}": marks.mixed_list,
    f"/api/events?place={marks.PLACE}": marks.mixed_list,
    f"/locations/{marks.PLACE}/": None,
    **dict.fromkeys(("/", "/events/", "/documents/", "/locations/", "/disputes/", "/timeline/", "/editions/"), None),
    **dict.fromkeys(("/map/", "/method/", "/search/?q=kanda", "/events/?period=198X"), None),
}
"""What readers ask for, and what finds two states in it."""


@dataclass
class Seen:
    """What readers saw, all together."""

    statuses: Counter[int] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    checked: int = 0

    def note(self, path: str, status: int, body: str, taken: float) -> None:
        """Keep one answer, and what is wrong with it."""
        self.statuses[status] += 1
        self.milliseconds.append(taken * 1000)
        check = PAGES[path]
        if status not in FINE and not (status == GONE and marks.slug(0)[:-1] in path):
            self.faults.append(f"{path}: {status}")
        elif status == 200 and check:
            self.checked += 1
            if found := check(body):
                self.faults.append(f"{path}: {found}")


class Reader(threading.Thread):
    """Somebody who reads one page after another until the drill is over."""

    def __init__(self, address: str, seen: Seen, over: threading.Event, number: int) -> None:
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
        self.seen, self.over, self.chance = seen, over, random.Random(number)
        self.tags: dict[str, str] = {}

    def run(self) -> None:
        """Read for a while, ask for the next page."""
        while not self.over.wait(self.chance.uniform(0, PAUSE)):
            path = self.chance.choice(list(PAGES))
            began = time.monotonic()
            try:
                status, body = self.asked(path)
            except OSError as error:
                self.seen.faults.append(f"{path}: {error!r}")
            else:
                self.seen.note(path, status, body, time.monotonic() - began)

    def asked(self, path: str) -> tuple[int, str]:
        """Ask once; anew where the server had closed the connection while nothing was asked, as it may."""
        known = {"If-None-Match": self.tags[path]} if path in self.tags else {}
        is_new = self.connection.sock is None
        try:
            self.connection.request("GET", path, headers=known)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            if is_new:
                raise
            return self.asked(path)
        body = response.read().decode()
        if tag := response.headers.get("ETag"):
            self.tags[path] = tag
        return response.status, body


def main() -> int:
    """Make, serve, read, and tell what was seen."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="chronicle-load-", dir="/tmp"))  # short: sockets lie in it
    chronicle = Chronicle(EVENTS, folder)
    try:
        chronicle.make()
        chronicle.run("-m", "tests.benchmarks.marks", "0")
        faults = drilled(chronicle, options)
    finally:
        chronicle.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for fault, times in Counter(faults).most_common(20):
        print(f"WRONG {times:6} times  {fault}")
    return 1 if faults else 0


def drilled(chronicle: Chronicle, options: argparse.Namespace) -> list[str]:
    """Let readers and a curator loose on a site, print figures, and return what was wrong."""
    seen, over = Seen(), threading.Event()
    module = "tests.benchmarks.planted" if options.planted else "chronicle.wsgi"
    with chronicle.gunicorn(module, *SERVER) as (address, pid):
        readers = [Reader(address, seen, over, number) for number in range(options.readers)]
        curator = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.marks", str(options.seconds)],
            cwd=ROOT,
            env=chronicle.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for reader in readers:
            reader.start()
        over.wait(options.seconds / 3)
        before = memory(pid)
        told, _ = curator.communicate()
        after = memory(pid)
        over.set()
        for reader in readers:
            reader.join(timeout=120)
    show(seen, json.loads(told.splitlines()[-1]), before, after)
    grown = [
        f"a process grew from {was} to {now} kB" for was, now in zip(before, after, strict=True) if now > GROWTH * was
    ]
    return [*seen.faults, *grown, *([] if seen.checked else ["no page was checked"])]


def memory(pid: int) -> list[int]:
    """Return the kB of memory that the workers of a gunicorn hold."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    held = []
    for child in children:
        with suppress(FileNotFoundError):
            status = Path(f"/proc/{child}/status").read_text()
            held += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")]
    return held


def show(seen: Seen, curator: dict[str, float], before: list[int], after: list[int]) -> None:
    """Print what was seen."""
    hundredths = statistics.quantiles(seen.milliseconds, n=100)
    print(f"answers                         {sum(seen.statuses.values()):,} ({dict(sorted(seen.statuses.items()))})")
    print(f"milliseconds, p50 / p95 / p99   {hundredths[49]:.0f} / {hundredths[94]:.0f} / {hundredths[98]:.0f}")
    print(f"pages looked at for two states  {seen.checked:,}")
    print(f"the curator's calls             {curator['calls']:.0f} of {marks.EVENTS} events each")
    print(
        f"the slowest of them             {curator['slowest']:.2f} s; {curator['withdrawn']:.0f} events withdrawn meanwhile"
    )
    print(f"kB of each worker, after a third of the time and at the end  {before} {after}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.benchmarks.load")
    parser.add_argument("--readers", type=int, default=200, help="how many read at a time (default: 200)")
    parser.add_argument("--seconds", type=float, default=300, help="for how long (default: 300)")
    parser.add_argument("--planted", action="store_true", help="serve a site with a fault that must be found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
