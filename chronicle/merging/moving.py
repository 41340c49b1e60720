"""References moved from one record to another, set by set, and written down as undoing needs it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from chronicle.merging.plan import Reference, asked, stored
from chronicle.models import Citation


@dataclass
class Changes:
    """What a merge did: rows moved, taken away and emptied, by the name of their column; the values overwritten.

    `numbers` are the old numbers of citations that moved to another event.
    """

    moved: dict[str, list[int]] = field(default_factory=dict)
    removed: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    emptied: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self)


def move(reference: Reference, merged: int, kept: int, changes: Changes) -> None:
    """Let all rows that refer to one record refer to the other; those that cannot are taken away or emptied, by rule.

    A row that the other record has already stays there once. A row that would refer to its own record loses the column
    that may be empty, or goes.
    """
    rows = reference.model._default_manager.filter(**{reference.column.name: merged})  # noqa: SLF001 - Django documents it
    _let_go_of_itself(reference, rows, kept, changes)
    taken = set(_twice(reference, rows, kept).values_list("pk", flat=True))
    taken |= set(_pointing_back(reference, rows, kept).values_list("pk", flat=True))
    if taken:
        kept_rows = stored(reference.model, sorted(taken))
        changes.removed.setdefault(reference.model._meta.label_lower, {}).update(  # noqa: SLF001 - the same
            {str(number): row for number, row in kept_rows.items()}
        )
        asked(f'DELETE FROM "{reference.model._meta.db_table}" WHERE id = ANY(%s)', sorted(taken))  # noqa: S608, SLF001 - our own tables
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    if not numbers:
        return
    if reference.column.model is Citation and reference.column.name == "event":
        old = Citation.objects.filter(pk__in=numbers).values_list("pk", "number")
        changes.numbers |= {str(number): within for number, within in old}
        for number in numbers:  # in their order, which the numbers that they get should follow
            Citation.objects.filter(pk=number).update(event=kept, number=0)
    else:
        rows.update(**{reference.column.name: kept})
    changes.moved[reference.name] = numbers


def _let_go_of_itself(reference: Reference, rows: QuerySet, kept: int, changes: Changes) -> None:
    """Empty columns by which a record would refer to itself: its own, told with its values, or those of a row."""
    if reference.model is reference.column.related_model:  # a record within a record of its kind
        rows.filter(pk=kept).update(**{reference.column.name: None})
        return
    for sibling in reference.siblings:
        if sibling.null:
            _empty(sibling.name, reference, rows.filter(**{sibling.name: kept}), changes)
        elif reference.column.null:
            _empty(reference.column.name, reference, rows.filter(**{sibling.name: kept}), changes)


def _empty(column: str, reference: Reference, rows: QuerySet, changes: Changes) -> None:
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    if numbers:
        held = list(rows.values_list(column, flat=True).distinct())
        name = f"{reference.model._meta.label_lower}.{column}.{held[0]}"  # noqa: SLF001 - Django documents _meta
        changes.emptied[name] = sorted({*changes.emptied.get(name, []), *numbers})
        reference.model._default_manager.filter(pk__in=numbers).update(**{column: None})  # noqa: SLF001 - the same


def _twice(reference: Reference, rows: QuerySet, kept: int) -> QuerySet:
    """Return the rows that the record that stays has already, by one of the rules by which rows are given once."""
    condition = Q(pk__in=[])
    for names in reference.keys:
        same = reference.model._default_manager.filter(  # noqa: SLF001 - the same
            **{reference.column.name: kept}, **{name: OuterRef(name) for name in names}
        )
        condition |= Q(Exists(same))
    return rows.filter(condition)


def _pointing_back(reference: Reference, rows: QuerySet, kept: int) -> QuerySet:
    """Return the rows that say something of both records, where neither column may be empty."""
    condition = Q(pk__in=[])
    for sibling in reference.siblings:
        if not sibling.null and not reference.column.null and reference.model is not reference.column.related_model:
            condition |= Q(**{sibling.name: kept})
    return rows.filter(condition)
