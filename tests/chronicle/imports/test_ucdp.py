"""Events of the UCDP Georeferenced Event Dataset, with places, figures and sources."""

import csv
import io
from typing import Any

import pytest

from chronicle.imports import import_tables, preview, read_file
from chronicle.models import Citation, Event, EventKind, Location
from sources.models import Document
from tests import factories as make

pytestmark = pytest.mark.django_db

ROW = {
    "id": "4410", "relid": "AZE-1", "year": "2020", "type_of_violence": "1", "conflict_name": "One: Two",
    "side_a": "Government of One", "side_b": "Republic of Two",
    "source_article": '"A Paper, 2020-10-11, Shelling, say both; nobody counts";B Press,2020-10-12,Town hit',
    "where_prec": "1", "where_coordinates": "Ganja town", "adm_1": "", "country": "One", "latitude": "40.68278",
    "longitude": "46.36056", "event_clarity": "1", "date_prec": "1", "date_start": "2020-10-11 00:00:00.000",
    "date_end": "2020-10-11 00:00:00.000", "deaths_a": "", "deaths_b": "", "deaths_civilians": "10",
    "deaths_unknown": "0", "best": "10", "high": "12", "low": "9",
}  # fmt: skip


def sheet(*changes: dict[str, str]) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, [*ROW])
    writer.writeheader()
    writer.writerows(ROW | change for change in changes)
    return written.getvalue().encode()


def imported(*changes: dict[str, str]) -> Any:
    read = read_file("GEDEvent_v23_1.csv", sheet(*changes))
    return read, import_tables(read.tables)


def test_event_comes_with_place_date_figure_and_sources() -> None:
    read, report = imported({})

    assert report.is_written, list(report.lines())
    event = Event.objects.get()
    assert (event.slug, event.date_edtf, event.kind.slug) == ("ucdp-4410", "2020-10-11", "state-based-violence")
    placed = event.event_locations.get()
    assert (placed.location.name, placed.location.kind, placed.certainty) == ("Ganja town", "settlement", "certain")
    assert placed.location.geometry == {"type": "Point", "coordinates": [46.36056, 40.68278]}
    killed, _civilians, dated, *others = event.citations.order_by("number")
    assert (killed.asserted_figure.lower, killed.asserted_figure.upper, killed.unit.slug) == (9, 12, "person")
    assert killed.value_as_printed == "low 9, best 10, high 12"
    assert "Government of One – Republic of Two" in killed.statement
    assert (dated.asserted_date_edtf, dated.date_of) == ("2020-10-11", "whole")
    assert [(one.document.container_title, one.document.title, one.document.issued_edtf) for one in others] == [
        ("A Paper", "Shelling, say both; nobody counts", "2020-10-11"),
        ("B Press", "Town hit", "2020-10-12"),
    ]
    assert {left.what.column for left in read.left} >= {"relid", "conflict_name", "country"}


def test_parts_of_the_dead_are_figures_with_whom_they_count() -> None:
    two = make.party(slug="two", name="Two")
    two.names.create(name="REPUBLIC OF TWO", language="en")
    parts = {"deaths_a": "1", "deaths_b": "4", "deaths_civilians": "3", "deaths_unknown": "2"}

    read, report = imported(parts, {"id": "4411", "deaths_civilians": "0"})

    assert report.is_written, list(report.lines())
    cited = Citation.objects.filter(event__slug="ucdp-4410", aspect="killed").order_by("number")
    assert [
        (
            str(one.population or ""),
            one.side,
            one.asserted_figure.lower,
            one.asserted_figure.upper,
            one.value_as_printed,
        )
        for one in cited
    ] == [
        ("", None, 9, 12, "low 9, best 10, high 12"),
        ("", two, 4, 4, "deaths_b 4"),
        ("civilians", None, 3, 3, "deaths_civilians 3"),
        ("persons of unknown status", None, 2, 2, "deaths_unknown 2"),
    ]
    assert Citation.objects.filter(event__slug="ucdp-4411", aspect="killed").count() == 1
    told = [(left.what.value, left.what.words) for left in read.left if left.what.column == "side"]
    assert told == [
        (
            "Government of One",
            "no party of the desk has this name: the dead of this side are left behind, in 1 row",
        )
    ]


@pytest.mark.parametrize(
    ("change", "date"),
    [
        ({"date_end": "2020-10-13"}, "[2020-10-11..2020-10-13]"),
        ({"date_end": "2020-10-13", "event_clarity": "2"}, "2020-10-11/2020-10-13"),
    ],
)
def test_date_says_if_it_lasted_or_was_some_day(change: dict[str, str], date: str) -> None:
    imported(change)

    assert Event.objects.get().date_edtf == date


@pytest.mark.parametrize(
    ("code", "kind", "metres", "certainty"),
    [("2", "area", 25_000, "probable"), ("3", "district", None, "certain"), ("6", "country", None, "certain")],
)
def test_place_is_as_exact_as_the_codebook_says(code: str, kind: str, metres: int | None, certainty: str) -> None:
    imported({"where_prec": code})

    location = Location.objects.get()
    assert (location.kind, location.coordinate_uncertainty_m) == (kind, metres)
    assert location.event_locations.get().certainty == certainty


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"type_of_violence": "9"}, "type_of_violence"),
        ({"where_prec": ""}, "where_prec"),
        ({"low": "11"}, "best"),
        ({"best": "many"}, "best"),
        ({"date_start": "soon"}, "date_edtf"),
        ({"latitude": "north"}, "latitude"),
    ],
)
def test_row_that_is_wrong_is_named_and_keeps_all(change: dict[str, str], column: str) -> None:
    _read, report = imported({"id": "1"}, {"where_coordinates": "Other place", **change})

    assert column in {found for _file, row, found, _value, _words in report.lines() if row == "3"}
    assert not {row for _file, row, *_rest in report.lines()} - {"3"}
    assert not Event.objects.exists()


def test_second_import_changes_nothing_and_what_curators_named_stays() -> None:
    make.kind(slug="state-based-violence", name="Fighting between states")
    imported({}, {"id": "4411"})
    Document.objects.filter(slug="ucdp-ged").update(title_short="GED")
    citations = Citation.objects.count()

    read = read_file("x.csv", sheet({}, {"id": "4411"}))
    report = preview(read.tables)

    assert {verdict.value for (_table, verdict), count in report.counts.items() if count} == {"unchanged"}
    assert EventKind.objects.get().name == "Fighting between states"
    assert (Location.objects.count(), citations) == (1, 10)
