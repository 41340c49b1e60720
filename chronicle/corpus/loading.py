"""Loading a corpus: one transaction, only rows that differ, and none that curators changed since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Model

from chronicle.corpus.entries import CorpusError, Entry, entries
from chronicle.models import Event, Masthead, MissingDocument, Term

STANDING = {"masthead": Masthead, "missing": MissingDocument, "term": Term}
"""What is published by itself besides events, by the edition's column for it."""


@dataclass(frozen=True)
class Refused:
    """A row that curators changed or deleted since the corpus was loaded: where it stands, and what differs."""

    place: str
    row: str
    reason: str


@dataclass
class Loaded:
    """What a load did; with refusals it did nothing at all.

    `events` are the slugs of the events in the files, `standing` the numbers of the records that stand alone, by the
    edition's column for them.
    """

    written: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    standing: dict[str, list[int]] = field(default_factory=dict)


def load(folder: Path) -> Loaded:
    """Write the rows of a folder that differ from the desk's; nothing is deleted, and all or nothing is written.

    A row is refused if its newest change was not made by a load of the same corpus: history knows. CorpusError names
    the file and the record of anything that cannot be read or does not hold.
    """
    report = Loaded()
    with transaction.atomic(), pghistory.context(source="load_corpus", corpus=folder.name):
        found = entries(folder)
        seen: set[Any] = set()
        rows = [_write(entry, seen, folder.name, report) for entry in found]
        for entry, row in zip(found, rows, strict=True):
            _link(entry, row, report)
        report.events = sorted(row.slug for row in rows if isinstance(row, Event))
        for subject, model in STANDING.items():
            report.standing[subject] = [row.pk for row in rows if isinstance(row, model)]
        if report.refused:
            transaction.set_rollback(True)
    return report


def _write(entry: Entry, seen: set[Any], corpus: str, report: Loaded) -> Model:
    row = entry.read()
    key = (entry.model, row.natural_key())  # type: ignore[attr-defined]
    if key in seen:
        raise CorpusError(f"{entry.place}: {_named(row)} stands twice in the files.")
    seen.add(key)
    stored = entry.model._base_manager.filter(pk=row.pk).first() if row.pk else None  # noqa: SLF001
    row._state.adding = stored is None  # noqa: SLF001  # Django documents it; validation asks
    if stored:
        _keep_links_to_its_own_kind(row, stored)
    differing = _differing(row, stored) if stored else ()
    if stored and not differing:
        report.unchanged += 1
        return row
    if reason := _changed_at_desk(row, stored, differing, corpus=corpus):
        report.refused.append(Refused(entry.place, _named(row), reason))
        return row
    _save(entry, row)
    report.written += 1
    return row


def _named(row: Model) -> str:
    return f"{row._meta.verbose_name} {' / '.join(str(part) for part in row.natural_key())}"  # type: ignore[attr-defined]  # noqa: SLF001


def _save(entry: Entry, row: Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        said = "; ".join(
            f"{name}: {' '.join(messages)}" if name != "__all__" else " ".join(messages)
            for name, messages in error.message_dict.items()
        )
        raise CorpusError(f"{entry.place}: {said}") from error
    row.save()


def _columns(row: Model) -> Iterable[models.Field]:
    return (
        column
        for column in row._meta.concrete_fields  # noqa: SLF001  # Django documents it
        if not column.primary_key and not column.generated
    )


def _links_to_its_own_kind(row: Model) -> Iterable[models.Field]:
    return (column for column in _columns(row) if column.related_model is type(row))


def _keep_links_to_its_own_kind(row: Model, stored: Model) -> None:
    for column in _links_to_its_own_kind(row):
        setattr(row, column.attname, getattr(stored, column.attname))


def _differing(row: Model, stored: Model) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in _columns(row)
        if column.to_python(getattr(row, column.attname)) != getattr(stored, column.attname)
    )


def _changed_at_desk(row: Model, stored: Model | None, differing: tuple[str, ...], *, corpus: str) -> str:
    """Return why the row must not be written, or nothing: who made its newest change?"""
    newest = _newest_revision(row, stored)
    if newest is None or _was_made_by_load(newest, corpus):
        return ""
    if stored is None:
        return "It was deleted at the desk since."
    return f"It was changed at the desk since; these fields differ: {', '.join(differing)}."


def _newest_revision(row: Model, stored: Model | None) -> Any:
    revisions = type(row).revisions.rel.related_model.objects  # type: ignore[attr-defined]
    if stored:
        return revisions.filter(pgh_obj_id=stored.pk).select_related("pgh_context").order_by("-pgh_id").first()
    key = {column.attname: getattr(row, column.attname) for column in _identifying(row)}
    return revisions.filter(**key).select_related("pgh_context").order_by("-pgh_id").first()


def _identifying(row: Model) -> list[Any]:
    """The columns that make up the natural key in the table: the slug, or those of the first unique constraint."""
    meta = row._meta  # noqa: SLF001  # Django documents it
    unique = next((c for c in meta.constraints if isinstance(c, models.UniqueConstraint)), None)
    return [meta.get_field(name) for name in (unique.fields if unique else ["slug"])]


def _was_made_by_load(revision: Any, corpus: str) -> bool:
    metadata = revision.pgh_context.metadata if revision.pgh_context else {}
    return metadata.get("source") == "load_corpus" and metadata.get("corpus") == corpus


def _link(entry: Entry, row: Model, report: Loaded) -> None:
    """Point a row to rows of its own kind, now that all are there."""
    changed = []
    for column in _links_to_its_own_kind(row):
        target = _target(entry, column)
        if target != getattr(row, column.attname):
            setattr(row, column.attname, target)
            changed.append(column.name)
    if changed and not report.refused:
        _save(entry, row)


def _target(entry: Entry, column: models.Field) -> int | None:
    key = entry.links_to_its_own_kind().get(column.name)
    if key is None:
        return None
    found = entry.model._default_manager.filter(slug=key[0]).first()  # noqa: SLF001  # Django documents it
    if found is None:
        raise CorpusError(f"{entry.place}: {column.name} points to {key[0]}, which is not there.")
    return int(found.pk)
