"""The verb that purges a whole record: an event, a document or an agent, with its rows, history, editions and files.

What leans on it is not taken along: it is named, and has to be settled first. What is left is one row that says when,
by whom and why.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pghistory
from django.db import connections, models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chronicle.database.published import record_of
from chronicle.database.publishing.purgeable import TEXTS, rows_of
from chronicle.database.publishing.whole import REFERRING
from chronicle.fulltexts import purge as purge_file
from chronicle.models import Event
from chronicle.publication import DESK
from chronicle.purging import erase, holding
from sources.models import Agent, Document, DocumentFile
from sources.models.record import MergeableRecord

SUBJECTS: dict[type[models.Model], str] = {Event: "event", Document: "document", Agent: "agent"}
"""The kinds of record that can be purged whole, by the columns of editions."""


PURGE = "VALUES (functions.purge_record(%s::text, %s::bigint, %s::integer, %s::text, %s::timestamptz))"


class LeaningError(Exception):
    """Others lean on the record; the message says how many of which kind, and what to do first."""


def leaning(record: MergeableRecord) -> Counter[str]:
    """Return how many rows of which kind refer to a record and do not go along with it."""
    found: Counter[str] = Counter()
    own = rows_of(record_of(SUBJECTS[type(record)]))
    for relation in record._meta.related_objects:  # noqa: SLF001 - Django documents _meta
        table: Any = relation.related_model
        is_own = (table._meta.db_table, relation.field.column) in own  # noqa: SLF001 - the same
        if is_own or relation.on_delete is not models.PROTECT or relation.get_accessor_name() == "editions":
            continue
        rows = table._base_manager.filter(**{relation.field.name: record})  # noqa: SLF001 - the same
        found[capfirst(str(table._meta.verbose_name_plural))] += rows.count()  # noqa: SLF001 - the same
    return +found


def refusal(record: MergeableRecord) -> str:
    """Return why a record cannot be purged whole as things are, with the next step; nothing if it can."""
    if leans := leaning(record):
        told = "; ".join(f"{kind}: {number}" for kind, number in leans.items())
        return _("Others lean on it (%(told)s): delete these rows, or purge their records, first.") % {"told": told}
    if isinstance(record, Agent) and _is_shown_beside(record):
        return _("Readers still see it in what others published: publish those again without it first.")
    return ""


def purge_whole(record: MergeableRecord, *, reason: str, by: Any = None, at: datetime | None = None) -> None:
    """Purge a record; LeaningError while others lean on it, ValueError without a reason."""
    if not reason.strip():
        raise ValueError("Purging needs a reason: it is all that will tell why the record is not there.")
    with transaction.atomic(using=DESK), pghistory.context(purge=reason.strip()):
        held = type(record)._default_manager.select_for_update().get(pk=record.pk)  # noqa: SLF001 - Django documents it
        if words := refusal(held):
            raise LeaningError(words)
        for file in _files(held):
            purge_file(file, reason=reason, by=by)
        is_forgotten(type(held), held.pk, reason=reason.strip(), by=by, at=at or timezone.now())


def is_forgotten(model: type[models.Model], number: int, *, reason: str, by: Any, at: datetime) -> bool:
    """Take away a record with this number, and all that the history has of it; False where there was neither."""
    with connections[DESK].cursor() as cursor:
        cursor.execute(PURGE, [SUBJECTS[model], number, by.pk if by else None, reason, at])
        return bool(cursor.fetchone()[0])


def purge_words_of(record: MergeableRecord, *, reason: str, by: Any, at: datetime) -> None:
    """Erase everything that a record says, in every field: where a restored backup has it, and what leans on it."""
    with transaction.atomic(using=DESK):
        for file in _files(record):
            purge_file(file, reason=reason, by=by)
        for field in holding(record, ""):
            erase(field, reason=reason, by=by, at=at)


def without_words(record: MergeableRecord) -> MergeableRecord:
    """Return a record that was purged as one can still speak of it: by its number."""
    for name, instead in TEXTS[record._meta.db_table].items():  # noqa: SLF001 - the same
        setattr(record, name, instead.replace("%s", str(record.pk)))
    return record


def _files(record: MergeableRecord) -> Iterator[DocumentFile]:
    if isinstance(record, Document):
        yield from DocumentFile.objects.filter(document=record, purged_at=None)


def _is_shown_beside(agent: Agent) -> bool:
    named = " OR ".join(
        f"EXISTS (SELECT FROM published.{table} t WHERE t.{column} = %(number)s)"
        for table, column in REFERRING[SUBJECTS[Agent]]
    )
    with connections[DESK].cursor() as cursor:
        cursor.execute(f"SELECT {named}", {"number": agent.pk})
        return bool(cursor.fetchone()[0])
