"""Templates of sheets: the headings of a kind of record, below each what it is, and a row that shows how it is filled.

The row below the headings begins with “# ” and is read by nobody but people.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import models
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from chronicle.corpus.rows import identifying
from chronicle.imports.examples import EXAMPLES
from chronicle.imports.spreadsheet import guarded
from chronicle.imports.tables import fillable, importable
from chronicle.models import Citation
from sources.models import DocumentFile, DocumentText

ASSERTIONS: Final = "assertions"
"""The sheet of one document with a row for each assertion."""
DESCRIBED: Final = (
    *("document", "document.document_type", "document.title", "document.title_short", "document.issued_edtf"),
    *("event", "event.title", "event.kind", "event.date_edtf", "locator_label", "locator", "aspect", "stance"),
    *("statement", "quotation", "claimed_by", "asserted_date_edtf", "date_of", "asserted_location"),
    *("asserted_location_role", "asserted_party", "asserted_figure", "unit", "population", "side", "value_as_printed"),
)
"""Its columns: what is said of a document and an event is said once, and only where they are new."""


def templates() -> dict[str, str]:
    """Return the template of every kind of record that a sheet can hold, by its name."""
    kinds = [name for name, model in importable().items() if model not in {DocumentFile, DocumentText}]
    return {name: template(name) for name in (*kinds, ASSERTIONS)}


def template(name: str) -> str:
    """Return one template as CSV."""
    if name == ASSERTIONS:
        return _written(DESCRIBED, Citation, EXAMPLES[ASSERTIONS])
    model = importable()[name]
    return _written([column.name for column in fillable(model)], model, EXAMPLES[name])


def _written(headings: Sequence[str], model: type[Model], examples: Iterable[Mapping[str, str]]) -> str:
    explained = [_explained(model, heading) for heading in headings]
    explained[0] = f"# {explained[0]}"
    rows = [headings, explained, *([row.get(heading, "") for heading in headings] for row in examples)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def _explained(model: type[Model], heading: str) -> str:
    """What a column is, in one cell: its help text, what can stand in it, whether it is needed."""
    link, _dot, name = heading.partition(".")
    if name:
        target: Any = model._meta.get_field(link).related_model  # noqa: SLF001 -- Django documents it
        return _("Only if it is new: %(words)s") % {"words": _explained(target, name)}
    column: Any = model._meta.get_field(heading)  # noqa: SLF001 -- the same
    parts = [str(column.help_text) or f"{column.verbose_name}.".capitalize()]
    if isinstance(column, ForeignKey):
        parts.append(_("The slug of another record."))
    elif column.choices:
        parts.append(
            _("One of: %(codes)s.") % {"codes": ", ".join(code for code, _label in column.flatchoices if code)}
        )
    elif isinstance(column, models.BooleanField):
        parts.append(_("yes or no."))
    if column in identifying(model) and column.editable:
        parts.append(_("Needed: it says which row is meant."))
    elif not column.blank and not column.has_default():
        parts.append(_("Needed."))
    return " ".join(parts)
