"""The verb that merges one record into another of its kind."""

from collections.abc import Mapping
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chronicle.merging.moving import Changes, move
from chronicle.merging.plan import BARS, MergeRefusedError, lock, references, stored, subject_of
from chronicle.merging.values import take_over
from chronicle.models import Event, Merge
from chronicle.publication import Note, publish, redirect_merged, withdraw
from chronicle.vocabularies import NoteKind
from sources.models import Document


def merge(
    kept: Any, merged: Any, *, choices: Mapping[str, str] | None = None, reason: str = "", editor: Any = None
) -> Merge:
    """Merge one record into another: every reference moves, the old addresses lead on, and all of it can be undone.

    `choices` say by the name of a field which value stays: keep, take or both; without one, what only one of them has.
    A public event that is merged away is withdrawn, and the one that stays is published with what came to it, in the
    same transaction. Raises MergeRefusedError with the reasons, and ValidationError where the values do not fit.
    """
    model, subject = type(kept), subject_of(kept)
    with transaction.atomic(), pghistory.context(merge=f"{subject} {merged.pk} → {kept.pk}"):
        numbers = [kept.pk, merged.pk]
        lock(model, numbers, "NO KEY UPDATE")  # before the editions, as publishing does; it passes foreign keys
        found = model._default_manager.in_bulk(numbers)  # noqa: SLF001 - Django documents it
        _refuse(kept.pk, merged.pk, found)
        kept, merged = found[kept.pk], found[merged.pk]
        model._default_manager.filter(pk=merged.pk).update(merged_into=kept.pk)  # noqa: SLF001 - the same
        redirect_merged(subject, merged.pk)
        lock(model, numbers, "UPDATE")  # whoever is about to refer to them comes before us now, or is refused after us
        made = Merge.objects.create(
            subject=subject, merged_number=merged.pk, merged_name=str(merged), kept_number=kept.pk, kept_name=str(kept),
            was_public=subject == "event" and _is_public(merged), reason=reason, editor=editor,
        )  # fmt: skip
        changes = Changes(before=stored(model, [kept.pk])[kept.pk])
        for reference in references(model):
            move(reference, merged.pk, kept.pk, changes)
        _overwrite(kept, merged, choices or {}, changes)
        made.changes = changes.as_json()
        made.save()
        if made.was_public:
            _tell_readers(kept, merged, editor)
    return made


def foreseen(kept: Any, merged: Any, choices: Mapping[str, str] | None = None) -> Merge:
    """Return what a merge would be: it is done and taken back."""
    with transaction.atomic():
        made = merge(kept, merged, choices=choices)
        transaction.set_rollback(True)
    return made


def _refuse(kept: int, merged: int, found: dict[int, Any]) -> None:
    if kept == merged or len(found) < len({kept, merged}):
        raise MergeRefusedError([_("Choose two records that are both at the desk.")])
    reasons = [_("%(record)s was merged into another record already. Look at that one.") % {"record": record}
               for record in found.values() if record.merged_into_id]  # fmt: skip
    reasons += [
        f"{found[merged]}: {_(words)}" for rows, words in BARS.items()
        if hasattr(found[merged], rows) and getattr(found[merged], rows).exists()
    ]  # fmt: skip
    if isinstance(found[kept], Document) and found[kept].access != found[merged].access:
        shown = {"kept": found[kept].access, "merged": found[merged].access}
        reasons.append(_(ACCESS_DIFFERS) % shown)
    if isinstance(found[kept], Document) and _groups(found[kept]) != _groups(found[merged]):
        reasons.append(
            _("One of the two may be seen by other curators than the other. Give both to the same groups first.")
        )
    if isinstance(found[kept], Event) and _is_public(found[merged]) and not _is_public(found[kept]):
        words = _("Readers see %(merged)s and not %(kept)s. Keep the public one, or publish the other one first.")
        reasons.append(words % {"merged": found[merged], "kept": found[kept]})
    if reasons:
        raise MergeRefusedError(reasons)


ACCESS_DIFFERS = gettext_noop(
    "Access: one is %(kept)s and the other %(merged)s, and what is cited of one would leave the desk as the other's. "
    "Withhold or release one of them first."
)


def _groups(document: Any) -> set[int]:
    return set(document.restrictions.values_list("group", flat=True))


def _is_public(event: Event) -> bool:
    newest = event.editions.defer("snapshot").order_by("number").last()
    return newest is not None and not newest.is_tombstone


def _overwrite(kept: Any, merged: Any, choices: Mapping[str, str], changes: Changes) -> None:
    model = type(kept)
    kept = model._default_manager.get(pk=kept.pk)  # noqa: SLF001 - Django documents it; moving may have emptied columns
    take_over(kept, merged, choices)
    for name in ("parent", "companion"):
        if getattr(kept, f"{name}_id", None) == kept.pk:
            setattr(kept, name, None)
    kept.full_clean(validate_unique=False)
    kept.save()
    after = stored(model, [kept.pk])[kept.pk]
    changes.before = {name: value for name, value in changes.before.items() if after[name] != value}
    changes.after = {name: after[name] for name in changes.before}


def _tell_readers(kept: Event, merged: Event, editor: Any) -> None:
    words = _("Merged into %(event)s (E%(number)d).") % {"event": kept, "number": kept.pk}
    withdraw([merged], editor=editor, note=Note(kind=NoteKind.TAKEDOWN, words=words))
    note = _("What was E%(number)d, %(event)s, is told here now.") % {"event": merged, "number": merged.pk}
    report = publish([kept], editor=editor, note=Note(kind=NoteKind.CORRECTION, words=note))
    if report.refused:
        raise MergeRefusedError([f"{refusal.subject}: {refusal.reason}" for refusal in report.refused])
