"""What leaves in a format and is taken into an empty chronicle again gives the same rows: every table, every column."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.postgres.fields import DecimalRangeField
from django.db import models, transaction
from django.db.models import ForeignKey
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import Range

from chronicle.exports import PublicTable, public_tables, written
from chronicle.exports.archives import Archive
from chronicle.exports.workbooks import Sheet, workbook
from chronicle.imports import Read, import_tables, read_file
from chronicle.models import Citation
from sources.edtf import EDTFField
from tests.examples import examples
from tests.factories.whole import whole_chronicle

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 5, 31, tzinfo=UTC)
DEPOSITED = ("documentfile", "documenttext")
"""What lies in files comes from no table."""
PLAIN = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n")
SNARES = (
    *("=1+1", "+1", "-1", "@a", "'", "''=", "1.50", "2020-10-09", "1E5", "TRUE", "#N/A", "_x0041_", "_x0041_x0042_"),
    *('"', '","', ";", "\\", "# a", "null", "<b>&amp;", "]]>", "Şuşa Շուշի שם", "a\nb\n\tc", "\ufeffa", "\ufffe", "😀"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(SNARES), st.text(PLAIN, min_size=1, max_size=30)), min_size=3, max_size=6)
DATES = st.lists(
    st.sampled_from(
        ("2020-10-09", "1994-05~", "-0043-03-15/..", "[2020..2021]", "19XX", "Y17000", "2001-21?", "/1920")
    ),
    min_size=2,
    max_size=3,
)
DEGREES = st.decimals(-90, 90, places=6)
FIGURES = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9) | st.none())


def tables() -> list[PublicTable]:
    return [table for name, table in public_tables().items() if name not in DEPOSITED]


def as_csv() -> Iterator[Read]:
    for table in tables():
        text = "".join([*written([table.headings]), *written(table.rows("default"))])
        yield read_file(f"{table.name}.csv", text.encode())


def as_workbook() -> Iterator[Read]:
    sheets = [Sheet(one.name, one.headings, one.rows("default"), one.numeric) for one in tables()]
    yield read_file("chronicle.xlsx", b"".join(workbook(sheets, Archive(MOMENT))))


def as_json() -> Iterator[Read]:
    whole = {table.name: [*table.records("default")] for table in tables()}
    yield read_file("chronicle.json", json.dumps(whole).encode())


FORMATS: dict[str, Callable[[], Iterator[Read]]] = {"CSV": as_csv, "XLSX": as_workbook, "JSON": as_json}


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table with what identifies the rows that they point to, and no numbers of their own."""
    found = {}
    for table in tables():
        names = [f"{one.name}__slug" if isinstance(one, ForeignKey) else one.name for one in table.columns]
        ranges = [name for one in table.columns if isinstance(one, EDTFField) for name in one.range_names]
        rows = table.model._base_manager.values_list(*names, *ranges)
        found[table.name] = sorted(rows, key=repr)
    return found


IN_SHAPE = {"slug", "language", "doi", "isbn", "url", "archive_url", "licence_url", "contact", "wikidata_id"}
"""Columns with a grammar of their own."""


def fill(texts: list[str], dates: list[str], degrees: Decimal, figure: tuple[int, int | None]) -> None:
    """Make a chronicle with rows in every table, then put these values into all columns that can hold them."""
    whole_chronicle()
    for table in tables():
        rows = list(table.model._base_manager.order_by("pk"))
        free = [one for one in table.columns if _is_free(one)]
        for place, row in enumerate(rows):
            for shift, column in enumerate(free):
                _put(row, column, {"texts": texts, "dates": dates, "figure": figure}, place + shift)
            if getattr(row, "latitude", None) is not None:
                row.latitude, row.longitude = degrees, -degrees * 2
        names = [column.name for column in free]
        names += [name for one in free if isinstance(one, EDTFField) for name in one.range_names]
        names += ["latitude", "longitude"] if hasattr(table.model, "latitude") else []
        if rows and names:
            table.model._base_manager.bulk_update(rows, names)


def _is_free(column: models.Field) -> bool:
    is_text = isinstance(column, (models.CharField, models.TextField))
    return (is_text and not column.choices and column.name not in IN_SHAPE) or isinstance(column, DecimalRangeField)


def _put(row: Any, column: models.Field, values: dict[str, Any], place: int) -> None:
    """Put in a value of its kind, where the row has one: what is empty may have to be."""
    if getattr(row, column.name) in ("", None):
        return
    if isinstance(column, EDTFField):
        setattr(row, column.name, values["dates"][place % len(values["dates"])])
    elif isinstance(column, DecimalRangeField):
        lower, more = values["figure"]
        row.asserted_figure = Range(
            Decimal(lower), None if more is None else Decimal(lower + more), "[)" if more is None else "[]"
        )
        row.is_approximate = bool(lower % 2)
    else:
        text = values["texts"][place % len(values["texts"])].strip() or "a"
        setattr(row, column.name, text[: column.max_length].strip())


@pytest.mark.parametrize("name", FORMATS)
@given(texts=TEXTS, dates=DATES, degrees=DEGREES, figure=FIGURES)
@examples(2)
def test_whole_chronicle_comes_back_as_it_left(
    name: str, texts: list[str], dates: list[str], degrees: Decimal, figure: tuple[int, int | None]
) -> None:
    with taken_back():
        fill(texts, dates, degrees, figure)
        before = stored()
        reads = list(FORMATS[name]())
        content = [(read.tables, [list(table.lines) for table in read.tables]) for read in reads]
    assert all(before.values())
    with taken_back():
        assert not Citation.objects.exists()
        for of_file, lines in content:
            for table, held in zip(of_file, lines, strict=True):
                table.lines = held
        report = import_tables([table for of_file, _lines in content for table in of_file])
        assert report.is_written, list(report.lines())
        after = stored()
        for table, rows in before.items():
            assert after[table] == rows, table
