"""What came back with a backup and had to go: purged again, and names hidden again, as the ledger says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pghistory
from django.contrib.auth import get_user_model
from django.db import connections
from django.utils.dateparse import parse_datetime

from chronicle.backups.ledger import Entry, NameToReaders, Purge, PurgedText, of_files, purged
from chronicle.database.publishing.purgeable import BESIDE, TEXTS
from chronicle.fulltexts import purge
from chronicle.models import Purge as Erased
from chronicle.publication import name_agents
from chronicle.purging import Field, erase
from chronicle.purging_whole import SUBJECTS, LeaningError, is_forgotten, purge_whole, purge_words_of
from sources.models import Agent, DocumentFile
from sources.vocabularies import NameShown

OWNER: Final = "owner"


@dataclass(frozen=True)
class Again:
    """How much was purged and hidden again: files, fields, names."""

    files: int = 0
    texts: int = 0
    names: int = 0


def purge_again(entries: Iterable[Entry]) -> Again:
    """Purge and hide what came back, and see to it that no number of the ledger is given to another row."""
    told = list(entries)
    with connections[OWNER].cursor() as cursor:
        _never_give_again(cursor, told)
        names = _names(purged(cursor))
    return Again(
        files=_files_again(of_files(told)),
        texts=sum(_is_erased_again(one) for one in told if isinstance(one, PurgedText)),
        names=sum(_is_hidden_again(one, names.get(one.agent)) for one in _names(told).values()),
    )


def _names(entries: Iterable[Entry]) -> dict[int, NameToReaders]:
    return {one.agent: one for one in entries if isinstance(one, NameToReaders)}


def _is_hidden_again(told: NameToReaders, here: NameToReaders | None) -> bool:
    """Hide a name, unless the backup was made after it was shown again; a name is never shown by a restore."""
    is_newer_here = here is not None and here.since >= told.since
    if told.shown == NameShown.FULL or is_newer_here or (here and here.shown == told.shown):
        return False
    agents = Agent.objects.filter(pk=told.agent)
    with pghistory.context(source="restore", hidden_since=told.since):
        return bool(name_agents(agents, shown=NameShown(told.shown)).done)


def _never_give_again(cursor: Any, entries: Iterable[Entry]) -> None:
    """Count on from the numbers in the ledger: a row that comes later must not be taken for one that had to go."""
    for table, number in _numbers(entries).items():
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f"desk.{table}"])
        (sequence,) = cursor.fetchone()
        cursor.execute(f"SELECT setval(%s, %s) FROM {sequence} WHERE last_value < %s", [sequence, number, number])  # noqa: S608 -- a name of the catalogue


def _numbers(entries: Iterable[Entry]) -> dict[str, int]:
    """Return the greatest number of the ledger for each table."""
    found: dict[str, int] = {}
    for one in entries:
        table, number = _row(one)
        if table in TEXTS or table in BESIDE:
            found[table] = max(number, found.get(table, 0))
    return found


def _row(one: Entry) -> tuple[str, int]:
    if isinstance(one, PurgedText):
        return one.table, one.row
    return ("sources_document", one.document) if isinstance(one, Purge) else ("sources_agent", one.agent)


def _is_erased_again(one: PurgedText) -> bool:
    """Erase a text, unless the backup was made after it was purged: what was written there since stays."""
    at = parse_datetime(one.purged_at)
    if (
        at is None
        or Erased.objects.filter(table_name=one.table, number=one.row, field=one.field, purged_at=at).exists()
    ):
        return False
    by = get_user_model().objects.filter(username=one.by).first()
    with pghistory.context(source="restore", purged_at=one.purged_at):
        if one.field:
            return erase(Field(one.table, one.row, one.field), reason=one.reason, by=by, at=at)
        return _is_gone_again(one, by, at)


def _is_gone_again(one: PurgedText, by: Any, at: datetime) -> bool:
    """Purge a whole record; where others lean on it in the backup, at least every word of it."""
    model: Any = next((model for model in SUBJECTS if model._meta.db_table == one.table), None)  # noqa: SLF001 - Django documents _meta
    record = model._default_manager.filter(pk=one.row).first() if model else None  # noqa: SLF001 - the same
    if record is None:
        return model is not None and is_forgotten(model, one.row, reason=one.reason, by=by, at=at)
    try:
        purge_whole(record, reason=one.reason, by=by, at=at)
    except LeaningError:
        purge_words_of(record, reason=one.reason, by=by, at=at)
    return True


def _files_again(purges: Iterable[Purge]) -> int:
    done = 0
    for one in purges:
        file = DocumentFile.objects.filter(document_id=one.document, sha256=one.sha256, purged_at=None).first()
        if file is None:
            continue
        by = get_user_model().objects.filter(username=one.by).first()
        with pghistory.context(source="restore", purged_at=one.purged_at):
            purge(file, reason=one.reason, by=by)
        done += 1
    return done
