"""`manage.py make_release`: a numbered release of everything that is published, with checksums, ready to be deposited.

With `--deposited NUMBER ADDRESS` readers are told where an archive keeps one.
"""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import URLValidator
from django.db import DatabaseError, connections, transaction

from chronicle import releases
from chronicle.database.published import EDITION
from chronicle.exports.origin import Origin
from chronicle.exports.release import Numbered, release
from chronicle.models import Event, Masthead, Release

PUBLISHED = "published"


class Command(BaseCommand):
    """Writes a ZIP archive, and tells readers of it under /data/releases/: number, day, checksum."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder to write into, and the address that the files name."""
        parser.add_argument("folder", type=Path, nargs="?", default=Path(), help="where to write; here, if not said")
        parser.add_argument("--address", default="", help="where readers find this chronicle: https://example.org")
        parser.add_argument("--note", default="", help="what is new in it, in a line for readers")
        parser.add_argument("--day", type=date.fromisoformat, help="its day, 2021-01-31; today, if not said")
        parser.add_argument("--deposited", nargs=2, metavar=("NUMBER", "ADDRESS"), help="where an archive keeps it")

    def handle(self, *, deposited: list[str] | None, **options: Any) -> None:
        """Make the next release, or tell where one was deposited."""
        if deposited:
            self._deposited(*deposited)
            return
        root = _checked(options["address"]).rstrip("/")
        options["folder"].mkdir(parents=True, exist_ok=True)
        day = options["day"] or datetime.now(UTC).date()
        with transaction.atomic(using=PUBLISHED):
            _hold_tables()
            origin, numbered, events = _next(root, day)
            path = options["folder"] / f"chronicle-release-{numbered.number}.zip"
            sha256, size = _write(path, release(origin, numbered))
        made = releases.Made(numbered.number, day, sha256, size, events, options["note"])
        try:
            releases.record(made)
        except DatabaseError as error:
            path.unlink()
            raise CommandError(f"Another release was made meanwhile; make this one again. ({error})") from error
        self.stdout.write(f"{path}: release {made.number} of {day}, {events} events, {size} bytes\n{sha256}")

    def _deposited(self, number: str, address: str) -> None:
        if not number.isdigit():
            raise CommandError("--deposited: the number of a release first, such as 3, then the address.")
        try:
            releases.deposited(int(number), _checked(address))
        except DatabaseError as error:
            raise CommandError(f"There is no release {number}; /data/releases/ lists them.") from error
        self.stdout.write(f"Release {number}: {address}")


def _hold_tables() -> None:
    """Let no migration replace the published tables while they are read; nothing else waits for it."""
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute(f"LOCK TABLE {EDITION.name} IN ACCESS SHARE MODE")


def _next(root: str, day: date) -> tuple[Origin, Numbered, int]:
    masthead = Masthead.objects.using(PUBLISHED).first()
    events = Event.objects.using(PUBLISHED).count()
    if masthead is None or not events:
        raise CommandError("A release needs a masthead and an event that are published: publish them at the desk.")
    newest = Release.objects.using(PUBLISHED).first()
    numbered = Numbered(newest.number + 1 if newest else 1, day)
    return Origin(root, masthead, numbered.moment), numbered, events


def _checked(address: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise CommandError(f"“{address}” is no address: write one such as https://example.org.") from error
    if urlsplit(address).username:
        raise CommandError("An address that readers are told has no name or password in it.")
    return address


def _write(path: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write an archive beside what there is, and return its checksum and size."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for piece in pieces:
                digest.update(piece)
                size += file.write(piece)
    except FileExistsError as error:
        raise CommandError(f"{path} is there already: move it away, or name another folder.") from error
    except OSError as error:
        raise CommandError(str(error)) from error
    return digest.hexdigest(), size
