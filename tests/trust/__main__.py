"""`python -m tests.trust [--only NAME] [--rounds N]`: runs the drills, prints their table, and returns 1 if one failed.

On a server of its own, in a folder of its own, of which nothing is left.
"""

import argparse
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

HEADINGS = ("drill", "rounds", "found", "planted fault", "seconds", "figures")
LINE = "{:<34} {:>8} {:>6}  {:<14} {:>7}  {}"


def main(arguments: list[str]) -> int:
    """Run what is asked for on a new server, which is stopped however this ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="chronicle-trust-", dir="/tmp"))  # short: sockets lie in it
    folder.chmod(0o755)  # the server's account passes through
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "chronicle.settings"}
    for name in ("OWNER_DATABASE_URL", "DATABASE_URL", "PUBLISHED_DATABASE_URL"):
        os.environ.pop(name, None)
    try:
        return run(arguments)
    finally:
        from django.core.management import call_command  # noqa: PLC0415 -- after settings

        call_command("database", "stop", verbosity=0)
        shutil.rmtree(folder, ignore_errors=True)


def run(arguments: list[str]) -> int:
    """Run the drills that are asked for, and print a line of each when it is done."""
    import django  # noqa: PLC0415 -- settings come first

    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415 -- after settings

    from tests.conftest import own_database  # noqa: PLC0415 -- after settings
    from tests.trust.listed import DRILLS  # noqa: PLC0415 -- after settings

    options = parser(list(DRILLS)).parse_args(arguments)
    logging.disable(logging.ERROR)  # refusals by the hundred, as they should be
    print(LINE.format(*HEADINGS), flush=True)
    wait_for_no_disk()
    setup_test_environment()
    with own_database():
        done = [report(drill, options.rounds) for name, drill in DRILLS.items() if name in (options.only or DRILLS)]
    return 0 if all(done) else 1


def wait_for_no_disk() -> None:
    """Let the server answer before the disk has it all: it is thrown away, and rounds mostly wait for the disk."""
    import psycopg  # noqa: PLC0415 -- after the rest
    from django.db import connections  # noqa: PLC0415 -- after settings

    server = connections["owner"].server  # type: ignore[attr-defined]  # our engine
    server.ensure_running()
    with psycopg.connect(server.superuser_dsn("postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def report(drill: object, rounds: int | None) -> bool:
    """Run a drill as it is and with its fault, print its line, and return whether it is as it should be."""
    from tests.trust.drills import Drill  # noqa: PLC0415 -- after settings
    from tests.trust.ground import empty  # noqa: PLC0415 -- after settings

    assert isinstance(drill, Drill)
    began = time.monotonic()
    with empty():
        seen = drill.attack(rounds or drill.promised)
    with empty(), drill.fault():
        planted = drill.attack(drill.enough).found
    told = "found" if planted else "NOT FOUND"
    seconds = f"{time.monotonic() - began:.0f}"
    print(LINE.format(drill.name, f"{seen.rounds:,}", len(seen.found), told, seconds, seen.words()), flush=True)
    for line in seen.found[:20]:
        print(f"    {line}", flush=True)
    return bool(planted) and not seen.found


def parser(names: list[str]) -> argparse.ArgumentParser:
    """What may be asked for."""
    made = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    made.add_argument("--only", action="append", choices=names, help="a drill, by name; may be given again")
    made.add_argument("--rounds", type=int, help="so many rounds instead of those that are promised")
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
