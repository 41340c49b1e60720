"""The form field for a date in EDTF, and the validator that forms and models share."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sources.edtf.errors import EDTFError
from sources.edtf.parsing import MAX_LENGTH, parse

HELP: Final = _(
    "Year, month and day as far as they are known: 2020-10-09, 2020-10 or 2020. About: 1822~. Uncertain: 1984?. "
    "From one day to another: 2020-09-27/2020-11-10, still open: 2020-09-27/... "
    "One day, not known which: [2020-10-09,2020-10-10] or [2020-07-12..2020-07-15]. "
    "Some year of the 1950s: 195X. Spring: 2001-21. 44 BC: -0043."
)


def validate_edtf(value: str) -> None:
    """Refuse what is not EDTF, with the parser's message. Raises ValidationError."""
    try:
        parse(value)
    except EDTFError as error:
        raise ValidationError(str(error), code="edtf") from error


class EDTFFormField(forms.CharField):
    """A date in EDTF, entered as text. Blanks around it are taken away here; the parser would refuse them."""

    default_validators = [validate_edtf]

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        super().__init__(help_text=help_text or HELP, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No help from the browser: it would correct and capitalise what is not prose."""
        attributes = {"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
        return super().widget_attrs(widget) | attributes
