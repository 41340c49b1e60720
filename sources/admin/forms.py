"""The curators' forms: nothing is asked of the database twice, and what it refuses is told beside its field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sources.admin.widgets import RememberedSelect


class RecordForm(forms.ModelForm):
    """A form that knows the chosen records already, and which of its fields a message is about."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RememberedSelect) and name in self.instance._state.fields_cache:  # noqa: SLF001 - the one way to ask whether a relation is loaded
                widget.chosen = getattr(self.instance, name)

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

    class RefusedForm(form):  # type: ignore[valid-type]  # a class made for each form
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(self.named_field(words), words)
            return cleaned

    return RefusedForm
