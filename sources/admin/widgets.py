"""Widgets of the curators' forms."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, AutocompleteSelect
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sources.edtf import Bounds, Day, EDTFError, EDTFField, parse, words

ONE_BLOCK = 3  # lines of a text area: most texts are a sentence or two, and the area can be drawn larger


class EDTFInput(AdminTextInputWidget):
    """A line for a date in EDTF, and below it, in words, how the date that stands there was understood."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the line and the words; no words for what is no date, since the form says why."""
        line = super().render(name, value, attrs, renderer)
        return format_html('<div class="edtf">{}<p class="understood">{}</p></div>', line, understood(value))


def understood(text: Any) -> str:
    """Return how a date was understood: "understood as: about 1822 (1 January 1822 – 31 December 1822)"."""
    try:
        edtf = parse(text or "")
    except EDTFError:
        return ""
    if edtf.bounds.earliest == edtf.bounds.latest:
        return _("understood as: %(words)s") % {"words": words(edtf)}
    return _("understood as: %(words)s (%(bounds)s)") % {"words": words(edtf), "bounds": _bounds(edtf.bounds)}


def _bounds(bounds: Bounds) -> str:
    earliest = _day(bounds.earliest) if bounds.earliest else _("no first day")
    latest = _day(bounds.latest) if bounds.latest else _("no last day")
    return f"{earliest} – {latest}"


def _day(day: Day) -> str:
    try:
        return words(parse(str(day)))
    except EDTFError:  # years of more than four digits are written otherwise in EDTF
        return str(day)


class RememberedSelect(AutocompleteSelect):
    """An autocomplete that need not ask the database for the name of the record that its form has loaded already."""

    chosen: models.Model | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """Return the chosen record as the only option, without a query if it is the one that is known."""
        if self.chosen is None or [str(one) for one in value] != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        chosen = self.create_option(name, self.chosen.pk, str(self.chosen), selected=True, index=len(empty))
        return [(None, [*empty, chosen], 0)]


WIDGETS = {
    EDTFField: {"widget": EDTFInput},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": ONE_BLOCK})},
}
"""What the curators' forms use instead of Django's own choice, by the model's field."""
