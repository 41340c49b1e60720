import pytest

from sources.interchange import Maker, UnreadableError, read_bibtex
from sources.interchange.items import Fate


def read(text):
    return read_bibtex(text.encode())


def item(text):
    (found,) = read(text).items
    return found


def remarks(found, fate):
    return {remark.field: remark.words for remark in found.remarks if remark.fate == fate}


def test_entry_becomes_the_columns_of_a_document():
    found = item(
        """@article{asker2021,
          author = {Asker, Ali and {\\"O}zp{\\i}nar, Zeynep Gizem},
          title = {The {Anatomy} of a War},
          subtitle = {A Reading},
          journaltitle = {Journal of Inquiries}, volume = 10, number = 1, pages = {83--106},
          date = {2021-03-31}, doi = {https://doi.org/10.26650/jes.2021.004}, langid = {english},
          urldate = {2026-05-31},
        }"""
    )

    assert found.columns == {
        "document_type": "article-journal",
        "title": "The Anatomy of a War: A Reading",
        "title_short": "Asker 2021",
        "container_title": "Journal of Inquiries",
        "volume": "10",
        "issue": "1",
        "pages": "83–106",
        "issued_edtf": "2021-03-31",
        "doi": "10.26650/jes.2021.004",
        "language": "en",
        "accessed_on": "2026-05-31",
    }
    assert found.makers == [
        Maker("author", "Ali Asker", "Asker, Ali"),
        Maker("author", "Zeynep Gizem Özpınar", "Özpınar, Zeynep Gizem"),
    ]


@pytest.mark.parametrize(
    ("written", "name", "name_sorted"),
    [
        ("Thomas de Waal", "Thomas de Waal", "de Waal, Thomas"),
        ("de Waal, Thomas", "Thomas de Waal", "de Waal, Thomas"),
        ("King, Jr., Martin Luther", "Martin Luther, Jr. King", "King, Martin Luther, Jr."),
        ("{Ministry of Health and Order}", "Ministry of Health and Order", ""),
        ("Madonna", "Madonna", ""),
    ],
)
def test_name_is_a_person_or_a_body(written, name, name_sorted):
    (maker,) = item(f"@book{{k, title = {{T}}, author = {{{written}}}}}").makers

    assert (maker.name, maker.name_sorted) == (name, name_sorted)


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        ("date = {1951-05~}", "1951-05~"),
        ("date = {1988/1994}", "1988/1994"),
        ("date = {19XX}", "19XX"),
        ("year = 1951, month = may, day = 3", "1951-05-03"),
        ("year = {1951}, month = {5}", "1951-05"),
        ("year = 2001", "2001"),
    ],
)
def test_date_is_edtf_and_is_never_decoded(fields, edtf):
    assert item(f"@book{{k, title = {{T}}, {fields}}}").columns["issued_edtf"] == edtf


def test_date_that_is_none_is_told_and_not_guessed():
    found = item("@book{k, title = {T}, year = {in press}}")

    assert "issued_edtf" not in found.columns
    assert remarks(found, Fate.WRONG) == {
        "year": "it is no date in EDTF, such as 2021-11-08 or 2021~; write it so",
    }


def test_strings_and_what_is_joined_to_them_are_resolved():
    found = item('@string{inst = "Institute of "}\n@book{k, title = "A # B", publisher = inst # {Things}}')

    assert (found.columns["title"], found.publisher) == ("A # B", "Institute of Things")


def test_entry_takes_from_the_one_that_it_refers_to():
    reading = read(
        """@incollection{part, title = {A Part}, author = {Author, Ann}, crossref = {whole}}
        @book{whole, title = {The Whole}, editor = {Editor, Ed}, year = 1999, publisher = {A House}}"""
    )

    part = next(found for found in reading.items if found.key == "part")
    assert part.columns["container_title"] == "The Whole"
    assert (part.columns["issued_edtf"], part.publisher) == ("1999", "A House")
    assert [maker.role for maker in part.makers] == ["author", "editor"]


def test_address_keeps_its_signs():
    address = "https://example.org/a%20b_c~d?x=1&y=2"

    assert item(f"@online{{k, title = {{T}}, url = {{{address}}}}}").columns["url"] == address
    assert item(f"@misc{{k, title = {{T}}, howpublished = {{\\url{{{address}}}}}}}").columns["url"] == address


def test_what_has_no_column_is_told():
    found = item("@book{k, title = {T}, abstract = {Long.}, keywords = {a, b}, series = {S}}")

    assert {remark.field: remark.value for remark in found.remarks if remark.fate == Fate.LOST} == {
        "abstract": "Long.",
        "keywords": "a, b",
        "series": "S",
    }


def test_type_that_there_is_none_of_is_told():
    found = item("@inproceedings{k, title = {T}}")

    assert found.columns["document_type"] == "chapter"
    assert remarks(found, Fate.CHANGED) == {"entry type": "it is kept as chapter"}


def test_field_given_twice_is_told_and_the_first_is_kept():
    found = item("@book{k, title = {One}, title = {Two}}")

    assert found.columns["title"] == "One"
    assert [remark.value for remark in found.remarks if remark.fate == Fate.LOST] == ["Two"]


def test_comma_too_many_is_overlooked():
    assert item("@book{k, title = {One}, , year = 2001}").columns["issued_edtf"] == "2001"


def test_key_given_twice_and_entry_without_end_are_faults_with_their_lines():
    reading = read("@book{k, title = {One}}\n\n@book{k, title = {Two}}\n@book{b, title = {Three")

    assert [(remark.fate, remark.line, remark.field) for remark in reading.remarks] == [
        (Fate.WRONG, 3, "key"),
        (Fate.WRONG, 4, "entry"),
    ]


def test_latex_that_cannot_be_decoded_stays_as_it_is_written():
    assert item(r"@book{k, title = {See \href{x} y}}").columns["title"] == r"See \hrefx y"


def test_long_short_title_is_told_and_another_is_made():
    found = item(f"@book{{k, title = {{T}}, author = {{Doe, Ann}}, year = 2001, shorttitle = {{{'x' * 61}}}}}")

    assert found.columns["title_short"] == "Doe 2001"
    assert "short title" in remarks(found, Fate.CHANGED)


@pytest.mark.parametrize("content", [b"", b"nothing here", b"\xff\xfe\x00"])
def test_what_is_no_bibtex_is_refused(content):
    with pytest.raises(UnreadableError):
        read_bibtex(content)
