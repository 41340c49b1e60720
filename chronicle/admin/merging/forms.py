"""What a merge asks: which value stays where two records differ, and why they are the same."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.merging.values import BOTH, KEEP, TAKE, Difference, differences
from sources.validators import validate_plain_text

VALUE = "value-"
"""How the boxes of values begin, so that none of them is taken for another box of the page."""


class MergeForm(forms.Form):
    """A choice for each field in which the records differ, and the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=2000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Why they are the same: one town in two spellings. Private."),
    )

    def __init__(self, *args: Any, kept: Any, merged: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for difference in differences(kept, merged):
            self.fields[f"{VALUE}{difference.name}"] = _choice(difference)
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def choices(self) -> dict[str, str]:
        """Which value stays, by the name of the field."""
        values = self.cleaned_data.items()
        return {name.removeprefix(VALUE): value for name, value in values if name.startswith(VALUE)}


def _choice(difference: Difference) -> forms.ChoiceField:
    offered = [(KEEP, difference.kept or _("empty")), (TAKE, difference.merged)]
    if difference.can_be_joined:
        offered.append((BOTH, _("both, one after the other")))
    return forms.ChoiceField(
        label=difference.label, choices=offered, initial=difference.default, widget=forms.RadioSelect
    )


class OtherForm(forms.Form):
    """Which record is the same as this one."""

    other = forms.CharField(
        label=gettext_lazy("The other record"),
        max_length=80,
        validators=[validate_plain_text],
        help_text=gettext_lazy("Its number or its slug, as the address of its page has it: 147, or shusha."),
    )
