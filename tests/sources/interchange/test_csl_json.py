import json

import pytest

from sources.interchange import Maker, UnreadableError, read_csl_json
from sources.interchange.items import Fate


def item(**record):
    (found,) = read_csl_json(json.dumps([{"id": "k", "type": "report", "title": "T", **record}]).encode()).items
    return found


def test_record_becomes_the_columns_of_a_document():
    found = item(
        **{
            "container-title": "C",
            "page": "1–2",
            "DOI": "10.1000/182",
            "URL": "https://example.org/",
            "language": "az",
        },
        publisher="A House",
        issued={"date-parts": [[2021, 3, 31]]},
        accessed={"date-parts": [[2026, 5, 31]]},
        author=[{"family": "Waal", "non-dropping-particle": "de", "given": "Thomas"}, {"literal": "A Body"}],
    )

    assert found.columns == {
        "document_type": "report",
        "title": "T",
        "title_short": "de Waal 2021",
        "container_title": "C",
        "pages": "1–2",
        "doi": "10.1000/182",
        "url": "https://example.org/",
        "language": "az",
        "issued_edtf": "2021-03-31",
        "accessed_on": "2026-05-31",
    }
    assert found.publisher == "A House"
    assert found.makers == [Maker("author", "Thomas de Waal", "de Waal, Thomas"), Maker("author", "A Body")]


@pytest.mark.parametrize(
    ("issued", "edtf"),
    [
        ({"raw": "[2020..2021]"}, "[2020..2021]"),
        ({"date-parts": [[2020], [2021, 5]]}, "2020/2021-05"),
        ({"date-parts": [[1951]], "circa": True}, "1951~"),
        ({"date-parts": [[1951]], "season": 2}, "1951-22"),
        ({"date-parts": [["1951", "05"]]}, "1951-05"),
        ({"literal": "1951"}, "1951"),
        ("1951-05", "1951-05"),
    ],
)
def test_date_is_read_as_edtf(issued, edtf):
    assert item(issued=issued).columns["issued_edtf"] == edtf


def test_date_in_words_is_told_and_not_guessed():
    found = item(issued={"literal": "some time in spring"})

    assert "issued_edtf" not in found.columns
    assert [(remark.fate, remark.field) for remark in found.remarks] == [(Fate.WRONG, "issued")]


def test_variable_without_a_column_and_other_types_are_told():
    found = item(type="paper-conference", abstract="Long.", custom={"mine": 1})

    assert found.columns["document_type"] == "chapter"
    assert [(remark.fate, remark.field) for remark in found.remarks] == [
        (Fate.CHANGED, "type"),
        (Fate.LOST, "abstract"),
        (Fate.LOST, "mine"),
    ]


def test_item_without_title_is_a_fault():
    assert [remark.field for remark in item(title="").remarks] == ["title"]


@pytest.mark.parametrize("content", [b"", b"{}x", b"[1]", b"[]", b"\xff\xfe", b"[NaN]", b"[" * 100_000])
def test_what_is_no_csl_json_is_refused(content):
    with pytest.raises(UnreadableError):
        read_csl_json(content)
