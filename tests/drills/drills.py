"""The drills: each makes its machines, does to them what happens to machines, and yields what it saw."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from tests.drills import scripts
from tests.drills.containers import containers
from tests.drills.following import runbook
from tests.drills.machines import (
    READER,
    ROOT,
    SECRET,
    Figure,
    Machine,
    asked,
    counted,
    filled,
    longest_silence,
    machines,
    public_site,
    timed,
    until,
)
from tests.drills.upgrading import every_schema, upgrade
from tests.servers import distributions, server_of


def backup_and_restore(folder: Path) -> Iterator[Figure]:
    """A backup onto an empty machine, compared row for row; what was purged after it stays gone."""
    with machines(folder, "main", "empty") as (main, empty):
        filled(main)
        counted(main, scripts.DEPOSIT)
        collection = folder / "backups"
        yield Figure("backup made", f"{timed(lambda: main.manage('backup', str(collection))):.1f} s")
        backup = next(collection.glob("chronicle-*"))
        subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=backup, check=True)
        counted(main, scripts.PURGE)
        main.manage("backup", str(collection))
        shutil.rmtree(main.folder / "files")
        said: list[str] = []
        seconds = timed(lambda: said.append(empty.manage("restore", str(backup))))
        compared = re.search(r"([\d,]+ rows in \d+ tables), each compared.*?(\d+) files purged again", said[0])
        assert compared, said[0]
        yield Figure("restored onto an empty machine, row for row", f"{seconds:.1f} s, {compared[1]}")
        kept, pages, files = counted(empty, scripts.LEFT)
        assert (kept, pages, files) == (0, 0, 0), "what was purged came back"
        yield Figure(
            "purged after the backup, and purged again", f"{compared[2]} file; 0 rows, pages and bytes of it left"
        )
        empty.manage("check", "--database=published")
        yield Figure("readers' login may do what it should, no more", "yes (check --database published)")
        rights = main.psql(scripts.RIGHTS)
        assert empty.psql(scripts.RIGHTS) == rights, "rights differ"
        yield Figure("every right of every login is what it was", f"yes ({len(rights.splitlines()):,} rights)")


def streaming_replica(folder: Path) -> Iterator[Figure]:
    """The main server dies under a public site on a streaming replica, which is late then, and is promoted."""
    with machines(folder, "main", "replica") as (main, replica):
        filled(main)
        yield Figure("replica made by pg_basebackup", f"{timed(lambda: replica.copy_of(main)):.1f} s")
        with public_site(replica.url(READER), LATE_TOLD_AFTER="3") as site:
            slug, title, _done = counted(main, scripts.PUBLISH)
            seconds = until(lambda: title in asked(f"{site}/events/{slug}/")[1])
            yield Figure("published, then seen on the replica", f"after {seconds:.2f} s")
            replica.psql("SELECT pg_wal_replay_pause()")
            slug, title, _done = counted(main, scripts.PUBLISH)
            late = until(lambda: "Chronicle-Whole-Until" in asked(f"{site}/events/{slug}/")[2])
            status, page, headers = asked(f"{site}/events/{slug}/")
            behind = datetime.now().astimezone() - datetime.fromisoformat(headers["Chronicle-Whole-Until"])
            assert status == 200
            assert "last brought up to date on" in page
            assert title not in page
            yield Figure(
                "replay paused: the page says how old it is",
                f"{behind.total_seconds():.1f} s (told from 3 s on; {late:.1f} s)",
            )
            replica.psql("SELECT pg_wal_replay_resume()")
            caught = until(lambda: title in asked(f"{site}/events/{slug}/")[1])
            yield Figure("replay resumed: abreast again", f"after {caught:.2f} s")
            silence, answers, failures = longest_silence(f"{site}/events/", seconds=12, meanwhile=main.kill)
            assert failures == 0
            yield Figure(
                "main server killed: readers without a page for",
                f"{silence:.2f} s at most ({answers} pages, {failures} failures)",
            )
            assert "last brought up to date on" in asked(f"{site}/")[1]
            began = time.monotonic()
            replica.psql("SELECT pg_promote()")
            urls = {"DATABASE_URL": replica.url("chronicle_desk"), "PUBLISHED_DATABASE_URL": replica.url(READER)}
            _slug, _title, done = counted(main, scripts.PUBLISH, SECRET_KEY=SECRET, **urls)
            assert done == 1
            yield Figure(
                "replica promoted: curators publish again", f"after {time.monotonic() - began:.1f} s, once decided"
            )


def logical_replica(folder: Path) -> Iterator[Figure]:
    """A machine that holds nothing but what is published; the main server dies."""
    with machines(folder, "main", "copy") as (main, copy):
        filled(main)
        main.psql("ALTER SYSTEM SET wal_level = logical")
        main.server.stop()
        main.server.ensure_running()
        began = time.monotonic()
        copy.manage("migrate", "--verbosity=0")
        main.psql(ROOT / "docs/publication.sql", REPLICATOR_PASSWORD="only for a drill")
        where = f"host={main.server.socket_dir} dbname=chronicle user=chronicle_replicator"
        copy.psql(ROOT / "docs/subscription.sql", MAIN=where, SUBSCRIPTION="chronicle_copy")
        until(lambda: copy.psql("SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel") == "t")
        yield Figure("replica made and filled", f"{time.monotonic() - began:.1f} s")
        schemas = copy.psql(
            "SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^(pg_|info)'"
        )
        assert schemas == "functions public published", schemas
        rows = "SELECT count(*) || ' events, ' || (SELECT count(*) FROM published.chronicle_citation) || ' citations' FROM published.chronicle_event"
        assert copy.psql(rows) == main.psql(rows)
        yield Figure("schemas on it, and what they hold", f"{schemas}; {copy.psql(rows)}")
        with public_site(copy.url(READER), LATE_TOLD_AFTER="60") as site:
            slug, title, _done = counted(main, scripts.PUBLISH)
            seconds = until(lambda: title in asked(f"{site}/events/{slug}/")[1])
            yield Figure("published, then seen on the replica", f"after {seconds:.2f} s")
            silence, answers, failures = longest_silence(f"{site}/events/", seconds=8, meanwhile=main.kill)
            assert failures == 0
            yield Figure(
                "main server killed: readers without a page for",
                f"{silence:.2f} s at most ({answers} pages, {failures} failures)",
            )


def pooling(folder: Path) -> Iterator[Figure]:
    """PgBouncer in transaction mode under both sites."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        yield Figure("not run", "there is no pgbouncer: apt-get install pgbouncer")
        return
    with machines(folder, "main") as (main,):
        filled(main)
        account = main.server.account
        os.chown(folder, account.uid, account.gid)
        logins = ("chronicle_owner", "chronicle_desk", READER)
        (folder / "users").write_text("".join(f'"{login}" ""\n' for login in logins))
        (folder / "pgbouncer.ini").write_text(
            f"[databases]\nchronicle = host={main.server.socket_dir}\n[pgbouncer]\nlisten_addr =\n"
            f"unix_socket_dir = {folder}\nlisten_port = 6432\nauth_type = trust\nauth_file = {folder}/users\n"
            "pool_mode = transaction\ndefault_pool_size = 4\nignore_startup_parameters = options\n"
        )
        process = subprocess.Popen(
            [program, "-q", str(folder / "pgbouncer.ini")], user=account.uid, group=account.gid, extra_groups=[]
        )
        try:
            until((folder / ".s.PGSQL.6432").exists)
            urls = {
                name: main.url(login, host=str(folder), port=6432)
                for name, login in (("DATABASE_URL", "chronicle_desk"), ("PUBLISHED_DATABASE_URL", READER))
            }
            pooled = {**urls, "SECRET_KEY": SECRET, "TRANSACTION_POOLING": "1"}
            found = counted(main, scripts.DESK, **pooled)
            assert set(found) == {200}, found
            yield Figure("pages of desk and readers, downloads", f"{len(found)} asked for, all answered")
            _slug, _title, done = counted(main, scripts.PUBLISH, **pooled)
            assert done == 1
            yield Figure("published through it", "yes")
            with public_site(urls["PUBLISHED_DATABASE_URL"]) as site:
                began, number = time.monotonic(), 40
                assert all(asked(f"{site}/events/")[0] == 200 for _ in range(number))
                yield Figure("readers' pages through it", f"{number} in {time.monotonic() - began:.1f} s")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def moving(folder: Path) -> Iterator[Figure]:
    """An embedded chronicle moves to the distribution's server, of another major version, and back."""
    if not distributions():
        yield Figure("not run", "there is no other PostgreSQL server: apt-get install postgresql")
        return
    with machines(folder, "main", "back") as (main, back), server_of(distributions()[-1]) as addresses:
        filled(main)
        there, environment = Machine(folder / "there"), {**addresses, "SECRET_KEY": SECRET}
        yield moved(main, there, folder / "backups", **environment)
        there.manage("check", "--database=published", **environment)
        with public_site(addresses["PUBLISHED_DATABASE_URL"]) as site:
            assert asked(f"{site}/events/")[0] == asked(f"{site}/search/?q=ceasefire")[0] == 200
        yield Figure("readers' pages and search there", "answered; check --database published holds")
        collection = folder / "backups-there"
        there.manage("backup", str(collection), **environment)
        seconds = timed(lambda: back.manage("restore", str(next(collection.glob("chronicle-*")))))
        yield Figure("and back", f"{seconds:.1f} s, row for row")


def moved(main: Machine, there: Machine, collection: Path, **environment: str) -> Figure:
    """Back up here and restore there."""
    main.manage("backup", str(collection))
    backup = next(collection.glob("chronicle-*"))
    said: list[str] = []
    seconds = timed(lambda: said.append(there.manage("restore", str(backup), **environment)))
    compared = re.search(r"[\d,]+ rows in \d+ tables", said[0])
    assert compared, said[0]
    made_by = json.loads((backup / "manifest.json").read_text())["postgresql"]
    return Figure(f"PostgreSQL {made_by} to {distributions()[-1].parent.name}", f"{seconds:.1f} s, {compared[0]}")


DRILLS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "backup and restore": backup_and_restore,
    "streaming replica": streaming_replica,
    "logical replica": logical_replica,
    "pooling": pooling,
    "moving": moving,
    "upgrade": upgrade,
    "every schema": every_schema,
    "runbook": runbook,
}

BY_NAME = {"containers": containers}
"""Those that run only when they are named, since they ask other people's servers for hundreds of megabytes."""
