"""What rows have in common: rules that name their field, and a history; and records, a slug besides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any

import pghistory
import pgtrigger
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.edtf import EDTFField
from sources.folding import Folded
from sources.validators import LANGUAGE_TAG_PATTERN, validate_ascii_slug, validate_language_tag, validate_plain_text

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Row(models.Model):
    """A row that curators edit: when it breaks a constraint, that is told beside the field that the rule is about.

    The field is the constraint's error code. Constraints see the ranges of a date wherever they see its string, also in
    forms, which never have the ranges.
    """

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ValidationError with the broken constraints, by the names of their fields."""
        hidden = set(exclude or ())
        dates = [field for field in self._meta.concrete_fields if isinstance(field, EDTFField)]
        hidden.difference_update(*(date.range_names for date in dates if date.name not in hidden))
        try:
            super().validate_constraints(exclude=hidden)
        except ValidationError as broken:
            raise self.placed(chain.from_iterable(broken.error_dict.values()), hidden) from broken

    def placed(self, errors: Iterable[ValidationError], hidden: Collection[str] = ()) -> ValidationError:
        """Return errors of constraints as one, by the names of the fields that they are about, if these are shown."""
        found = defaultdict(list)
        for error in errors:
            for name, told in self.explained(error).items():
                found[NON_FIELD_ERRORS if name in hidden else name].append(told)
        return ValidationError(dict(found))

    def explained(self, error: ValidationError) -> Mapping[str, Any]:
        """Return what to tell of a broken constraint, by the names of the fields."""
        return {error.code or NON_FIELD_ERRORS: error}


class RecordQuerySet(models.QuerySet):
    """Reads that every record with a slug offers."""

    def get_by_natural_key(self, slug: str) -> Any:
        """Return the record whose slug this is."""
        return self.get(slug=slug)


class Record(Row):
    """A record with an address of its own; fixtures and imports name it by its slug."""

    slug = models.CharField(
        _("slug"),
        max_length=80,
        unique=True,
        validators=[validate_ascii_slug],
        help_text=_(
            "Its address and natural key: lower-case ASCII letters, digits and hyphens, "
            "such as first-ceasefire-october-2020. Public; never used again for something else."
        ),
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, ...]:
        """Return the slug, by which fixtures refer to this record."""
        return (self.slug,)


class MergeableRecord(Record):
    """A record that may turn out to be the same as another one, and is merged into it then.

    What was merged away stays on record, with its editions; nothing refers to it, and the database lets nothing refer
    to it again.
    """

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
        help_text=_("The record that stands for it since they were merged. Private."),
    )

    class Meta:
        abstract = True


class PartManager(models.Manager):
    """Finds a part of a record by what identifies it in a fixture: the lookups in the order of its natural key."""

    def __init__(self, *lookups: str) -> None:
        super().__init__()
        self.lookups = lookups

    def get_by_natural_key(self, *key: Any) -> Any:
        """Return the row with this natural key."""
        return self.get(**dict(zip(self.lookups, key, strict=True)))


def parent_of(model: type[models.Model], rows: str, label: Any) -> models.ForeignKey:
    """Return the column that says to which record a row belongs; `rows` is what the record calls its rows.

    It has no index of its own: it comes first in the unique constraint that every such table has.
    """
    return models.ForeignKey(model, on_delete=models.CASCADE, db_index=False, related_name=rows, verbose_name=label)


def slug_constraint(name: str) -> models.CheckConstraint:
    """Return the constraint that keeps a slug to what an address can carry."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(slug__regex=SLUG_PATTERN),
        violation_error_code="slug",
        violation_error_message=_("Slug: lower-case letters, digits and single hyphens, such as fall-of-a-town-2020."),
    )


def text_line(label: Any, *, max_length: int = 500, **options: Any) -> models.CharField:
    """Return a column for one line of text that PostgreSQL can hold: no NUL, no lone surrogates."""
    validators = [validate_plain_text, *options.pop("validators", ())]
    return models.CharField(label, max_length=max_length, validators=validators, **options)


def text_block(label: Any, **options: Any) -> models.TextField:
    """Return a column for several lines of text that PostgreSQL can hold."""
    return models.TextField(label, blank=True, validators=[validate_plain_text], **options)


def curators_note() -> models.TextField:
    """Return the private note that a record carries; it never leaves the desk."""
    return text_block(
        _("curators' note"), help_text=_("Private: never published. For instance: check against the printed edition.")
    )


def folded(column: str) -> models.GeneratedField:
    """Return the search and sort key of a column: every spelling of a name folded to one."""
    return models.GeneratedField(expression=Folded(column), output_field=models.TextField(), db_persist=True)


def language_field(**options: Any) -> models.CharField:
    """Return a column for a BCP 47 language tag."""
    return models.CharField(
        _("language"),
        max_length=35,
        validators=[validate_language_tag],
        help_text=_("BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public."),
        **options,
    )


def language_constraint(name: str, *, allow_blank: bool = False) -> models.CheckConstraint:
    """Return the constraint that keeps `language` to the shape of a BCP 47 tag (RFC 5646, section 2.1)."""
    condition = models.Q(language__regex=LANGUAGE_TAG_PATTERN)
    if allow_blank:
        condition |= models.Q(language="")
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_code="language",
        violation_error_message=_("Language: a BCP 47 tag, such as az-Latn."),
    )


def tracked(model_name: str, **options: Any) -> Any:
    """Return the decorator that records every insert, update and delete of a table, by statement, in `model_name`.

    Deletions are named here because the library leaves them out by default. It matches old and new rows by their
    primary key, so an update that changes one would go unseen: the database refuses it.

    Indexes serve what is asked of it: the newest revision of a row; the story of a record, rows and all, in the order
    in which it was saved; and which records were deleted last.
    """

    def decorated(model: type[models.Model]) -> type[models.Model]:
        name, record = model._meta.model_name, record_link(model)  # noqa: SLF001 - Django documents _meta
        story = ("pgh_obj" if record is None else record.name, "pgh_created_at", "pgh_context")
        indexes = [
            models.Index(fields=["pgh_obj", "pgh_id"], name=f"{name}_newest"),
            models.Index(fields=story, name=f"{name}_story"),
        ]
        if record is None:
            is_gone = models.Q(pgh_label="delete")
            indexes.append(models.Index(fields=["-pgh_id"], condition=is_gone, name=f"{name}_deleted"))
        track = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            model_name=model_name,
            obj_field=pghistory.ObjForeignKey(related_name="revisions", db_index=False),
            meta={"indexes": indexes},
            **options,
        )
        return pgtrigger.register(NUMBER_NEVER_CHANGES, *nothing_merged_away(model))(track(model))

    return decorated


def nothing_merged_away(model: type[models.Model]) -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse rows which refer to a record that was merged into another.

    They lock what is referred to before they look, as foreign keys do only when the transaction ends: whoever merges
    waits for them, and they for whoever merges. One statement for all rows; of changed rows only new references count.
    """
    links = [column for column in model._meta.concrete_fields if _is_to_mergeable(column)]  # noqa: SLF001 - Django documents _meta
    if not links:
        return []
    inserted = "".join(_refusal_of(link, REFERRED) for link in links)
    updated = "".join(_refusal_of(link, REFERRED_ANEW) for link in links)
    return [
        pgtrigger.Trigger(
            name="new_row_refers_to_nothing_merged",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(new="new_values"),
            declare=[("instead", "text")],
            func=f"{inserted}RETURN NULL;",
        ),
        pgtrigger.Trigger(
            name="changed_row_refers_to_nothing_merged",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
            declare=[("instead", "text")],
            func=f"{updated}RETURN NULL;",
        ),
    ]


def _is_to_mergeable(column: models.Field) -> bool:
    target = column.remote_field.model if column.remote_field else None
    return isinstance(target, type) and issubclass(target, MergeableRecord)


REFERRED = 'SELECT n."{column}" FROM new_values n'
REFERRED_ANEW = (
    'SELECT n."{column}" FROM new_values n JOIN old_values o ON o.id = n.id '
    'WHERE n."{column}" IS DISTINCT FROM o."{column}"'
)


def _refusal_of(link: Any, rows: str) -> str:
    told = rows.format(column=link.column)
    table = link.remote_field.model._meta.db_table  # noqa: SLF001 - Django documents _meta
    return REFUSAL.format(table=table, told=told, label=str(link.verbose_name).capitalize())


REFUSAL = """
    PERFORM 1 FROM desk."{table}" r WHERE r.id IN ({told}) ORDER BY r.id FOR KEY SHARE;
    SELECT k.slug INTO instead FROM desk."{table}" r JOIN desk."{table}" k ON k.id = r.merged_into_id
    WHERE r.id IN ({told}) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '{label}: what is chosen was merged into another record; choose that one, %', instead
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_refers_to_what_was_merged';
    END IF;
"""


def record_link(model: type[models.Model]) -> models.ForeignKey | None:
    """Return the column that says to which record a row of this table belongs; None for a table of records."""
    columns = (column for column in model._meta.concrete_fields if isinstance(column, models.ForeignKey))  # noqa: SLF001 - the same
    return next((column for column in columns if column.remote_field.on_delete is models.CASCADE), None)


NUMBER_NEVER_CHANGES = pgtrigger.Trigger(
    name="number_never_changes",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("id"),
    condition=pgtrigger.Condition("OLD.id IS DISTINCT FROM NEW.id"),
    func="""
        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';
    """,
)
