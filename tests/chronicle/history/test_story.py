"""A record's history as one story: a save is an entry with all its rows, paged by key at any length."""

import uuid
from datetime import UTC, datetime

import pghistory
import pytest
from django.db import transaction

from chronicle.history.parts import Key, Part, parts_of
from chronicle.history.story import NOW, entry, keys_statement, story
from chronicle.history.telling import told_entries
from chronicle.models import Event, EventName, Location
from sources.models import Party
from sources.models.record import Record
from tests import factories as make
from tests.factories.whole import edited
from tests.refusals import run

ABOUT_SEVERAL = {"Assignment", "Remark", "Mention", "Merge", "Import"}
"""Rows that are about records of several kinds: they are no part of any one's story."""

DEPOSITED = {"DocumentFile", "DocumentText"}
"""What is kept with a document and never changes once it is there; a document that has some is not deleted."""


def happened(entry):
    """What an entry did: the kind of each row, and the columns of those that changed."""
    return [
        (row.part.model.__name__, [column.name for column in row.changed()] if row.before and row.after else kind(row))
        for row in entry.rows
    ]


def kind(row):
    return "added" if row.before is None else "deleted"


def told(event, number=0):
    """The entry with this number, from the newest, in words."""
    return told_entries(story(Event, event.pk).entries)[number]


def words(change):
    return "".join(f"[-{p.text}-]" if p.is_removed else f"[+{p.text}+]" if p.is_added else p.text for p in change.words)


def test_every_tracked_table_is_a_record_or_part_of_one():
    records = [model for model in edited() if issubclass(model, Record)]
    parts = [part.model for record in records for part in parts_of(record)]

    assert sorted(model.__name__ for model in parts) == sorted(
        model.__name__ for model in edited() if model.__name__ not in ABOUT_SEVERAL | DEPOSITED
    )


@pytest.mark.usefixtures("published")
def test_save_is_one_entry_with_the_record_and_its_rows():
    event = make.event(title="One")
    with transaction.atomic():
        citation = make.citation(event, statement="Before.")
        EventName.objects.create(event=event, name="Adı", language="az-Latn")
    with transaction.atomic(), pghistory.context(reason="A slip."):
        Event.objects.filter(pk=event.pk).update(title="Two", summary="New.")
        citation.statement = "After."
        citation.save()
        EventName.objects.all().delete()

    found = story(Event, event.pk).entries

    assert [happened(each) for each in found] == [
        [("Event", ["title", "summary"]), ("EventName", "deleted"), ("Citation", ["statement"])],
        [("EventName", "added"), ("Citation", "added")],
        [("Event", "added")],
    ]
    assert [each.context.metadata.get("reason") for each in found] == ["A slip.", None, None]


@pytest.mark.usefixtures("published")
def test_entry_shows_what_is_left_of_several_changes_of_one_row():
    event = make.event(title="One")
    with transaction.atomic():
        Event.objects.update(title="Between")
        Event.objects.update(title="Two")
        EventName.objects.create(event=event, name="Gone again", language="en").delete()

    (change,) = told(event).rows[0].changes

    assert [row.title for row in told(event).rows] == ["Event"]
    assert words(change) == "[-One-][+Two+]"


@pytest.mark.usefixtures("published")
def test_save_that_is_taken_back_within_itself_is_told_as_nothing():
    event = make.event(title="One")
    with transaction.atomic():
        Event.objects.update(title="Two")
        Event.objects.update(title="One")

    assert [len(each.rows) for each in told_entries(story(Event, event.pk).entries)] == [1]


@pytest.mark.usefixtures("published")
def test_pages_follow_one_another_without_gap_or_overlap():
    event = make.event(title="0")
    for number in range(1, 12):
        Event.objects.filter(pk=event.pk).update(title=str(number))
    make.event(title="Another one's history is not among it")

    seen, page = [], story(Event, event.pk, size=5)
    while True:
        seen.append([each.rows[0].after.title for each in page.entries])
        if page.older is None:
            break
        page = story(Event, event.pk, page.older, size=5)

    assert seen == [["11", "10", "9", "8", "7"], ["6", "5", "4", "3", "2"], ["1", "0"]]


@pytest.mark.usefixtures("published")
def test_saves_of_one_moment_are_all_shown():
    event, context = make.event(), [uuid.UUID(int=number) for number in (1, 2, 3)]
    run(
        "UPDATE desk.chronicle_eventrevision SET pgh_created_at = '2026-01-01', pgh_context_id = %s",
        [context[0]],
        alias="owner",
    )
    for each in context[1:]:
        run(COPIED, [each, str(each.int)], alias="owner")

    pages = [story(Event, event.pk, size=1)]
    while pages[-1].older:
        pages.append(story(Event, event.pk, pages[-1].older, size=1))

    assert [[each.key.context for each in page.entries] for page in pages] == [[each] for each in reversed(context)]


COLUMNS = "pgh_obj_id, id, slug, date_edtf, date_range, reading_note, summary, kind_id, state, curators_note"
OF_EVENT = ", ".join(f"e.{name}" for name in COLUMNS.split(", "))
COPIED = f"""
INSERT INTO desk.chronicle_eventrevision (pgh_label, pgh_context_id, title, pgh_created_at, {COLUMNS})
SELECT 'update', %s, %s, pgh_created_at, {COLUMNS} FROM desk.chronicle_eventrevision ORDER BY pgh_id LIMIT 1
"""


@pytest.mark.usefixtures("published")
def test_page_of_a_long_history_reads_indexes_alone():
    event = make.event()
    run(
        "WITH contexts AS (INSERT INTO desk.pghistory_context (id, metadata, created_at, updated_at) "
        "SELECT gen_random_uuid(), jsonb_build_object('n', n), now(), now() "
        "FROM generate_series(1, 10000) n RETURNING *) "
        f"INSERT INTO desk.chronicle_eventrevision (pgh_label, pgh_context_id, title, pgh_created_at, {COLUMNS}) "
        f"SELECT 'update', contexts.id, n::text, e.pgh_created_at + n * interval '1 minute', {OF_EVENT} "
        "FROM desk.chronicle_eventrevision e, contexts, LATERAL (SELECT (contexts.metadata ->> 'n')::int) AS c(n)",
        alias="owner",
    )
    run("ANALYZE desk.chronicle_eventrevision", alias="owner")

    parts = parts_of(Event)
    plan = "\n".join(
        line
        for (line,) in run(
            f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) {keys_statement(parts)}", {**NOW, "number": event.pk, "size": 21}
        )
    )

    assert [each.rows[0].after.title for each in story(Event, event.pk, size=2).entries] == ["10000", "9999"]
    assert "using event_story on chronicle_eventrevision" in plan
    assert "Seq Scan on chronicle_eventrevision" not in plan
    read = int(plan.split("shared hit=")[1].split()[0])
    assert read < 600, plan  # pages of 8 kB: some three for each of 21 entries and each table, of 10,000 revisions


@pytest.mark.usefixtures("published")
def test_entry_leaves_out_rows_that_its_own_page_shows(monkeypatch):
    monkeypatch.setattr("chronicle.history.story.MOST_ROWS", 3)
    event = make.event()
    EventName.objects.bulk_create(EventName(event=event, name=str(n), language="en") for n in range(5))

    found = story(Event, event.pk).entries[0]
    whole = entry(Event, event.pk, found.key)

    assert (len(found.rows), found.left_out) == (3, 2)
    assert (len(whole.rows), whole.left_out) == (5, 0)


@pytest.mark.usefixtures("published")
def test_entry_of_another_record_is_none_of_this_one():
    event, other = make.event(), make.event()

    key = story(Event, other.pk).entries[0].key

    assert entry(Event, other.pk, key) is not None
    assert entry(Event, event.pk, key) is None


@pytest.mark.usefixtures("published")
def test_values_are_told_by_name_and_figures_in_words():
    party, document = make.party(name="Armenia"), make.document(title_short="Bayramov 2021")
    event = make.event(parties=(party,))
    make.citation(
        event,
        document,
        aspect="killed",
        asserted_figure=(81, None),
        unit=make.unit(),
        locator_label="page",
        locator="214",
    )

    row = told(event).rows[0]

    assert row.title.startswith("Citation 1: Bayramov 2021 · page · 214")
    assert {
        change.label: words(change) for change in row.changes if change.name in {"document", "asserted_figure"}
    } == {
        "Document": "[+Bayramov 2021+]",
        "Asserted figure": "[+at least 81+]",
    }


@pytest.mark.usefixtures("published")
def test_record_that_is_gone_is_told_by_its_last_name():
    location = make.location(name="Shusha")
    event = make.event(locations=(location,))
    event.event_locations.all().delete()
    location.delete()

    assert told(event).rows[0].title == "Location of an event: Shusha (deleted since) · site · certain"


@pytest.mark.usefixtures("published")
def test_deleted_record_keeps_its_story():
    location = make.location(name="Shusha")
    number = location.pk
    location.delete()

    assert [happened(each) for each in story(Location, number).entries] == [
        [("Location", "deleted")],
        [("Location", "added")],
    ]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("context", "who", "way"),
    [
        ({}, "the database login chronicle_desk", "by a command or by SQL"),
        ({"url": "/admin/chronicle/event/1/change/"}, "the database login chronicle_desk", "by the form"),
        ({"url": "/admin/chronicle/event/add/"}, "the database login chronicle_desk", "as a new record, by its form"),
        ({"url": "/admin/sources/document/withhold/"}, "the database login chronicle_desk", "by withholding"),
        ({"url": "/no/such/page"}, "the database login chronicle_desk", "by a command or by SQL"),
        (
            {"source": "load_corpus", "corpus": "karabakh-2020", "account": "anna"},
            "anna, on the server",
            "from the corpus karabakh-2020, by the command load_corpus",
        ),
    ],
)
def test_who_and_by_what_way_is_told(context, who, way):
    with pghistory.context(**context):
        event = make.event()

    assert (told(event).told.who, told(event).told.way) == (who, way)


@pytest.mark.parametrize("text", ["", "x", "2026-01-01_x", "_", f"2026-01-01T00:00:00_{uuid.UUID(int=1)}", "\x00_\x00"])
def test_place_in_a_history_is_read_or_refused(text):
    key = Key(datetime(2026, 1, 1, tzinfo=UTC), uuid.UUID(int=7))

    assert Key.read(str(key)) == key
    with pytest.raises(ValueError):  # noqa: PT011 - of whichever part is wrong
        Key.read(text)


def test_parts_of_a_record_leave_out_what_follows_from_other_columns():
    assert "date_range" not in {column.name for column in Part(Event).fields}
    assert {column.name for column in Part(Party).fields} == {
        "slug", "name", "name_short", "period_edtf", "curators_note",
    }  # fmt: skip
