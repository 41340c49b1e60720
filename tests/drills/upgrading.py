"""Chronicles of earlier releases, brought up to date by `migrate` while readers read."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

from tests.drills.machines import (
    CORPUS,
    READER,
    ROOT,
    Figure,
    Machine,
    asked,
    machines,
    public_site,
    timed,
)

MIGRATIONS = ("chronicle/migrations", "sources/migrations")
FIRST = "chronicle/migrations/0006_indexes_of_public_pages.py"
"""Of the first schema from which chronicles are brought up to date: until then migrations were changed after the fact."""

PAUSE = 0.25
"""Seconds between two readings: a lock that is shorter may be missed."""


class Release(NamedTuple):
    """The last commit of a schema, and the newest migration of each package there."""

    commit: str
    leaves: str


def upgrade(folder: Path) -> Iterator[Figure]:
    """Chronicles made by earlier releases with the corpus of their time; readers see the same afterwards."""
    earlier = os.environ.get("UPGRADE_FROM", "").split() or earlier_releases()
    if not earlier:
        yield Figure("not run", "no history is here: say UPGRADE_FROM=<commits of earlier releases>")
        return
    folder.mkdir(mode=0o755)
    for release in earlier:
        yield upgraded(folder / release[:7], release)


def earlier_releases() -> list[str]:
    """The last release of the thirty first migrations, and the one before the newest migration."""
    squashed = ("chronicle/migrations/0001_squashed_0019.py",)
    return [commit for paths in (squashed, MIGRATIONS) for commit in before(*paths)]


def before(*paths: str) -> list[str]:
    """The commit before the one that added the newest of these files, where git knows it."""
    return git("log", "-1", "--diff-filter=A", "--format=%P", "--", *paths).split()[:1]


def git(*words: str) -> str:
    """What git says, or nothing where it knows no history."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


WHAT_READERS_SEE = """
    SELECT count(*) || ' events, ' || (SELECT count(*) FROM published.chronicle_citation) || ' citations, '
           || (SELECT count(*) FROM published.chronicle_edition) || ' editions: ' || left(md5(
           coalesce(sum(hashtextextended(concat_ws(' ', id, slug, title, summary, date_edtf), 0)), 0)
           || ' ' || (SELECT coalesce(sum(hashtextextended(concat_ws(
               ' ', id, event_id, document_id, locator, statement, quotation, value_as_printed), 0)), 0)
               FROM published.chronicle_citation)
           || ' ' || (SELECT coalesce(sum(hashtextextended(concat_ws(' ', id, slug, number, snapshot), 0)), 0)
               FROM published.chronicle_edition)), 7)
    FROM published.chronicle_event
"""
"""What is published and every edition of it, as a word that is the same for the same rows in any order."""


def upgraded(folder: Path, release: str) -> Figure:
    """Make a chronicle by a release, bring it up to date, and compare what readers see."""
    with machines(folder, "main") as (main,):
        with released(folder / "release", release) as old:
            main.manage("prepare", f"--corpus={CORPUS}", root=old)
        seen = main.psql(WHAT_READERS_SEE)
        seconds = timed(lambda: main.manage("migrate", "--verbosity=0"))
        assert main.psql(WHAT_READERS_SEE) == seen
        main.manage("check", "--database=published")
        with public_site(main.url(READER)) as site:
            assert asked(f"{site}/events/")[0] == 200
    return Figure(f"release {release[:7]} brought up to date", f"{seconds:.1f} s, the same {seen}")


@contextmanager
def released(folder: Path, commit: str) -> Iterator[Path]:
    """Take an earlier release out of git's history for a while."""
    subprocess.run(["git", "worktree", "add", "--detach", "--quiet", str(folder), commit], cwd=ROOT, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=True)


def every_schema(folder: Path) -> Iterator[Figure]:
    """A chronicle grows through earlier schemas; at each, a twin of it is brought up to date while readers read.

    Every seventh of them with few events, or all of them with as many as `UPGRADE_EVENTS` says; those alone that
    `UPGRADE_FROM` names, if it does.
    """
    events, named = os.environ.get("UPGRADE_EVENTS", ""), tuple(os.environ.get("UPGRADE_FROM", "").split())
    releases = [one for one in earlier_schemas() if not named or one.commit.startswith(named)]
    releases = releases[:: 1 if events else 7]
    if not releases:
        yield Figure("not run", "no history is here")
        return
    with machines(folder, "main") as (main,):
        for release in releases:
            with released(folder / release.commit[:7], release.commit) as old:
                grow(main, old, events or "200")
                yield brought_up_to_date(main, old, release)


def earlier_schemas() -> list[Release]:
    """The last release of every schema from the first on that is made of migrations that there still are."""
    found: list[Release] = []
    commits = git("log", "--first-parent", "--reverse", "--format=%H %P", "--diff-filter=ADR", "--", *MIGRATIONS)
    here = migrations("HEAD")
    for line in commits.splitlines():
        _commit, parent, *_merged = [*line.split(), ""]
        names = migrations(parent) if parent else []
        if FIRST in names and set(names) < set(here):
            leaves = [max(name for name in names if name.startswith(folder)) for folder in MIGRATIONS]
            found.append(Release(parent, " ".join(name.replace("/migrations/", ".")[:-3] for name in leaves)))
    return found


def migrations(commit: str) -> list[str]:
    """The files of migrations of a commit."""
    files = git("ls-tree", "--name-only", commit, *(f"{folder}/" for folder in MIGRATIONS)).split()
    return [name for name in files if not name.endswith("__init__.py")]


def grow(main: Machine, old: Path, events: str) -> None:
    """Bring the chronicle to this schema by the release's own code; the first release makes and publishes its events."""
    is_new = not main.server.data_dir.exists()
    main.manage("migrate", "--verbosity=0", root=old)
    if is_new:
        main.manage("make_corpus", events, root=old)
    main.psql("VACUUM ANALYZE")


def brought_up_to_date(main: Machine, old: Path, release: Release) -> Figure:
    """Bring a chronicle to today's schema under readers of its old site; then have it again as it was."""
    main.psql("CREATE DATABASE kept TEMPLATE chronicle OWNER chronicle_owner STRATEGY file_copy", database="postgres")
    seen = main.psql(WHAT_READERS_SEE)
    with public_site(main.url(READER), root=old) as site:
        seconds, (silence, failures), (page_silence, page_failures) = under_readers(
            lambda: main.manage("migrate", "--verbosity=0"),
            lambda: rows_are_read(main),
            lambda: asked(f"{site}/events/")[0] == 200,
        )
    assert failures == 0, f"readers were refused rows {failures} times"
    assert main.psql(WHAT_READERS_SEE) == seen, "readers see something else"
    main.manage("check", "--database=published")
    main.psql("DROP DATABASE chronicle WITH (FORCE)", database="postgres")
    main.psql("ALTER DATABASE kept RENAME TO chronicle", database="postgres")
    return Figure(
        f"{release.commit[:7]} {release.leaves}",
        f"{seconds:.1f} s, the same {seen}; readers waited {silence:.2f} s at most, "
        f"for a page of the old release {page_silence:.2f} s ({page_failures} refused)",
    )


def rows_are_read(main: Machine) -> bool:
    """Whether the readers' login gets rows of what is published."""
    try:
        with psycopg.connect(main.url(READER)) as connection:
            connection.execute(
                "SELECT (SELECT max(id) FROM chronicle_event), (SELECT max(id) FROM chronicle_citation), "
                "(SELECT max(id) FROM chronicle_edition), (SELECT max(event_id) FROM chronicle_eventcount)"
            )
    except psycopg.Error:
        return False
    return True


def under_readers(
    does: Callable[[], object], *reads: Callable[[], bool]
) -> tuple[float, *tuple[tuple[float, int], ...]]:
    """Return how many seconds something took, and for each kind of reading the longest wait and the failures."""
    with ThreadPoolExecutor() as pool:
        work = pool.submit(timed, does)
        waits = [pool.submit(longest_wait, read, work.done) for read in reads]
        return work.result(), *(wait.result() for wait in waits)


def longest_wait(read: Callable[[], bool], is_over: Callable[[], bool]) -> tuple[float, int]:
    """Read four times a second until something is over; return the longest wait for an answer, and the failures."""
    longest, failures, goes_on = 0.0, 0, True
    while goes_on:
        goes_on = not is_over()
        began = time.monotonic()
        while not read():
            failures += 1
            if is_over():
                break
        longest = max(longest, time.monotonic() - began)
        time.sleep(PAUSE)
    return longest, failures
