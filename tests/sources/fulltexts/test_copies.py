"""Copies for readers say nothing of who made the file, when, with what, or where."""

import pypdfium2
import pytest
from PIL import Image

from sources.fulltexts import Limits, UnreadableError, extract
from sources.fulltexts.copies import found_in
from sources.fulltexts.extraction import in_child
from tests.sources.fulltexts import files

SECRET = b"Secret Maker"


def copied(tmp_path, media_type, content):
    """The copy of a file, and what is told of it."""
    told = in_child("copy", media_type, files.written(tmp_path, content), tmp_path / "copy", Limits())
    return tmp_path / "copy", told


def test_pdf_loses_what_its_document_says_and_keeps_its_text(tmp_path):
    xmp = files.stream(b"<x:xmpmeta>Secret Maker</x:xmpmeta>", "/Type /Metadata /Subtype /XML")
    content = files.pdf(
        "To be read",
        catalogue="/Metadata 5 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        trailer="/Info << /Author (Secret Maker) /CreationDate (D:20260531) >>",
        extra=(xmp,),
    )
    assert SECRET in content

    copy, told = copied(tmp_path, "application/pdf", content)

    assert told == []
    assert SECRET not in copy.read_bytes()
    assert found_in(copy.read_bytes()) == []
    assert [page.content for page in extract(copy).pages] == ["To be read"]
    assert set(pypdfium2.PdfDocument(copy).get_metadata_dict(skip_empty=True)) <= {"Creator", "Producer"}


def test_pdf_that_says_it_in_its_pages_becomes_pictures(tmp_path):
    content = files.pdf("To be seen", page="/PieceInfo << /Tool << /Private (Secret Maker) >> >>")

    copy, told = copied(tmp_path, "application/pdf", content)

    assert told == ["Its pages bring along what may tell of its maker, so readers get pictures of the pages."]
    assert SECRET not in copy.read_bytes()
    assert found_in(copy.read_bytes()) == []
    assert [page.content for page in extract(copy).pages] == [""]


def test_pdf_loses_annotations(tmp_path):
    note = "/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Secret Maker) /Contents (Check this) >>]"

    copy, _ = copied(tmp_path, "application/pdf", files.pdf("To be read", page=note))

    assert SECRET not in copy.read_bytes()


def test_same_pdf_has_the_same_copy(tmp_path):
    first, _ = copied(tmp_path, "application/pdf", files.pdf("Again"))
    content = first.read_bytes()

    second, _ = copied(tmp_path, "application/pdf", files.pdf("Again"))

    assert second.read_bytes() == content


def test_picture_loses_where_it_was_taken_and_is_turned(tmp_path):
    content = files.jpeg()
    assert b"roof of the school" in content
    assert b"night watch" in content

    copy, _ = copied(tmp_path, "image/jpeg", content)

    with Image.open(copy) as picture:
        assert (picture.size, dict(picture.getexif()), picture.info.get("comment")) == ((20, 40), {}, None)
    assert b"roof of the school" not in copy.read_bytes()
    assert b"night watch" not in copy.read_bytes()


def test_text_is_copied_as_it_is_stored(tmp_path):
    copy, _ = copied(tmp_path, "text/plain", "One\u00a0\ufb01\fTwo".encode())

    assert copy.read_text() == "One fi\n\f\nTwo\n"


def test_recording_has_no_copy(tmp_path):
    with pytest.raises(UnreadableError, match="Recordings have no copy"):
        copied(tmp_path, "audio/mpeg", b"ID3" + b"\0" * 100)
