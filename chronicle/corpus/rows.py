"""From entries to rows: natural keys looked up together, a few queries for each model and not for each row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ForeignKey, Model

from chronicle.corpus.entries import CorpusError, Entry

Key = tuple[Any, ...]
"""What identifies a row in its table: its slug, or the columns of the first unique constraint."""


def columns(model: type[Model]) -> list[models.Field]:
    """Return the columns that a corpus can fill."""
    return [c for c in model._meta.concrete_fields if not c.primary_key and not c.generated]  # noqa: SLF001  # Django documents it


def links(model: type[Model]) -> list[ForeignKey]:
    """Return the columns that point to rows of other models."""
    return [c for c in columns(model) if isinstance(c, ForeignKey) and c.related_model is not model]


def links_to_its_own_kind(model: type[Model]) -> list[ForeignKey]:
    """Return the columns that point to rows of the same model, which may come later in the files."""
    return [c for c in columns(model) if isinstance(c, ForeignKey) and c.related_model is model]


def worked_out(model: type[Model]) -> list[models.Field]:
    """Return the columns that the desk itself finds out of a row, and no file has."""
    return [column for column in columns(model) if column.name in getattr(model, "worked_out", ())]


@cache
def identifying(model: type[Model]) -> tuple[models.Field, ...]:
    """Return the columns that make up the natural key in the table: the slug, or those of the unique constraint."""
    meta = model._meta  # noqa: SLF001  # Django documents it
    unique = next((c for c in meta.constraints if isinstance(c, models.UniqueConstraint)), None)
    names = set(unique.fields if unique else ["slug"])
    return tuple(column for column in meta.concrete_fields if column.name in names)


def key_of(row: Model) -> Key:
    """Return what identifies a row."""
    return tuple(getattr(row, column.attname) for column in identifying(type(row)))


def among(model: type[Model], rows: Iterable[Model]) -> models.Q:
    """Return the condition that holds for whatever may have the key of one of these rows, by its first column."""
    first = identifying(model)[0]
    return models.Q((f"{first.attname}__in", {getattr(row, first.attname) for row in rows}))


MOST_REMEMBERED = 50_000
"""How many slugs of a model an import keeps in mind: some ten megabytes."""


class Slugs:
    """The numbers of records by their slugs, each asked for once."""

    def __init__(self) -> None:
        self._found: dict[type[Model], dict[str, int]] = defaultdict(dict)

    def number(self, model: type[Model], slug: str) -> int | None:
        """Return the number of a record; nothing where there is none."""
        return self._found[model].get(slug)

    def add(self, rows: Iterable[Model]) -> None:
        """Remember records that were written."""
        for row in rows:
            self._found[type(row)][row.slug] = row.pk  # type: ignore[attr-defined]

    def look_up(self, entries: Sequence[Entry]) -> None:
        """Ask for all records that these entries, of one model, point to."""
        model = entries[0].model
        for link in (*links(model), *links_to_its_own_kind(model)):
            target: Any = link.related_model
            self.find(target, {key[0] for entry in entries if (key := entry.fields.get(link.name)) and _is_key(key)})

    def forget(self) -> None:
        """Forget the numbers of models that have many: they can be asked for again. Not between finding and using."""
        for found in self._found.values():
            if len(found) > MOST_REMEMBERED:
                found.clear()

    def find(self, model: type[Model], slugs: set[str]) -> None:
        """Ask for the records with these slugs, those that were not asked for before."""
        missing = slugs - self._found[model].keys()
        if missing:
            found = model._base_manager.filter(slug__in=missing).values_list("slug", "pk")  # noqa: SLF001  # Django documents it
            self._found[model].update(found)

    def target(self, entry: Entry, link: ForeignKey) -> int | None:
        """Return the number of what an entry points to; CorpusError where it is not there."""
        key = entry.fields.get(link.name)
        if key is None:
            return None
        if not _is_key(key):
            raise CorpusError(f"{entry.place}: {link.name}: write a slug in brackets, such as [armenia], not {key!r}.")
        target: Any = link.related_model
        number = self.number(target, key[0])
        if number is None:
            raise CorpusError(
                f"{entry.place}: {link.name} points to {key[0]}, which is not there: neither in the files nor in the "
                "database has a record this slug."
            )
        return number


def _is_key(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)


def row_of(entry: Entry, slugs: Slugs) -> Model:
    """Return an entry as an unsaved row that points to what it should, except to rows of its own kind."""
    values = {link.attname: slugs.target(entry, link) for link in links(entry.model) if link.name in entry.fields}
    for column in columns(entry.model):
        if column.name in entry.fields and not isinstance(column, ForeignKey):
            values[column.attname] = _value(entry, column)
    return entry.model(**values)


def _value(entry: Entry, column: models.Field) -> Any:
    try:
        return column.to_python(entry.fields[column.name])
    except (ValidationError, ValueError, TypeError) as error:
        said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise CorpusError(f"{entry.place}: {column.name}: {said}") from error


def differing(row: Model, stored: Model) -> list[str]:
    """Return the names of the columns in which a row differs from the stored one; links to its own kind come later."""
    later = links_to_its_own_kind(type(row))
    return [
        column.name
        for column in columns(type(row))
        if column not in later and column.to_python(getattr(row, column.attname)) != getattr(stored, column.attname)
    ]
