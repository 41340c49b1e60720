"""Rows of a form that are cleaned, checked and saved together: as many queries for two hundred rows as for two.

Django asks the database about each chosen record, each constraint and each save of each row by itself: some forty-five
queries for a row of citations.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, Model
from django.forms.models import InlineForeignKeyField, construct_instance
from django.utils.functional import cached_property

from sources.admin.forms import RowForm
from sources.edtf import EDTFField
from sources.models.checking import broken_checks

LookUp = Callable[[str], Model | None]


class KnownChoiceField(forms.ModelChoiceField):
    """A choice of a record that its rows have looked up already, together with those of all other rows."""

    look_up: LookUp = staticmethod(lambda _number: None)

    def to_python(self, value: Any) -> Any:
        """Return the record; what is not known is refused as usual."""
        known = self.look_up(str(value)) if value not in self.empty_values else None
        return known or super().to_python(value)


class RowOfMany(RowForm):
    """A row that leaves to its rows what they ask the database for all of them."""

    def _post_clean(self) -> None:
        """Check what can be checked without the database: choices were looked up, constraints come last."""
        exclude = self._get_validation_exclusions() | set(self._chosen())
        try:
            self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
            self.instance.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as errors:
            self._update_errors(errors)

    def _chosen(self) -> Iterator[str]:
        columns = (column for column in self.instance._meta.concrete_fields if isinstance(column, ForeignKey))  # noqa: SLF001 - Django documents _meta
        yield from (column.name for column in columns)
        yield from (name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField))

    def refuse(self, errors: list[ValidationError]) -> None:
        """Tell of broken constraints beside the fields that they are about."""
        for name, told in self.instance.placed(errors).error_dict.items():
            self.add_error(name if name in self.fields or name == NON_FIELD_ERRORS else None, told)


class RowsTogether(forms.BaseInlineFormSet):
    """Rows of which all together are looked up, checked and saved in a number of queries that does not grow."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.form.base_fields = {name: _translated(field) for name, field in self.form.base_fields.items()}
        super().__init__(*args, **options)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add Django's own fields, and tell every choice where the chosen records are."""
        super().add_fields(form, index)
        own = form.fields[self._pk_field.name]
        known = KnownChoiceField(own.queryset, initial=own.initial, required=False, widget=forms.HiddenInput)
        known.look_up = self._own_row
        form.fields[self._pk_field.name] = known
        for name, field in form.fields.items():
            if isinstance(field, KnownChoiceField) and field is not known:
                field.look_up = self._looking_up(name)

    def _own_row(self, number: str) -> Model | None:
        return self._own_rows.get(number)

    @cached_property
    def _own_rows(self) -> dict[str, Model]:
        return {str(row.pk): row for row in self.get_queryset()}

    def _looking_up(self, name: str) -> LookUp:
        return lambda number: self._records(name).get(number)

    def _records(self, name: str) -> dict[str, Model]:
        """Return the records that are chosen in a field of any row: those that came with the rows, then the others."""
        if name not in self._found:
            rows = (row._state.fields_cache.get(name) for row in self.get_queryset())  # noqa: SLF001 - the one way to ask whether a relation is loaded
            found = {str(record.pk): record for record in rows if record}
            wanted = {number for number in self._sent(name) if number not in found}
            if wanted:
                queryset = self.form.base_fields[name].queryset
                found |= {str(number): record for number, record in queryset.in_bulk(wanted).items()}
            self._found[name] = found
        return self._found[name]

    @cached_property
    def _found(self) -> dict[str, dict[str, Model]]:
        return {}

    def _sent(self, name: str) -> set[int | str]:
        sent = {str(form[name].data or "") for form in self.forms if name in form.fields}
        return {number for number in sent if number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER}

    def clean(self) -> None:
        """Check what only the database can judge, of all rows that changed and have no error yet."""
        super().clean()
        left = {id(form) for form in self.deleted_forms} if self.can_delete else set()
        changed = [form for form in self.forms if id(form) not in left and form.has_changed() and not form.errors]
        rows = {id(form.instance): form for form in changed}
        for row, errors in broken_checks([form.instance for form in changed]):
            rows[id(row)].refuse(errors)

    def save(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Save all rows: one deletion, one change, one addition."""
        saved: list[Any] = super().save(commit=False)
        if not commit:
            return saved
        rows = self.model._default_manager  # noqa: SLF001 - Django documents it
        if self.deleted_objects:
            rows.filter(pk__in=[row.pk for row in self.deleted_objects]).delete()
        if self.changed_objects:
            rows.bulk_update([row for row, _names in self.changed_objects], sorted(self._changed_columns()))
        rows.bulk_create(self.new_objects)
        return saved

    def _changed_columns(self) -> set[str]:
        """Return the columns that any row changes, with those that follow them."""
        fields = {column.name: column for column in self.model._meta.concrete_fields}  # noqa: SLF001 - the same
        followers = defaultdict(list, self.form.followed_by)
        names = {name for _row, changed in self.changed_objects for name in changed if name in fields}
        found = names | {follower for name in names for follower in followers[name]}
        dates = (fields[name] for name in names if isinstance(fields[name], EDTFField))
        return found | {name for date in dates for name in date.range_names}


def _translated(field: forms.Field) -> forms.Field:
    """Return a field that has its words already, which every row would translate anew."""
    own = copy(field)
    own.label, own.help_text = str(own.label), str(own.help_text)
    return own


LONGEST_NUMBER = 19  # digits of a bigint; longer ones are no number of a record
