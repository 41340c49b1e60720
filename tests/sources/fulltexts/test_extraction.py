"""What is read out of sound files."""

import pytest

from sources.fulltexts import UnreadableError, extract
from tests.sources.fulltexts import files

AZ = "Şuşa şəhəri — 9 noyabr"


def read(tmp_path, content):
    return extract(files.written(tmp_path, content))


def contents(found):
    return [page.content for page in found.pages]


def test_pdf_is_read_page_by_page_with_printed_numbers(tmp_path):
    labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 214 >>] >>"

    found = read(tmp_path, files.pdf("First line\nsecond line", "Next", catalogue=labels))

    assert found.media_type == "application/pdf"
    assert contents(found) == ["First line\nsecond line", "Next"]
    assert [page.label for page in found.pages] == ["i", "214"]
    assert found.told == ()


def test_pdf_without_text_says_that_it_is_a_scan(tmp_path):
    found = read(tmp_path, files.pdf("", ""))

    assert found.empty_pages == (1, 2)
    assert found.told == (
        "No page has a text: this is a scan. Have it read by a program for that, then send the result.",
    )


def test_pages_without_text_are_told(tmp_path):
    assert read(tmp_path, files.pdf("One", "", "Three")).told == (
        "1 of 3 pages have no text, such as scans and empty pages: 2.",
    )


def test_docx_is_read_with_page_breaks_and_notes(tmp_path):
    found = read(tmp_path, files.docx("One", "Two\fThree", AZ, notes="See p. 4."))

    assert contents(found) == ["One\nTwo", f"Three\n{AZ}", "1 See p. 4."]
    assert found.told == ("Notes follow on a page of their own.",)


def test_html_is_read_as_it_is_shown(tmp_path):
    page = (
        "<!doctype html><title>Title</title><style>p{}</style><script>alert(1)</script><h1>Flood</h1>"
        "<p>The <b>water</b>\nrose<br>fast.<p hidden>Not shown.</p><!-- nor this --><ul><li>a<li>b</ul>" + AZ
    )

    assert contents(read(tmp_path, page.encode())) == [f"Flood\n\nThe water rose\nfast.\n\na\n\nb\n\n{AZ}"]


def test_html_follows_the_encoding_that_it_names(tmp_path):
    page = '<html><meta charset="windows-1251"><p>Карабах</p></html>'.encode("cp1251")

    assert contents(read(tmp_path, page)) == ["Карабах"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_is_read_in_encodings_that_say_what_they_are(tmp_path, encoding):
    found = read(tmp_path, f"{AZ}\fTwo\f".encode(encoding))

    assert contents(found) == [AZ, "Two"]
    assert [told for told in found.told if "guessed" in told] == ([] if "8" in encoding else list(found.told))


def test_guessed_encoding_is_told(tmp_path):
    text = "Все счастливые города похожи друг на друга, каждый затопленный город затоплен по-своему. " * 4

    found = read(tmp_path, text.encode("cp1251"))

    assert contents(found) == [text.strip()]
    assert found.told == (
        "The encoding was guessed: cp1251. Compare letters with accents; if wrong, save it as UTF-8.",
    )


def test_picture_has_no_pages(tmp_path):
    found = read(tmp_path, files.jpeg())

    assert (found.media_type, found.pages) == ("image/jpeg", ())


def test_type_is_found_by_looking_and_not_by_the_name(tmp_path):
    path = files.written(tmp_path, files.pdf("Inside"), "harmless.txt")

    assert extract(path).media_type == "application/pdf"


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", b"{\\rtf1 }", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"]
)
def test_other_types_are_refused_with_those_that_are_kept(tmp_path, content):
    with pytest.raises(UnreadableError, match=r"none of those that are kept: PDF, DOCX, HTML, plain text"):
        read(tmp_path, content)
