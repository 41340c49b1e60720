"""Templates of sheets: what lies in fixtures/templates is what the program makes, and each of them can be imported."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from chronicle.imports import Said, UnreadableError, import_tables, importable, preview, read_file, templates
from chronicle.models import Citation, Event
from sources.models import Document
from tests import factories as make

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "templates"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))


def test_there_is_one_for_every_kind_of_record_and_for_assertions() -> None:
    assert set(NAMES) == {*importable(), "assertions"} - {"documentfile", "documenttext"} == set(templates())


@pytest.mark.parametrize("name", NAMES)
def test_file_is_what_the_program_makes(name: str) -> None:
    assert (FOLDER / f"{name}.csv").read_text(encoding="utf-8") == templates()[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_explained(name: str) -> None:
    read = read_file(f"{name}.csv", (FOLDER / f"{name}.csv").read_bytes())

    headings, explained, *_rows = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert explained.startswith(('"# ', "# "))
    assert ",," not in explained
    assert headings.count(",") > 0
    assert all(line.number > 2 for table in read.tables for line in table.lines)


@pytest.mark.django_db
def test_all_are_imported_together_into_an_empty_chronicle_and_again() -> None:
    def tables() -> list[Any]:
        files = [(f"{name}.csv", (FOLDER / f"{name}.csv").read_bytes()) for name in NAMES]
        return [table for name, content in files for table in read_file(name, content).tables]

    report = import_tables(tables())
    again = preview(tables())

    assert report.is_written, list(report.lines())
    assert {verdict.value for (_table, verdict), count in again.counts.items() if count} == {"unchanged"}
    rows = {name: model.objects.count() for name, model in importable().items() if model.objects.exists()}
    assert set(rows) == {*importable()} - {"documentfile", "documenttext"}


def sheet(*rows: str) -> bytes:
    headings = "document,document.document_type,document.title,document.title_short,event,event.title,event.kind,aspect"
    return "\n".join([headings, *rows]).encode()


@pytest.mark.django_db
def test_sheet_of_assertions_makes_the_document_and_its_events() -> None:
    make.kind(slug="battle")
    make.event(slug="there", title="There")

    report = import_tables(
        read_file(
            "assertions.csv",
            sheet(
                "new,report,A Report,Report 2021,first,First,battle,occurrence",
                "new,,,,first,,,outcome",
                "new,,,,there,,,occurrence",
            ),
        ).tables
    )

    assert report.is_written, list(report.lines())
    assert Document.objects.get().title == "A Report"
    assert set(Event.objects.values_list("slug", "title")) == {("first", "First"), ("there", "There")}
    assert Citation.objects.count() == 3


@pytest.mark.django_db
def test_sheet_that_contradicts_itself_is_wrong() -> None:
    make.kind(slug="battle")

    report = preview(
        read_file(
            "assertions.csv",
            sheet("new,report,A,A,first,First,battle,outcome", "new,report,B,A,first,First,battle,occurrence"),
        ).tables
    )

    assert ("title", "B", "Row 3 says otherwise than a row before it: A.") in {line[2:] for line in report.lines()}


@pytest.mark.django_db
def test_unknown_column_of_what_is_pointed_to_is_refused() -> None:
    report = preview(read_file("citations.csv", b"event,document,aspect,event.colour\na,b,outcome,red\n").tables)

    assert [(line[0], line[2]) for line in report.lines()] == [("citations.csv, event", "colour")]


def test_only_the_row_below_the_headings_explains() -> None:
    (table,) = read_file("events.csv", b"slug,title\n# its address,its title\n# a,b\n").tables

    assert [line.number for line in table.lines] == [3]


@pytest.mark.django_db
def test_deposited_files_come_from_no_sheet() -> None:
    report = preview(read_file("x.csv", b"document,sha256\na,b\n", Said(model=importable()["documentfile"])).tables)

    assert [words for *_place, words in report.lines()] == [
        "Files and texts are deposited on the page of their document."
    ]


@pytest.mark.django_db
def test_sheet_of_deposited_files_without_rows_stands_in_no_way() -> None:
    report = preview(read_file("x.csv", b"document,sha256\n", Said(model=importable()["documentfile"])).tables)

    assert report.is_clean


def test_sheet_of_a_workbook_is_called_by_its_kind_alone() -> None:
    with pytest.raises(UnreadableError, match="say what is in it"):
        read_file("event_old.csv", b"slug\na\n")
