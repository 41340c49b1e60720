"""One change of many events at once: their kind, or of what they are part. What will become of each can be foreseen."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

from chronicle.models import Event
from chronicle.vocabularies import WorkState

ABOVE = """
WITH RECURSIVE above(id) AS (
    SELECT %s::bigint UNION SELECT e.parent_id FROM chronicle_event e JOIN above a ON e.id = a.id
)
SELECT id FROM above WHERE id IS NOT NULL"""


@dataclass(frozen=True)
class Change:
    """What becomes of one event: its columns by name, each as it was and as it will be; or why nothing does."""

    event: Event
    values: dict[str, tuple[Any, Any]]
    refused: str = ""


def foreseen(events: Collection[Event], wanted: dict[str, Any], *, may_publish: bool) -> list[Change]:
    """Return what becomes of each event. `wanted` are the new values by column: kind, parent (None: of nothing).

    What was ready goes back to review where who changes it cannot call it ready, as on an event's own page.
    """
    above = _above(wanted["parent"]) if wanted.get("parent") else frozenset()
    return [_foreseen(event, wanted, above, may_publish=may_publish) for event in events]


def _foreseen(event: Event, wanted: dict[str, Any], above: Collection[int], *, may_publish: bool) -> Change:
    if event.pk in above:
        return Change(event, {}, _("Part of: this would make the event a part of itself; choose a larger one."))
    changed = {name: (getattr(event, name), value) for name, value in wanted.items() if getattr(event, name) != value}
    if changed and not may_publish and event.state == WorkState.READY:
        changed["state"] = (WorkState.READY.label, WorkState.IN_REVIEW.label)
    return Change(event, changed)


def _above(event: Event) -> frozenset[int]:
    """Return the numbers of an event and of all that it is part of."""
    with connections["default"].cursor() as cursor:
        cursor.execute(ABOVE, [event.pk])
        return frozenset(number for (number,) in cursor.fetchall())


def rework(changes: Collection[Change], wanted: dict[str, Any]) -> int:
    """Make the changes that were foreseen, each column in one statement; return of how many events."""
    changing = [change for change in changes if change.values]
    numbers = [change.event.pk for change in changing]
    Event.objects.filter(pk__in=numbers).update(**wanted)
    back = [change.event.pk for change in changing if "state" in change.values]
    Event.objects.filter(pk__in=back).update(state=WorkState.IN_REVIEW)
    return len(changing)


def seal(changes: Collection[Change]) -> str:
    """Return what tells these changes from any others."""
    told = [
        (change.event.pk, [(name, str(old), str(new)) for name, (old, new) in change.values.items()], change.refused)
        for change in changes
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()
