"""What two curators did to one row, compared with what both began with. No models, no database.

A row is what stands in its fields, as a form would send it; None where there is no such row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

Values = Mapping[str, str]


class Kind(Enum):
    """What happened to a row, or to a field of it."""

    FIELD = "field"
    ADDED = "added"
    GONE = "gone"
    """Deleted by the other."""
    REMOVED = "removed"
    """Deleted by me, and changed by the other."""


@dataclass(frozen=True)
class Difference:
    """What the other changed and I do not have: to be taken over, or to be decided if I changed it too."""

    kind: Kind
    field: str
    is_conflict: bool


def differences(base: Values | None, theirs: Values | None, mine: Values | None) -> Iterator[Difference]:
    """Return what saving mine would overwrite of theirs; nothing where both did the same, or only I did something.

    Without a base nobody knows who changed what: then every field that is not the same is a conflict, and a row that
    only the other has was added by her.
    """
    if theirs is None:
        if mine is not None:
            yield Difference(Kind.GONE, "", is_conflict=mine != base)
        return
    if mine is None:
        if base is None:
            yield Difference(Kind.ADDED, "", is_conflict=False)
        elif theirs != base:
            yield Difference(Kind.REMOVED, "", is_conflict=True)
        return
    for name in theirs:
        before, now, typed = base and base.get(name), theirs[name], mine.get(name, theirs[name])
        if now not in (typed, before):
            yield Difference(Kind.FIELD, name, is_conflict=typed != before)
