"""Files and texts at the desk: send, look, deposit, read, cite; nobody does what his role may not."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chronicle.admin.texts.reader import reader_url
from chronicle.models import Citation
from sources.models import Document, DocumentFile, DocumentText
from tests import factories as make
from tests.chronicle.admin.desk import curator, logged_in, url
from tests.files import stored_in
from tests.sources.fulltexts import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Any) -> None:
    stored_in(settings, tmp_path)


@pytest.fixture
def document() -> Document:
    return make.document(title_short="Report 2021", language="en")


@pytest.fixture
def contributor() -> Client:
    return logged_in(curator("contributor"))


def page(document: Document) -> str:
    return reverse("admin:sources_document_files", args=[document.pk])


def sent(client: Client, document: Document, content: bytes, name: str = "report.pdf", **answers: str) -> Any:
    return client.post(page(document), {"_read": "1", "file": SimpleUploadedFile(name, content), **answers})


def deposited(client: Client, document: Document, looked_at: Any) -> Any:
    return client.post(page(document), {"_deposit": "1", "token": looked_at.context["token"]})


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# Sending and depositing


def test_file_is_looked_at_before_it_is_deposited(contributor, document):
    looked_at = sent(contributor, document, files.pdf("The water rose.", ""), provenance="Scanned in May.")

    assert looked_at.context["summary"] == "application/pdf, 2 pages, 15 characters."
    assert looked_at.context["preview"] == [("1", "The water rose.")]
    assert "1 of 2 pages have no text" in looked_at.content.decode()
    assert DocumentFile.objects.count() == 0

    response = deposited(contributor, document, looked_at)

    text = DocumentText.objects.get()
    assert response.url == reader_url(text, 1)
    assert (text.file.name, text.file.provenance, text.language) == ("report.pdf", "Scanned in May.", "en")
    assert text.read_by.username == text.file.deposited_by.username == "contributor"
    assert "Files and texts…" in contributor.get(url(document)).content.decode()
    assert contributor.get(page(document)).status_code == 200


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (files.encrypted_pdf(), "The PDF is encrypted: save it without its password, then send that."),
        (b"MZ\x90\x00", "The file is none of those that are kept"),
        (b"", "The submitted file is empty."),
    ],
)
def test_file_that_cannot_be_read_is_refused_beside_its_box(contributor, document, content, told):
    found = errors(sent(contributor, document, content, provenance="Kept."))

    assert list(found) == ["file"]
    assert found["file"][0].startswith(told)


def test_what_was_typed_comes_back_with_the_refusal(contributor, document):
    response = sent(contributor, document, b"Text.", language="english", provenance="From the library.")

    assert list(errors(response)) == ["language"]
    assert 'value="From the library."' in response.content.decode()


def test_file_larger_than_may_be_is_refused(contributor, document, settings):
    settings.FILE_LIMITS = type(settings.FILE_LIMITS)(bytes=1024 * 1024)

    found = errors(sent(contributor, document, b"a" * (1024 * 1024 + 1)))

    assert found == {"file": ["File: it is larger than 1 MB. Send it in parts."]}


def test_file_of_another_document_or_a_forged_token_is_not_deposited(contributor, document):
    looked_at = sent(contributor, document, b"Text.")

    for address, token in ((page(make.document()), looked_at.context["token"]), (page(document), "forged")):
        response = contributor.post(address, {"_deposit": "1", "token": token})
        assert response.status_code == 422
        assert "was not kept so long" in response.content.decode()
    assert DocumentFile.objects.count() == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x07b.txt", "x" * 300 + ".txt"])
def test_name_of_a_file_is_never_a_path(contributor, document, name, tmp_path):
    deposited(contributor, document, sent(contributor, document, b"Text.", name))

    file = DocumentFile.objects.get()
    assert "/" not in file.name
    assert len(file.name) <= 200
    assert [path.name for path in (tmp_path / "originals").rglob("*") if path.is_file()] == [file.sha256]


def test_original_is_given_to_curators_to_be_saved_and_never_shown(contributor, document):
    deposited(contributor, document, sent(contributor, document, b"<html><script>alert(1)</script>", "page.html"))
    file = DocumentFile.objects.get()

    response = contributor.get(reverse("admin:sources_document_original", args=[document.pk, file.pk]))

    assert b"".join(response.streaming_content) == b"<html><script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'


def test_original_that_is_lost_leads_back_and_says_who_can_bring_it_back(contributor, document, tmp_path):
    deposited(contributor, document, sent(contributor, document, b"Text."))
    file = DocumentFile.objects.get()
    for path in (tmp_path / "originals").rglob(file.sha256):
        path.unlink()

    response = contributor.get(reverse("admin:sources_document_original", args=[document.pk, file.pk]), follow=True)

    assert response.redirect_chain == [(page(document), 302)]
    assert "brings it back from a backup" in response.content.decode()


# Who may


def test_visitor_without_the_right_is_refused_everything(document):
    text = make.text(document, "One.")
    nobody = logged_in(curator_without_rights())
    addresses = (
        page(document),
        reader_url(text, 1),
        reverse("admin:sources_document_original", args=[document.pk, text.file_id]),
    )

    assert [nobody.get(address).status_code for address in addresses] == [403, 403, 403]
    assert [nobody.post(address).status_code for address in addresses[:2]] == [403, 403]


def curator_without_rights():
    user = curator("contributor", "nobody")
    user.groups.clear()
    return user


@pytest.mark.parametrize("verb", ["_show", "_hide"])
def test_contributor_shows_and_hides_nothing(contributor, document, verb):
    text = make.text(document, "One.")

    assert contributor.post(page(document), {verb: "1", "text": text.pk}).status_code == 403
    assert 'name="_show"' not in contributor.get(page(document)).content.decode()


def test_editor_shows_and_hides(document):
    text, other = make.text(document, "One."), make.text(make.document(), "Other.")
    editor = logged_in(curator("editor"))

    editor.post(page(document), {"_show": "1", "text": [text.pk, other.pk, "x", "9" * 30]})
    assert list(DocumentText.objects.filter(is_visible=True)) == [text]

    editor.post(page(document), {"_hide": "1", "text": [text.pk]})
    assert DocumentText.objects.filter(is_visible=True).count() == 0


# Purging


def purging(file: DocumentFile) -> str:
    return reverse("admin:sources_document_purge", args=[file.document_id, file.pk])


def test_editor_purges_a_file_once_it_is_known_why_and_that_it_is_meant(contributor, document):
    deposited(contributor, document, sent(contributor, document, b"The river rose.", "secret.txt"))
    file = DocumentFile.objects.get()
    editor = logged_in(curator("editor"))
    assert "Text 1 goes, 1 page" in editor.get(purging(file)).content.decode()

    for answers in ({"reason": "By mistake."}, {"is_sure": "on"}, {"reason": "a\x00b", "is_sure": "on"}):
        response = editor.post(purging(file), answers)
        assert (response.status_code, len(response.context["form"].errors)) == (422, 1)
    assert DocumentFile.objects.get().purged_at is None

    editor.post(purging(file), {"reason": "By <mistake>.", "is_sure": "on"})

    assert DocumentFile.objects.get().purged_by.username == "editor"
    files = editor.get(page(document)).content.decode()
    assert "By &lt;mistake&gt;." in files
    assert "(purged with its file)" in files
    original = reverse("admin:sources_document_original", args=[document.pk, file.pk])
    assert editor.get(original).url == page(document)
    assert "This file was purged" in editor.get(purging(file)).content.decode()
    again = deposited(contributor, document, sent(contributor, document, b"The river rose."))
    assert "It is not kept again." in again.content.decode()


def test_contributor_purges_nothing(contributor, document):
    file = make.file(document)

    assert [contributor.get(purging(file)).status_code, contributor.post(purging(file)).status_code] == [403, 403]
    assert "Purge…" not in contributor.get(page(document)).content.decode()


def test_file_of_another_document_is_not_purged_by_its_number(document):
    file = make.file(make.document())
    address = reverse("admin:sources_document_purge", args=[document.pk, file.pk])
    large = reverse("admin:sources_document_purge", args=[document.pk, 10**20])
    editor = logged_in(curator("editor"))

    responses = [editor.post(one, {"reason": "By mistake.", "is_sure": "on"}) for one in (address, large)]

    assert [response.status_code for response in responses] == [302, 302]
    assert DocumentFile.objects.get().purged_at is None


# The reader


def cited(client: Client, text: DocumentText, number: int = 1, **boxes: Any) -> Any:
    row = {f"row-0-{name}": value for name, value in boxes.items() if name not in ("start", "end")}
    place = {name: boxes[name] for name in ("start", "end") if name in boxes}
    return client.post(reader_url(text, number), {"row-TOTAL_FORMS": 1, "row-INITIAL_FORMS": 0, **row, **place})


def words(**boxes: Any) -> dict[str, Any]:
    event = make.event()
    return {"event": f"E{event.pk}", "aspect": "description", "locator_label": "page", "locator": "1", **boxes}


FIRST, SECOND = "Before it rose. The water rose 𝕒 little.", "The water rose again, and then the water rose."


@pytest.fixture
def text(document) -> DocumentText:
    return make.text(document, FIRST, SECOND)


def test_marked_passage_becomes_a_citation_with_its_place_in_code_points(contributor, text):
    start = FIRST.index("𝕒")

    response = cited(contributor, text, **words(quotation="𝕒 little", start=start, end=start + 8))

    found = Citation.objects.get()
    assert response.url == f"{reader_url(text, 1)}#C{found.pk}"
    assert (found.quotation, found.quotation_state, found.quotation_text) == ("𝕒 little", "exact", text)
    assert (found.quotation_page, found.quotation_start, found.quotation_end) == (1, start, start + 8)
    assert found.quotation_prefix.endswith("The water rose ")
    assert found.quotation_suffix.startswith(".")


def test_place_on_a_later_page_is_counted_from_the_beginning_of_the_text(contributor, text):
    cited(contributor, text, 2, **words(quotation="again"))

    found = Citation.objects.get()
    assert f"{FIRST}\n{SECOND}"[found.quotation_start : found.quotation_end] == "again"
    assert found.quotation_page == 2


def test_pasted_words_that_stand_twice_get_no_place(contributor, text):
    cited(contributor, text, 2, **words(quotation="water rose"))

    found = Citation.objects.get()
    assert (found.quotation_state, found.quotation_start, found.quotation_prefix) == ("ambiguous", None, "")


def test_mark_decides_between_two_places(contributor, text):
    start = len(FIRST) + 1 + SECOND.rindex("water rose")

    cited(contributor, text, 2, **words(quotation="water rose", start=start, end=start + 10))

    found = Citation.objects.get()
    assert (found.quotation_state, found.quotation_start) == ("exact", start)


@pytest.mark.parametrize("place", [("0", "9999"), ("-1", "3"), ("x", "y"), ("9" * 30, "9" * 31), ("5", "2")])
def test_forged_mark_never_gives_a_wrong_place(contributor, text, place):
    cited(contributor, text, **words(quotation="Before it", start=place[0], end=place[1]))

    assert (Citation.objects.get().quotation_start, Citation.objects.get().quotation_end) == (0, 9)


def test_passage_of_an_older_text_gets_no_place(contributor, text):
    make.text(text.document, "Something else.")

    cited(contributor, text, **words(quotation="Before it"))

    assert Citation.objects.get().quotation_state == "missing"


def test_event_is_made_from_the_passage(contributor, text):
    boxes = {"new_title": "The second flood", "new_kind": make.kind().slug, "new_date": "1907-05-31"}
    response = cited(contributor, text, **(words(quotation="Before it") | boxes | {"event": ""}))

    if response.status_code == 422:
        boxes["new_kind"] = response.context["grid"].forms[0].fields["new_kind"].choices[1][0]
        cited(contributor, text, **(words(quotation="Before it") | boxes | {"event": ""}))
    assert Citation.objects.get().event.title == "The second flood"


def test_nothing_typed_is_lost_when_a_row_is_refused(contributor, text):
    response = cited(contributor, text, **words(quotation="Before it", event="No such event", start="0", end="9"))

    assert response.status_code == 422
    shown = response.content.decode()
    assert "none is called “No such event”" in shown
    assert 'name="start" value="0"' in shown
    assert "Before it</textarea>" in shown
    assert Citation.objects.count() == 0


def test_passages_of_a_page_are_marked_and_listed(contributor, text):
    for quotation in ("Before it", "rose 𝕒"):
        cited(contributor, text, **words(quotation=quotation))

    response = contributor.get(reader_url(text, 1))

    marked = [stretch.content for stretch in response.context["stretches"] if stretch.passages]
    assert marked == ["Before it", "rose 𝕒"]
    assert [str(one) for one in response.context["cited"]] == [str(one) for one in Citation.objects.order_by("pk")]
    assert list(contributor.get(reader_url(text, 2)).context["cited"]) == []


def test_number_of_queries_does_not_grow_with_the_passages(contributor, text, django_assert_num_queries):
    for quotations in (["Before"], ["it", "rose 𝕒"]):
        for quotation in quotations:
            cited(contributor, text, **words(quotation=quotation))
        with django_assert_num_queries(11):
            contributor.get(reader_url(text, 1))


@pytest.mark.parametrize(("number", "page"), [(1, 3), (2, 1), (1, 0), (1, 10**20), (10**20, 1)])
def test_page_that_is_not_there_is_none(contributor, text, number, page):
    address = reverse("admin:sources_document_reader", args=[text.document_id, number, page])
    page_of_files = reverse("admin:sources_document_files", args=[text.document_id])

    assert contributor.get(address).url == page_of_files
