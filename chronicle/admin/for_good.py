"""What is asked before something goes for good: why, and that it is meant."""

from typing import Any

from django import forms

from sources.validators import validate_plain_text

LONGEST_REASON = 500


def reason_field(label: Any, *, help_text: Any, missing: Any) -> forms.CharField:
    """Return the field for why; `missing` says what to do where nothing is written."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=help_text,
        error_messages={"required": missing},
    )


def sure_field(label: Any, *, help_text: Any, missing: Any) -> forms.BooleanField:
    """Return the field that is marked by whoever means it."""
    return forms.BooleanField(label=label, help_text=help_text, error_messages={"required": missing})
