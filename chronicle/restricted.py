"""What tells of a document: the document itself, rows that name it in a column, and rows that belong to such rows.

Whoever may not see a document sees none of that. `chronicle.secrecy` says which documents that is, for whom.
"""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet

from sources.models import Document


@cache
def ways_to_documents(model: type[Model]) -> tuple[str, ...]:
    """Return by what columns rows of a table tell of documents: `document`, `through`; `text__document`; none for most.

    A table that has no column for a document is followed to the rows that its own belong to.
    """
    own = ("pk",) if model is Document else ()
    return (*own, *(column.name for column in columns_of_documents(model))) or tuple(_through_others(model))


def _columns(model: type[Model]) -> Iterator[Any]:
    columns: Any = model._meta.concrete_fields  # noqa: SLF001 - Django documents _meta
    return (column for column in columns if isinstance(column, ForeignKey))


def columns_of_documents(model: type[Model]) -> tuple[Any, ...]:
    """Return the columns of a table that name documents."""
    return tuple(column for column in _columns(model) if column.related_model is Document)


def _through_others(model: type[Model]) -> Iterator[str]:
    for column in _columns(model):
        if column.related_model is not model:
            yield from (f"{column.name}__{way}" for way in ways_to_documents(column.related_model))


def without(rows: QuerySet, documents: Collection[int]) -> QuerySet:
    """Return those of the rows that tell of none of these documents: the same queryset where there are none."""
    ways = _ways_of(rows, documents)
    return rows.filter(of_none(documents, *ways)) if ways else rows


def telling_of(rows: QuerySet, documents: Collection[int]) -> QuerySet:
    """Return those of the rows that `without` leaves out."""
    ways = _ways_of(rows, documents)
    return rows.filter(~of_none(documents, *ways)) if ways else rows.none()


def _ways_of(rows: QuerySet, documents: Collection[int]) -> tuple[str, ...]:
    model: type[Model] = rows.model
    return ways_to_documents(model) if documents else ()


def of_none(documents: Collection[int] | QuerySet, *ways: str) -> Q:
    """Return the condition that none of these columns names one of the documents; what names none fulfils it."""
    condition = Q()
    for way in ways:
        condition &= ~Q(**{f"{way}__in": documents})
    return condition
