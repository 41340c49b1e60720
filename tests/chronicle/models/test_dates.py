"""Dates in EDTF in the tables themselves: saved, found, sorted and read back, however far they reach."""

import pytest
from django.db import transaction
from django.db.models import F

from chronicle.models import Citation, Event, LocationWithin
from sources.edtf import Bounds, Day, EDTFError, parse
from sources.models import Document, Party
from tests import factories as make
from tests.refusals import run

pytestmark = pytest.mark.django_db

DATES = {  # what the table holds: days before 4714 BC are unbounded there
    "2020-10-10": Bounds(Day(2020, 10, 10), Day(2020, 10, 10)),
    "[2020-10-09..2020-10-10]": Bounds(Day(2020, 10, 9), Day(2020, 10, 10)),
    "0000": Bounds(Day(0, 1, 1), Day(0, 12, 31)),
    "-0043-03-15": Bounds(Day(-43, 3, 15), Day(-43, 3, 15)),
    "-4713": Bounds(None, Day(-4713, 12, 31)),
    "-5000/-0500": Bounds(None, Day(-500, 12, 31)),
    "2020-09-27/..": Bounds(Day(2020, 9, 27), None),
    "../1985": Bounds(None, Day(1985, 12, 31)),
    "1985/": Bounds(Day(1985, 1, 1), None),
    "9999-12-31": Bounds(Day(9999, 12, 31), Day(9999, 12, 31)),
    "Y17000": Bounds(Day(17000, 1, 1), Day(17000, 12, 31)),
    "Y-17000/Y17000": Bounds(None, Day(17000, 12, 31)),
    "2001-24": Bounds(Day(2001, 12, 1), Day(2002, 2, 28)),
}


@pytest.mark.parametrize("date", DATES)
def test_date_is_saved_and_read_back(date):
    event = make.event(date_edtf=date)

    assert event.date_range == parse(date).bounds
    assert (Event.objects.get().date_edtf, Event.objects.get().date_range) == (date, parse(date).bounds)
    assert Event.objects.only("date_range").get().date_range == DATES[date]
    assert list(Event.objects.values_list("date_range", flat=True)) == [DATES[date]]


def test_dates_of_one_bulk_are_saved_with_their_ranges():
    kind = make.kind()

    Event.objects.bulk_create(
        Event(slug=f"e-{number}", title="E", kind=kind, date_edtf=date) for number, date in enumerate(DATES)
    )

    assert dict(Event.objects.values_list("date_edtf", "date_range")) == DATES


def test_widened_range_is_saved_with_an_approximate_date():
    make.citation(make.event(), aspect="date", asserted_date_edtf="-0043~", date_of="whole")

    citation = Citation.objects.get()

    assert citation.asserted_date_range == Bounds(Day(-43, 1, 1), Day(-43, 12, 31))
    assert citation.asserted_date_widened == Bounds(Day(-44, 1, 1), Day(-42, 12, 31))
    assert Citation.objects.only("asserted_date_widened").get().asserted_date_widened == citation.asserted_date_widened


def test_every_other_date_has_its_range():
    town, district = make.location(), make.location()
    make.within(town, district, period_edtf="../1992-05-18")
    make.party(period_edtf="1991-09-21/..")
    document = make.document(issued_edtf="-0043")
    make.citation(
        make.event(), document, aspect="killed", asserts_unknown=True, period_edtf="2020", stated_on="2021-08"
    )

    ranges = [
        LocationWithin.objects.values_list("period_range", flat=True).get(),
        Party.objects.values_list("period_range", flat=True).get(),
        Document.objects.values_list("issued_range", flat=True).get(),
        *Citation.objects.values_list("period_range", "stated_on_range").get(),
    ]

    assert ranges == [parse(date).bounds for date in ("../1992-05-18", "1991-09-21/..", "-0043", "2020", "2021-08")]


def test_events_sort_by_their_first_day():
    for number, date in enumerate(["2020-10", "-0043", "Y17000", "../1985", "2020-10-01"]):
        make.event(slug=f"e-{number}", date_edtf=date)
    make.event(slug="undated", date_edtf="")

    by_range = Event.objects.order_by("date_range").values_list("date_edtf", flat=True)
    distinct = Event.objects.order_by("date_range").distinct()

    assert list(by_range) == ["../1985", "-0043", "2020-10-01", "2020-10", "Y17000", ""]
    assert [event.date_edtf for event in distinct] == list(by_range)
    assert [event.date_range for event in distinct][1] == DATES["-0043-03-15"]._replace(
        earliest=Day(-43, 1, 1), latest=Day(-43, 12, 31)
    )


@pytest.mark.parametrize(
    ("lookup", "value", "found"),
    [
        ("overlap", parse("2020-10"), {"day", "war", "open"}),
        ("overlap", Bounds(None, Day(0, 1, 1)), {"ides"}),
        ("contains", Day(2020, 10, 10), {"day", "war", "open"}),
        ("contains", parse("2020-10-11"), {"war", "open"}),
        ("contained_by", parse("2020"), {"day", "war"}),
        ("fully_lt", parse("1900"), {"ides"}),
        ("fully_gt", parse("2021"), {"far"}),
        ("exact", parse("2020-10-10"), {"day"}),
        ("isnull", True, {"undated"}),
    ],
)
def test_events_are_found_by_their_days(lookup, value, found):
    dates = {
        "day": "2020-10-10",
        "war": "2020-09-27/2020-11-10",
        "open": "2020-01/..",
        "ides": "-0043-03-15",
        "far": "Y17000",
        "undated": "",
    }
    for slug, date in dates.items():
        make.event(slug=slug, date_edtf=date)

    events = Event.objects.filter(**{f"date_range__{lookup}": value})

    assert set(events.values_list("slug", flat=True)) == found


def test_range_of_another_row_can_be_compared_with():
    event = make.event(date_edtf="2020-10")
    make.citation(event, aspect="date", asserted_date_edtf="2020-10-09", date_of="whole")
    make.citation(event, aspect="date", asserted_date_edtf="-0043", date_of="whole")

    inside = Citation.objects.filter(asserted_date_range__contained_by=F("event__date_range"))

    assert [citation.asserted_date_edtf for citation in inside] == ["2020-10-09"]


def test_string_that_is_no_date_is_never_saved():
    event = make.event(date_edtf="2020-10-10")

    for write in (
        lambda: Event.objects.filter(pk=event.pk).update(date_edtf="2021-02-30"),
        lambda: make.event(date_edtf="2020-11-10/2020-09-27"),
        lambda: Event.objects.bulk_create([Event(slug="e", title="E", kind=event.kind, date_edtf="yesterday")]),
    ):
        with pytest.raises(EDTFError), transaction.atomic():
            write()

    assert Event.objects.get().date_edtf == "2020-10-10"


def test_postgresql_holds_the_range_that_is_read():
    make.event(date_edtf="-0043-03-15/..")

    assert run("SELECT date_range::text, lower(date_range)::text, upper_inf(date_range) FROM chronicle_event") == [
        ('["0044-03-15 BC",)', "0044-03-15 BC", True)
    ]
