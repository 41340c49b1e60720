"""Restoring a backup: into an empty database, row for row; what was purged since is purged again."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from chronicle.archiving.restoring import MADE_BY_MIGRATIONS
from chronicle.archiving.rows import counters, tables
from chronicle.archiving.writing import KEPT
from chronicle.backups import programs
from chronicle.backups.checksums import are_equal, checksums
from chronicle.backups.folder import DUMP, Manifest, opened
from chronicle.backups.ledger import LEDGER, Entry, entry, ledger, purged, together
from chronicle.backups.purges import Again, purge_again
from chronicle.database import roles, walls

SCHEMAS: Final = ("outgoing", "published", "desk", "staging", "functions")
"""Those of a chronicle, in an order in which they can be dropped."""

BEGIN: Final = f"BEGIN; SET LOCAL lock_timeout = '10s'; DROP SCHEMA IF EXISTS {', '.join(SCHEMAS)} CASCADE;\n"
STILL_TO_PURGE: Final = f"""
CREATE SCHEMA IF NOT EXISTS staging;
CREATE TABLE {roles.RESTORING} (entry jsonb NOT NULL);
"""
"""Comes with the rows and goes when all is done: who is ended in between leaves a chronicle that readers cannot open,
and that knows what the one which it replaced had purged."""
COMMIT: Final = "COMMIT;\n"
NOT_RESTORED: Final = ("--no-owner", "--no-acl", "--no-publications", "--no-subscriptions")
HEAD: Final = 40
"""Lines of a script in which pg_restore's settings stand."""
UNKNOWN_BEFORE_17: Final = b"SET transaction_timeout = 0;"
"""A setting at which an older server would stop; it is what every server has anyway."""


class NotRestoredError(Exception):
    """Nothing was restored, and the message says why; or what was restored is not what the backup holds."""


@dataclass(frozen=True)
class Restored:
    """What came back: the backup's own word on it, how many files, and what was purged and hidden again."""

    manifest: Manifest
    files: int
    again: Again


def restore(backup: Path, *, ledgers: Iterable[Path] = (), replacing: bool = False) -> Restored:
    """Restore a backup, as the owner: rows all or nothing, then files, rights, and what was purged after the backup.

    The site must be stopped. BadBackupError and NotRestoredError before anything was touched; a chronicle that is there
    is replaced only when `replacing`. Where it is ended before its end, readers see what was there before, or nothing
    until it is run again.
    """
    beside = backup.parent / LEDGER
    with transaction.atomic(using=programs.OWNER), connections[programs.OWNER].cursor() as cursor:
        gone = together(*(ledger(file) for file in (beside, *ledgers)), _purged_here(cursor))
        if not replacing:
            _refuse_filled(cursor)
    manifest = opened(backup, gone)
    _refuse_newer(manifest)
    connections[programs.OWNER].close()  # its session may hold on to what is dropped
    _fill(backup / DUMP, gone)
    _compare(manifest)
    kept = _keep_files(backup)
    call_command("migrate", verbosity=0)
    again = purge_again(gone)
    _let_readers_in()
    refuse_breached_walls()
    return Restored(manifest, kept, again)


def refuse_breached_walls() -> None:
    """Raise NotRestoredError where the readers' login may do what it should not."""
    with connections["published"].cursor() as cursor:
        found = walls.breaches(cursor, login=roles.READER)
    if found:
        raise NotRestoredError(f"Restored, but the walls do not stand: {' '.join(found)} Do not serve this database.")


def _purged_here(cursor: Any) -> list[Entry]:
    """Return what was purged here, and what an earlier restore that was ended had still to purge."""
    found: list[Entry] = []
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [roles.RESTORING])
    if cursor.fetchone()[0]:
        cursor.execute(f"SELECT entry::text FROM {roles.RESTORING}")  # noqa: S608 -- a name of ours
        found += [entry(json.loads(told)) for (told,) in cursor.fetchall()]
    cursor.execute("SELECT to_regclass('desk.sources_documentfilerevision') IS NOT NULL")
    return [*found, *purged(cursor)] if cursor.fetchone()[0] else found


def _let_readers_in() -> None:
    with transaction.atomic(using=programs.OWNER), connections[programs.OWNER].cursor() as cursor:
        cursor.execute(roles.END_OF_RESTORING)


def _refuse_filled(cursor: Any) -> None:
    for table in tables(cursor):
        if table.name in MADE_BY_MIGRATIONS:
            continue
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table.full_name})")  # noqa: S608 -- names of the catalogue, quoted
        if cursor.fetchone()[0]:
            raise NotRestoredError(
                f"This chronicle is not empty: {table.name} has rows. Restore into a new database, or say --replace, "
                "which deletes what is here; so, too, after a restore that did not come to its end."
            )


def _refuse_newer(manifest: Manifest) -> None:
    """Refuse a schema that this release does not know; an older one is brought up to date."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    known |= {replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces}
    newer = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise NotRestoredError(
            f"The backup was made by another release ({manifest.program['version']}), whose schema has "
            f"{', '.join(newer[:3])}; this is {len(newer)} steps that are unknown here. Restore it with that release, "
            "or a later one."
        )


def _fill(dump: Path, purges: Iterable[Entry]) -> None:
    """Write the dump into the database, and what is still to be purged, in one transaction; committed once all is read.

    Not pg_restore alone: it does not drop what is there and not in the dump. A program that ends early leaves nothing.
    Nobody but the owner has any right on it until `migrate` gives them again; those on PostgreSQL's own functions are a
    superuser's to give.
    """
    script = [str(programs.newest("pg_restore")), *NOT_RESTORED, "--file=-"]
    target = [
        str(programs.newest("psql")),
        *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={programs.address()}"),
    ]
    environment = programs.environment()
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen([*script, str(dump)], stdout=subprocess.PIPE, stderr=told, env=environment) as reading,  # noqa: S603 -- PostgreSQL's own
        subprocess.Popen(  # noqa: S603 -- PostgreSQL's own
            target, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told, env=environment
        ) as writing,
    ):
        _pump(reading, writing, at_its_end=_marked(purges) + COMMIT)
        if reading.wait() or writing.wait():
            told.seek(0)
            said = told.read().decode(errors="replace").strip()
            raise NotRestoredError(f"PostgreSQL refused: {said} Nothing was restored.")


def _marked(purges: Iterable[Entry]) -> str:
    """Return the SQL that writes down what is still to be purged."""
    rows = (sql.Literal(json.dumps(asdict(one))).as_string(None) for one in purges)
    return STILL_TO_PURGE + "".join(f"INSERT INTO {roles.RESTORING} VALUES ({row});\n" for row in rows)  # noqa: S608 -- literals, quoted by psycopg


def _pump(reading: "subprocess.Popen[bytes]", writing: "subprocess.Popen[bytes]", *, at_its_end: str) -> None:
    """Hand on what one program writes to the other after BEGIN; then what ends the script, if it came to its end."""
    assert reading.stdout  # noqa: S101 -- both were asked for
    assert writing.stdin  # noqa: S101
    try:
        writing.stdin.write(BEGIN.encode())
        writing.stdin.writelines(line for line in islice(reading.stdout, HEAD) if line.strip() != UNKNOWN_BEFORE_17)
        shutil.copyfileobj(reading.stdout, writing.stdin)
        if reading.wait() == 0:
            writing.stdin.write(at_its_end.encode())
        writing.stdin.close()
    except BrokenPipeError:  # it ended, and said why
        reading.stdout.close()


def _compare(manifest: Manifest) -> None:
    """Compare every table and every counter with what the backup says; each difference is told by its name."""
    with connections[programs.OWNER].cursor() as cursor:
        here = checksums(cursor)
        standing = {name: list(one) for name, one in counters(cursor).items()}
        by = "checksum" if int(re.findall(r"\d+", manifest.postgresql)[0]) == programs.major(cursor) else "stored"
    told = manifest.tables
    odd = [name for name in {*told, *here} if not (told.get(name) and here.get(name))]
    odd += [name for name in {*told} & {*here} if not are_equal(told[name], here[name], by=by)]
    odd += [name for name in {*manifest.counters, *standing} if manifest.counters.get(name) != standing.get(name)]
    if odd:
        raise NotRestoredError(
            f"What was restored is not what the backup holds: {', '.join(sorted(odd))}. Do not serve this database."
        )


def _keep_files(backup: Path) -> int:
    """Put the files of documents where they belong, but those that lie there; return how many."""
    kept = 0
    for storage in KEPT:
        for path in sorted((backup / storage).rglob("*")):
            name = str(path.relative_to(backup / storage))
            if path.is_dir() or storages[storage].exists(name):
                continue
            with path.open("rb") as file:
                storages[storage].save(name, File(file))
            kept += 1
    return kept
