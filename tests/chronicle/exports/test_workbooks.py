"""Workbooks as openpyxl, and so a spreadsheet, reads them; every text is one, every number keeps its digits."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from chronicle.exports.archives import Archive
from chronicle.exports.workbooks import MOST_ROWS, Sheet, workbook
from chronicle.imports import Said, UnreadableError, read_file
from chronicle.imports.spreadsheet import LONGEST, spelled, unspelled
from chronicle.models import Event

HEADINGS = ("id", "slug", "title", "date_edtf")


def made(rows: Iterable[tuple[str, ...]], **options: Any) -> bytes:
    sheet = Sheet("event", HEADINGS, rows, frozenset({0}))
    return b"".join(workbook([sheet], Archive(datetime(2026, 5, 31, tzinfo=UTC)), **options))


def lines(content: bytes) -> list[dict[str, str]]:
    read = read_file("events.xlsx", content, Said(columns={"id": "id"}))
    return [line.cells for table in read.tables for line in table.lines]


def test_dates_are_texts_and_stay_so_where_they_are_typed_anew() -> None:
    book = load_workbook(io.BytesIO(made([("1", "a", "A", "2020-10-09"), ("2", "b", "1.50", "")])))

    sheet = book["event"]
    cells = [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]]
    assert cells == [(1, "n", "General"), ("a", "s", "@"), ("A", "s", "@"), ("2020-10-09", "s", "@")]
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("1.50", "s")
    assert sheet.column_dimensions["D"].number_format == "@"
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-a", "@a", "'a", "\ta", '=HYPERLINK("https://example.org")'])
def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back(text: str) -> None:
    content = made([("1", "a", text, "2020")])

    assert load_workbook(io.BytesIO(content))["event"]["C2"].value == f"'{text}"
    assert [cells["title"] for cells in lines(content)] == [text]


@pytest.mark.parametrize("text", ["_x0041_", "_x0041\x0b", "_x0041_x0042_", "a\x0bb\rc", "\ufffe", "x_y", "_x00_"])
def test_signs_that_xml_has_no_way_to_write_come_back(text: str) -> None:
    assert unspelled(spelled(text)) == text


def test_full_sheet_goes_on_in_another_one() -> None:
    content = made(((str(n), f"e{n}", "A", "") for n in range(5)), most=3)

    assert load_workbook(io.BytesIO(content)).sheetnames == ["event", "event (2)", "event (3)"]
    tables = read_file("events.xlsx", content).tables
    assert {table.model for table in tables} == {Event}
    assert [cells["slug"] for cells in lines(content)] == [f"e{n}" for n in range(5)]
    assert MOST_ROWS == 2**20


def test_table_without_rows_has_its_headings() -> None:
    assert [cell.value for cell in load_workbook(io.BytesIO(made([])))["event"][1]] == [*HEADINGS]


def test_text_that_no_cell_holds_is_not_cut_but_not_available() -> None:
    fits, too_long = "a" * LONGEST, "😀" * (LONGEST // 2 + 1)

    content = made([("1", "a", fits, ""), ("2", "b", too_long, "")])

    sheet = load_workbook(io.BytesIO(content))["event"]
    assert (sheet["C2"].value, sheet["C3"].value, sheet["C3"].data_type) == (fits, "#N/A", "e")
    with pytest.raises(UnreadableError, match="C3 is a formula or an error"):
        lines(content)


def test_number_of_more_digits_than_a_spreadsheet_keeps_is_text() -> None:
    content = made([("9007199254740993", "a", "A", "")])

    assert [cells["id"] for cells in lines(content)] == ["9007199254740993"]


def test_rows_are_asked_for_while_the_workbook_is_sent() -> None:
    asked = []

    def rows() -> Iterator[tuple[str, ...]]:
        for number in range(1000):
            asked.append(number)
            yield str(number), f"e{number}", "A", ""

    sheet = Sheet("event", HEADINGS, rows())
    pieces = workbook([sheet], Archive(datetime(2026, 5, 31, tzinfo=UTC)))
    next(pieces)

    assert 0 < len(asked) < 1000
