"""What is written is read again as it was: every column that the docs call kept, in every format."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.interchange import READERS, WRITERS, Maker
from sources.interchange.writing import BIBLATEX_TYPES, RIS_TYPES
from sources.vocabularies import DocumentType
from tests.examples import examples
from tests.sources.interchange.documents import COLUMNS, as_item, document

FORMATS = {"BibLaTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}
WHOLE = {
    "title": "50 % of {all} & more_than #1: $x$ ~ ^ \\ “Շուշի”",
    "title_short": "Doe 2021",
    "container_title": "Journal of Inquiries",
    "volume": "10",
    "issue": "1",
    "number": "S/RES/822",
    "edition": "2nd",
    "pages": "83–106",
    "publisher_place": "Baku",
    "issued_edtf": "2021-03~",
    "original_edtf": "1925?",
    "language": "az-Latn",
    "doi": "10.26650/jes.2021.004",
    "isbn": "978-0-306-40615-7",
    "url": "https://example.org/a%20b_c~d?x=1&y=2",
    "archive_url": "https://archive.example/1",
    "accessed_on": date(2026, 5, 31),
    "rights": "CC BY 4.0",
}
MAKERS = (
    Maker("author", "Ann Doe", "Doe, Ann"),
    Maker("author", "Ministry of Health and Order"),
    Maker("author", "Thomas de Waal", "de Waal, Thomas"),
    Maker("editor", "Émile İzzət", "İzzət, Émile"),
    Maker("translator", "Roe", ""),
)


def again(made, ending):
    reading = READERS[ending](WRITERS[ending]([made]).encode())
    (found,) = reading.items
    return found


def fates(ending, kind):
    """What becomes of each column of a document of this type."""
    made = document(*MAKERS, publisher="A House", document_type=kind, **WHOLE)
    before, after = as_item(made), again(made, ending)
    found = {name: _fate(before.columns.get(name), after.columns.get(name)) for name in COLUMNS}
    found["publisher"] = _fate(before.publisher, after.publisher)
    for role in ("author", "editor", "translator"):
        names = [[maker for maker in one.makers if maker.role == role] for one in (before, after)]
        found[role] = _fate(*names)
    return found


def _fate(before, after):
    if before == after:
        return "kept"
    return "changed" if after else "lost"


def documented(heading):
    """The table of docs/formats.md under a heading: by column, by format."""
    text = (Path(__file__).parents[3] / "docs" / "formats.md").read_text()
    (section,) = re.findall(rf"^### {heading}\n(.*?)(?=^#|\Z)", text, re.DOTALL | re.MULTILINE)
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in section.splitlines() if "|" in line]
    header, _rule, *body = rows
    return {format_: {row[0]: row[number] for row in body} for number, format_ in enumerate(header) if number}


@pytest.mark.parametrize(("heading", "kind"), [("Journal articles", "article-journal"), ("Reports", "report")])
@pytest.mark.parametrize("name", FORMATS)
def test_docs_say_what_becomes_of_every_column(heading, kind, name):
    assert documented(heading)[name] == fates(FORMATS[name], kind)


@pytest.mark.parametrize("ending", ["json", "bib", "ris"])
@pytest.mark.parametrize("kind", DocumentType.values)
def test_type_is_kept_where_the_format_has_it(ending, kind):
    found = again(document(document_type=kind, title="T", title_short="T"), ending).columns["document_type"]

    has_it = {"json": DocumentType.values, "bib": set(BIBLATEX_TYPES), "ris": set(RIS_TYPES)}[ending]
    merged = {("bib", "article"), ("ris", "article"), ("ris", "treaty"), ("ris", "post")}
    assert (found == kind) == (kind in has_it and (ending, kind) not in merged)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Zs", "Zl", "Zp"), include_characters=" "),
    min_size=1,
).map(lambda text: " ".join(text.split()))
TEXT = WORDS.filter(bool)


@given(title=TEXT, container=TEXT, ending=st.sampled_from(["json", "bib", "ris"]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_title_comes_back_as_it_was(title, container, ending):
    made = document(document_type="article-journal", title=title, title_short="T", container_title=container)

    found = again(made, ending)

    assert found.columns["title"] == title
    assert found.columns.get("container_title", title) == container or container == title


@given(family=TEXT, given_name=TEXT, ending=st.sampled_from(["json", "bib"]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_name_comes_back_as_it_was(family, given_name, ending):
    maker = Maker.person("author", family.replace(",", ""), given_name)
    made = document(maker, title="T", title_short="T")

    assert again(made, ending).makers == [maker]


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Zs", "Zl", "Zp"), include_characters=" "),
    min_size=1,
    max_size=20,
).map(lambda text: " ".join(text.split()) or "a")
DATES = st.sampled_from(("2021", "2021-03~", "1925?", "2020-10-09", "2019/2021", "199X", "-0043", "[2020..2021]"))
DOCUMENTS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("title", "title_short", "publisher_place", "rights", "edition", "volume"), LINE),
        "container_title": LINE.map(lambda text: f"In {text}"),
        **dict.fromkeys(("issue", "number"), st.integers(1, 999).map(str)),
        **dict.fromkeys(("issued_edtf", "original_edtf"), DATES),
        "pages": st.sampled_from(("83–106", "7", "iv–xii")),
        "language": st.sampled_from(("az-Latn", "hy", "ru", "en")),
        "url": st.sampled_from(("https://example.org/a%20b_c~d?x=1&y=2", "https://example.org/{a}#b")),
        "accessed_on": st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    }
)


@pytest.mark.parametrize(("heading", "kind"), [("Journal articles", "article-journal"), ("Reports", "report")])
@pytest.mark.parametrize("name", FORMATS)
@given(columns=DOCUMENTS)
@examples(25)
def test_every_column_that_the_docs_call_kept_comes_back_as_it_was(name, heading, kind, columns):
    made = document(document_type=kind, **columns)
    before, after = as_item(made), again(made, FORMATS[name])

    kept = {column for column, fate in documented(heading)[name].items() if fate == "kept"} & {*columns}
    assert {column: after.columns.get(column) for column in kept} == {column: before.columns[column] for column in kept}
