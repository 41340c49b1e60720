"""The way of an event through review: proposed, taken back, returned. Publishing it is `chronicle.publication`'s.

What changes is the state of work alone, and what curators say to each other: readers see nothing of either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy

from chronicle.models import Event
from chronicle.publication import Refusal, Report
from chronicle.team import remark
from chronicle.vocabularies import RemarkKind, WorkState


@dataclass(frozen=True)
class Move:
    """A step of the work: from which states to which, what kind of remark goes along, and why others are refused."""

    before: tuple[str, ...]
    after: str
    kind: str
    refusal: Any


PROPOSED = Move(
    (WorkState.DRAFT,),
    WorkState.IN_REVIEW,
    RemarkKind.HANDED_IN,
    gettext_lazy("It is not a draft (%(state)s): only drafts are handed in."),
)
TAKEN_BACK = Move(
    (WorkState.IN_REVIEW,),
    WorkState.DRAFT,
    RemarkKind.REMARK,
    gettext_lazy("It is not in review (%(state)s): there is nothing to take back."),
)
RETURNED = Move(
    (WorkState.IN_REVIEW, WorkState.READY),
    WorkState.DRAFT,
    RemarkKind.RETURNED,
    gettext_lazy("It is not in review (%(state)s): there is nothing to return."),
)


def propose(events: Iterable[Event], *, by: User, words: str = "") -> Report:
    """Hand events in for review, with a remark for whoever looks at them; only drafts are handed in."""
    return _moved(events, PROPOSED, by=by, words=words)


def take_back(events: Iterable[Event], *, by: User) -> Report:
    """Make drafts again of events that were handed in."""
    return _moved(events, TAKEN_BACK, by=by, words="")


def send_back(events: Iterable[Event], *, by: User, words: str) -> Report:
    """Return events to those who handed them in, with what is still to do: they find it on their first page.

    Raises ValueError without words: whoever reworks an event is told why.
    """
    if not words.strip():
        raise ValueError("Returning needs words: say what is still to do.")
    return _moved(events, RETURNED, by=by, words=words)


def _moved(events: Iterable[Event], move: Move, *, by: User, words: str) -> Report:
    """Make a move, one curator at a time; events in other states are refused."""
    numbers = sorted(event.pk for event in events)
    with transaction.atomic():
        found = list(Event.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))
        moved = [event for event in found if event.state in move.before]
        told = {event.pk: _proposers(event) for event in moved} if move is RETURNED else {}
        Event.objects.filter(pk__in=[event.pk for event in moved]).update(state=move.after)
        for event in moved if words.strip() else ():
            remark(event, words, author=by, kind=move.kind, to=told.get(event.pk, ()))
    refused = [event for event in found if event not in moved]
    return Report(
        done=tuple(event.pk for event in moved),
        refused=tuple(Refusal(event, move.refusal % {"state": event.get_state_display()}) for event in refused),
    )


def _proposers(event: Event) -> list[Any]:
    """Return who handed an event in, as the history knows it: whoever last made it anything but a draft."""
    revisions = event.revisions.select_related("pgh_context")  # type: ignore[attr-defined]  # every tracked model has them
    last_draft = revisions.filter(state=WorkState.DRAFT).order_by("-pgh_id").first()
    since = revisions.filter(pgh_id__gt=last_draft.pgh_id) if last_draft else revisions
    first = since.order_by("pgh_id").first()
    number = (first.pgh_context.metadata or {}).get("user") if first and first.pgh_context else None
    return list(get_user_model()._default_manager.filter(pk=number)) if isinstance(number, int) else []  # noqa: SLF001 - Django documents it
