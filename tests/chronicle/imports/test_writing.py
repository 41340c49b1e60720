"""Imports: the verdict of every row, all or nothing, and the way back."""

from typing import Any

import pytest
from django.db import connection

from chronicle.imports import Verdict, import_tables, preview
from chronicle.models import Citation, Event, EventLocation, Location, LocationWithin
from chronicle.models.event import EventKind
from sources.models import Document
from tests import factories as make
from tests.chronicle.imports.lines import table

pytestmark = pytest.mark.django_db


def verdicts(report: Any) -> list[tuple[int, str]]:
    found = [*report.outcomes, *report.refusals]
    return sorted((outcome.line, outcome.verdict.value) for outcome in found)


def faults(report: Any) -> list[tuple[str, str, str]]:
    return [(row, column, words) for _table, row, column, _value, words in report.lines()]


def event_row(**cells: str) -> dict[str, str]:
    return {"slug": "a", "title": "A", "kind": "battle", "date_edtf": "2020-10-10", **cells}


@pytest.fixture(autouse=True)
def kind() -> EventKind:
    return make.kind(slug="battle")


def test_rows_are_created_changed_and_left_alone() -> None:
    make.event(slug="same", title="Same", kind=EventKind.objects.get(), date_edtf="2020")
    make.event(slug="other", title="Other", kind=EventKind.objects.get(), date_edtf="")
    rows = [
        event_row(),
        event_row(slug="same", title="Same", date_edtf="2020"),
        event_row(slug="other", title="Another"),
    ]

    report = import_tables([table(Event, *rows)])

    assert verdicts(report) == [(2, "create"), (3, "unchanged"), (4, "update")]
    assert report.is_written
    other = Event.objects.get(slug="other")
    assert (other.title, other.date_edtf, tuple(other.date_range.earliest)) == ("Another", "2020-10-10", (2020, 10, 10))
    (changed,) = [outcome for outcome in report.outcomes if outcome.verdict == Verdict.UPDATE]
    assert [(one.column, one.before, one.after) for one in changed.differences] == [
        ("title", "Other", "Another"),
        ("date_edtf", "", "2020-10-10"),
    ]


def test_preview_has_the_same_verdicts_and_writes_nothing() -> None:
    rows = table(Event, event_row(), event_row(slug="b", parent="a"))

    before = preview([rows])

    assert not Event.objects.exists()
    assert not before.is_written
    assert verdicts(before) == verdicts(import_tables([rows])) == [(2, "create"), (3, "create")]


def test_number_of_a_document_is_written_like_any_column() -> None:
    make.document(slug="report", number="1")

    import_tables([table(Document, {"slug": "report", "number": "S/RES/822", "access": ""})])

    assert Document.objects.get().number == "S/RES/822"


def test_columns_that_a_file_does_not_have_stay_as_they_are() -> None:
    event = make.event(slug="a", title="A", summary="Kept.")

    import_tables([table(Event, {"slug": "a", "title": "B"})])

    event.refresh_from_db()
    assert (event.title, event.summary) == ("B", "Kept.")


def test_one_wrong_row_keeps_everything_from_being_written() -> None:
    report = import_tables([table(Event, event_row(), event_row(slug="b", kind="none"), event_row(slug="C!"))])

    assert not report.is_written
    assert not Event.objects.exists()
    assert verdicts(report) == [(2, "create"), (3, "error"), (4, "error")]
    assert [(row, column) for row, column, _words in faults(report)] == [("3", "kind"), ("4", "slug")]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("date_edtf", "10 October"),
        ("title", ""),
        ("title", "x" * 201),
        ("title", "a\x00b"),
        ("title", "\ud800"),
        ("kind", ""),
        ("kind", "nothing"),
        ("parent", "nothing"),
        ("companion", "a"),
        ("parent", "a"),
        ("state", "finished"),
        ("slug", ""),
        ("slug", "No Slug"),
    ],
)
def test_cell_that_is_wrong_is_named(column: str, cell: str) -> None:
    report = preview([table(Event, event_row(**{column: cell}))])

    assert verdicts(report) == [(2, "error")]
    assert {fault[1] for fault in faults(report)} == {column}
    assert all(words for _row, _column, words in faults(report))


def test_unknown_columns_and_missing_keys_are_refused_before_any_row() -> None:
    report = import_tables([table(Event, {"title": "A", "colour": "red"})])

    assert sorted(fault.column for _table, fault in report.faults) == ["colour", "slug"]
    assert not report.counts


def test_row_that_stands_twice_is_refused_with_the_place_of_the_first() -> None:
    report = preview([table(Event, event_row(), event_row(title="B"))])

    assert faults(report) == [("3", "", "The same row stands in row 2; leave one of the two.")]


def test_reference_to_a_later_row_of_the_same_kind_is_followed() -> None:
    import_tables([table(Event, event_row(parent="b"), event_row(slug="b"))])

    assert Event.objects.get(slug="a").parent.slug == "b"


def test_ring_is_refused_at_the_row_that_closes_it() -> None:
    report = import_tables([table(Event, event_row(parent="b"), event_row(slug="b", parent="a"))])

    assert not report.is_written
    assert report.number(Verdict.ERROR) >= 1
    assert not Event.objects.exists()


def test_tables_may_point_to_each_other() -> None:
    make.unit(slug="person")
    tables = [
        table(Document, {"slug": "report", "document_type": "report", "title": "R", "title_short": "R 1994"}),
        table(Location, {"slug": "town", "kind": "settlement", "name": "Town"}),
        table(Event, event_row()),
        table(EventLocation, {"event": "a", "location": "town", "role": "site"}),
        table(
            Citation,
            {"event": "a", "document": "report", "aspect": "killed", "asserted_figure": "about 80", "unit": "person"},
            {
                "event": "a",
                "document": "report",
                "aspect": "date",
                "asserted_date_edtf": "2020-10-09",
                "date_of": "began",
            },
        ),
    ]

    report = import_tables(tables)

    assert report.is_written, list(report.lines())
    killed, dated = Citation.objects.order_by("number")
    assert (killed.asserted_figure.lower, killed.is_approximate, killed.number) == (80, True, 1)
    assert (dated.asserted_date_edtf, dated.asserted_date_range is not None) == ("2020-10-09", True)


def test_rule_of_the_database_is_told_beside_its_field() -> None:
    make.unit(slug="person")
    make.event(slug="a")
    make.document(slug="report")
    rows = [
        {"event": "a", "document": "report", "aspect": "date", "asserted_date_edtf": "2020", "date_of": "began"},
        {"event": "a", "document": "report", "aspect": "killed", "asserted_date_edtf": "", "date_of": ""},
    ]

    report = preview([table(Citation, *rows)])

    assert verdicts(report) == [(2, "create"), (3, "error")]
    assert {column for _row, column, _words in faults(report)} == {"asserted_figure", "unit"}


def test_many_wrong_rows_are_all_found_and_the_others_are_not_blamed() -> None:
    make.document(slug="report")
    make.event(slug="a")
    rows = [
        {
            "event": "a",
            "document": "report",
            "aspect": "description",
            "locator": str(n),
            "locator_label": "page" if n % 3 else "",
        }
        for n in range(60)
    ]

    report = preview([table(Citation, *rows)])

    assert report.number(Verdict.ERROR) == 20
    assert report.number(Verdict.CREATE) == 40
    assert {column for _row, column, _words in faults(report)} == {"locator"}


def test_citations_without_numbers_are_not_added_twice() -> None:
    make.document(slug="report")
    make.event(slug="a")
    rows = [{"event": "a", "document": "report", "aspect": "description", "statement": "It says."}]

    first, again = import_tables([table(Citation, *rows)]), import_tables([table(Citation, *rows)])
    more = import_tables([table(Citation, {**rows[0], "statement": "It says more."})])
    named = import_tables([table(Citation, {"event": "a", "number": "1", "document": "report", "comment": "New."})])

    assert [verdicts(report) for report in (first, again, more, named)] == [
        [(2, "create")],
        [(2, "unchanged")],
        [(2, "create")],
        [(2, "update")],
    ]
    assert list(Citation.objects.order_by("number").values_list("statement", "comment")) == [
        ("It says.", "New."),
        ("It says more.", ""),
    ]


def test_state_that_a_file_was_made_of_is_compared() -> None:
    event = make.event(slug="a", title="A")
    event.title = "B"
    event.save()
    newest = Event.pgh_event_model.objects.order_by("-pgh_id").values_list("pgh_id", flat=True).first()

    stale = import_tables([table(Event, {"slug": "a", "title": "C", "revision": str(newest - 1)})])
    fresh = import_tables([table(Event, {"slug": "a", "title": "C", "revision": str(newest)})])

    assert (verdicts(stale), verdicts(fresh)) == ([(2, "conflict")], [(2, "update")])
    assert not stale.is_written
    assert Event.objects.get().title == "C"


def test_access_is_changed_by_no_import() -> None:
    make.document(slug="report")

    report = import_tables([table(Document, {"slug": "report", "access": "withheld"})])

    assert faults(report)[0][1] == "access"
    assert Document.objects.get().access == "open"


def test_number_of_queries_does_not_grow_with_the_rows() -> None:
    few = [event_row(slug=f"e{n}", parent="") for n in range(3)]
    many = [event_row(slug=f"f{n}", parent="") for n in range(300)]
    counts = []
    for rows in (few, many):
        with connection.execute_wrapper(counter := Counter()):
            import_tables([table(Event, *rows)])
        counts.append(counter.number)

    assert counts[0] == counts[1]
    assert counts[0] < 20


class Counter:
    """Counts the queries that pass by."""

    number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def test_withins_are_known_by_place_and_period() -> None:
    make.location(slug="town")
    make.location(slug="region")
    row = {"location": "town", "within": "region", "basis": "nature", "period_edtf": "", "party": "", "source": ""}

    report = import_tables([table(LocationWithin, row)])

    assert report.is_written, list(report.lines())
    assert verdicts(import_tables([table(LocationWithin, row)])) == [(2, "unchanged")]
