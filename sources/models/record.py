"""What rows have in common: rules that name their field; and records, a slug besides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.edtf import EDTFField
from sources.validators import validate_ascii_slug


class Row(models.Model):
    """A row that curators edit: when it breaks a constraint, that is told beside the field that the rule is about.

    The field is the constraint's error code. Constraints see the ranges of a date wherever they see its string, also in
    forms, which never have the ranges.

    `left_to_verbs` are the columns that verbs alone change: imports, merges and ways back leave them as they are.
    """

    left_to_verbs: ClassVar[tuple[str, ...]] = ()

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
