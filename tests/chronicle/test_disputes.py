"""Value groups, their order, and the rows of tables."""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle.disputes import AspectReading, read, rows, sentences
from chronicle.models import Dispute, Event
from chronicle.vocabularies import Aspect, Verdict
from tests import factories
from tests.chronicle.database.test_rules import DATE, FIGURE, MOMENT, RolledBack
from tests.chronicle.sayings import counted, dated, located, published_by, reading, readings, side, speaker
from tests.factories import citation, document, event, location

pytestmark = pytest.mark.django_db


def numbers(found: AspectReading) -> list[list[int]]:
    return [[one.pk for one in group.citations] for group in found.groups]


def test_equal_values_are_one_group_in_order_of_their_documents() -> None:
    made = event()
    undated = counted(made, document(), 12, 12)
    later = counted(made, document(issued_edtf="2022"), 12, 12)
    earlier = counted(made, document(issued_edtf="2021"), 12, 12)
    assert numbers(reading(made)) == [[earlier.pk, later.pk, undated.pk]]


def test_values_are_in_order_of_their_lower_bound_whatever_their_number_of_sources() -> None:
    made = event()
    for _number in range(3):
        counted(made, document(), 20, 20)
    low, open_below = counted(made, document(), 5, 90), counted(made, document(), 0, 3)
    assert numbers(reading(made))[:2] == [[open_below.pk], [low.pk]]


def test_dates_without_a_beginning_come_first() -> None:
    made = event()
    later, unbounded = dated(made, document(), "2020-10-09"), dated(made, document(), "../2020-11")
    assert numbers(reading(made)) == [[unbounded.pk], [later.pk]]


def test_locations_of_one_document_and_role_are_one_value() -> None:
    made, text = event(), document()
    sites = located(made, text, location(), location())
    origin = located(made, text, location(), role="origin")
    assert numbers(reading(made)) == [[one.pk for one in sites], [one.pk for one in origin]]


def test_locations_of_each_speaker_in_a_document_are_a_value() -> None:
    made, text, town, minister = event(), document(), location(), speaker("Ann Stone")
    own, reported = located(made, text, town, location()), located(made, text, town, claimed_by=minister)
    (also,) = located(made, document(), town)
    found = reading(made)
    assert numbers(found) == [[one.pk for one in own], [reported[0].pk, also.pk]]
    (inside,) = found.inside
    assert (inside.document, inside.right.citations) == (text, tuple(reported))


def test_pair_of_an_old_edition_is_what_the_rule_compared_then() -> None:
    """Its sets mixed what a document says and what it reports; today these are two values."""
    made, text, town, other = event(), document(issued_edtf="2020"), location(), location()
    own, reported = located(made, text, town), located(made, text, other, claimed_by=speaker("Ann Stone"))
    later = located(made, document(issued_edtf="2021"), town)
    mixed = [one.pk for one in (*own, *reported)]
    row = Dispute(event=made, aspect="location", verdict="differ_in_coverage", left=mixed, right=[later[0].pk])
    (found,) = read(Event.objects.with_assertions().get(pk=made.pk).citations.all(), [row])
    (pair,) = found.pairs
    assert [pair.left.citations, pair.right.citations] == [(*own, *reported), tuple(later)]
    assert [line for line in sentences(found, of=2) if "a part of this is the same" in line]


def test_pairs_have_the_verdicts_of_the_rule() -> None:
    made = event()
    for number in (12, 15):
        counted(made, document(), number, number)
    found = reading(made)
    assert found.verdict(*found.groups) == Verdict.DISAGREE
    assert found.is_contested


def test_aspect_of_one_value_is_not_contested() -> None:
    made = event()
    counted(made, document(), 12, 12)
    counted(made, document(), 12, 12)
    assert (reading(made).pairs, reading(made).is_contested) == ((), False)


def test_text_against_itself_is_kept_apart() -> None:
    made, text = event(), document()
    low, high = counted(made, text, 12, 12), counted(made, text, 15, 15)
    counted(made, document(), 15, 15)
    found = reading(made)
    (inside,) = found.inside
    assert (inside.document, inside.left.citations, inside.right.citations) == (text, (low,), (high,))
    assert [pair.document for pair in found.pairs] == [None]


def test_contested_aspects_come_first() -> None:
    made = event()
    dated(made, document(), "2020-10-10")
    counted(made, document(), 12, 12)
    counted(made, document(), 15, 15)
    assert [found.aspect for found in readings(made)] == [Aspect.KILLED, Aspect.DATE]


def test_unknown_disputing_and_silent_citations_stand_beside_the_values() -> None:
    made = event()
    given_value = counted(made, document(), 12, 12)
    unknown = citation(made, aspect="killed", asserts_unknown=True)
    disputing = citation(made, aspect="killed", stance="disputes")
    silent = citation(made, aspect="killed", stance="silent")
    found = reading(made)
    assert (found.unknown, found.disputing, found.others) == ((unknown,), (disputing,), (silent,))
    assert [row.citation for row in rows(found)] == [given_value, unknown, disputing, silent]


def test_row_of_a_figure() -> None:
    made, minister = event(), speaker("Ann Stone")
    ruritania = side("Ruritania")
    text = published_by(ruritania)
    scope = {"population": factories.population(), "side": ruritania, "period_edtf": "2020-10"}
    place = {"locator_label": "page", "locator": "214", "value_as_printed": "no fewer than 7000"}
    counted(made, text, 7000, None, claimed_by=minister, **scope, **place)
    (row,) = rows(reading(made))
    assert row.value == "at least 7,000 persons (military, of Ruritania, October 2020)"
    assert row.counted == "persons, military, of Ruritania, October 2020"
    assert (row.as_printed, row.speaker, row.document) == ("no fewer than 7000", minister, text)
    assert (row.locator, row.party) == ("page 214", ruritania)


@pytest.mark.parametrize(
    ("edtf", "moment", "value", "what"),
    [
        ("2020-10-09", "met", "9 October 2020 for the meeting", "when they met"),
        ("2020-10-09/2020-10-10", "whole", "from 9 to 10 October 2020 for the whole event", "the whole event"),
        ("[2020-10-09..2020-10-10]", "not_stated", "9 or 10 October 2020", "not stated"),
    ],
)
def test_row_of_a_date_says_what_lasts_and_what_is_one_day(edtf: str, moment: str, value: str, what: str) -> None:
    made = event()
    dated(made, document(), edtf, moment)
    (row,) = rows(reading(made))
    assert (row.value, row.counted) == (value, what)


def test_rows_keep_the_doubt_of_each_document() -> None:
    made = event()
    dated(made, document(issued_edtf="2021", title_short="Sure"), "2020-10-10", "met")
    dated(made, document(issued_edtf="2020", title_short="Unsure"), "2020-10-10?", "met")
    assert [row.value for row in rows(reading(made))] == [
        "possibly 10 October 2020 for the meeting",
        "10 October 2020 for the meeting",
    ]
    (group,) = reading(made).groups
    assert len(group.citations) == 2


def test_what_lasts_and_one_day_of_the_same_span_are_two_values() -> None:
    made = event()
    for edtf in ("2020-10-09/2020-10-10", "[2020-10-09..2020-10-10]"):
        dated(made, document(), edtf, "agreed")
    assert len(reading(made).groups) == 2


VALUE = st.one_of(
    st.tuples(st.just("date"), DATE, MOMENT),
    st.tuples(st.just("killed"), FIGURE, st.booleans()),
    st.tuples(st.just("location"), st.integers(0, 2), st.sampled_from(["site", "origin"])),
    st.tuples(st.just("reported"), st.integers(0, 2), st.integers(0, 1)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.tuples(VALUE, st.integers(0, 2)), min_size=1, max_size=8))
def test_groups_are_those_that_the_rule_compares(values: Any) -> None:
    """Whatever documents say, every side of a row between documents is one whole group that pages show."""
    with RolledBack():
        made = event()
        texts, places = [document() for _number in range(3)], [location() for _number in range(3)]
        named = [speaker("Ann Stone"), speaker("Bo Reed")]
        for value, text in values:
            say(made, texts[text], places, named, value)
        shown: dict[str, list[set[int]]] = defaultdict(list)
        for found in readings(made):
            shown[found.aspect] = [{one.pk for one in group.citations} for group in found.groups]
        for row in Dispute.objects.filter(event=made, document=None):
            for part in filter(None, (row.left, row.right)):
                assert set(part) in shown[row.aspect]


def say(of: Event, text: Any, places: Any, named: Any, value: Any) -> None:
    aspect, one, other = value
    if aspect == "date":
        dated(of, text, one, other)
    elif aspect == "killed":
        counted(of, text, *one, is_approximate=other)
    elif aspect == "reported":
        located(of, text, places[one], claimed_by=named[other])
    else:
        located(of, text, places[one], role=other)
