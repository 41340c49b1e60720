"""A data package (Frictionless Data, Data Package 1.0): every published table, with checksums and licence."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from typing import Any, Final, cast

from django.contrib.postgres.fields import DecimalRangeField
from django.db import models
from django.db.models import ForeignKey

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


class Sink:
    """A file that cannot go back: what is written into it is handed on at once."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def handed_on(self) -> bytes:
        """Return what was written since the last time."""
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def package(origin: Origin) -> Iterator[bytes]:
    """Yield a ZIP archive of everything that is published, piece by piece; the same state gives the same bytes."""
    sink = Sink()
    resources = []
    moment = origin.changed_at.timetuple()[:6]
    with zipfile.ZipFile(cast(Any, sink), "w") as archive:  # it needs to be written to, no more
        for table in public_tables().values():
            described = _described(table)
            with archive.open(_entry(described["path"], moment), "w", force_zip64=True) as file:
                digest, size = hashlib.sha256(), 0
                for text in written([table.headings]):
                    size += _put(file, digest, text)
                for text in written(table.rows(origin.using)):
                    size += _put(file, digest, text)
                    if len(sink.parts) > 64:  # noqa: PLR2004 -- some pieces at a time, since each costs a turn
                        yield sink.handed_on()
            resources.append({**described, "bytes": size, "hash": f"sha256:{digest.hexdigest()}"})
        about = _about(origin, resources)
        archive.writestr(_entry("datapackage.json", moment), json.dumps(about, ensure_ascii=False, indent=2))
        readme = README.format(title=origin.name, licence=origin.masthead.licence or "not stated")
        archive.writestr(_entry("README.txt", moment), readme)
        yield sink.handed_on()
    yield sink.handed_on()


def _put(file: Any, digest: Any, text: str) -> int:
    data = text.encode()
    digest.update(data)
    return int(file.write(data))


def _entry(path: str, moment: Any) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date_time=moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


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
