"""The editors' notes on disputes, on the form of their event."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from chronicle.merging import merge, undo
from chronicle.models import DisputeNote, Event, Merge
from chronicle.secrecy import restrict
from tests import factories as make
from tests.chronicle.admin.desk import contributor, curator, errors, logged_in, row, saved, url

WORDS = "The one dates the meeting, the other the signing."
OFFERED = 'href="?note={}#dispute-notes"'


def contested(*, by: Any = None) -> Event:
    event = make.event()
    for day, document in (("2020-10-09", by or make.document()), ("2020-10-10", make.document())):
        make.citation(event, document, aspect="date", asserted_date_edtf=day, date_of="whole")
    return event


def one(**values: Any) -> dict[str, Any]:
    return row("dispute_notes", 0, **{"aspect": "date", "text": WORDS, **values}) | {"dispute_notes-TOTAL_FORMS": "1"}


@pytest.mark.django_db
def test_contributor_writes_the_note_that_a_dispute_lacks_without_a_script() -> None:
    event, desk = contested(), logged_in(contributor())
    assert OFFERED.format("date") in desk.get(url(event)).text
    assert OFFERED.format("killed") not in desk.get(url(event)).text

    assert saved(desk, f"{url(event)}?note=date", **{"dispute_notes-0-text": WORDS}).status_code == 302

    note = event.dispute_notes.get()
    assert (note.aspect, note.text, note.written_on) == ("date", WORDS, timezone.localdate())
    assert OFFERED.format("date") not in desk.get(url(event)).text


def test_row_that_was_offered_and_not_filled_in_is_no_note(desk: Any) -> None:
    event = contested()

    assert saved(desk, f"{url(event)}?note=date", title="Another title").status_code == 302

    assert Event.objects.get().title == "Another title"
    assert not DisputeNote.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"text": "ə" * 2001}, "text"),
        ({"text": "One\x00two"}, "text"),
        ({"aspect": "weather"}, "aspect"),
        ({"written_on": "31 February"}, "written_on"),
        ({"written_on": "1066-10-14"}, "written_on"),
        ({"written_on": ""}, "written_on"),
    ],
)
def test_what_cannot_be_kept_comes_back_beside_its_field(desk: Any, values: dict[str, str], field: str) -> None:
    event = contested()

    response = saved(desk, url(event), **one(**{"written_on": "2026-05-31", **values}))

    assert list(errors(response)) == [f"dispute_notes-0-{field}"]
    assert not DisputeNote.objects.exists()


def test_second_note_on_an_aspect_is_refused_beside_it(desk: Any) -> None:
    event = contested()
    event.dispute_notes.create(aspect="date", text="First.", written_on="2026-05-31")
    second = row("dispute_notes", 1, aspect="date", text="Second.", written_on="2026-05-31")

    response = saved(desk, url(event), **second, **{"dispute_notes-TOTAL_FORMS": "2"})

    assert "Second." in response.text
    assert event.dispute_notes.get().text == "First."


@pytest.mark.django_db
def test_dispute_with_a_hidden_document_is_offered_to_nobody_else() -> None:
    document, editor = make.document(), curator("editor")
    event = contested(by=document)
    assert OFFERED.format("date") in logged_in(editor).get(url(event)).text

    restrict(document, [Group.objects.create(name="court")])

    assert OFFERED.format("date") not in logged_in(editor).get(url(event)).text


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_notes_cost_the_same_number_of_queries(desk: Any, django_assert_num_queries: Any, rows: int) -> None:
    event = contested()
    for aspect in ("killed", "wounded", "date")[:rows]:
        event.dispute_notes.create(aspect=aspect, text=WORDS, written_on="2026-05-31")
    desk.get(url(event))

    with django_assert_num_queries(18):
        desk.get(url(event))


@pytest.mark.django_db
def test_merged_event_brings_its_notes_and_takes_them_back() -> None:
    kept, merged = contested(), contested()
    for event, aspects in ((kept, ["date"]), (merged, ["date", "killed"])):
        for aspect in aspects:
            event.dispute_notes.create(aspect=aspect, text=f"{aspect} of {event.pk}", written_on="2026-05-31")
    before = list(DisputeNote.objects.order_by("pk").values_list("event", "text"))

    merge(kept, merged)

    assert sorted(kept.dispute_notes.values_list("text", flat=True)) == [f"date of {kept.pk}", f"killed of {merged.pk}"]
    undo(Merge.objects.get())
    assert list(DisputeNote.objects.order_by("pk").values_list("event", "text")) == before
