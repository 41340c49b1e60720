"""Imports at the desk: what is sent is looked at first, and written whole by whoever may, or not at all."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chronicle.admin.importing.forms import MOST_ROWS
from chronicle.models import Event, Import, Location, Masthead
from chronicle.secrecy import restrict
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import confirmed, curator, logged_in

ADDRESS = "/admin/chronicle/import/add/"
EVENTS = "slug;title;kind\na;First;battle\nb;Second;battle\n"


@pytest.fixture
def battle(db: None) -> Any:
    return make.kind(slug="battle")


def sent(client: Client, content: str | bytes, name: str = "events.csv", **said: str) -> Any:
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **said})


def again(client: Client, page: Any, button: str = "_look", **said: str) -> Any:
    """Press a button of a preview, as it is shown or with other words."""
    shown = {"token": page.context["waiting"].token, "seal": page.context["report"].seal}
    return client.post(ADDRESS, {**shown, button: "yes", **said})


def verdicts(page: Any) -> dict[str, int]:
    return {word: number for word, number in page.context["counts"] if number}


def test_file_is_looked_at_then_written_and_listed(desk: Client, battle: Any) -> None:
    page = sent(desk, EVENTS)

    assert (page.status_code, verdicts(page), Event.objects.count()) == (200, {"new": 2}, 0)
    assert [row.row for _sheet, row in page.context["rows"]] == ["a", "b"]

    answer = again(desk, page, "_import")

    made = Import.objects.get()
    assert answer.url == reverse("admin:chronicle_import_change", args=[made.pk])
    assert (made.files, made.created, made.editor.username) == ("events.csv", 2, "curator")
    assert set(Event.objects.values_list("title", flat=True)) == {"First", "Second"}
    assert "events.csv" in desk.get("/admin/chronicle/import/").content.decode()
    assert ADDRESS in desk.get("/admin/").content.decode()


def test_preview_shows_what_a_row_would_change(desk: Client, battle: Any) -> None:
    make.event(slug="a", title="Before", kind=battle)
    make.event(slug="b", title="Second", kind=battle)

    page = sent(desk, EVENTS)

    assert verdicts(page) == {"changed": 1, "unchanged": 1}
    text = page.content.decode()
    assert "<del>Before</del>" in text
    assert "<ins>First</ins>" in text


def test_import_that_is_no_longer_what_was_shown_is_shown_again(desk: Client, battle: Any) -> None:
    page = sent(desk, EVENTS)
    make.event(slug="a", title="Meanwhile", kind=battle)

    shown = again(desk, page, "_import")

    assert (shown.status_code, verdicts(shown)) == (200, {"new": 1, "changed": 1})
    assert "Look again" in shown.content.decode()
    assert not Import.objects.exists()
    assert again(desk, shown, "_import").status_code == 302
    assert Event.objects.get(slug="a").title == "First"


def test_wrong_rows_keep_everything_and_are_in_the_report(desk: Client, battle: Any) -> None:
    page = sent(desk, "slug,title,kind\na,=cmd(),none\nb,Second,battle\n")

    assert (page.status_code, verdicts(page)) == (422, {"error": 1, "new": 1})
    assert 'name="_import"' not in page.content.decode()
    assert again(desk, page, "_import").status_code == 422
    assert not Event.objects.exists()
    report = again(desk, page, "_report")
    assert report["Content-Disposition"] == 'attachment; filename="events-report.csv"'
    assert report.content.decode("utf-8-sig").splitlines()[1].startswith("events.csv,2,kind,none,")


def test_headings_can_be_said_or_left_out(desk: Client, battle: Any) -> None:
    page = sent(desk, "Slug,Filed under,Titel,Notes,kind\na,2020,First,x,battle\n")

    assert [heading.text for heading in page.context["headings"]] == ["Titel", "Notes"]
    said = {"column-Titel": "title", "column-Notes": "-"}
    shown = again(desk, page, **said)
    assert (verdicts(shown), [one.chosen for one in shown.context["headings"]]) == ({"new": 1}, ["title", ""])
    assert again(desk, shown, "_import", **said).status_code == 302
    event = Event.objects.get()
    assert (event.title, event.date_edtf, event.summary) == ("First", "2020", "")


def test_kind_encoding_delimiter_and_values_can_be_said(desk: Client, battle: Any) -> None:
    page = sent(desk, "slug|title\na|Şuşa\n".encode("cp1254"), "x.csv")
    assert (page.status_code, page.context["is_read"]) == (422, False)

    said = {"kind": "event", "encoding": "cp1254", "delimiter": "|", "values": "kind=battle"}
    shown = again(desk, page, **said)

    assert verdicts(shown) == {"new": 1}
    assert again(desk, shown, "_import", **said).status_code == 302
    assert Event.objects.get().title == "Şuşa"


@pytest.mark.parametrize(
    ("content", "name", "said", "words"),
    [
        (b"", "events.csv", {}, "it is empty"),
        (b"slug,title\n\x00,a\n", "events.csv", {}, "NUL"),
        (b"PK\x03\x04 nothing", "events.xlsx", {}, "no workbook"),
        (b"[" * 100_000, "events.json", {}, "no JSON"),
        (b"slug\na\n", "events.doc", {}, "files that can be read"),
        (b"slug\na\n", "events.csv", {"encoding": "hex"}, "there is none of this name"),
        (b"slug\na\n", "events.csv", {"encoding": "\x00"}, "control character"),
        (b"slug\na\n", "events.csv", {"kind": "user"}, "not one of the available choices"),
        (b"slug\na\n", "events.csv", {"values": "battle"}, "write a column"),
        (b"slug,slug\na,b\n", "events.csv", {}, "a name of its own"),
        (b'slug,title\na,"b\n', "events.csv", {}, "quotation marks"),
        ("slug\n" + "".join(f"e{n}\n" for n in range(MOST_ROWS + 1)), "events.csv", {}, "import_records"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    desk: Client, content: Any, name: str, said: dict[str, str], words: str
) -> None:
    page = sent(desk, content, name, **said)

    assert page.status_code == 422
    assert words in page.content.decode()


def test_templates_can_be_had_at_the_desk(committed_desk: Client) -> None:
    page = committed_desk.get("/admin/chronicle/import/template/", {"kind": "assertions"})

    assert page["Content-Disposition"] == 'attachment; filename="assertions.csv"'
    assert page.content.decode("utf-8-sig").startswith("document,document.document_type,")
    assert committed_desk.get("/admin/chronicle/import/template/", {"kind": "user"}).status_code == 404
    assert "?kind=assertions" in committed_desk.get(ADDRESS).content.decode()


def test_no_file_is_an_error_of_the_form(desk: Client) -> None:
    page = desk.post(ADDRESS, {"kind": "event"})

    assert (page.status_code, page.context["form"].errors["file"]) == (422, ["File: choose one; nothing was sent."])


@pytest.mark.parametrize("token", ["", "forged", "forged:1:2"])
def test_forged_token_has_no_file(desk: Client, token: str) -> None:
    assert desk.post(ADDRESS, {"token": token, "_import": "yes"}).status_code == 422


def test_token_of_another_curator_has_no_file(desk: Client, battle: Any) -> None:
    page = sent(logged_in(curator("contributor")), EVENTS)

    assert again(desk, page, "_import").status_code == 422
    assert not Event.objects.exists()


def test_import_without_a_preview_writes_nothing(desk: Client, battle: Any) -> None:
    page = sent(desk, EVENTS)

    assert desk.post(ADDRESS, {"token": page.context["waiting"].token, "_import": "yes"}).status_code == 200
    assert not Event.objects.exists()


def test_contributor_imports_what_she_may_write_and_nothing_else(db: None) -> None:
    make.kind(slug="battle")
    client = logged_in(curator("contributor"))

    assert again(client, sent(client, EVENTS), "_import").status_code == 302
    page = sent(client, "slug,name\nchronicle,Mine\n", "masthead.csv")

    assert (page.status_code, page.context["is_read"]) == (422, False)
    assert "which you may not write" in page.content.decode()
    assert again(client, page, "_import").status_code == 422
    assert (Event.objects.count(), Masthead.objects.filter(name="Mine").count()) == (2, 0)


def test_contributor_makes_nothing_ready_and_what_she_changes_is_reviewed_again(db: None) -> None:
    kind = make.kind(slug="battle")
    make.event(slug="done", title="Done", kind=kind, state="ready")
    make.event(slug="same", title="Same", kind=kind, state="ready")
    client, editor = logged_in(curator("contributor")), logged_in(curator("editor"))
    rows = "slug,title,kind,state\na,First,battle,ready\n"

    assert verdicts(sent(client, rows)) == {"error": 1}
    again(client, sent(client, "slug,title,state\ndone,Changed,ready\nsame,Same,ready\n"), "_import")
    again(editor, sent(editor, rows), "_import")

    states = dict(Event.objects.values_list("slug", "state"))
    assert states == {"a": "ready", "done": "in_review", "same": "ready"}


def test_document_that_is_not_shown_is_not_told_of(db: None) -> None:
    document = make.document(slug="testimony", title="Secret title")
    restrict(document, [Group.objects.create(name="keepers")])
    client = logged_in(curator("contributor"))

    own = sent(client, "slug,title\ntestimony,Mine\n", "document.csv")
    cited = sent(client, "document,agent,role\ntestimony,nobody,author\n", "contribution.csv")

    assert verdicts(own) == {"error": 1}
    assert "Secret title" not in own.content.decode()
    assert "There is no document with the slug testimony." in cited.content.decode()
    assert again(client, own, "_import").status_code == 422
    assert Document.objects.get().title == "Secret title"


def test_import_of_a_document_that_is_not_shown_is_not_undone(db: None) -> None:
    insider, outsider = logged_in(curator("editor", "insider")), logged_in(curator("editor", "outsider"))
    again(
        insider,
        sent(insider, "slug,title,title_short,document_type\nx,Secret,Secret,report\n", "document.csv"),
        "_import",
    )
    document, made = Document.objects.get(), Import.objects.get()
    restrict(document, [Group.objects.create(name="keepers")])
    Document.objects.update(title_short="Secret 2")  # so that the reason for a refusal would name it

    page = outsider.get(f"/admin/chronicle/import/undo-import/?id={made.pk}")
    confirmed(outsider, Import, "undo-import", {"id": made.pk})

    assert "open to named groups only" in page.text
    assert "Secret" not in page.text
    made.refresh_from_db()
    assert (made.undone_at, Document.objects.count()) == (None, 1)


def test_import_is_undone_by_an_editor_from_the_list(published: None) -> None:
    make.kind(slug="battle")
    make.location(slug="town", name="Before")
    editor = logged_in(curator("editor"))
    again(
        editor,
        sent(
            editor,
            '{"location": [{"slug": "town", "name": "After"}, {"slug": "new", "name": "N", "kind": "line"}]}',
            "x.json",
        ),
        "_import",
    )
    made = Import.objects.get()
    page = editor.get(f"/admin/chronicle/import/undo-import/?id={made.pk}")
    assert "1 row comes back; 1 row is deleted" in page.content.decode()

    confirmed(editor, Import, "undo-import", {"id": made.pk})

    made.refresh_from_db()
    assert (made.undone_by.username, made.undone_at is not None) == ("editor", True)
    assert list(Location.objects.values_list("slug", "name")) == [("town", "Before")]


def test_undoing_is_refused_where_somebody_has_worked_since(published: None) -> None:
    make.kind(slug="battle")
    editor = logged_in(curator("editor"))
    again(editor, sent(editor, EVENTS), "_import")
    Event.objects.filter(slug="a").update(summary="Later.")

    number = Import.objects.get().pk
    page = editor.get(f"/admin/chronicle/import/undo-import/?id={number}")
    confirmed(editor, Import, "undo-import", {"id": number})

    assert "event First was changed since." in page.content.decode()
    assert (Event.objects.count(), Import.objects.get().undone_at) == (2, None)


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_asks_as_often_for_one_row_as_for_three(
    desk: Client, battle: Any, rows: int, django_assert_num_queries: Any
) -> None:
    content = "slug;title;kind\n" + "".join(f"e{n};T;battle\n" for n in range(rows))
    with django_assert_num_queries(12):
        sent(desk, content)
