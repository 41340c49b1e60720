"""Dates as marks: what lasts and what is some day in a span never look alike."""

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


def test_what_a_date_says_is_drawn_up_to_the_beginning_of_the_next_day():
    assert drawn("2020-10-09/2020-10-17~") == [("lasting", 9, 18, False), ("edge", 18, 19, True)]
    assert drawn("[..2020-10-09,2020-10-11]") == [("span", None, 10, False), ("point", 11, 12, False)]


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
