"""The tables of a record: its own, and those of the rows that belong to it; and a place in its history."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.fields.ranges import RangeField
from django.db import models
from django.db.models import Q, QuerySet

from sources.edtf import EDTFRangeField


@dataclass(frozen=True)
class Part:
    """A table with rows of a record. `link` is the column that says to which record a row belongs; the record's own
    table has none."""

    model: type[models.Model]
    link: str = ""

    @property
    def name(self) -> str:
        """Return by what an address names it."""
        return str(self.model._meta.model_name)  # noqa: SLF001 - Django documents _meta

    @property
    def revised(self) -> type[Any]:
        """Return the model of its revisions."""
        return self.model.pgh_event_model  # type: ignore[attr-defined]  # every tracked model has one

    @property
    def column(self) -> str:
        """Return what of a revision says to which record the row belonged."""
        return f"{self.link}_id" if self.link else "pgh_obj_id"

    @property
    def link_field(self) -> Any:
        """Return the column itself; None for the record's own table."""
        return self.model._meta.get_field(self.link) if self.link else None  # noqa: SLF001 - Django documents _meta

    @property
    def revisions(self) -> QuerySet:
        """Return every revision of every row."""
        return self.revised.objects.order_by("pgh_id")

    def of(self, record: int) -> QuerySet:
        """Return the revisions in which rows belonged to this record."""
        return self.revisions.filter(**{self.column: record})

    @cached_property
    def fields(self) -> tuple[models.Field, ...]:
        """Return the columns that were written by somebody: no number of the row, nothing that follows from others."""
        own = {self.model._meta.pk.name, self.link}  # noqa: SLF001 - Django documents _meta
        columns = self.model._meta.concrete_fields  # noqa: SLF001 - the same
        kept = {field.name for field in self.revised._meta.concrete_fields}  # noqa: SLF001 - the same
        return tuple(
            field
            for field in columns
            if field.name in kept and field.name not in own and not isinstance(field, EDTFRangeField)
        )


def parts_of(model: type[models.Model]) -> tuple[Part, ...]:
    """Return the tables of a kind of record, its own first: those whose rows are nothing without it.

    Rows that are about one of several kinds of record, as remarks are, are no part of any.
    """
    return (Part(model), *(part for part in _belonging(model) if not part.link_field.null))


def going_along(model: type[models.Model]) -> tuple[Part, ...]:
    """Return the tables of all rows that go when a row of this one is deleted, remarks included."""
    return tuple(_belonging(model))


def _belonging(model: type[models.Model]) -> Iterator[Part]:
    for relation in model._meta.related_objects:  # noqa: SLF001 - Django documents _meta
        is_deleted_along = getattr(relation, "on_delete", None) is models.CASCADE
        if is_deleted_along and hasattr(relation.related_model, "pgh_event_model"):
            yield Part(relation.related_model, relation.field.name)


def is_range(field: models.Field) -> bool:
    """Return whether a column holds a range of numbers, such as a figure."""
    return isinstance(field, RangeField)


@dataclass(frozen=True, order=True)
class Key:
    """A place in the history of a record: the moment of a transaction, and its context, which says who and why."""

    made: datetime
    context: uuid.UUID

    def __str__(self) -> str:
        return f"{self.made.isoformat()}_{self.context}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the key that an address names; raise ValueError for anything else."""
        made, _, context = text.partition("_")
        moment = datetime.fromisoformat(made)
        if moment.tzinfo is None:
            raise ValueError(f"{text!r} has no time zone")
        return cls(moment, uuid.UUID(context))

    @classmethod
    def of(cls, revision: Any) -> Self:
        """Return where in the history a revision stands."""
        return cls(revision.pgh_created_at, revision.pgh_context_id)

    def until(self) -> Q:
        """Return the condition that a revision is not after it; among those of one moment contexts have an order."""
        return Q(pgh_created_at__lt=self.made) | Q(pgh_created_at=self.made, pgh_context__lte=self.context)
