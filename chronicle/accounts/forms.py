"""What curators type at the door."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import BaseUserCreationForm, SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chronicle.accounts import second_factor, throttle

LONGEST_CODE = 40
"""A recovery code with its hyphens, and room for a space too many."""


class LoginForm(AdminAuthenticationForm):
    """Name and password; it says when to try again where too many went wrong."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "There is no curator with this name and password. Both are case-sensitive. An administrator can give you a "
            "link for a new password."
        ),
    }

    def get_invalid_login_error(self) -> ValidationError:
        """Say the same of a wrong name as of a wrong password; of a locked one say until when."""
        if self.request is None or not throttle.is_locked(self.request):
            return super().get_invalid_login_error()
        until = throttle.request_locked_until(self.request, self.cleaned_data.get("username", ""))
        words = _(
            "Too many failed logins. Try again after {time} UTC (it is {now} now), or ask an administrator to unlock "
            "the account."
        )
        return ValidationError(words.format(time=f"{until:%H:%M:%S}", now=f"{timezone.now():%H:%M}"), code="locked")


class CodeField(forms.CharField):
    """The six digits that a device shows."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}
        super().__init__(**{"max_length": LONGEST_CODE, "widget": forms.TextInput(attributes), **options})

    def to_python(self, value: Any) -> str:
        """Leave out the spaces that devices show between digits."""
        return "".join(str(super().to_python(value)).split())


class CodeForm(forms.Form):
    """The second step of the login."""

    code = CodeField(
        label=_("Code"),
        help_text=_("The six digits that your device shows now, “123 456”, or one of your recovery codes."),
    )


class SetUpForm(forms.Form):
    """Shows that the device has the secret."""

    code = CodeField(label=_("Code"), help_text=_("The six digits that the device shows now, such as “123 456”."))

    def __init__(self, *args: Any, user: User, key: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user, self.key = user, key
        self.recovery_codes: list[str] = []

    def clean_code(self) -> str:
        """Set the second factor up, or say what may be wrong."""
        code: str = self.cleaned_data["code"]
        codes = second_factor.set_up(self.user, self.key, code)
        if codes is None:
            raise ValidationError(
                _("This is not the code of the secret above. Wait for the next one; if that fails too, compare the "
                  "clock of the device, or enter the secret anew.")
            )  # fmt: skip
        self.recovery_codes = codes
        return code


class ConfirmForm(forms.Form):
    """Asks for a code before the second factor is changed."""

    code = CodeField(label=_("Code"), help_text=_("The six digits that your device shows now."))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.fields["code"].widget.attrs.pop("autofocus")

    def clean_code(self) -> str:
        """Refuse a code that the device did not make."""
        code: str = self.cleaned_data["code"]
        if not second_factor.is_right(self.user, code):
            raise ValidationError(_("This is not the code of now. Each is taken once: wait for the next one."))
        return code


class InvitedForm(BaseUserCreationForm):
    """The name and password of who was invited."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name")
        help_texts = {
            "username": _(
                "By this name you log in, and colleagues see who made a change: “m.archivist”. Never public."
            ),
            "first_name": _("If colleagues should see it. Never public."),
            "last_name": _("If colleagues should see it. Never public."),
        }


class NewPasswordForm(SetPasswordForm):
    """A new password, twice."""
