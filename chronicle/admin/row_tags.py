"""The rows of a form at the desk: a line each, and the fields behind it."""

from typing import Any

from django import template
from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.utils.safestring import SafeString, mark_safe

from chronicle.admin.citation_line import CitationLine, citation_line
from chronicle.models import Citation
from sources.admin import moulds

register = template.Library()

FIELDS = "admin/chronicle/_citation_fields.html"


@register.simple_tag
def row_fields(rows: InlineAdminFormSet, row: InlineAdminForm) -> SafeString:
    """Return the fields of a citation as HTML."""
    return moulds.row_fields(rows, row, FIELDS)


@register.simple_tag
def line_of(row: InlineAdminForm) -> CitationLine | None:
    """Return the line of a citation as it is stored; None for one that is new, or that what was typed would break."""
    citation: Any = row.original
    return citation_line(citation) if isinstance(citation, Citation) and not row.form.errors else None


@register.filter(is_safe=True)
def plain_corners(table: SafeString) -> SafeString:
    """Return a table of which what has no words in its head is a cell: a heading without words says nothing."""
    cells = table.replace('<th class="original"></th>', '<td class="original"></td>').replace("<th></th>", "<td></td>")
    return mark_safe(cells)  # noqa: S308 - from a template


@register.filter(is_safe=True)
def scrolled_by_keyboard(table: SafeString) -> SafeString:
    """Return a table that takes the focus, since nothing in it does: where it is too wide it is scrolled."""
    return mark_safe(table.replace('data-inline-type="tabular"', 'data-inline-type="tabular" tabindex="0"', 1))  # noqa: S308 - the same
