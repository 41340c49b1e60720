"""A data package (Frictionless Data, Data Package 1.0): every published table, with checksums and licence."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from django.contrib.postgres.fields import DecimalRangeField
from django.db import models
from django.db.models import ForeignKey

from chronicle.exports.archives import Archive
from chronicle.exports.origin import Origin
from chronicle.exports.tables import PublicTable, public_tables, written
from sources.edtf import EDTFField

TYPES: Final = (
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.DecimalField, "number"),
    (models.FloatField, "number"),
    (models.JSONField, "object"),
)
"""Types of Table Schema 1.0; all others are strings."""
FORMATS: Final = (
    (EDTFField, "EDTF (ISO 8601-2:2019)"),
    (DecimalRangeField, "a figure in words, or a range in PostgreSQL's notation"),
)

README: Final = """{title}

Every table is a file in data/, in CSV with UTF-8; datapackage.json describes the columns and has the checksums. A
record is named by its slug, also where another one points to it; ids are the public numbers (E147 is event 147, C1187
is citation 1187). Dates are EDTF. Cells that a spreadsheet would take for formulas have an apostrophe before them.
Where documents differ, every value is there with who speaks; none was chosen.

Licence: {licence}
"""


def package(origin: Origin) -> Iterator[bytes]:
    """Yield a ZIP archive of everything that is published, piece by piece; the same state gives the same bytes."""
    archive = Archive(origin.changed_at)
    yield from data_package(archive, origin)
    readme = README.format(title=origin.name, licence=origin.masthead.licence or "not stated")
    yield from archive.add("README.txt", [readme])
    yield from archive.end()


def data_package(archive: Archive, origin: Origin) -> Iterator[bytes]:
    """Yield what an archive grows by while every table is put into it, and the description of all of them."""
    resources = []
    for table in public_tables().values():
        described = _described(table)
        texts = chain(written([table.headings]), written(table.rows(origin.using)))
        yield from archive.add(described["path"], texts)
        file = archive.files[-1]
        resources.append({**described, "bytes": file.size, "hash": f"sha256:{file.sha256}"})
    about = json.dumps(_about(origin, resources), ensure_ascii=False, indent=2)
    yield from archive.add("datapackage.json", [about])


def _described(table: PublicTable) -> dict[str, Any]:
    """A table as Table Schema has it."""
    keys = [
        {"fields": column.name, "reference": {"resource": _name_of(column), "fields": "slug"}}
        for column in table.columns
        if isinstance(column, ForeignKey)
    ]
    fields = [{"name": "id", "type": "integer", "description": "The public number."}, *map(_field, table.columns)]
    return {
        "name": table.name,
        "title": str(table.model._meta.verbose_name_plural),  # noqa: SLF001 -- Django documents it
        "path": f"data/{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }


def _name_of(column: Any) -> str:
    return str(column.related_model._meta.model_name)  # noqa: SLF001 -- Django documents it


def _field(column: models.Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": next((name for kind, name in TYPES if isinstance(column, kind)), "string"),
        "title": str(column.verbose_name),
    }
    words = [str(column.help_text), *(f"{words}." for kind, words in FORMATS if isinstance(column, kind))]
    if any(words):
        described["description"] = " ".join(word for word in words if word)
    if column.choices:
        described["constraints"] = {"enum": [code for code, _label in column.flatchoices if code]}
    if described["type"] == "boolean":
        described |= {"trueValues": ["yes"], "falseValues": ["no"]}
    return described


def _about(origin: Origin, resources: list[dict[str, Any]]) -> dict[str, Any]:
    masthead = origin.masthead
    licence = {"title": masthead.licence, "path": masthead.licence_url}
    about: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "chronicle",
        "title": origin.name,
        "created": origin.changed_at.isoformat(),
        "resources": resources,
    }
    if masthead.licence:
        about["licenses"] = [{name: value for name, value in licence.items() if value}]
    return about
