"""The curators' forms: every rule of the tables is told beside the field that it is about."""

from collections import defaultdict
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from sources.admin.widgets import RememberedSelect
from sources.edtf import EDTFField


class RecordForm(forms.ModelForm):
    """A form whose errors stand beside the fields that their messages name, constraints of the table included.

    Constraints see the columns that are derived from what was typed: `derived` names those of a form's own fields, the
    ranges of dates are known. `otherwise_beside` is the field for a message that names none.
    """

    derived: ClassVar[dict[str, tuple[str, ...]]] = {}
    otherwise_beside: ClassVar[str] = NON_FIELD_ERRORS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RememberedSelect) and name in self.instance._state.fields_cache:  # noqa: SLF001 - the one way to ask whether a relation is loaded
                widget.chosen = getattr(self.instance, name)

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()
        columns = self.instance._meta.concrete_fields  # noqa: SLF001 - Django documents _meta
        ranges = {field.name: tuple(field.range_names) for field in columns if isinstance(field, EDTFField)}
        for name, derived in (ranges | self.derived).items():
            if name not in exclusions:
                exclusions.difference_update(derived)
        return exclusions

    def _update_errors(self, errors: ValidationError) -> None:
        placed = defaultdict(list)
        for name, found in errors.update_error_dict({}).items():
            for error in found:
                placed[self._place(error) if name == NON_FIELD_ERRORS else name].append(error)
        super()._update_errors(ValidationError(dict(placed)))

    def _place(self, error: ValidationError) -> str:
        return self.named_field(" ".join(error.messages)) or self.otherwise_beside

    def named_field(self, message: str) -> str | None:
        """Return the field with whose label a message begins: "Part of: …" is about `parent`."""
        labels = {str(field.label).casefold(): name for name, field in self.fields.items() if field.label}
        for label in sorted(labels, key=len, reverse=True):
            rest = message.casefold().removeprefix(label)
            if rest != message.casefold() and not rest[:1].isalnum():
                return labels[label]
        return None


class RowForm(RecordForm):
    """A form for a row of an inline: what was stored and not touched is not validated again, nor asked for again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance._state.adding:  # noqa: SLF001 - Django documents _state
            self.empty_permitted = True

    def _post_clean(self) -> None:
        """Keep also the rules between the row and its record, which Django leaves out of inlines."""
        super()._post_clean()
        if self._errors:
            return
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions())
        except ValidationError as errors:
            self._update_errors(errors)


def refused(form: type[RecordForm], words: str) -> type[RecordForm]:
    """Return a form that refuses whatever it is sent, with what the database said when it was saved."""

    class RefusedForm(form):  # type: ignore[misc, valid-type]
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(self.named_field(words), words)
            return cleaned

    return RefusedForm
