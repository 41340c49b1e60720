import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles.numbers import FORMAT_DATE_YYYYMMDD2
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from chronicle.imports import Said, UnreadableError, read_file, read_path
from chronicle.imports.spreadsheet import guarded, plain
from chronicle.models import Event

EVENT = Said(model=Event)


def cells(name, content, said=EVENT):
    (table,) = read_file(name, content, said).tables
    return [(line.number, line.cells) for line in table.lines]


def workbook(*rows, title="event", epoch=None, formats=()):
    book = Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for place, number_format in formats:
        sheet[place].number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "slug,title\na,Շուշի\n"),
        ("utf-8-sig", "slug,title\na,Şuşa\n"),
        ("utf-16", "slug,title\na,Шуша\n"),
        ("utf-32", "slug,title\na,Шуша\n"),
        ("cp1251", "slug,title\na,Карабах и вся его долгая история в этой книге\n"),
    ],
)
def test_encoding_is_found_out(encoding, text):
    (found,) = cells("events.csv", text.encode(encoding))

    assert found[1]["title"] == text.split(",")[2].strip()


def test_encoding_and_delimiter_can_be_said_and_are_told():
    read = read_file("x.csv", "slug|title\na|Şuşa\n".encode("cp1254"), Said(Event, "cp1254", "|"))

    assert [line.cells["title"] for line in read.tables[0].lines] == ["Şuşa"]
    assert read.remarks == ["x.csv is read as cp1254, cells parted by |."]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_that_of_the_heading(delimiter):
    text = f'slug{delimiter}title\na{delimiter}"one, two; three | four"\n'

    assert cells("events.csv", text.encode()) == [(2, {"slug": "a", "title": "one, two; three | four"})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way_and_cells_may_hold_lines(end):
    text = f'slug,title{end}a,"one{end}two"{end}b,three{end}'

    found = cells("events.csv", text.encode())

    assert [(number, row["slug"]) for number, row in found] == [(2, "a"), (4, "b")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"slug,title\na\n", "row 2 has 1 cells for 2 columns"),
        (b"slug,title\na,b,c\n", "row 2 has 3 cells for 2 columns"),
        (b'slug,title\na,"b\n', "unexpected end of data"),
        (b"slug,slug\na,b\n", "every column has a name of its own"),
        (b"", "is empty"),
        (b"slug,title\na,\x00\n", "has NUL in it"),
        (b"\xff\xfes", "is no utf-16"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(content, said):
    with pytest.raises(UnreadableError, match=said):
        cells("events.csv", content)


def test_empty_rows_and_columns_at_the_end_are_no_rows_and_columns():
    assert cells("events.csv", b"slug,title,,\na,b,,\n,,,\n\n") == [(2, {"slug": "a", "title": "b"})]


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a"])
def test_other_files_are_refused(name):
    with pytest.raises(UnreadableError):
        read_file(name, b"slug\na\n", EVENT)


def test_kind_is_that_of_the_file_name_or_has_to_be_said():
    assert read_file("events-2020.csv", b"slug\na\n").tables[0].model is Event
    with pytest.raises(UnreadableError, match="say what is in it"):
        read_file("battles.csv", b"slug\na\n")


def test_spreadsheet_dates_are_as_exact_as_they_are_shown():
    content = workbook(
        ["slug", "date_edtf"],
        ["day", date(2020, 10, 10)],
        ["month", date(2020, 10, 1)],
        ["year", date(2020, 1, 1)],
        ["moment", datetime(2020, 10, 10, 12, 30)],  # noqa: DTZ001 -- spreadsheets have no zones
        ["text", "2020-10~"],
        ["number", 2020],
        ["decimal", 39.758],
        formats=[("B2", FORMAT_DATE_YYYYMMDD2), ("B3", "mmmm yyyy"), ("B4", "yyyy")],
    )

    assert [row["date_edtf"] for _number, row in cells("x.xlsx", content)] == [
        *("2020-10-10", "2020-10", "2020", "2020-10-10T12:30:00", "2020-10~", "2020", "39.758"),
    ]


def test_dates_of_1904_are_those_that_the_program_shows():
    content = workbook(["slug", "date_edtf"], ["a", date(2020, 10, 10)], epoch=CALENDAR_MAC_1904)

    assert cells("x.xlsx", content)[0][1]["date_edtf"] == "2020-10-10"


def test_formula_is_refused_with_its_place():
    with pytest.raises(UnreadableError, match="B2 is a formula"):
        cells("x.xlsx", workbook(["slug", "title"], ["a", "=1+1"]))


def test_every_sheet_that_is_named_after_a_kind_is_read_and_others_are_told():
    book = Workbook()
    for title in ("event", "Citation", "notes"):
        sheet = book.create_sheet(title)
        sheet.append(["slug"])
        sheet.append(["a"])
    content = io.BytesIO()
    book.save(content)

    read = read_file("x.xlsx", content.getvalue())

    assert [table.model.__name__ for table in read.tables] == ["Event", "Citation"]
    assert len([remark for remark in read.remarks if "notes" in remark]) == 1


def test_bomb_is_refused_before_it_is_opened():
    with pytest.raises(UnreadableError, match="MB unpacked"):
        read_file("x.xlsx", workbook(["slug"], ["a"]), EVENT, largest=1000)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"slug\na\n"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(UnreadableError):
        cells("x.xlsx", content)


def test_json_is_a_list_or_lists_by_kind():
    rows = b'[{"slug": "a", "title": "b", "n": 1, "yes": true, "none": null, "list": [1]}]'

    assert cells("events.json", rows) == [
        (1, {"slug": "a", "title": "b", "n": "1", "yes": "yes", "none": "", "list": "[1]"})
    ]
    read = read_file("all.json", b'{"citation": [{"event": "a"}], "event": [{"slug": "a"}]}')
    assert [table.model.__name__ for table in read.tables] == ["Event", "Citation"]


@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"planet": []}', b'"text"', b"[" * 100_000])
def test_what_is_no_json_of_records_is_refused(content):
    with pytest.raises(UnreadableError):
        cells("events.json", content)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "'", "'=x", "''", "\tx", "plain", "", "1-2", "tis'"])
def test_guarded_cell_is_no_formula_and_reads_back(value):
    cell = guarded(value)

    assert plain(cell) == value
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_file_on_this_machine_is_read_as_one_that_is_sent(tmp_path: Path, encoding: str, ends: str) -> None:
    text = ends.join(["slug;title", 'a;"Взятие, города', 'Шуша"', "b;B", ""])
    path = tmp_path / "events.csv"
    path.write_bytes(text.encode(encoding))

    here, sent = read_path(path), read_file("events.csv", path.read_bytes())

    assert here.remarks == sent.remarks
    assert [[*table.lines] for table in here.tables] == [[*table.lines] for table in sent.tables]
    assert [line.cells["title"] for line in here.tables[0].lines] == [f"Взятие, города{ends}Шуша", "B"]


def test_file_on_this_machine_that_is_no_text_is_refused_as_one_that_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"slug,title\na,\x00\n")

    with pytest.raises(UnreadableError, match="has NUL in it"):
        read_path(path)
