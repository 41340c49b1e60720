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
    def is_of_newest(self) -> bool:
        """Whether it looks among the newest records only."""
        return getattr(self.narrowed, "is_of_newest", False)


def among_newest(narrow: Narrow) -> Narrow:
    """Return the same among the newest records, for conditions of which an index knows nothing."""

    def narrowed(records: QuerySet, hidden: Collection[int]) -> QuerySet:
        return narrow(records.filter(newest(records.model)), hidden)

    narrowed.is_of_newest = True  # type: ignore[attr-defined]  # functions may carry what they are
    return narrowed


def newest(model: type[Any]) -> Q:
    """Return the condition that a record is among the newest of its kind: a range of the primary key.

    The number is looked up beforehand: then PostgreSQL knows how few they are, and plans for so many.
    """
    numbers = model._default_manager.order_by("-pk").values_list("pk", flat=True)  # noqa: SLF001 - Django documents it
    return Q(pk__gte=next(iter(numbers[NEWEST - 1 : NEWEST]), 0))


def has_no(rows: QuerySet) -> IsNull:
    """Return the condition that there is none of these rows, looked up for one record after the other by an index.

    NOT EXISTS would say the same, and PostgreSQL would make a join of it that reads the whole table of the rows.
    """
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), True)  # noqa: FBT003 - Django's signature


def has_some(rows: QuerySet) -> IsNull:
    """Return the condition that there is one of these rows, looked up in the same way."""
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), False)  # noqa: FBT003 - Django's signature
