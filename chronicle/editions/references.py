"""What an event refers to, as it was when an edition went out."""

from typing import Final

from django.db import models

from chronicle.database.published import REFERENCES, record_of
from chronicle.editions import snapshots
from chronicle.editions.records import record_from
from chronicle.editions.snapshots import Key, Snapshot

ROUNDS: Final = 3
"""How far references point to references: from a citation to its document, its publisher, the publisher's party."""


class MissingReferenceError(LookupError):
    """An edition points to a record of which the published side has no edition before it: a defect of publishing."""


def references(wanted: set[Key], number: int, using: str) -> dict[Key, models.Model]:
    """Return these records and those that they need in turn, as of the edition with this id: a query per round."""
    found: dict[Key, Snapshot] = {}
    for _ in range(ROUNDS):
        fetched = snapshots.newest_before(wanted - found.keys(), number, using)
        found |= fetched
        wanted = {key for (subject, _), got in fetched.items() for key in snapshots.referred(record_of(subject), got)}
    made: dict[Key, models.Model] = {}
    for record in REFERENCES:
        for key, snapshot in found.items():
            if key[0] == record.subject:
                made[key] = record_from(record, snapshot, made, using)
    return made
