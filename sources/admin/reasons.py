"""The reason for a change, in a line: asked wherever something is saved or done, kept in the history, never public."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.validators import validate_plain_text

LONGEST_REASON = 300


def reason_field(*, required: bool = False) -> forms.CharField:
    """Return the field that asks why."""
    return forms.CharField(
        label=gettext_lazy("Reason"),
        required=required,
        max_length=LONGEST_REASON,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy(
            "Why, in a line, for the history: The page number was that of the first printing. Private."
        ),
    )


class SavingReason(forms.Form):
    """Why something is saved or deleted; its name is none that a record's own column has."""

    saving_reason = reason_field()

    def in_words(self) -> str:
        """Return what is wrong with it."""
        return " ".join(f"{_('Reason')}: {told}" for told in self.errors.get("saving_reason", ()))


def because(reason: str) -> AbstractContextManager[Any]:
    """Return the context in which what is changed is recorded with this reason, if there is one."""
    return pghistory.context(reason=reason) if reason else nullcontext()


class AskingReason:
    """Mixin for the admin of records whose history is kept: asks why a record is saved or deleted."""

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Record what is saved with its reason; one that cannot be kept is told like an error of the form."""
        form = SavingReason(request.POST or None)
        if request.method != "POST":
            return super().changeform_view(request, *args, **options)
        if not form.is_valid():
            request.refusal = form.in_words()
        with because(form.cleaned_data.get("saving_reason", "")):
            return super().changeform_view(request, *args, **options)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Put the question into the form, with what was answered."""
        context["reason_form"] = SavingReason(request.POST or None)
        return super().render_change_form(request, context, *args, **options)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Record what is deleted with its reason."""
        form = SavingReason(request.POST or None)
        if request.method == "POST" and not form.is_valid():
            self.message_user(request, form.in_words(), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        reason = form.cleaned_data.get("saving_reason", "") if request.method == "POST" else ""
        with because(reason):
            return super().delete_view(request, object_id, {"reason_form": form, **(extra_context or {})})
