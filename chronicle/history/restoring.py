"""The ways back: a record as it stood at a place in its history, one field of it, a row, or all that was deleted.

A plan says what would be written; `carry_out` writes it, all or nothing, as a change like any other: by the database's
own rules, recorded in the history. What a verb alone may change, or what marks the progress of work, stays as it is.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chronicle.history.parts import Key, Part, going_along, parts_of
from chronicle.history.story import Row, without_rows
from chronicle.history.values import as_row, last_names
from chronicle.models import Citation, Restriction
from sources.models import Document
from sources.models.record import Record

COMPARED = frozenset(
    f"quotation_{name}" for name in ("state", "text", "page", "start", "end", "confirmed_at", "confirmed_by")
)
"""What was found of a quotation: it is compared again, and comes back with no row."""

KEPT = {
    "chronicle.event": frozenset({"state"}),
    "chronicle.citation": frozenset({"number", *COMPARED}),
}
"""Columns that going back leaves as they are: the state of work, what the database gives; besides what verbs decide."""

TOGETHER = {"asserted_figure": ("is_approximate",)}
"""Columns that say one thing: whoever brings back the first, brings back the others."""


def restorable(part: Part) -> tuple[models.Field, ...]:
    """Return the columns of a table that going back gives back."""
    return tuple(column for column in part.fields if not _is_kept(part, column))


def gone_back(model: type[models.Model]) -> tuple[Part, ...]:
    """Return the tables of a record that going back writes; who may see a document is decided by nothing but that."""
    return tuple(part for part in parts_of(model) if part.model is not Restriction)


class NoWayBackError(ValueError):
    """A plan was asked for that the history does not have: no such place, row, or column."""


@dataclass(frozen=True)
class Spot:
    """A row of a record, before the save with this key."""

    part: Part
    row: int
    key: Key

    def revision(self) -> Any:
        """Return what was recorded of it last; None if the save made it, or did not touch it."""
        own = self.part.revisions.filter(pgh_obj=self.row)
        touched = own.filter(pgh_created_at=self.key.made, pgh_context=self.key.context).first()
        before = own.filter(pgh_id__lt=touched.pgh_id).last() if touched else None
        return before if before and before.pgh_label != "delete" else None


@dataclass(frozen=True)
class Plan:
    """What going back would write: for each row how it stands, and how it would stand, as rows that are not saved.

    `unnamed` are documents that whoever asks may not see; what stands in the way is told without their names.
    """

    model: type[models.Model]
    number: int
    rows: list[Row]
    unnamed: frozenset[int] = frozenset()

    def obstacles(self) -> list[str]:
        """Return what stands in the way and is seen beforehand, each with the next step."""
        return [*_taken_slugs(self), *_missing(self), *_elsewhere(self)]

    def without(self, documents: frozenset[int]) -> "Plan":
        """Return the plan that leaves alone whatever rows tell of these documents, which the curator may not see."""
        return replace(self, rows=without_rows(self.rows, documents))

    def of(self, happens: str) -> Iterator[Row]:
        """Yield the rows that would be added, changed or deleted."""
        return (row for row in self.rows if happening(row) == happens)


def happening(row: Row) -> str:
    """Return what would happen to a row."""
    return "added" if row.before is None else "deleted" if row.after is None else "changed"


# Plans


def back_to(model: type[models.Model], number: int, key: Key) -> Plan:
    """Return the plan that makes a record what it was after one save: columns, and rows that came or went since."""
    rows: list[Row] = []
    for part in gone_back(model):
        then, now = _then(part, number, key), _now(part, number)
        if not part.link and not then:
            raise NoWayBackError("The record was not there at that moment.")
        numbers = sorted(then.keys() | now.keys())
        rows += (Row(part, row, now.get(row), _as_it_was(part, then.get(row), now.get(row))) for row in numbers)
    return Plan(model, number, [row for row in rows if row.is_changed])


def field_back(model: type[models.Model], number: int, spot: Spot, column: str) -> Plan:
    """Return the plan that gives one column of one row what stood there before a save."""
    part, row, before = spot.part, spot.row, spot.revision()
    stands = _now(part, number).get(row)
    names = {each.name for each in restorable(part)}
    if stands is None or before is None or column not in names:
        raise NoWayBackError("The row or the column is not there.")
    changed = copy.copy(stands)
    for name in (column, *TOGETHER.get(column, ())):
        attribute = part.model._meta.get_field(name).attname  # type: ignore[union-attr]  # noqa: SLF001 - Django documents _meta
        setattr(changed, attribute, getattr(before, attribute))
    made = Row(part, row, stands, changed)
    return Plan(model, number, [made] if made.is_changed else [])


def row_back(model: type[models.Model], number: int, spot: Spot) -> Plan:
    """Return the plan that brings back a row that a save deleted, as it was before."""
    part, row, before = spot.part, spot.row, spot.revision()
    if before is None or not part.link or getattr(before, part.column) != number:
        raise NoWayBackError("The row was not there.")
    stands = _now(part, number).get(row)
    return Plan(model, number, [] if stands else [Row(part, row, None, _coming(part, as_row(part, before)))])


def undeleted(model: type[models.Model], number: int) -> Plan:
    """Return the plan that brings back a deleted record with every row that was deleted along with it."""
    part = Part(model)
    last = part.of(number).select_related("pgh_context").last()
    if last is None or last.pgh_label != "delete" or model._default_manager.filter(pk=number).exists():  # noqa: SLF001 - Django documents it
        raise NoWayBackError("The record is not deleted.")
    return Plan(
        model, number, [Row(part, number, None, as_row(part, last)), *_gone_along(part, [number], Key.of(last))]
    )


def _gone_along(part: Part, numbers: list[int], key: Key) -> Iterator[Row]:
    for each in going_along(part.model):
        found = each.revisions.filter(
            pgh_label="delete", pgh_created_at=key.made, pgh_context=key.context, **{f"{each.column}__in": numbers}
        )
        rows = [Row(each, revision.pgh_obj_id, None, _coming(each, as_row(each, revision))) for revision in found]
        yield from rows
        if rows:
            yield from _gone_along(each, [row.number for row in rows], key)


def _then(part: Part, number: int, key: Key) -> dict[int, Any]:
    """Return the rows of a record after a save: the newest revision until then of each row that was ever its own."""
    own = part.of(number).filter(key.until()).order_by().values("pgh_obj_id")
    newest = part.revisions.filter(key.until(), pgh_obj__in=own).order_by("pgh_obj_id", "-pgh_id")
    there = newest.distinct("pgh_obj_id")
    return {
        revision.pgh_obj_id: revision
        for revision in there
        if revision.pgh_label != "delete" and getattr(revision, part.column) == number
    }


def _now(part: Part, number: int) -> dict[int, Any]:
    rows = part.model._default_manager.filter(**{part.link or "pk": number})  # noqa: SLF001 - Django documents it
    return {row.pk: row for row in rows}


def _as_it_was(part: Part, revision: Any, now: Any) -> Any:
    """Return the row that a revision recorded, with what is kept of the one that stands there now."""
    if revision is None:
        return None
    row = as_row(part, revision)
    for column in part.fields if now is not None else ():
        if _is_kept(part, column):
            setattr(row, column.attname, getattr(now, column.attname))
    return row if now is not None else _coming(part, row)


def _coming(part: Part, row: Any) -> Any:
    """Return a row that comes back, as one that was not compared with anything yet."""
    if part.model is Citation:
        for column in part.fields:
            if column.name in COMPARED:
                setattr(row, column.attname, column.get_default())
    return row


def _is_kept(part: Part, column: models.Field) -> bool:
    return column.name in KEPT.get(_label(part), ()) or column.name in getattr(part.model, "left_to_verbs", ())


def _label(part: Part) -> str:
    return part.model._meta.label_lower  # noqa: SLF001 - Django documents _meta


# What stands in the way


def _taken_slugs(plan: Plan) -> Iterator[str]:
    for row in plan.rows:
        if not isinstance(row.after, Record) or (row.before and row.before.slug == row.after.slug):
            continue
        holder = row.part.model._default_manager.filter(slug=row.after.slug).exclude(pk=row.number).first()  # noqa: SLF001 - Django documents it
        if holder is not None:
            is_named = not (isinstance(holder, Document) and holder.pk in plan.unnamed)
            words = _("Slug: “%(slug)s” is the address of “%(holder)s” by now. Choose another one.")
            told = words if is_named else _("Slug: “%(slug)s” is taken by now. Choose another one.")
            yield told % {"slug": row.after.slug, "holder": holder}


def _missing(plan: Plan) -> Iterator[str]:
    """Tell of records that rows would point to and that were deleted; those that come back along are none of them."""
    coming = {(row.part.model, row.number) for row in plan.of("added")}
    wanted: dict[Any, set[int]] = defaultdict(set)
    for _row, column, number in _pointed_to(plan.rows):
        if (column.related_model, number) not in coming:
            wanted[column.related_model].add(number)
    for model, numbers in wanted.items():
        found = set(model._default_manager.filter(pk__in=numbers).values_list("pk", flat=True))  # noqa: SLF001 - Django documents it
        names = last_names(model, numbers - found - (plan.unnamed if model is Document else frozenset()))
        for number in sorted(numbers - found):
            yield _("%(kind)s: “%(record)s” was deleted since. Undelete it first, then come back here.") % {
                "kind": capfirst(str(model._meta.verbose_name)),  # noqa: SLF001 - Django documents _meta
                "record": names.get(number, number),
            }


def _pointed_to(rows: Iterable[Row]) -> Iterator[tuple[Row, Any, int]]:
    for row in rows:
        columns: Any = row.changed() if row.before and row.after else row.part.fields
        for column in columns if row.after is not None else ():
            number = getattr(row.after, column.attname)
            if isinstance(column, models.ForeignKey) and number is not None:
                yield row, column, number


def _elsewhere(plan: Plan) -> Iterator[str]:
    """Tell of rows that would come back and stand with another record by now."""
    for part in {row.part for row in plan.of("added")}:
        numbers = [row.number for row in plan.of("added") if row.part == part]
        for row in part.model._default_manager.filter(pk__in=numbers):  # noqa: SLF001 - Django documents it
            record = getattr(row, part.link) if part.link else row
            yield _("%(kind)s: it stands with “%(record)s” by now. Take it from there first, or leave it.") % {
                "kind": capfirst(str(part.model._meta.verbose_name)),  # noqa: SLF001 - Django documents _meta
                "record": record,
            }


# The verb


def carry_out(plan: Plan) -> None:
    """Write what the plan says, in one transaction: what goes first, so that what comes finds its place free.

    Raises ValidationError for a value that the rules of today refuse, DatabaseError for what the database refuses.
    """
    with transaction.atomic():
        for row in reversed(list(plan.of("deleted"))):
            row.before.delete()
        for row in plan.of("changed"):
            _checked(row).save()
        for part, rows in _by_part(plan.of("added")):
            part.model._default_manager.bulk_create([_checked(row) for row in rows])  # noqa: SLF001 - Django documents it


def _by_part(rows: Iterable[Row]) -> list[tuple[Part, list[Row]]]:
    found: dict[Part, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.part].append(row)
    return list(found.items())


def _checked(row: Row) -> Any:
    """Return the row to save, its columns checked one by one; what they say together, the database checks."""
    made = row.after
    made._state.adding = row.before is None  # noqa: SLF001 - Django documents _state
    links = [column.name for column in made._meta.concrete_fields if column.remote_field]  # noqa: SLF001 - Django documents _meta
    made.clean_fields(exclude=links)
    return made
