"""Figures as marks: a row for each assertion, units apart, the companion on the same axis; nothing is added up."""

from decimal import Decimal

import pytest

from chronicle.plots import Beside, plots_of, units_apart
from tests import factories as make
from tests.chronicle.sayings import counted, reading

BESIDE = Beside("These losses")


def event_with(*figures, **fields):
    event = make.event()
    for low, high in figures:
        counted(event, make.document(title_short="Report"), low, high, **fields)
    return event


def marks(plot):
    return [
        (group.heading, [[(p.form.value, p.start, p.end, p.is_approximate) for p in row.parts] for row in group.rows])
        for group in plot.groups
    ]


def test_every_assertion_has_a_row_from_the_lowest(db):
    (plot,) = plots_of(reading(event_with((7000, None), (3773, 3773), (3773, 3773), (2000, None), (0, 5000))), BESIDE)

    assert marks(plot) == [
        (
            "",
            [
                [("span", 0, 5000, False)],
                [("span", 2000, None, False)],
                [("point", 3773, 3773, False)],
                [("point", 3773, 3773, False)],
                [("span", 7000, None, False)],
            ],
        )
    ]
    assert plot.scale.high == 8000
    assert [words for _mark, words in plot.key] == ["this number", "a number in this range", "no upper end"]


def test_about_is_as_wide_as_it_is_compared(db):
    (plot,) = plots_of(reading(event_with((1000, 1000), is_approximate=True)), BESIDE)

    assert marks(plot) == [("", [[("span", Decimal(900), Decimal(1100), True)]])]
    assert ("about", "about: 10 % either way") in plot.key


@pytest.mark.parametrize(
    ("figures", "number"), [([(5, 5)], 0), ([(5, 5), (5, 5)], 0), ([(5, 6)], 1), ([(5, 5), (0, 0)], 1)]
)
def test_plot_is_there_only_where_it_tells_something(db, figures, number):
    assert len(plots_of(reading(event_with(*figures)), BESIDE)) == number


def test_units_have_plots_of_their_own_and_a_lone_number_is_told(db):
    event = event_with((5, 5), (7, 9))
    for unit, high in (("house", 20), ("body", 3)):
        counted(event, make.document(), 3, high, unit=make.unit(slug=unit))

    found = reading(event)
    drawn = plots_of(found, BESIDE)

    assert [plot.title for plot in drawn] == [
        "Killed, in persons: a row for each assertion",
        "Killed, in houses: a row for each assertion",
    ]
    assert units_apart(found, drawn) == "In a unit of its own, and not drawn with others: 3 bodys."


def test_companion_has_its_rows_on_the_same_axis_or_none(db):
    event, other = event_with((5, 5)), event_with((9, 12))
    beside = Beside("These losses", "Those losses", list(other.citations.all()))

    (plot,) = plots_of(reading(event), beside)

    assert [(group.heading, len(group.rows)) for group in plot.groups] == [("These losses", 1), ("Those losses", 1)]
    assert plot.scale.high == 15

    (alone,) = plots_of(reading(event_with((5, 8))), Beside("These losses", "Those losses"))
    assert (alone.groups[1].rows, alone.groups[1].otherwise) == ((), "no document here gives a number")
    assert "Those losses. no document here gives a number." in alone.description


def test_many_rows_are_counted_in_the_description(db):
    (plot,) = plots_of(reading(event_with(*((n, n) for n in range(13)))), BESIDE)

    assert plot.description == "One linear axis from zero to 15. 13 rows. The table has the same in words."
