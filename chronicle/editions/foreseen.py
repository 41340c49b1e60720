"""What readers would see of an event if it were published now, and what would be other than in its newest edition."""

from dataclasses import dataclass

from django.db import transaction

from chronicle.editions.differences import Differences, differences, whole
from chronicle.editions.reading import read
from chronicle.models import Edition, Event
from chronicle.publication import Report, publish

DESK = "default"


@dataclass(frozen=True)
class Foreseen:
    """The next edition of an event: what differs from the one that readers see, if they see one.

    `current` is that edition; without one everything is new. `found` is none where nothing would change for readers, or
    where the event cannot be published: then `refusal` says why.
    """

    current: Edition | None
    found: Differences | None
    refusal: str = ""


def foreseen(event: Event) -> Foreseen:
    """Return what publishing the event would change; it is published for that, and taken back."""
    current = _newest(event)
    with transaction.atomic(using=DESK):
        found = _compared(event, current, publish([event]))
        transaction.set_rollback(True, using=DESK)
    return found


def _compared(event: Event, current: Edition | None, report: Report) -> Foreseen:
    if report.refused:
        return Foreseen(current, None, report.refused[0].reason)
    if not report.done:
        return Foreseen(current, None)
    after = read(_newest(event), using=DESK)  # type: ignore[arg-type]  # it has just been made
    return Foreseen(current, differences(read(current, using=DESK), after) if current else whole(after))


def _newest(event: Event) -> Edition | None:
    """Return the newest edition; none where the last word is that the event was taken down."""
    newest = Edition.objects.defer("snapshot").filter(event=event).order_by("-number").first()
    return None if newest is None or newest.is_tombstone else newest
