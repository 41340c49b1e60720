"""Which values a merged record has: field by field, those of the one that stays unless somebody chooses otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst

KEEP, TAKE, BOTH = "keep", "take", "both"

TOGETHER = (
    ("latitude", "longitude", "coordinate_uncertainty_m"),
    ("party", "basis"),
    ("party", "party_basis"),
    ("date_edtf", "reading_note"),
)
"""Fields that are chosen as one, since each means little without the others."""

LEFT_ALONE = ("slug", "state", "merged_into")
"""Fields of the one that stays which a merge never changes, besides those that are left to verbs."""


@dataclass(frozen=True)
class Difference:
    """Fields in which two records differ: what each has, and what is taken if nobody chooses."""

    fields: tuple[models.Field, ...]
    kept: str
    merged: str
    default: str

    @property
    def name(self) -> str:
        """How the choice is sent."""
        return self.fields[0].name

    @property
    def label(self) -> str:
        """What the fields are called."""
        return capfirst(", ".join(str(field.verbose_name) for field in self.fields))

    @property
    def can_be_joined(self) -> bool:
        """Whether both can stand there, one after the other."""
        return (
            len(self.fields) == 1 and isinstance(self.fields[0], models.TextField) and bool(self.kept and self.merged)
        )


def differences(kept: models.Model, merged: models.Model) -> Iterator[Difference]:
    """Return the fields in which the records differ, each with what is taken by default: what only one of them has."""
    for fields in _groups(type(kept)):
        mine, theirs = _values(kept, fields), _values(merged, fields)
        if mine != theirs and any(theirs):
            joined = "\n" if isinstance(fields[0], models.TextField) else ", "
            default = _default(fields, bool(any(mine)))
            yield Difference(fields, joined.join(filter(None, mine)), joined.join(filter(None, theirs)), default)


def _default(fields: tuple[models.Field, ...], is_filled: bool) -> str:  # noqa: FBT001
    if not is_filled:
        return TAKE
    return BOTH if fields[0].name == "curators_note" else KEEP


def _groups(model: type[models.Model]) -> Iterator[tuple[models.Field, ...]]:
    columns = {field.name: field for field in model._meta.concrete_fields if _is_chosen(field)}  # noqa: SLF001 - Django documents _meta
    for name, field in columns.items():
        group = next((each for each in TOGETHER if name in each and set(each) <= columns.keys()), (name,))
        if group[0] == name:
            yield tuple(columns[each] for each in group) if len(group) > 1 else (field,)


def _is_chosen(field: models.Field) -> bool:
    kept = (*LEFT_ALONE, *getattr(field.model, "left_to_verbs", ()))
    return field.editable and not field.primary_key and not field.generated and field.name not in kept


def _values(record: models.Model, fields: tuple[models.Field, ...]) -> list[str]:
    values = [getattr(record, field.name) for field in fields]
    shown = [
        getattr(record, f"get_{field.name}_display", lambda value=value: value)()
        for field, value in zip(fields, values, strict=True)
    ]
    return ["" if value is None else str(value) for value in shown]


def take_over(kept: models.Model, merged: models.Model, choices: Mapping[str, str]) -> None:
    """Give the record that stays the chosen values; it is not saved."""
    for difference in list(differences(kept, merged)):
        chosen = choices.get(difference.name, difference.default)
        if chosen == BOTH and difference.can_be_joined:
            setattr(kept, difference.name, f"{difference.kept}\n{difference.merged}")
        elif chosen == TAKE:
            for field in difference.fields:
                setattr(kept, field.attname, getattr(merged, field.attname))
