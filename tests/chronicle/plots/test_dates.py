"""Dates as marks: what lasts and what is some day in a span never look alike."""

import pytest

from chronicle.plots.dates import date_plot, parts_of_date
from sources.edtf import Day, parse
from tests import factories as make
from tests.chronicle.sayings import dated, reading

FIRST = Day(2020, 10, 1).ordinal - 1
"""Days of October 2020 are told by their number."""


def drawn(edtf):
    return [
        (part.form.value, part.start and part.start - FIRST, part.end and part.end - FIRST, part.is_approximate)
        for part in parts_of_date(parse(edtf))
    ]


@pytest.mark.parametrize(
    ("edtf", "parts"),
    [
        ("2020-10-09", [("point", 9, 10, False)]),
        ("2020-10-09T12:00:00+04:00", [("point", 9, 10, False)]),
        ("2020-10", [("span", 1, 32, False)]),
        ("[2020-10-09..2020-10-17]", [("span", 9, 18, False)]),
        ("[2020-10-09,2020-10-11]", [("point", 9, 10, False), ("point", 11, 12, False)]),
        ("{2020-10-09..2020-10-11}", [("lasting", 9, 12, False)]),
        ("{2020-10-09,2020-10-11}", [("point", 9, 10, False), ("point", 11, 12, False)]),
        ("[..2020-10-09]", [("span", None, 10, False)]),
        ("2020-10-09~", [("span", 8, 11, True)]),
        ("2020-10-09?", [("point", 9, 10, False)]),
        ("2020-10-09/2020-10-17", [("lasting", 9, 18, False)]),
        ("2020-10-09/..", [("lasting", 9, None, False)]),
        ("../2020-10-09", [("lasting", None, 10, False)]),
        ("2020-10-09/", [("lasting", 9, 10, False), ("edge", 10, None, False)]),
        ("/2020-10-09", [("edge", None, 9, False), ("lasting", 9, 10, False)]),
        ("2020-10/2020-11-05", [("edge", 1, 31, False), ("lasting", 31, 37, False)]),
        ("2020-10-09/2020-10-17~", [("lasting", 9, 18, False), ("edge", 18, 19, True)]),
        ("2020-10/2020-10-17", [("lasting", 1, 18, False)]),
    ],
)
def test_date_is_drawn_as_what_it_says(edtf, parts):
    assert drawn(edtf) == parts


def test_values_stand_under_the_moments_that_they_date(db):
    event, note, report = make.event(), make.document(title_short="Note"), make.document(title_short="Report")
    speaker = make.agent(name="Minister")
    dated(event, note, "2020-10-09", "met", claimed_by=speaker)
    dated(event, report, "2020-10-09", "met")
    dated(event, report, "2020-10-10", "agreed")
    dated(event, report, "2020-10", "not_stated")

    plot = date_plot(reading(event))

    assert [(group.heading, [(row.value, row.who) for row in group.rows]) for group in plot.groups] == [
        ("When they met", [("9 October 2020", "Minister (in Note) and Report")]),
        ("When it was agreed", [("10 October 2020", "Report")]),
        ("What is dated is not stated", [("October 2020", "Report")]),
    ]
    assert plot.key == (("point", "one day"), ("span", "some day in this span"))
    assert plot.description == (
        "An axis of days from 1 October 2020 to 1 November 2020. When they met. 9 October 2020: Minister (in Note) "
        "and Report. When it was agreed. 10 October 2020: Report. What is dated is not stated. October 2020: Report. "
        "The table has the same in words."
    )


def test_one_day_needs_no_plot_and_a_span_has_one(db):
    event = make.event()
    dated(event, make.document(), "2020-10-09", "met")
    dated(event, make.document(), "2020-10-09", "agreed")
    assert date_plot(reading(event)) is None

    dated(event, make.document(), "2020-10", "met")

    assert date_plot(reading(event)) is not None
