"""What refers to a record, found from the models themselves, and by what rule each reference goes along."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.utils.translation import gettext_noop

from chronicle.models import Event, Location
from chronicle.vocabularies import Mergeable
from sources.models import Agent, Document
from sources.models.record import MergeableRecord

MODELS: dict[str, type[MergeableRecord]] = {
    Mergeable.EVENT: Event,
    Mergeable.LOCATION: Location,
    Mergeable.DOCUMENT: Document,
    Mergeable.AGENT: Agent,
}

STAYS = {
    "editions": "what was published stays what it was, under its own number",
    "links": "what was seen of its addresses is seen again when they are next asked for",
    "merged": "what was merged into it before is led on from there",
}
"""Relations that a merge leaves as they are, by what the record calls its rows, and why."""

BARS = {
    "files": gettext_noop(
        "It has files, which stay with their document: keep this one, and merge the other one into it."
    ),
    "texts": gettext_noop(
        "It has texts, which stay with their document: keep this one, and merge the other one into it."
    ),
}
"""Relations of which nothing may be left on a record that is merged away, and what to do then."""


class MergeRefusedError(Exception):
    """A merge, or its undoing, that cannot be done as things are: the reasons, each with the next step."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Reference:
    """A column that refers to records of a kind."""

    column: Any

    @property
    def model(self) -> Any:
        """The table that has it."""
        return self.column.model

    @property
    def name(self) -> str:
        """How it is written down."""
        return f"{self.model._meta.label_lower}.{self.column.name}"  # noqa: SLF001 - Django documents _meta

    @property
    def siblings(self) -> list[models.ForeignKey]:
        """The other columns of the same row that refer to the same kind of record."""
        columns: Any = self.model._meta.concrete_fields  # noqa: SLF001 - the same
        target = self.column.related_model
        own = {self.column.name, "merged_into"}
        return [column for column in columns if column.related_model is target and column.name not in own]

    @property
    def keys(self) -> list[tuple[str, ...]]:
        """The other columns of each rule by which a row of this kind is given once."""
        rules = (rule for rule in self.model._meta.constraints if isinstance(rule, models.UniqueConstraint))  # noqa: SLF001 - the same
        others = [
            tuple(name for name in rule.fields if name != self.column.name)
            for rule in rules
            if self.column.name in rule.fields
        ]
        return [names for names in others if names != ("number",)]  # a moved citation gets a new number


def relations(model: type[models.Model]) -> Iterator[Any]:
    """Return what refers to records of this kind, also by columns that records do not know; no history, no views."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django documents _meta
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            table: Any = relation.related_model
            if table._meta.managed and not hasattr(table, "pgh_tracked_model"):  # noqa: SLF001 - the same
                yield relation


def accessor(relation: Any) -> str:
    """Return what a record calls these rows; for columns that name none, the table and the column."""
    name: str = relation.get_accessor_name() or ""
    return (name if name != "+" else "") or f"{relation.related_model._meta.model_name}.{relation.field.name}"  # noqa: SLF001 - the same


def references(model: type[models.Model]) -> list[Reference]:
    """Return every column that a merge of records of this kind moves."""
    kept = STAYS.keys() | BARS.keys()
    return [Reference(relation.field) for relation in relations(model) if accessor(relation) not in kept]


def reference_named(name: str) -> Reference:
    """Return the column that was written down under this name."""
    return next(each for model in MODELS.values() for each in references(model) if each.name == name)


def subject_of(record: models.Model) -> str:
    """Return as what kind a record is merged."""
    return next(subject for subject, model in MODELS.items() if isinstance(record, model))


def asked(query: str, *values: Any) -> list[Any]:
    """Send a statement to the desk's database and return its rows."""
    with connections["default"].cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall()) if cursor.description else []


def lock(model: Any, numbers: list[int], strength: str) -> None:
    """Keep these records from others until the transaction ends; in one order, so that nobody waits in a ring."""
    table = model._meta.db_table  # noqa: SLF001 - the same
    asked(f'SELECT id FROM "{table}" WHERE id = ANY(%s) ORDER BY id FOR {strength}', numbers)  # noqa: S608 - our own tables


def stored(model: Any, numbers: list[int]) -> dict[int, dict[str, Any]]:
    """Return rows as the database has them, in JSON, without what it works out itself."""
    table = model._meta.db_table  # noqa: SLF001 - the same
    names = columns_of(model)
    rows = asked(f'SELECT t.id, to_jsonb(t) FROM "{table}" t WHERE t.id = ANY(%s) ORDER BY t.id', numbers)  # noqa: S608 - our own tables
    decoded = ((number, loaded(row)) for number, row in rows)
    return {number: {name: row[name] for name in names} for number, row in decoded}


def loaded(value: Any) -> Any:
    """Return JSON that the driver leaves as text as what it says."""
    return json.loads(value) if isinstance(value, str) else value


def columns_of(model: Any) -> list[str]:
    """Return the columns of a table that can be written."""
    return [field.column for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001 - the same
