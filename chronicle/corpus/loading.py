"""Loading a corpus: one transaction, only rows that differ, and none that curators changed since."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from getpass import getuser
from itertools import groupby
from pathlib import Path
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model, Q

from chronicle.corpus.entries import CorpusError, Entry, entries
from chronicle.corpus.rows import (
    Key,
    Slugs,
    among,
    differing,
    identifying,
    key_of,
    links,
    links_to_its_own_kind,
    row_of,
    worked_out,
)
from chronicle.models import Citation, Event, Masthead, MissingDocument, Term
from chronicle.quotations import check, unchecked

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

    `events` are the slugs of the events in the files, `citations` the numbers of the citations, `standing` those of the
    records that stand alone, by the edition's column for them.
    """

    written: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    citations: list[int] = field(default_factory=list)
    standing: dict[str, list[int]] = field(default_factory=dict)


def load(folder: Path) -> Loaded:
    """Write the rows of a folder that differ from the desk's; nothing is deleted, and all or nothing is written.

    A row is refused if its newest change was not made by a load of the same corpus: history knows. CorpusError names
    the file and the record of anything that cannot be read or does not hold.
    """
    report = Loaded()
    with transaction.atomic(), told_of(folder):
        slugs = Slugs()
        for model, found in groupby(entries(folder), key=lambda entry: entry.model):
            rows = _load(list(found), slugs, folder.name, report)
            if model is Citation:
                report.citations = [row.pk for row in rows if row.pk]
            if model is Event:
                report.events = sorted(row.slug for row in rows)  # type: ignore[attr-defined]
            for subject, standing in STANDING.items():
                if model is standing:
                    report.standing[subject] = [row.pk for row in rows if row.pk]
        if report.refused:
            transaction.set_rollback(True)
    return report


def told_of(folder: Path) -> Any:
    """Return the context in which a corpus is loaded: by it history knows what a load of the same one may change."""
    return pghistory.context(source="load_corpus", corpus=folder.name, account=_account())


def compare(folder: Path, loaded: Loaded) -> None:
    """Compare the quotations of the corpus with the texts of their documents, those that were not compared yet."""
    with told_of(folder):
        check(unchecked(Citation.objects.filter(pk__in=loaded.citations)))


def _account() -> str:
    """Return who runs the command, for the history: the server's account, where it has a name."""
    try:
        return getuser()
    except (KeyError, OSError):
        return ""


def _load(found: Sequence[Entry], slugs: Slugs, corpus: str, report: Loaded) -> list[Model]:
    """Write what differs of the entries of one model; return its rows in the order of the entries."""
    slugs.look_up(found)
    rows = [row_of(entry, slugs) for entry in found]
    stored = _stored(found, rows)
    revisions = Revisions([row for row in rows if key_of(row) not in stored], corpus)
    new: list[tuple[Entry, Model]] = []
    refused = set()
    for entry, row in zip(found, rows, strict=True):
        old = stored.get(key_of(row))
        names = _take_over(row, old) if old else []
        reason = revisions.why_not(old, names) if old else revisions.why_not_again(row)
        if reason:
            report.refused.append(Refused(entry.place, _named(row, entry), reason))
            refused.add(entry.place)
        elif old is None:
            new.append((entry, row))
        elif names:
            _save([(entry, row)], report)
        else:
            report.unchanged += 1
    _save(new, report)
    if "slug" in {column.name for column in identifying(type(rows[0]))}:
        slugs.add(rows)
    _link([(entry, row) for entry, row in zip(found, rows, strict=True) if entry.place not in refused], slugs)
    return rows


def _stored(found: Sequence[Entry], rows: Sequence[Model]) -> dict[Key, Model]:
    """Return the stored rows that have the key of one of these, by their key; refuse a key that comes twice."""
    seen: set[Key] = set()
    for entry, row in zip(found, rows, strict=True):
        if key_of(row) in seen:
            raise CorpusError(f"{entry.place}: {_named(row, entry)} stands twice in the files.")
        seen.add(key_of(row))
    model = type(rows[0])
    kept = model._base_manager.filter(among(model, rows))  # noqa: SLF001  # Django documents it
    return {key_of(row): row for row in kept if key_of(row) in seen}


def _take_over(row: Model, old: Model) -> list[str]:
    """Give a row the stored one's number, links to its own kind and what was worked out; return in what they differ."""
    row.pk = old.pk
    row._state.adding = False  # noqa: SLF001  # Django documents it; validation asks
    for column in (*links_to_its_own_kind(type(row)), *worked_out(type(row))):
        setattr(row, column.attname, getattr(old, column.attname))
    return differing(row, old)


def _named(row: Model, entry: Entry) -> str:
    key = [entry.fields.get(column.name, "") for column in identifying(type(row))]
    parts = [part for value in key for part in (value if isinstance(value, list) else [value])]
    return f"{row._meta.verbose_name} {' / '.join(str(part) for part in parts)}"  # noqa: SLF001  # Django documents it


def _save(pairs: Sequence[tuple[Entry, Model]], report: Loaded) -> None:
    """Write rows of one model, all new or one stored; the database checks, and only if it refuses is each asked why."""
    if not pairs:
        return
    for entry, row in pairs:
        _clean(entry, row)
    model = type(pairs[0][1])
    try:
        with transaction.atomic():
            if pairs[0][1].pk is None:
                model._base_manager.bulk_create([row for _, row in pairs], batch_size=1000)  # noqa: SLF001  # Django documents it
            else:
                pairs[0][1].save()
    except DatabaseError as refusal:
        _explain(pairs, refusal)
    report.written += len(pairs)


def _clean(entry: Entry, row: Model) -> None:
    """Check what needs no database: the fields one by one, and together. What rows point to was looked up."""
    known = {link.name for link in (*links(type(row)), *links_to_its_own_kind(type(row)))}
    try:
        row.clean_fields(exclude=known)
        row.clean()
    except ValidationError as error:
        raise CorpusError(f"{entry.place}: {_said(error)}") from error


def _explain(pairs: Sequence[tuple[Entry, Model]], refusal: DatabaseError) -> None:
    """Raise CorpusError with the entry that the database refused and the reason in the model's words."""
    for entry, row in pairs:
        is_new = row._state.adding or row.pk is None  # noqa: SLF001  # Django documents it
        if is_new:
            row.pk = None
            row._state.adding = True  # noqa: SLF001  # a bulk that was rolled back has told otherwise
        try:
            row.full_clean()
            with transaction.atomic():
                row.save()
        except ValidationError as error:
            raise CorpusError(f"{entry.place}: {_said(error)}") from error
        except DatabaseError as error:
            raise CorpusError(f"{entry.place}: {error}") from error
    raise CorpusError(f"{pairs[0][0].place}: {refusal}") from refusal


def _said(error: ValidationError) -> str:
    return "; ".join(
        f"{name}: {' '.join(messages)}" if name != "__all__" else " ".join(messages)
        for name, messages in error.message_dict.items()
    )


def _link(pairs: Sequence[tuple[Entry, Model]], slugs: Slugs) -> None:
    """Point rows to rows of their own kind, now that all are there."""
    if not pairs:
        return
    model = type(pairs[0][1])
    columns = links_to_its_own_kind(model)
    changed = []
    for entry, row in pairs:
        targets = {column.attname: slugs.target(entry, column) for column in columns}
        if any(getattr(row, name) != target for name, target in targets.items()):
            for name, target in targets.items():
                setattr(row, name, target)
            changed.append((entry, row))
    if not changed:
        return
    try:
        with transaction.atomic():
            model._base_manager.bulk_update([row for _, row in changed], [c.name for c in columns], batch_size=500)  # noqa: SLF001  # Django documents it
    except DatabaseError as refusal:
        _explain(changed, refusal)


COMPARED = Q(pgh_context__metadata__contains={"source": "check_quotations"})
"""Revisions that no curator made: how a quotation stands to its text was worked out again."""


class Revisions:
    """What history says of rows: whether somebody else than a load of the same corpus changed them last."""

    def __init__(self, new: Sequence[Model], corpus: str) -> None:
        """Look up the last revisions of rows that are not, or no longer, there."""
        self._corpus = corpus
        self._of_new: dict[Key, Any] = {}
        if new:
            model = type(new[0])
            names = [column.attname for column in identifying(model)]
            past = _revisions(model).filter(among(model, new)).order_by("pgh_id")
            self._of_new = {
                tuple(revision[:-1]): revision[-1] for revision in past.values_list(*names, "pgh_context__metadata")
            }

    def why_not_again(self, row: Model) -> str:
        """Return why a row that is not there must not be written, or nothing."""
        key = key_of(row)
        if key not in self._of_new or self._is_ours(self._of_new[key]):
            return ""
        return "It was deleted at the desk since."

    def why_not(self, stored: Model, names: Sequence[str]) -> str:
        """Return why a stored row must not be changed in these columns, or nothing."""
        if not names:
            return ""
        past = _revisions(type(stored)).filter(pgh_obj_id=stored.pk).exclude(COMPARED).order_by("-pgh_id")
        metadata = past.values_list("pgh_context__metadata", flat=True)[:1]
        if not metadata or self._is_ours(metadata[0]):
            return ""
        return f"It was changed at the desk since; these fields differ: {', '.join(names)}."

    def _is_ours(self, metadata: dict[str, Any] | None) -> bool:
        told = metadata or {}
        return told.get("source") == "load_corpus" and told.get("corpus") == self._corpus


def _revisions(model: type[Model]) -> Any:
    return model.revisions.rel.related_model.objects  # type: ignore[attr-defined]
