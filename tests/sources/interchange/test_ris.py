import pytest

from sources.interchange import Maker, UnreadableError, read_ris
from sources.interchange.items import Fate

RECORD = """TY  - JOUR
TI  - The Anatomy of a War
AU  - Asker, Ali
AU  - King, Martin Luther, Jr.
A2  - A Ministry
T2  - Journal of Inquiries
VL  - 10
IS  - 1
SP  - 83
EP  - 106
DA  - 2021/03/31/
PY  - 2021
DO  - doi:10.26650/jes.2021.004
SN  - 1234-5678
Y2  - 2026/5/31
LA  - eng
N1  - A note.
KW  - one
KW  - two
ZZ  - odd
ER  -
"""


def item(text):
    (found,) = read_ris(text.encode()).items
    return found


def lost(found):
    return [(remark.field, remark.value) for remark in found.remarks if remark.fate == Fate.LOST]


def test_record_becomes_the_columns_of_a_document():
    found = item(RECORD)

    assert found.columns == {
        "document_type": "article-journal",
        "title": "The Anatomy of a War",
        "title_short": "Asker 2021",
        "container_title": "Journal of Inquiries",
        "volume": "10",
        "issue": "1",
        "pages": "83–106",
        "issued_edtf": "2021-03-31",
        "doi": "10.26650/jes.2021.004",
        "accessed_on": "2026-05-31",
        "language": "en",
    }
    assert found.makers == [
        Maker("author", "Ali Asker", "Asker, Ali"),
        Maker("author", "Martin Luther, Jr. King", "King, Martin Luther, Jr."),
        Maker("editor", "A Ministry"),
    ]


def test_what_has_no_column_is_told():
    assert lost(item(RECORD)) == [
        ("SN", "1234-5678"),
        ("N1", "A note."),
        ("KW", "one"),
        ("KW", "two"),
        ("ZZ", "odd"),
    ]


def test_byte_order_mark_costs_no_record():
    assert len(read_ris(b"\xef\xbb\xbf" + RECORD.encode()).items) == 1


def test_number_of_a_report_is_its_number_and_a_books_number_its_isbn():
    found = item("TY  - BOOK\nTI  - T\nIS  - S/RES/822\nSN  - 978-0-306-40615-7\nER  -\n")

    assert (found.columns["number"], found.columns["isbn"]) == ("S/RES/822", "978-0-306-40615-7")


@pytest.mark.parametrize(
    ("written", "edtf"),
    [("2014//", "2014"), ("2014/05//", "2014-05"), ("2014/5/3", "2014-05-03"), ("1951-05~", "1951-05~")],
)
def test_date_in_parts_is_read_as_edtf(written, edtf):
    assert item(f"TY  - BOOK\nTI  - T\nPY  - {written}\nER  -\n").columns["issued_edtf"] == edtf


def test_records_have_their_lines():
    reading = read_ris(f"{RECORD}\n{RECORD}".encode())

    assert [found.line for found in reading.items] == [1, RECORD.count("\n") + 2]


@pytest.mark.parametrize("content", [b"", b"nothing here", b"\xff\xfe\x00", b"FN WoS\nPT J\nER\n"])
def test_what_is_no_ris_is_refused(content):
    with pytest.raises(UnreadableError):
        read_ris(content)
