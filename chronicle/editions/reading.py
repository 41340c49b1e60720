"""Reading an edition: four queries, and a fifth for the events that it is linked to, however much it says."""

from typing import Any

from django.db import models

from chronicle.database.published import EVENT, FACTS
from chronicle.editions import snapshots
from chronicle.editions.records import attach, instance, model_of, record_from
from chronicle.editions.references import MissingReferenceError, references
from chronicle.editions.snapshots import Key, Snapshot
from chronicle.models import Edition, Event

VOICE, COUNTS = "chronicle_voice", "chronicle_eventcount"


def read(edition: Edition, using: str = "published") -> Event:
    """Return the event as this edition has it, with all that `EventQuerySet.with_assertions` brings.

    What it refers to is as it was then; the larger event and the companion are as they are now, since an edition has
    nothing of them but their numbers. Where a source was removed, nothing computed is there: no disputes, no voices,
    no `counts`. Raises Event.DoesNotExist for a tombstone, MissingReferenceError for a defect.
    """
    snapshot = snapshots.of_edition(edition.pk, using)
    if not snapshot:
        raise Event.DoesNotExist(f"{edition} was taken down.")
    needed = snapshots.referred(EVENT, snapshot)
    targets = references(needed | _parties(snapshot), edition.pk, using)
    missing = sorted(needed - targets.keys())
    if missing:
        raise MissingReferenceError(
            f"Edition {edition.pk} points to {missing}, of which there is no edition before it."
        )
    event: Any = record_from(EVENT, snapshot, targets, using)
    _add_facts(event, snapshot, targets, using)
    _add_links(event, using)
    return event


def _parties(snapshot: Snapshot) -> set[Key]:
    """The parties whose voices were computed, those concerned by the larger event included."""
    return {("party", row["party_id"]) for row in snapshot.get(VOICE, [])}


def _add_facts(event: Event, snapshot: Snapshot, targets: dict[Key, models.Model], using: str) -> None:
    """What was computed of the event; a party that only its larger event names may be gone with that."""
    made = {name: [instance(model_of(name), row, using) for row in snapshot.get(name, [])] for name in FACTS}
    for voice in made[VOICE]:
        voice.party = targets.get(("party", voice.party_id))
    made[VOICE] = [voice for voice in made[VOICE] if voice.party]
    for name in FACTS:
        if name != COUNTS:
            attach(event, "event_id", made[name], model_of(name))
    cached = event._state.fields_cache  # noqa: SLF001 -- where Django keeps single records
    cached["counts"] = made[COUNTS][0] if made[COUNTS] else None


def _add_links(event: Event, using: str) -> None:
    found = Event.objects.using(using).filed().in_bulk([n for n in (event.parent_id, event.companion_id) if n])
    event.parent, event.companion = found.get(event.parent_id), found.get(event.companion_id)
