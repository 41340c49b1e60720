"""Forms that show what was typed and check nothing of it: what is not decided yet need not be right yet."""

from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorDict, ErrorList


def unchecked_form(form: type[BaseForm]) -> type[BaseForm]:
    """Return a form that is never valid, and has no errors of its own: its page says why."""

    class UncheckedForm(form):  # type: ignore[valid-type]  # a class made for each form
        def full_clean(self) -> None:
            self._errors, self.cleaned_data = ErrorDict(), {}

        def is_valid(self) -> bool:
            return False

    return UncheckedForm


def unchecked_formset(formset: type[BaseFormSet]) -> type[BaseFormSet]:
    """Return rows without errors."""

    class UncheckedFormSet(formset):  # type: ignore[valid-type]  # the same
        def _construct_form(self, i: int, **options: Any) -> Any:
            form = super()._construct_form(i, **options)
            form._errors, form.cleaned_data = ErrorDict(), {}  # noqa: SLF001 - as Django does for rows that nobody may change
            return form

        def full_clean(self) -> None:
            self._errors, self._non_form_errors = [form.errors for form in self.forms], ErrorList()

    return UncheckedFormSet
