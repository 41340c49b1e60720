"""What was deleted of a kind of record, and can be brought back."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from chronicle.history.parts import Part
from chronicle.history.told import Contexts, Told
from chronicle.history.values import as_row

MOST_DELETED = 50


@dataclass(frozen=True)
class Deleted:
    """A record that is gone: its number, what it was called, when and how it went."""

    number: int
    name: str
    made: Any
    told: Told


def deleted(model: type[models.Model], before: int | None = None) -> tuple[list[Deleted], int | None]:
    """Return the records that were deleted last, and after which revision the next page begins, if there is one.

    A record that was brought back is none of them; one that was deleted twice is listed by its last time.
    """
    part = Part(model)
    later = part.revisions.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id")).order_by()
    found = part.revisions.filter(~Exists(later), pgh_label="delete").select_related("pgh_context").order_by("-pgh_id")
    if before is not None:
        found = found.filter(pgh_id__lt=before)
    shown = list(found[: MOST_DELETED + 1])
    contexts = Contexts([revision.pgh_context for revision in shown])
    rows = [
        Deleted(
            revision.pgh_obj_id,
            str(as_row(part, revision)),
            revision.pgh_created_at,
            contexts.told(revision.pgh_context),
        )
        for revision in shown[:MOST_DELETED]
    ]
    return rows, shown[MOST_DELETED - 1].pgh_id if len(shown) > MOST_DELETED else None
