"""The verbs of working together: assign, remark, review, resolve. What they write is private to the desk.

`Assignment`, `Remark` and `Mention` say what there is; who may do it is for the pages to ask.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chronicle.models import Assignment, Event, Location, Mention, Remark
from chronicle.reviews import revisions
from chronicle.vocabularies import RemarkKind
from sources.models import Document
from sources.models.record import Record

COLUMNS: dict[type[Record], str] = {Event: "event", Document: "document", Location: "location"}
"""The kinds of record that are worked on together, and the column that names each."""

NAMED = re.compile(r"(?<![\w@.+-])@([\w.@+-]+)")
"""A curator's name in a remark; Django's account names are made of these signs."""


def column_of(record: Record) -> str:
    """Return the column that names a record of this kind; KeyError for kinds that nobody is assigned to."""
    return COLUMNS[type(record)]


def remark(
    record: Record,
    words: str,
    *,
    author: User,
    kind: str = RemarkKind.REMARK,
    to: Iterable[User] = (),
) -> Remark:
    """Say something about a record; those named in it as @name, and those it is `to`, find it on their first page.

    Raises ValidationError for words that are empty, too long, or no text.
    """
    said = Remark(**{column_of(record): record}, words=words.strip(), author=author, kind=kind)
    said.full_clean(exclude=("made_at",))
    with transaction.atomic():
        said.save()
        numbers = {curator.pk for curator in (*to, *named(words))} - {author.pk}
        Mention.objects.bulk_create(Mention(remark=said, curator_id=number) for number in sorted(numbers))
    return said


def review(record: Record, words: str, *, by: User) -> Remark:
    """Record that a curator looked through a record as it is now, with what there is to say; settled at once.

    The state is told by its number: how many changes of the record and its rows the history holds.
    """
    with transaction.atomic():
        type(record).objects.select_for_update(no_key=True).get(pk=record.pk)
        revision = revisions(column_of(record), [record.pk])[record.pk]
        said = Remark(**{column_of(record): record}, words=words.strip() or str(LOOKED_THROUGH), author=by)
        said.kind, said.revision, said.resolved_by, said.resolved_at = RemarkKind.REVIEWED, revision, by, timezone.now()
        said.full_clean(exclude=("made_at",))
        said.save()
    return said


LOOKED_THROUGH = gettext_lazy("Looked through.")


def named(words: str) -> Collection[Any]:
    """Return the curators whom a text names as @name; a full stop after the name is none of it."""
    names = {name for found in NAMED.findall(words) for name in (found, found.rstrip(".-+@"))}
    return get_user_model()._default_manager.filter(username__in=names, is_active=True, is_staff=True)  # noqa: SLF001 - Django documents it


def resolve(remarks: Collection[int], *, by: User) -> int:
    """Mark remarks as settled; return how many were still open."""
    return Remark.objects.filter(pk__in=remarks, resolved_at=None).update(resolved_at=Now(), resolved_by=by)


def reopen(remarks: Collection[int]) -> int:
    """Mark remarks as open again; return how many were settled."""
    return Remark.objects.filter(pk__in=remarks).exclude(resolved_at=None).update(resolved_at=None, resolved_by=None)


def assign(records: Collection[Record], curator: User | None) -> int:
    """Put records of one kind into a curator's hands, or into nobody's; return of how many that changed it.

    The records are locked first: two who assign one record wait for each other, and the later one holds.
    """
    if not records:
        return 0
    model = type(next(iter(records)))
    column, numbers = COLUMNS[model], sorted(record.pk for record in records)
    with transaction.atomic():
        here = model.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk").values_list("pk")
        wanted = [number for (number,) in here]
        held = Assignment.objects.filter(**{f"{column}__in": wanted})
        if curator is None:
            return held.delete()[0]
        taken = set(held.values_list(f"{column}_id", flat=True))
        changed = held.exclude(curator=curator).update(curator=curator, assigned_at=Now())
        new = [Assignment(**{f"{column}_id": number}, curator=curator) for number in wanted if number not in taken]
        Assignment.objects.bulk_create(new)
    return changed + len(new)
