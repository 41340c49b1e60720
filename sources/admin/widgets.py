"""Widgets of the curators' forms."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, AutocompleteSelect
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sources.edtf import Bounds, Day, EDTFError, EDTFField, parse, words

ONE_BLOCK = 3  # lines of a text area: most texts are a sentence or two, and the area can be drawn larger


class ExplainedInput(AdminTextInputWidget):
    """A line for what is typed in words of its own, and below it how what stands there is understood.

    `explainer` names the desk's page that explains it while it is typed. The words are spoken when they change.
    """

    explainer = ""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"data-explained-by": self.explainer, **(attrs or {})})

    def explained(self, value: Any) -> str:
        """Return how a value is understood; nothing for one that is refused, since the form says why."""
        raise NotImplementedError

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the line and the words."""
        return self.wrapped(
            self.line(name, value, attrs, renderer), self.explained(value), (attrs or {}).get("id", name)
        )

    def line(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the line alone."""
        return super().render(name, value, attrs, renderer)

    def wrapped(self, line: str, words: str, identifier: str) -> SafeString:
        """Return the line with the words below it."""
        return format_html(
            '<div class="edtf">{}<p class="understood" id="{}_understood" aria-live="polite">{}</p></div>',
            mark_safe(line),  # noqa: S308 - a widget drew it
            identifier,
            words,
        )


class EDTFInput(ExplainedInput):
    """A line for a date in EDTF."""

    explainer = "date"

    def explained(self, value: Any) -> str:
        """Return the date in words, and its first and last day."""
        return understood(value)


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
        """Return the chosen record as the only option, without a query if it is the one that is known.

        What is no number of a record is left out; the form says that it is no choice.
        """
        value = [one for one in map(str, value) if one.isascii() and one.isdigit()]
        if self.chosen is None or value != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        chosen = self.create_option(name, self.chosen.pk, str(self.chosen), selected=True, index=len(empty))
        return [(None, [*empty, chosen], 0)]


class LateSelect(RememberedSelect):
    """An autocomplete that a page makes when it is needed: of hundreds in folded rows most are never looked at.

    In a folded row it has none of the attributes by which it is made: the page's script takes them from the empty row.
    """

    is_folded = False

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the attributes, with a class that the admin's own script does not look for."""
        if self.is_folded:
            return {**base_attrs, **(extra_attrs or {}), "class": "late-autocomplete"}
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "class": attrs["class"].replace("admin-autocomplete", "late-autocomplete")}


WIDGETS = {
    EDTFField: {"widget": EDTFInput},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": ONE_BLOCK})},
}
"""What the curators' forms use instead of Django's own choice, by the model's field."""
