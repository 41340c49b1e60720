"""Files that are made to harm are refused with a message, or bounded; nothing of ours dies of them."""

import os
import time

import pytest

from sources.fulltexts import Limits, UnreadableError, extract
from sources.fulltexts.extraction import in_child
from sources.fulltexts.limits import MEGABYTE
from tests.sources.fulltexts import files

SMALL = Limits(unpacked_bytes=5 * MEGABYTE, seconds=10, memory=400 * MEGABYTE)


def refused(tmp_path, content, limits=SMALL):
    """What is told of a file that is refused."""
    with pytest.raises(UnreadableError) as told:
        extract(files.written(tmp_path, content), limits)
    return str(told.value)


def test_encrypted_pdf_is_refused(tmp_path):
    assert refused(tmp_path, files.encrypted_pdf()).startswith("The PDF is encrypted: save it without its password")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\xff" * 4000, files.pdf("One")[:60]])
def test_broken_pdf_is_refused(tmp_path, content):
    assert refused(tmp_path, content).startswith(("The PDF is broken", "The PDF has no page"))


def test_five_thousand_pages_are_refused_and_read_where_they_may_be(tmp_path):
    content = files.pdf(*["A page"] * 5_000)

    assert refused(tmp_path, content) == "The PDF has 5000 pages; at most 3000 are read. Send it in parts."
    assert len(extract(files.written(tmp_path, content), Limits(pages=5_000)).pages) == 5_000


def test_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(SMALL.bytes + 1)

    with pytest.raises(UnreadableError, match=r"at most 104,857,600 are kept"):
        extract(path, SMALL)


def test_empty_file_is_refused(tmp_path):
    assert refused(tmp_path, b"") == "The file is empty: choose another one."


def test_bursting_docx_is_refused(tmp_path):
    content = files.bursting_docx(50)

    assert len(content) < MEGABYTE
    assert refused(tmp_path, content).startswith("What is packed in the DOCX is too large")


@pytest.mark.parametrize("head", [files.LAUGHS, '<!DOCTYPE d SYSTEM "file:///etc/passwd">'])
def test_docx_with_entities_is_refused(tmp_path, head):
    assert refused(tmp_path, files.docx("Text", head=head)).startswith("The DOCX is broken")


def test_bursting_pdf_ends_with_its_process(tmp_path):
    before = time.monotonic()

    assert outcome(tmp_path, files.bursting_pdf(600)) in ([""], "Reading took more memory or time")
    assert time.monotonic() - before < 60


def test_nested_html_is_bounded(tmp_path):
    page = b"<html>" + b"<div>" * 200_000 + b"deep"

    assert outcome(tmp_path, page) in (["deep"], [""], "The page is no HTML", "Reading took more memory or time")


def outcome(tmp_path, content):
    """What was read, or how what is told of it begins."""
    try:
        return [page.content for page in extract(files.written(tmp_path, content), SMALL).pages]
    except UnreadableError as error:
        return str(error).partition(" than ")[0].partition(" that ")[0]


def test_text_longer_than_may_be_is_refused(tmp_path):
    assert refused(tmp_path, b"word " * 1000, Limits(characters=4_000)) == (
        "The text is longer than 4000 characters: send it in parts."
    )


def test_picture_of_too_many_pixels_has_no_copy(tmp_path):
    path = files.written(tmp_path, files.png_of_many_pixels(20_000))

    with pytest.raises(UnreadableError, match="more than 100000000 pixels"):
        in_child("copy", "image/png", path, tmp_path / "copy", Limits())


def test_process_that_reads_knows_none_of_our_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "told to nobody")
    seen = {}

    def spy(command, **options):
        seen.update(options["env"])
        raise KeyboardInterrupt

    monkeypatch.setattr("sources.fulltexts.extraction.subprocess.run", spy)
    with pytest.raises(KeyboardInterrupt):
        extract(files.written(tmp_path, b"text"))

    assert "SECRET_KEY" in os.environ
    assert set(seen) == {"PYTHONPATH", "LANG", "PYTHONDONTWRITEBYTECODE", "MALLOC_ARENA_MAX"}
