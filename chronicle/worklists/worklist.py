"""What a worklist is, and how far one looks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

NEWEST = 10_000
"""Among how many of the newest records of a kind is looked for what no index knows."""

CHANGES = 2_000
"""Among how many of the newest revisions of each table is looked for what changed after it was published."""

Narrow = Callable[[QuerySet, Collection[int]], QuerySet]
"""Narrows records down to those of a worklist; documents with the given numbers are as if they were not there."""


@dataclass(frozen=True)
class Worklist:
    """Records that lack something, by the name that stands in addresses, and what to do about them, in words."""

    name: str
    model: type[Any]
    label: Any
    advice: Any
    narrowed: Narrow

    @property
    def looks_among(self) -> int:
        """How many of the newest records it looks among; 0 for all of them."""
        share = getattr(self.narrowed, "share", 0)
        return NEWEST // share if share else 0


def among_newest(narrow: Narrow, *, share: int = 1) -> Narrow:
    """Return the same among the newest records, for conditions of which an index knows nothing.

    One that takes long for each record looks among a share of them: a half, a fifth.
    """

    def narrowed(records: QuerySet, hidden: Collection[int]) -> QuerySet:
        return narrow(records.filter(newest(records.model, NEWEST // share)), hidden)

    narrowed.share = share  # type: ignore[attr-defined]  # functions may carry what they are
    return narrowed


def newest(model: type[Any], number: int) -> Q:
    """Return the condition that a record is among so many newest of its kind: a range of the primary key.

    Where that begins is looked up beforehand: then PostgreSQL knows how few they are, and plans for so many.
    """
    return Q(pk__gte=first_of_newest(model, number))


def first_of_newest(model: type[Any], number: int) -> int:
    """Return the number with which the newest so many records of a kind begin; 0 where there are not so many."""
    numbers = model._default_manager.order_by("-pk").values_list("pk", flat=True)  # noqa: SLF001 - Django documents it
    return next(iter(numbers[number - 1 : number]), 0)


def has_no(rows: QuerySet) -> IsNull:
    """Return the condition that there is none of these rows, looked up for one record after the other by an index.

    NOT EXISTS would say the same, and PostgreSQL would make a join of it that reads the whole table of the rows.
    """
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), True)  # noqa: FBT003 - Django's signature


def has_some(rows: QuerySet) -> IsNull:
    """Return the condition that there is one of these rows, looked up in the same way."""
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), False)  # noqa: FBT003 - Django's signature
