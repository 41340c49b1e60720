"""Writing a made-up corpus to the desk: all of it or nothing, in bounded memory."""

import time
from collections.abc import Callable, Iterable
from itertools import chain

import pghistory
from django.apps import apps
from django.db import connection, connections, models, transaction

from chronicle.corpus.making import gazetteer, sources
from chronicle.corpus.making.assertions import Assertions
from chronicle.corpus.making.chance import Chance
from chronicle.corpus.making.happenings import Happenings
from chronicle.corpus.making.sizes import Sizes
from chronicle.corpus.making.sources import Row
from chronicle.corpus.making.tables import Rows
from sources.models.record import Row as StoredRow

TOGETHER = 10_000
"""Events, or other rows, that are copied at a time: what is kept in memory, here and by PostgreSQL's triggers."""

Tell = Callable[[str], None]


class DeskNotEmptyError(Exception):
    """There are rows at the desk, or there were: a made-up corpus is never mixed with a real one."""


def make(sizes: Sizes, *, seed: int, tell: Tell = lambda _line: None) -> dict[str, int]:
    """Write a corpus to the empty desk and return how many rows each table got; the same seed makes the same rows.

    It is copied in one transaction, by statements of bounded size. Links are checked as they come: checks that wait for
    the end would all be kept in memory. The history records every row, as it does any other way in.
    """
    _refuse_unless_empty()
    rows = Rows()
    context = pghistory.context(source="make_corpus", seed=seed, events=sizes.events)
    with transaction.atomic(), context, connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _copy_references(cursor, rows, sizes, seed)
        tell(f"{sizes.documents:,} documents, {sizes.locations:,} locations, {sizes.agents:,} agents.")
        _copy_events(cursor, rows, sizes, seed, tell)
        _continue_numbers(cursor, rows.tables())
    _analyze(rows.tables())
    return dict(rows.copied)


def _refuse_unless_empty() -> None:
    """Refuse where anything is, or was: the numbers of deleted rows are not given again."""
    models_of_rows = [model for model in apps.get_models() if issubclass(model, StoredRow)]
    for model in models_of_rows:
        if model._default_manager.exists() or _was_filled(model):  # noqa: SLF001  # Django documents it
            name = model._meta.verbose_name_plural  # noqa: SLF001
            raise DeskNotEmptyError(
                f"The desk is not empty, it has or had {name}; a corpus for measuring goes into a database of its own: "
                "set DATA_DIR to a new folder (or the database URLs to a new database), run `manage.py migrate`, then "
                "this again."
            )


def _was_filled(model: type[StoredRow]) -> bool:
    """Return whether the history knows rows of a table; what curators do not edit has none."""
    return hasattr(model, "revisions") and model.revisions.rel.related_model.objects.exists()


def _copy_references(cursor: object, rows: Rows, sizes: Sizes, seed: int) -> None:
    made: Iterable[Row] = chain(
        sources.vocabularies(),
        sources.parties(),
        sources.agents(Chance(seed, "agents"), sizes),
        sources.documents(Chance(seed, "documents"), sizes),
        gazetteer.locations(Chance(seed, "locations"), sizes, seed=seed),
    )
    for count, (model, values) in enumerate(made, start=1):
        rows.add(model, **values)
        if count % TOGETHER == 0:
            rows.copy(cursor)
    rows.copy(cursor)


def _copy_events(cursor: object, rows: Rows, sizes: Sizes, seed: int, tell: Tell) -> None:
    happenings, assertions = Happenings(seed, sizes), Assertions(seed, sizes)
    began = time.monotonic()
    for number in range(1, sizes.events + 1):
        happening, made = happenings.rows(number)
        for model, values in chain(made, assertions.rows(happening)):
            rows.add(model, **values)
        if number % TOGETHER == 0 or number == sizes.events:
            rows.copy(cursor)
            seconds = time.monotonic() - began
            tell(f"{number:,} events at the desk, {number / seconds:,.0f} a second.")


def _continue_numbers(cursor: object, made: Iterable[type[models.Model]]) -> None:
    """Let the next row of each table get the next number."""
    for model in made:
        table = model._meta.db_table  # noqa: SLF001  # Django documents it
        cursor.execute(  # type: ignore[attr-defined]
            f'SELECT setval(pg_get_serial_sequence(%s, %s), max(id)) FROM "{table}"',  # noqa: S608  # our own table
            [f'"{table}"', "id"],
        )


def _analyze(made: Iterable[type[models.Model]]) -> None:
    """Tell the planner what there is now, where this process has the owner's login; else it finds out in a minute."""
    if "owner" in connections.settings and not connection.in_atomic_block:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(f'"{model._meta.db_table}"' for model in made))  # noqa: SLF001
