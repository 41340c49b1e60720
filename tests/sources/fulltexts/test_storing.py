"""Depositing a file: the original unchanged, the copy bare, the text whole, and all of it once."""

import hashlib

import pytest
from django.core.files.storage import storages

from sources.fulltexts import extract
from sources.fulltexts.storing import BETWEEN_PAGES, Description, Sent, deposit, place_of
from sources.models import DocumentFile, DocumentText
from tests import factories as make
from tests.files import stored_in
from tests.sources.fulltexts import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    stored_in(settings, tmp_path)


def sent(tmp_path, content, **described):
    path = files.written(tmp_path, content)
    return Sent(path, extract(path), Description(**described))


def stored(name, checksum):
    with storages[name].open(place_of(checksum)) as file:
        return file.read()


def test_original_is_kept_unchanged_and_the_copy_is_bare(tmp_path):
    content = files.jpeg()

    made = deposit(make.document(), sent(tmp_path, content, name="IMG_0001.jpg", content_warning="Shows ruins."))

    file = DocumentFile.objects.get()
    assert made.text is None
    assert (file.kind, file.media_type, file.size, file.name) == ("image", "image/jpeg", len(content), "IMG_0001.jpg")
    assert stored("originals", file.sha256) == content
    assert hashlib.sha256(content).hexdigest() == file.sha256
    copy = stored("copies", file.copy_sha256)
    assert (file.copy_media_type, file.copy_size) == ("image/jpeg", len(copy))
    assert b"roof of the school" not in copy
    assert file.is_given is False


def test_text_is_its_pages_joined(tmp_path):
    document = make.document(language="en")

    text = deposit(document, sent(tmp_path, files.pdf("First page", "", "Third"))).text

    whole = BETWEEN_PAGES.join(("First page", "", "Third"))
    assert (text.number, text.length, text.page_count, text.empty_pages) == (1, len(whole), 3, 1)
    assert (text.language, text.is_visible, text.rule) == ("en", False, 1)
    assert text.sha256 == hashlib.sha256(whole.encode()).hexdigest()
    pages = list(text.pages.order_by("number"))
    assert [whole[page.start : page.end] for page in pages] == [page.content for page in pages]
    assert [page.sha256 for page in pages] == [make.checksum(page.content) for page in pages]
    assert text.report == "1 of 3 pages have no text, such as scans and empty pages: 2."


def test_better_text_is_another_one_and_the_old_one_stays(tmp_path):
    document = make.document()

    deposit(document, sent(tmp_path, b"Frist."))
    deposit(document, sent(tmp_path, b"First."))

    texts = DocumentText.objects.order_by("number").values_list("number", "pages__content")
    assert list(texts) == [(1, "Frist."), (2, "First.")]


def test_same_file_is_kept_once_and_may_be_read_again(tmp_path):
    document, other = make.document(), make.document()

    made = [deposit(each, sent(tmp_path, b"Same.")) for each in (document, document, other)]

    assert [one.file.document_id for one in made] == [document.pk, document.pk, other.pk]
    assert made[0].file == made[1].file
    assert [one.text.number for one in made] == [1, 2, 1]
    assert len(list((tmp_path / "originals").rglob("*/*"))) == 1


def test_file_without_a_copy_is_kept_and_that_is_told(tmp_path):
    made = deposit(make.document(), sent(tmp_path, b"ID3" + b"\0" * 50))

    assert (made.file.kind, made.file.copy_sha256) == ("sound", "")
    assert made.told == (
        "There is no copy for readers. Recordings have no copy without metadata: readers are told that there is one.",
    )


def test_number_of_queries_is_the_same_for_one_page_and_for_three(tmp_path, django_assert_num_queries):
    for content in (b"One", b"One\fTwo\fThree"):
        document, one = make.document(), sent(tmp_path, content)
        with django_assert_num_queries(11):
            deposit(document, one)
