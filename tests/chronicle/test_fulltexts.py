"""What readers may read of texts: gone for them at once when it is hidden, withheld, or needed no more."""

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction

from chronicle.fulltexts import attach, hide, purge, show
from chronicle.models import Citation
from chronicle.publication import Note, publish, withdraw, withhold
from chronicle.quotations import check_document
from sources.fulltexts import UnreadableError, extract
from sources.fulltexts.storing import Sent
from sources.models import DocumentFile, DocumentPage, DocumentText
from sources.vocabularies import Access
from tests import factories as make
from tests.chronicle.walls.consistency import inconsistencies
from tests.chronicle.walls.sessions import session
from tests.files import stored_in
from tests.refusals import run

COPY = {"copy_sha256": "c" * 64, "copy_media_type": "text/plain", "copy_size": 7}
CANARY = "Canary on the page"

pytestmark = pytest.mark.usefixtures("published")


def cited():
    """A public document that an event cites."""
    document = make.document()
    event = make.event()
    make.citation(event, document)
    publish([event])
    return document, event


def pages():
    """The pages that readers can read."""
    return list(DocumentPage.objects.using("published").order_by("text_id", "number").values_list("content", flat=True))


def names_in_editions(number):
    """The texts that editions of a document name: at the desk, and for readers."""
    query = (
        "SELECT count(*) FROM {}.chronicle_edition e, jsonb_array_elements(e.snapshot -> 'sources_documenttext') r "
        f"WHERE e.document_id = {number}"
    )
    with session("owner") as owner:
        return tuple(owner.execute(query.format(schema)).fetchone()[0] for schema in ("desk", "published"))


def sound():
    with session("owner") as owner:
        return inconsistencies(owner) == []


def test_text_goes_out_with_an_edition_of_its_document_by_its_checksum():
    document, event = cited()
    text = make.text(document, "One.", "Two.")
    make.text(document, CANARY)
    assert pages() == []

    edited = show(texts=[text], note=Note(words="Its text."))

    seen = DocumentText.objects.using("published").get()
    assert len(edited) == 1
    assert (seen.sha256, seen.page_count, seen.report) == (text.sha256, 2, "")
    assert pages() == ["One.", "Two."]
    assert names_in_editions(document.pk) == (1, 1)
    assert publish([event]).done == ()
    assert sound()


def test_snapshot_of_an_event_holds_no_text():
    document, event = cited()
    show(texts=[make.text(document, CANARY)])
    make.citation(event, document, quotation="On the page")
    publish([event])

    with session("owner") as owner:
        found = owner.execute(
            "SELECT count(*) FROM desk.chronicle_edition WHERE snapshot::text LIKE %s", [f"%{CANARY}%"]
        )
        assert found.fetchone() == (0,)
    assert pages() == [CANARY]


def test_hidden_text_is_gone_at_once_from_every_edition():
    document, _ = cited()
    text, other = make.text(document, CANARY), make.text(document, "Stays.")
    file = make.file(document, **COPY)
    show(texts=[text, other], files=[file])
    assert pages() == [CANARY, "Stays."]
    assert DocumentFile.objects.using("published").count() == 1

    hide(texts=[text], files=[file])

    assert pages() == ["Stays."]
    assert DocumentFile.objects.using("published").count() == 0
    assert names_in_editions(document.pk) == (1, 1)
    assert list(DocumentText.objects.order_by("number").values_list("is_visible", flat=True)) == [False, True]
    assert sound()


@pytest.mark.parametrize("access", [Access.WITHHELD, Access.DESCRIBED])
def test_text_of_a_document_that_is_withheld_is_gone_at_once(access):
    document, event = cited()
    document.public_description = "Testimony of a resident"
    document.save()
    make.citation(event)
    publish([event])
    show(texts=[make.text(document, CANARY)], files=[make.file(document, **COPY)])
    assert pages() == [CANARY]

    withhold([document], access=access)
    publish([event])

    assert pages() == []
    assert DocumentFile.objects.using("published").count() == 0
    assert names_in_editions(document.pk) == (0, 0)
    assert sound()


def test_text_leaves_with_its_document():
    document, event = cited()
    show(texts=[make.text(document, CANARY)])
    assert pages() == [CANARY]

    withdraw([event], note=Note(words="Taken back."))

    assert pages() == []
    assert sound()


def test_text_that_is_replaced_stays_for_those_who_quote_it():
    document, _ = cited()
    first = make.text(document, "Frist.")
    show(texts=[first])

    show(texts=[make.text(document, "First.")])

    assert pages() == ["Frist.", "First."]


# Context of quotations

BEFORE, AFTER = "In the long year that came then the river rose and ", " on the left bank, as nobody had ever seen it"


def context(citation):
    publish([citation.event])
    seen = Citation.objects.using("published").get(pk=citation.pk)
    return seen.quotation_prefix, seen.quotation_suffix


@pytest.mark.parametrize(
    ("characters", "expected"),
    [(500, (BEFORE, AFTER)), (20, ("the river rose and ", " on the left bank,")), (0, ("", ""))],
)
def test_context_of_a_quotation_is_cut_where_readers_may_not_read_the_text(characters, expected):
    make.masthead(quotation_context=characters)
    context_of = {"quotation_prefix": BEFORE, "quotation_suffix": AFTER}
    citation = make.citation(make.event(), quotation="80 houses stood", **context_of)
    text = make.text(citation.document, f"{BEFORE}80 houses stood{AFTER}")

    assert context(citation) == expected

    show(texts=[text])
    assert context(citation) == (BEFORE, AFTER)
    hide(texts=[text])
    assert context(citation) == expected
    assert sound()


def test_context_is_cut_where_there_is_no_masthead_too():
    citation = make.citation(make.event(), quotation="80", quotation_prefix="a" * 400, quotation_suffix="Short.")

    assert context(citation) == ("a" * 100, "Short.")


def test_database_bounds_the_context():
    make.masthead()

    with pytest.raises(IntegrityError, match="masthead_context_is_bounded"), transaction.atomic():
        run("UPDATE chronicle_masthead SET quotation_context = 501")


# Purging


def deposited(document, folder, words="The river rose."):
    path = folder / "sent.txt"
    path.write_text(words, encoding="utf-8")
    return attach(document, Sent(path, extract(path)))


def stored(folder):
    return sorted(path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file())


def test_purged_file_is_gone_from_disk_desk_readers_and_editions(settings, tmp_path):
    stored_in(settings, tmp_path / "files")
    document, event = cited()
    made = deposited(document, tmp_path)
    show(texts=[made.text], files=[made.file])
    citation = make.citation(event, document, quotation="The river rose")
    check_document(document.pk)
    assert (stored(tmp_path / "files"), pages()) == (["copies", "originals"], ["The river rose."])

    purge(made.file, reason=" Sent by mistake. ")

    left = DocumentFile.objects.get()
    assert (left.sha256, left.purge_reason, left.copy_sha256) == (made.file.sha256, "Sent by mistake.", "")
    assert left.purged_at is not None
    assert (stored(tmp_path / "files"), pages(), DocumentPage.objects.count()) == ([], [], 0)
    assert DocumentFile.objects.using("published").count() == 0
    assert names_in_editions(document.pk) == (0, 0)
    citation.refresh_from_db()
    assert (citation.quotation, citation.quotation_state, citation.quotation_text) == (
        "The river rose",
        "no_text",
        None,
    )
    assert sound()


def test_quotations_are_compared_with_the_text_that_is_left(settings, tmp_path):
    stored_in(settings, tmp_path / "files")
    document, event = cited()
    first, second = deposited(document, tmp_path, "It rose."), deposited(document, tmp_path, "It fell.")
    citation = make.citation(event, document, quotation="It rose")
    check_document(document.pk)

    purge(second.file, reason="Sent by mistake.")

    citation.refresh_from_db()
    assert (citation.quotation_state, citation.quotation_text) == ("exact", first.text)
    assert show(texts=[second.text]) == ()
    assert not DocumentText.objects.get(pk=second.text.pk).is_visible


def test_same_file_stays_with_another_document_and_is_not_accepted_again(settings, tmp_path):
    stored_in(settings, tmp_path / "files")
    one, other = deposited(make.document(), tmp_path), deposited(make.document(), tmp_path)

    purge(one.file, reason="Order of a court.")
    assert stored(tmp_path / "files") == ["copies", "originals"]
    with pytest.raises(UnreadableError, match=r"Order of a court[.] It is not kept again"):
        deposited(make.document(), tmp_path)

    purge(other.file, reason="Order of a court.")
    assert stored(tmp_path / "files") == []


def test_what_cannot_be_deleted_is_not_purged(settings, tmp_path):
    stored_in(settings, tmp_path / "files")
    made = deposited(make.document(), tmp_path)
    path = tmp_path / "files" / "originals" / made.file.sha256[:2] / made.file.sha256
    path.unlink()
    path.mkdir()
    (path / "kept").touch()

    with pytest.raises(OSError, match="not empty"):
        purge(made.file, reason="Sent by mistake.")

    assert DocumentFile.objects.get().purged_at is None
    assert DocumentPage.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_purging_needs_a_reason(reason):
    file = make.file(make.document())

    with pytest.raises(ValueError, match="needs a reason"):
        purge(file, reason=reason)

    assert DocumentFile.objects.get().purged_at is None


@pytest.mark.parametrize("change", ["purged_at = now()", "purge_reason = 'Mine.'"])
def test_nothing_is_purged_past_the_verb(change):
    make.file(make.document())

    with pytest.raises(ProgrammingError, match="use “Purge”"), transaction.atomic():
        run(f"UPDATE sources_documentfile SET {change}")


@pytest.mark.parametrize(
    "change", ["purged_at = now()", "purge_reason = 'Mine.'", "purged_at = now(), purge_reason = ''"]
)
def test_database_wants_a_reason_for_what_is_purged(change):
    make.file(make.document())

    with session("owner") as owner, pytest.raises(psycopg.errors.CheckViolation, match="file_purge_has_reason"):
        owner.execute(f"UPDATE desk.sources_documentfile SET {change}")


def test_file_without_a_copy_is_not_given():
    document, _ = cited()

    show(files=[make.file(document)])

    assert DocumentFile.objects.get().is_given is False


def test_nothing_is_hidden_past_the_verb():
    document, _ = cited()
    show(texts=[make.text(document, CANARY)])

    with pytest.raises(ProgrammingError, match='use the action "hide"'), transaction.atomic():
        run("UPDATE sources_documenttext SET is_visible = FALSE")

    assert pages() == [CANARY]


def test_reader_may_not_call_the_verb():
    with connections["published"].cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("SELECT functions.hide_texts('{}', '{}')")
