"""Every text that a curator writes can be purged, or is named here with the reason why it holds no words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models

from chronicle.database.published import RECORDS
from chronicle.database.publishing.purgeable import BESIDE, TEXTS, rows_of
from chronicle.history.parts import going_along
from sources.edtf import EDTFField
from tests.factories.whole import edited

NO_WORDS = {
    "chronicle_location.geometry": "GeoJSON of numbers alone: its check refuses foreign members",
    "chronicle_location.wikidata_id": "Q and a number, by constraint",
    "chronicle_masthead.slug": "given, by constraint",
    "chronicle_merge.changes": "purged with the fields whose values it took away",
    "chronicle_merge.kept_name": "purged with the name of its record",
    "chronicle_merge.merged_name": "the same",
    "sources_documentfile.copy_media_type": "found by looking into the file",
    "sources_documentfile.media_type": "the same",
    "sources_documentfile.purge_reason": "written by the verb that purges the file, which says not to repeat words",
}
"""Texts that are not purged by their field. Choices of a list, dates, language tags and checksums hold no words."""

BY_RULE = ("language", "sha256", "copy_sha256")


def texts() -> Iterator[str]:
    """Every column into which words could be written, of the tables that curators edit."""
    for model in edited():
        for column in model._meta.concrete_fields:
            is_text = isinstance(column, models.CharField | models.TextField | models.JSONField)
            is_bound = column.generated or column.choices or isinstance(column, EDTFField) or column.name in BY_RULE
            if is_text and not is_bound:
                yield f"{model._meta.db_table}.{column.column}"


def purgeable() -> set[str]:
    """Every column that the lists name."""
    beside = {name: one.fields for name, one in BESIDE.items()}
    return {f"{table}.{column}" for table, fields in {**TEXTS, **beside}.items() for column in fields}


def test_every_text_of_the_desk_can_be_purged_or_holds_no_words_for_a_reason() -> None:
    of_editions = {f"chronicle_edition.{name}" for name in BESIDE["chronicle_edition"].fields}

    assert purgeable() - of_editions == set(texts()) - set(NO_WORDS)
    assert set(NO_WORDS) <= set(texts())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.subject)
def test_rows_of_a_record_are_those_that_go_along_with_it(record: Any) -> None:
    (model,) = (one for one in edited() if one._meta.db_table == record.root.name)
    along = {part.model._meta.db_table for part in going_along(model)}

    assert along <= {table for table, _column in rows_of(record)}
