"""The fields of many rows as HTML: made by templates once, then filled in for each row.

A page with two hundred citations has 5,600 fields. Templates take a millisecond for each, of which all but the value is
the same in every row.

A folded row has what it takes to read, to save, and without a script to edit it. What explains its fields, and what
needs a script in any case, stands in the empty row, from which the page's script takes it when the row is opened.
"""

import re
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.template.loader import render_to_string
from django.utils.html import escape, strip_spaces_between_tags
from django.utils.safestring import SafeString, mark_safe

from sources.admin.widgets import ExplainedInput, LateSelect, RememberedSelect

TOKEN = secrets.token_hex(16)
"""Stands for the prefix of a row, and for a text that is filled in: nobody can guess it, so that nobody types it."""

SLOT = re.compile(rf"{TOKEN}:(\w+):")
PLAIN = {AdminTextInputWidget, AdminTextareaWidget, forms.HiddenInput}
"""What is drawn with its value and nothing else of it."""


class Mould:
    """What the rows of one page have in common, made of a form that is none of them.

    `draw` makes HTML of that form by templates. Rows with errors are none of a mould's: they have more to say.
    """

    def __init__(self, form: forms.BaseForm, draw: Callable[[], str]) -> None:
        self.widgets: dict[str, tuple[Any, dict[str, Any]]] = {}
        self.drawn: dict[tuple[Any, ...], str] = {}
        for name, field in form.fields.items():
            field.widget.render = partial(self._slot, name, field.widget)
        self.parts = SLOT.split(strip_spaces_between_tags(draw()))
        for widget, _attrs in self.widgets.values():
            del widget.render

    def _slot(self, field: str, widget: Any, /, **options: Any) -> SafeString:
        """Stand in for a widget, and keep the attributes that it was to be drawn with."""
        self.widgets[field] = widget, options["attrs"]
        return mark_safe(f"{TOKEN}:{field}:")  # noqa: S308 - letters of our own

    def filled(self, form: forms.BaseForm) -> SafeString:
        """Return the fields of a row."""
        pieces = [
            self._field(form, part) if number % 2 else part  # every second part is the name of a field
            for number, part in enumerate(self.parts)
        ]
        return mark_safe("".join(pieces).replace(TOKEN, str(form.prefix)))  # noqa: S308 - templates drew it, values are escaped

    def _field(self, form: forms.BaseForm, name: str) -> str:
        value, (widget, _attrs) = form[name].value(), self.widgets[name]
        if isinstance(widget, ExplainedInput):
            own = form.fields[name].widget
            return own.wrapped(self._line(name, value), own.explained(value), f"id_{TOKEN}-{name}")
        if type(widget) in PLAIN:
            return self._line(name, value)
        chosen = _select(form.fields[name].widget)
        if chosen is not None:
            _select(widget).chosen = chosen.chosen
        return self._drawn(name, value)

    def _line(self, name: str, value: Any) -> str:
        if value in (None, ""):
            return self._drawn(name, None)
        return self._drawn(name, TOKEN + TOKEN).replace(TOKEN + TOKEN, escape(str(value)))

    def _drawn(self, name: str, value: Any) -> str:
        key = (name, str(value))
        if key not in self.drawn:
            widget, attrs = self.widgets[name]
            draw = widget.line if isinstance(widget, ExplainedInput) else widget.render
            self.drawn[key] = strip_spaces_between_tags(draw(f"{TOKEN}-{name}", value, attrs))
        return self.drawn[key]


def row_fields(rows: InlineAdminFormSet, row: InlineAdminForm, template: str) -> SafeString:
    """Return the fields of a row of an inline, by this template, which gets the `row`; of a folded one by a mould.

    Folded are rows that are stored and have no errors, where there is an empty row besides.
    """
    is_folded = row.original and not row.form.errors and rows.has_add_permission and rows.has_change_permission
    if not is_folded:
        return render_to_string(template, {"row": row})
    formset = rows.formset
    if not hasattr(formset, "mould"):
        formset.mould = _mould(rows, template)
    return formset.mould.filled(row.form)


def _mould(rows: InlineAdminFormSet, template: str) -> Mould:
    formset = rows.formset
    form = formset.form(
        auto_id=formset.auto_id, prefix=TOKEN, use_required_attribute=False, **formset.get_form_kwargs(None)
    )
    formset.add_fields(form, None)
    for bound in form:
        _fold(bound)
    row = InlineAdminForm(
        formset, form, rows.fieldsets, rows.prepopulated_fields, None, rows.readonly_fields, model_admin=rows.opts
    )
    return Mould(form, lambda: render_to_string(template, {"row": row}))


def _fold(bound: forms.BoundField) -> None:
    """Leave out what the empty row has as well: the help text, the ways to other records, and how a picker is made."""
    bound.help_text = bound.field.help_text = ""
    widget = bound.field.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_add_related = widget.can_change_related = widget.can_view_related = widget.can_delete_related = False
        widget = widget.widget
    if isinstance(widget, LateSelect):
        widget.is_folded = True


def _select(widget: Any) -> RememberedSelect | None:
    inner = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
    return inner if isinstance(inner, RememberedSelect) else None
