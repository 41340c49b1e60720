"""A chronicle of a size, in a folder and on a database of its own, served by one process of gunicorn."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
SEED = 1
GUNICORN = ("--workers=1", "--threads=4", "--log-level=warning")
STARTS_WITHIN = 60
"""Seconds until a server answers."""


@dataclass(frozen=True)
class Chronicle:
    """As many made-up events as `manage.py make_corpus` is asked for, nine tenths of them published."""

    events: int
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with: no database but its own."""
        kept = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        return kept | {"DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "chronicle.settings"}

    def make(self) -> float:
        """Make it, unless it was made before; return the seconds that making and publishing took then."""
        note = self.folder / "made.json"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        self.run("manage.py", "migrate", "--verbosity=0")
        if not note.exists():
            began = time.perf_counter()
            self.run("manage.py", "make_corpus", str(self.events), f"--seed={SEED}")
            note.write_text(json.dumps({"events": self.events, "seconds": time.perf_counter() - began}))
        return float(json.loads(note.read_text())["seconds"])

    def run(self, *arguments: str) -> str:
        """Run Python with these arguments and return what it printed; what it says on errors is let through."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def figures(self, *arguments: str) -> dict[str, Any]:
        """Run a module of the benchmarks that ends with a line of JSON, and return that."""
        return dict(json.loads(self.run("-m", *arguments).splitlines()[-1]))

    def stop(self) -> None:
        """Stop its database, so that the next request finds nothing in PostgreSQL's memory."""
        self.run("manage.py", "database", "stop")

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve it by one process of gunicorn, as in operation, from a database that has just been started."""
        self.stop()
        with self.gunicorn("chronicle.wsgi", *GUNICORN) as (address, _pid):
            yield address

    @contextmanager
    def gunicorn(self, module: str, *options: str) -> Iterator[tuple[str, int]]:
        """Serve it by a gunicorn; yield where, when it answers, and the number of its process."""
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", f"{module}:application", f"--bind=127.0.0.1:{port}", *options]
        with (self.folder / "gunicorn.log").open("w") as told:
            server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=told, stderr=told)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/health/ready")
            yield address, server.pid
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    """Wait until a server answers there; URLError where it does not."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urllib.request.urlopen(address, timeout=STARTS_WITHIN).close()
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
