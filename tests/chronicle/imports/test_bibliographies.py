"""Bibliographies in the pipeline: which documents and agents are there already, and what is told of the rest."""

import json
from typing import Any

import pytest

from chronicle.imports import Said, UnreadableError, Verdict, import_tables, preview, read_file
from sources.models import Agent, AgentName, Contribution, Document
from tests import factories as make

pytestmark = pytest.mark.django_db

BOOK = """
@book{Doe_2021, author = {Doe, Ann and {Ministry of Health}}, editor = {Roe, Jan}, title = {A Report},
  publisher = {A House}, date = {2021-03~}, doi = {10.1000/182}, isbn = {978-0-306-40615-7}, note = {Signed.}}
"""


def imported(text: str, name: str = "library.bib", **said: Any) -> Any:
    read = read_file(name, text.encode(), Said(**said))
    report = import_tables(read.tables)
    return read, report


def counted(report: Any, kind: str) -> dict[str, int]:
    return {verdict.value: count for (table, verdict), count in report.counts.items() if table.endswith(kind) and count}


def entry(**fields: str) -> str:
    written = ", ".join(f"{name} = {{{value}}}" for name, value in {"title": "A Report", **fields}.items())
    return f"@book{{key_of_it, {written}}}"


def test_documents_come_with_those_who_made_them() -> None:
    read, report = imported(BOOK)

    assert report.is_written, list(report.lines())
    document = Document.objects.get()
    assert (document.slug, document.issued_edtf, document.publisher.name) == ("doe-2021", "2021-03~", "A House")
    made = Contribution.objects.order_by("position").values_list("agent__name", "agent__name_sorted", "role")
    assert list(made) == [
        ("Ann Doe", "Doe, Ann", "author"),
        ("Ministry of Health", "", "author"),
        ("Jan Roe", "Roe, Jan", "editor"),
    ]
    told = {left.what.column: left.what.value for left in read.left}
    assert told["note"] == "Signed."
    assert told["kind"] == "A House"


@pytest.mark.parametrize("name", ["library.ris", "library.json"])
def test_other_formats_go_the_same_way(name: str) -> None:
    ris = "TY  - BOOK\r\nAU  - Doe, Ann\r\nTI  - A Report\r\nPY  - 2021\r\nER  - \r\n"
    item = {"id": "x", "type": "book", "title": "A Report", "author": [{"family": "Doe", "given": "Ann"}]}
    content = ris if name.endswith("ris") else json.dumps([item | {"issued": {"date-parts": [[2021]]}}])

    _read, report = imported(content, name)

    assert report.is_written, list(report.lines())
    assert list(Document.objects.values_list("title", "issued_edtf", "slug")) == [("A Report", "2021", "doe-2021")]
    assert Contribution.objects.get().agent.name == "Ann Doe"


@pytest.mark.parametrize("kind", ["bib", "ris", "json"])
def test_second_import_changes_nothing(kind: str) -> None:
    from sources.interchange import WRITERS  # noqa: PLC0415 - written by what exports use

    imported(BOOK)
    documents = Document.objects.with_reference()

    _read, report = imported(WRITERS[kind](documents), f"library.{kind}")

    assert counted(report, "document") == {"unchanged": 1}
    assert counted(report, "contribution") == {"unchanged": 3}
    assert counted(report, "agent") == {}


@pytest.mark.parametrize(
    ("stored", "fields"),
    [
        ({"doi": "10.1000/ABC"}, {"doi": "10.1000/abc", "title": "Otherwise"}),
        ({"isbn": "978-0-306-40615-7"}, {"isbn": "0-306-40615-2", "title": "Otherwise"}),
        ({"title": "A report", "issued_edtf": "2021-05"}, {"year": "2021"}),
        ({"title": "A report", "issued_edtf": ""}, {}),
    ],
)
def test_document_is_known_by_doi_isbn_or_title_and_year(stored: dict[str, str], fields: dict[str, str]) -> None:
    make.document(slug="there", title_short="Sig", document_type="book", **stored)

    read = read_file("x.bib", entry(**fields).encode())
    report = preview(read.tables)

    assert counted(report, "document") in ({"update": 1}, {"unchanged": 1})
    assert [outcome.row for outcome in report.outcomes if outcome.table.endswith("document")] == ["there"]


@pytest.mark.parametrize(
    ("stored", "fields"),
    [
        ({"title": "A Report", "issued_edtf": "2020"}, {"year": "2021"}),
        ({"title": "A Report", "doi": "10.1000/1", "issued_edtf": "2021"}, {"doi": "10.1000/2", "year": "2021"}),
    ],
)
def test_other_document_is_a_new_one(stored: dict[str, str], fields: dict[str, str]) -> None:
    make.document(slug="key-of-it", **stored)

    _read, report = imported(entry(**fields))

    assert counted(report, "document") == {"create": 1}
    assert set(Document.objects.values_list("slug", flat=True)) == {"key-of-it", "key-of-it-2"}


def test_chapters_of_one_book_are_not_one_another() -> None:
    chapter = "@incollection{{{0}, title = {{{1}}}, booktitle = {{B}}, isbn = {{978-0-306-40615-7}}, year = 2020}}"

    _read, report = imported(chapter.format("one1", "One") + chapter.format("two2", "Two"))

    assert counted(report, "document") == {"create": 2}


def test_what_the_desk_knows_better_stays() -> None:
    make.document(slug="there", title="A Report", title_short="Own", document_type="treaty", doi="10.1000/182")

    imported("@proceedings{x, title = {A Report}, doi = {10.1000/182}, volume = {3}}")

    document = Document.objects.get()
    assert (document.title_short, document.document_type, document.volume) == ("Own", "treaty", "3")


def test_several_like_it_are_named_and_none_is_chosen() -> None:
    for slug in ("one", "two"):
        make.document(slug=slug, doi="10.1000/182")

    report = preview(read_file("x.bib", BOOK.encode()).tables)

    assert [line[4] for line in report.lines()] == [
        "Several documents of the desk are like it: one, two. Merge them first."
    ]


def test_same_item_twice_is_an_error_with_its_place() -> None:
    _read, report = imported(BOOK + BOOK.replace("Doe_2021", "other"))

    assert [(row, words) for _file, row, _column, _value, words in report.lines()] == [
        ("5", "The same row stands in row 2; leave one of the two.")
    ]
    assert not Document.objects.exists()


def test_agents_are_known_in_any_spelling_and_none_is_guessed() -> None:
    ministry = make.agent(slug="ministry", name="Health Office")
    AgentName.objects.create(agent=ministry, name="ministry of HEALTH", language="en")
    for slug in ("doe-a", "doe-b"):
        make.agent(slug=slug, name="Ann Doe")

    read, report = imported(BOOK)

    assert report.is_written, list(report.lines())
    assert set(Contribution.objects.values_list("agent__slug", flat=True)) == {"ministry", "jan-roe"}
    told = [left.what.value for left in read.left if left.what.column == "name"]
    assert told == ["Ann Doe: doe-a, doe-b"]


def test_value_that_cannot_be_read_is_an_error_or_left_out_as_wanted() -> None:
    wrong = entry(doi="nonsense", year="soon")

    _read, refused = imported(wrong)
    read, written = imported(wrong, leaves_out=True)

    assert [(line[2], line[3]) for line in refused.lines()] == [("year", "soon"), ("doi", "nonsense")]
    assert written.is_written
    assert {"soon", "nonsense"} <= {left.what.value for left in read.left}


def test_entry_that_breaks_off_is_an_error() -> None:
    _read, report = imported(BOOK + "@book{broken, title = {")

    assert report.number(Verdict.ERROR) == 1
    assert not Document.objects.exists()


def test_document_that_is_not_shown_is_not_found() -> None:
    hidden = make.document(slug="secret", doi="10.1000/182")

    read = read_file("x.bib", BOOK.encode(), hidden=frozenset({hidden.pk}))

    slugs = [line.cells["slug"] for table in read.tables if table.model is Document for line in table.lines]
    assert slugs == ["doe-2021"]


def test_kind_of_new_agents_can_be_said() -> None:
    imported(BOOK, values={"kind": "scholarship"})

    assert set(Agent.objects.values_list("kind", flat=True)) == {"scholarship"}


def test_file_without_an_entry_is_refused() -> None:
    with pytest.raises(UnreadableError, match="There is no entry in it"):
        read_file("x.bib", b"nothing")


@pytest.mark.parametrize("items", [1, 3])
def test_queries_do_not_grow_with_the_items(items: int, django_assert_num_queries: Any) -> None:
    text = "".join(
        BOOK.replace("Doe", f"Doe{n}").replace("A Report", f"R {n}").replace("/182", f"/{n}") for n in range(items)
    )
    with django_assert_num_queries(8):
        read_file("x.bib", text.replace("isbn", "isbn_").encode())
