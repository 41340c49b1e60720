"""The rule of disputes, the voices, counts and facets, through the views of the desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle.database.rules import FUNCTION_NAMES, FUNCTIONS, VIEWS
from chronicle.models import Dispute, Event, EventCount, Voice
from sources.models import CitedDocument, Contribution
from tests import factories
from tests.chronicle.sayings import (
    counted,
    dated,
    held_responsible,
    located,
    published_by,
    speaker,
    verdicts,
    verdicts_inside,
)
from tests.factories import citation, document, event, location, party, population, unit, within

pytestmark = pytest.mark.django_db


def two_dates(first: tuple[str, str], second: tuple[str, str]) -> Event:
    made = event()
    dated(made, document(), first[0], first[1])
    dated(made, document(), second[0], second[1])
    return made


def two_figures(first: tuple[int | None, int | None, dict], second: tuple[int | None, int | None, dict]) -> Event:
    made = event()
    for low, high, scope in (first, second):
        counted(made, document(), low, high, **scope)
    return made


SAME_MOMENT = [
    ("2020-10-10", "2020-10-10", "agree"),
    ("2020-10-10", "2020-10", "differ_in_precision"),
    ("2020-10-09", "2020-10-10", "disagree"),
    ("2020-10-09~", "2020-10-10", "differ_in_precision"),
    ("2020-10-09?", "2020-10-10", "disagree"),
    ("2020-10-10?", "2020-10-10", "agree"),
    ("2020-10-10~", "2020-10-10", "differ_in_precision"),
    ("[2020-10-09,2020-10-10]", "2020-10-10", "differ_in_precision"),
    ("2020-10-09/2020-10-10", "[2020-10-09..2020-10-10]", "differ_in_precision"),
    ("[2020-10-01..2020-10-31]", "2020-10", "agree"),
    ("2020-10-09/..", "2020-11", "differ_in_precision"),
    ("-0043-03-15", "-0044", "disagree"),
]


@pytest.mark.parametrize(("first", "second", "verdict"), SAME_MOMENT)
def test_dates_of_one_moment_are_compared(first: str, second: str, verdict: str) -> None:
    assert verdicts(two_dates((first, "agreed"), (second, "agreed"))) == [verdict]


MOMENTS = [
    (("2020-10-09", "met"), ("2020-10-10", "agreed"), "different_things"),
    (("2020-10-10", "met"), ("2020-10-10", "agreed"), "different_things"),
    (("2020-10-09", "met"), ("2020-10-10", "not_stated"), "may_disagree"),
    (("2020-10-09", "not_stated"), ("2020-10-10", "not_stated"), "may_disagree"),
    (("2020-10-10", "agreed"), ("2020-10-10", "not_stated"), "differ_in_precision"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-09-27", "began"), "differ_in_precision"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-09-28", "began"), "disagree"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-11-10", "ended"), "differ_in_precision"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-11-09", "ended"), "disagree"),
    (("2020-09/2020-11", "whole"), ("2020-09-28", "began"), "differ_in_precision"),
    (("2020-09/2020-11", "whole"), ("2020-10-01", "began"), "disagree"),
    (("2020/2021", "whole"), ("2020-12-31", "began"), "differ_in_precision"),
    (("2020-09-27~/2020-11-10", "whole"), ("2020-09-28", "began"), "differ_in_precision"),
    (("../2020-11-10", "whole"), ("2020-09-28", "began"), "differ_in_precision"),
    (("2019-09-27/2020-21", "whole"), ("2020-05-31", "ended"), "differ_in_precision"),
    (("2019-09-27/2020-21", "whole"), ("2020-02-28", "ended"), "disagree"),
    (("2020-10", "whole"), ("2020-10-03", "began"), "differ_in_precision"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-10-10", "agreed"), "different_things"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-09-27", "not_stated"), "differ_in_precision"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-11-10", "not_stated"), "differ_in_precision"),
    (("2020-09-27/2020-11-10", "whole"), ("2020-11-11", "not_stated"), "may_disagree"),
    (("2020-09-27", "began"), ("2020-11-10", "ended"), "different_things"),
    (("2020-10-10", "broken"), ("2020-10-10", "not_stated"), "different_things"),
    (("2020-10-11", "broken"), ("2020-10-10", "not_stated"), "different_things"),
    (("2020-10-10", "broken"), ("2020-10-10", "whole"), "different_things"),
    (("2020-10-10", "broken"), ("2020-10-11", "broken"), "disagree"),
    (("2020-10-10", "broken"), ("2020-10", "broken"), "differ_in_precision"),
]


@pytest.mark.parametrize(("first", "second", "verdict"), MOMENTS)
def test_dates_of_several_moments_are_compared(first: Any, second: Any, verdict: str) -> None:
    assert verdicts(two_dates(first, second)) == [verdict]
    assert verdicts(two_dates(second, first)) == [verdict]


FIGURES = [
    ((12, 12), {}, (12, 12), {}, "agree"),
    ((12, 12), {}, (15, 15), {}, "disagree"),
    ((0, 0), {}, (15, 15), {}, "disagree"),
    ((2000, None), {}, (3773, 3773), {}, "differ_in_precision"),
    ((100, 100), {"is_approximate": True}, (110, 110), {}, "differ_in_precision"),
    ((100, 100), {"is_approximate": True}, (111, 111), {}, "disagree"),
    ((100, 100), {"is_approximate": True}, (100, 100), {}, "differ_in_precision"),
    ((80, 80), {}, (81, None), {}, "disagree"),
    ((0, 0), {"is_approximate": True}, (0, 0), {}, "differ_in_precision"),
]


@pytest.mark.parametrize(("one", "first_scope", "two", "second_scope", "verdict"), FIGURES)
def test_figures_of_one_scope_are_compared(
    one: Any, first_scope: dict, two: Any, second_scope: dict, verdict: str
) -> None:
    assert verdicts(two_figures((*one, first_scope), (*two, second_scope))) == [verdict]


def test_figures_in_different_units_count_different_things() -> None:
    made = two_figures((12, 12, {}), (12, 12, {"unit": unit(slug="body")}))
    assert verdicts(made) == ["different_things"]


def scopes() -> Iterator[tuple[str, Any, Any]]:
    yield "population", population(), population(slug="civilian")
    yield "side", party(), party()
    yield "period_edtf", "2020-09-27/2020-11-10", "2020-10"


@pytest.mark.parametrize("part", [0, 1, 2], ids=["population", "side", "period"])
def test_figures_follow_their_scope(part: int) -> None:
    name, one, other = list(scopes())[part]
    assert verdicts(two_figures((12, 12, {name: one}), (15, 15, {name: one}))) == ["disagree"]
    assert verdicts(two_figures((12, 12, {name: one}), (12, 12, {name: other}))) == ["different_things"]
    assert verdicts(two_figures((12, 12, {name: one}), (15, 15, {}))) == ["may_disagree"]
    assert verdicts(two_figures((12, 12, {name: one}), (12, 12, {}))) == ["differ_in_precision"]


def test_scope_that_differs_outweighs_scope_that_is_left_open() -> None:
    one, other = {"population": population()}, {"population": population(slug="civilian"), "side": party()}
    assert verdicts(two_figures((12, 12, one), (15, 15, other))) == ["different_things"]


def test_later_figure_of_the_same_speaker_is_a_revision() -> None:
    made, minister = event(), speaker("Minister")
    counted(made, document(), 12, 12, claimed_by=minister, stated_on="2020-10-10")
    counted(made, document(), 15, 15, claimed_by=minister, stated_on="2020-12")
    assert verdicts(made) == ["revised"]


def test_later_date_of_the_same_speaker_is_a_revision_also_where_both_are_open() -> None:
    made, minister = event(), speaker("Minister")
    dated(made, document(), "[..2020-11-15]", "ended", claimed_by=minister, stated_on="2020-11-10")
    dated(made, document(), "[..2020-11-25]", "ended", claimed_by=minister, stated_on="2020-11-15")
    assert verdicts(made) == ["revised"]


MEETING_FIGURES = [
    ({}, {}, "revised"),
    ({"side": 0}, {"side": 0}, "revised"),
    ({"side": 0}, {}, "differ_in_precision"),
    ({"side": 0}, {"side": 1}, "different_things"),
]


@pytest.mark.parametrize(("first", "second", "verdict"), MEETING_FIGURES)
def test_later_figure_that_meets_the_earlier_is_a_revision_of_the_same_scope_alone(
    first: dict, second: dict, verdict: str
) -> None:
    made, minister, sides = event(), speaker("Minister"), [party(), party()]
    for low, day, scope in ((2000, "2020-10-10", first), (2500, "2020-12", second)):
        fields = {"claimed_by": minister, "stated_on": day, **{name: sides[which] for name, which in scope.items()}}
        counted(made, document(), low, None, **fields)
    assert verdicts(made) == [verdict]


def test_dates_that_meet_of_other_moments_or_other_speakers_are_no_revision() -> None:
    minister, president = speaker("Minister"), speaker("President")
    for moments, speakers in ((("whole", "ended"), (minister, minister)), (("ended", "ended"), (minister, president))):
        made = event()
        for edtf, day, moment, who in zip(
            ("[..2020-11-15]", "[..2020-11-25]"), ("2020-11-10", "2020-11-15"), moments, speakers, strict=True
        ):
            dated(made, document(), edtf, moment, claimed_by=who, stated_on=day)
        assert verdicts(made) == ["differ_in_precision"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("", "2020-12"), ("2020-12", "2020-12-03"), ("2020-10-10", ""), ("2020-10-10", "2020-10-10")],
)
def test_figure_that_is_not_surely_later_is_no_revision(first: str, second: str) -> None:
    made, minister = event(), speaker("Minister")
    counted(made, document(), 12, 12, claimed_by=minister, stated_on=first)
    counted(made, document(), 15, 15, claimed_by=minister, stated_on=second)
    assert verdicts(made) == ["disagree"]


def test_figure_of_another_speaker_is_no_revision() -> None:
    made = event()
    counted(made, document(), 12, 12, claimed_by=speaker("Minister"), stated_on="2020-10-10")
    counted(made, document(), 15, 15, claimed_by=speaker("President"), stated_on="2020-12")
    assert verdicts(made) == ["disagree"]


def test_documents_of_one_publisher_revise_each_other_unless_their_authors_differ() -> None:
    made, ministry = event(), factories.agent()
    reports = [document(publisher=ministry), document(publisher=ministry)]
    counted(made, reports[0], 12, 12, stated_on="2020-10-10")
    counted(made, reports[1], 15, 15, stated_on="2020-12")
    assert verdicts(made) == ["revised"]
    for report in reports:
        Contribution.objects.create(document=report, agent=speaker("Author"))
    assert verdicts(made) == ["disagree"]


def test_a_third_speaker_keeps_the_dispute() -> None:
    made, minister = event(), speaker("Minister")
    counted(made, document(), 12, 12, claimed_by=minister, stated_on="2020-10-10")
    counted(made, document(), 15, 15, claimed_by=minister, stated_on="2020-12")
    counted(made, document(), 15, 15)
    assert verdicts(made) == ["agree", "disagree"]


def test_locations_are_compared_as_sets() -> None:
    town, other = location(), location()
    cases = [
        ([town, other], [other, town], ["agree"]),
        ([town], [other], ["disagree"]),
        ([town, other], [town], ["differ_in_coverage"]),
    ]
    for first, second, verdict in cases:
        made = event()
        located(made, document(), *first)
        located(made, document(), *second)
        assert verdicts(made) == verdict
        assert verdicts_inside(made) == []


def test_location_that_lies_within_differs_in_precision() -> None:
    town, district, country = location(), location(kind="district"), location(kind="country")
    within(town, district)
    within(district, country)
    made = event()
    located(made, document(), town)
    located(made, document(), country)
    assert verdicts(made) == ["differ_in_precision"]


def test_location_of_which_a_part_lies_within_differs_in_coverage() -> None:
    town, district, elsewhere = location(), location(kind="district"), location()
    within(town, district)
    made = event()
    located(made, document(), town, elsewhere)
    located(made, document(), district)
    assert verdicts(made) == ["differ_in_coverage"]


@pytest.mark.parametrize(
    ("filed", "verdict"), [("1995", "differ_in_precision"), ("2021", "disagree"), ("", "differ_in_precision")]
)
def test_location_lies_within_at_the_time_of_the_event(filed: str, verdict: str) -> None:
    town, district = location(), location(kind="district")
    within(town, district, period_edtf="1992/2020", basis="control", party=party())
    made = event(date_edtf=filed)
    located(made, document(), town)
    located(made, document(), district)
    assert verdicts(made) == [verdict]


def test_neighbours_in_one_district_disagree() -> None:
    first, second, district = location(), location(), location(kind="district")
    within(first, district)
    within(second, district)
    made = event()
    located(made, document(), first)
    located(made, document(), second)
    assert verdicts(made) == ["disagree"]


def test_locations_in_different_roles_are_not_compared() -> None:
    made = event()
    located(made, document(), location())
    located(made, document(), location(), role="signed_at")
    assert verdicts(made) == []


def test_parties_held_responsible_are_compared_as_sets() -> None:
    one, other = party(), party()
    cases = [([one], [one], "agree"), ([one], [other], "disagree"), ([one, other], [one], "differ_in_coverage")]
    for first, second, verdict in cases:
        made = event()
        held_responsible(made, document(), *first)
        held_responsible(made, document(), *second)
        assert verdicts(made) == [verdict]


def test_speaker_whom_a_document_names_has_a_set_of_its_own() -> None:
    one, other, minister = party(), party(), speaker("Minister")
    made, text = event(), document()
    (own,) = held_responsible(made, text, one)
    (reported,) = held_responsible(made, text, other, claimed_by=minister)
    assert Dispute.objects.values_list("verdict", "document", "left", "right").get(event=made) == (
        "disagree",
        text.pk,
        [own.pk],
        [reported.pk],
    )
    held_responsible(made, document(), one)
    assert verdicts(made) == ["agree", "disagree"]
    assert verdicts_inside(made) == ["disagree"]


def test_places_that_a_document_reports_of_a_speaker_are_a_set_of_their_own() -> None:
    town, other, minister = location(), location(), speaker("Minister")
    made, text = event(), document()
    located(made, text, town)
    located(made, text, town, other, claimed_by=minister)
    located(made, document(), other, claimed_by=minister)
    assert verdicts(made) == ["differ_in_coverage", "disagree"]
    assert verdicts_inside(made) == ["differ_in_coverage"]


def test_two_speakers_in_one_text_who_name_the_same_are_one_value() -> None:
    made, text, town = event(), document(), location()
    located(made, text, town)
    located(made, text, town, claimed_by=speaker("Minister"))
    assert not Dispute.objects.filter(event=made).exists()


def test_disputing_citation_disagrees_with_every_value() -> None:
    made = event()
    lower = counted(made, document(), 12, 12)
    counted(made, document(), 12, 12)
    higher = counted(made, document(), 15, 15)
    disputing = citation(made, aspect="killed", stance="disputes")
    found = Dispute.objects.filter(event=made, verdict="disagree").values_list("left", "right")
    assert ([lower.pk, lower.pk + 1], [disputing.pk]) in found
    assert ([higher.pk], [disputing.pk]) in found
    assert len(found) == 3


def test_disputing_citation_disagrees_with_an_aspect_without_values() -> None:
    made, disputing_document = event(), document()
    supporting = [citation(made, aspect="occurrence") for _number in range(3)]
    disputing = [citation(made, disputing_document, aspect="occurrence", stance="disputes") for _number in range(2)]
    found = Dispute.objects.filter(event=made).values_list("verdict", "left", "right")
    assert list(found) == [("disagree", [one.pk for one in supporting], [two.pk]) for two in disputing]


def test_disputing_citation_without_support_is_no_dispute() -> None:
    made = event()
    citation(made, aspect="occurrence", stance="disputes")
    citation(made, aspect="occurrence", stance="mentions")
    assert verdicts(made) == []


def test_unknown_mentions_and_silence_dispute_nothing() -> None:
    made = event()
    counted(made, document(), 12, 12)
    citation(made, aspect="killed", asserts_unknown=True)
    counted(made, document(), 15, 15, stance="mentions")
    citation(made, aspect="killed", stance="silent")
    assert verdicts(made) == []


def test_filing_of_the_editors_takes_no_part() -> None:
    made = event(date_edtf="2020-10-01")
    dated(made, document(), "2020-10-10")
    assert verdicts(made) == []


def test_text_that_contradicts_itself_is_kept_apart() -> None:
    made, text = event(), document()
    low, high = counted(made, text, 12, 12), counted(made, text, 15, 15)
    row = Dispute.objects.get(event=made)
    assert (row.document, row.verdict, row.left, row.right) == (text, "disagree", [low.pk], [high.pk])
    assert row.pk == f"{low.pk}-{high.pk}-{text.pk}"
    counted(made, document(), 15, 15)
    assert verdicts(made) == ["agree", "disagree"]
    assert verdicts_inside(made) == ["disagree"]


def test_text_that_revises_itself() -> None:
    made, text, minister = event(), document(), speaker("Minister")
    counted(made, text, 12, 12, claimed_by=minister, stated_on="2020-10-10")
    counted(made, text, 15, 15, claimed_by=minister, stated_on="2020-12")
    counted(made, document(), 15, 15)
    assert verdicts_inside(made) == ["revised"]
    assert verdicts(made) == ["agree", "disagree"]


def test_equal_values_of_one_document_are_one_value() -> None:
    made, text = event(), document()
    first, second = counted(made, text, 12, 12), counted(made, text, 12, 12)
    assert not Dispute.objects.filter(event=made).exists()
    other = counted(made, document(), 15, 15)
    assert Dispute.objects.values_list("left", "right").get(event=made) == ([first.pk, second.pk], [other.pk])


def test_left_is_the_lower_value() -> None:
    made = event()
    high, low = counted(made, document(), 15, 15), counted(made, document(), 12, 12)
    row = Dispute.objects.get(event=made)
    assert (row.left, row.right) == ([low.pk], [high.pk])
    assert row.pk == f"{low.pk}-{high.pk}-0"


def test_agreeing_row_has_no_right_side() -> None:
    made = event()
    first, second = counted(made, document(), 12, 12), counted(made, document(), 12, 12)
    row = Dispute.objects.get(event=made)
    assert (row.verdict, row.left, row.right) == ("agree", [first.pk, second.pk], [])


def test_ids_are_unique_in_an_event_with_everything() -> None:
    made, texts = event(), [document(), document()]
    for text in texts:
        for number in (10, 12, 15):
            counted(made, text, number, number)
        dated(made, text, "2020-10-10")
        citation(made, text, aspect="killed", stance="disputes")
    ids = list(Dispute.objects.filter(event=made).values_list("pk", flat=True))
    assert len(ids) == len(set(ids)) == 3 + 3 + 6 + 6 + 6 + 1


# Properties. Every example is rolled back: the database is the judge of all of them.

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MOMENT = st.sampled_from(["whole", "began", "met", "agreed", "broken", "ended", "not_stated"])
DAY = st.integers(1, 28)
DATE = st.one_of(
    DAY.map(lambda day: f"2020-10-{day:02}"),
    DAY.map(lambda day: f"2020-10-{day:02}~"),
    st.sampled_from(["2020-10", "2020-11", "2020", "2020-10-05/2020-11", "2020-09-27/2020-11-10", "../2020-10-03"]),
    st.tuples(DAY, DAY).map(lambda days: f"[2020-10-{min(days):02}..2020-10-{max(days):02}]"),
)
NUMBER = st.integers(0, 30)
FIGURE = st.tuples(NUMBER, st.one_of(st.none(), NUMBER)).map(
    lambda ends: ends if ends[1] is None else (min(ends), max(ends))
)


class RolledBack:
    """A block whose rows are gone at its end."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *failure: Any) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(*failure)


@QUICK
@given(first=st.tuples(DATE, MOMENT), second=st.tuples(DATE, MOMENT))
def test_order_of_two_dates_does_not_matter(first: Any, second: Any) -> None:
    with RolledBack():
        assert verdicts(two_dates(first, second)) == verdicts(two_dates(second, first))


@QUICK
@given(first=FIGURE, second=FIGURE, scope=st.tuples(st.booleans(), st.booleans()))
def test_order_of_two_figures_does_not_matter(first: Any, second: Any, scope: Any) -> None:
    with RolledBack():
        one = (*first, {"is_approximate": scope[0]})
        other = (*second, {"population": population()} if scope[1] else {})
        assert verdicts(two_figures(one, other)) == verdicts(two_figures(other, one))


@QUICK
@given(value=st.tuples(DATE, MOMENT))
def test_date_never_disputes_itself(value: Any) -> None:
    with RolledBack():
        assert verdicts(two_dates(value, value)) == ["agree"]


@QUICK
@given(value=FIGURE, is_approximate=st.booleans())
def test_figure_never_disputes_itself(value: Any, is_approximate: bool) -> None:
    with RolledBack():
        figure = (*value, {"is_approximate": is_approximate})
        assert verdicts(two_figures(figure, figure)) == ["agree"]


MEETING = {"agree", "differ_in_precision"}


@QUICK
@given(
    days=st.tuples(DAY, DAY), wider=st.tuples(st.integers(0, 9), st.integers(0, 9)), moments=st.tuples(MOMENT, MOMENT)
)
def test_wider_date_never_turns_agreement_into_disagreement(days: Any, wider: Any, moments: Any) -> None:
    with RolledBack():
        one, day = (f"2020-10-{days[0]:02}", moments[0]), days[1]
        before = verdicts(two_dates(one, (f"2020-10-{day:02}", moments[1])))
        wide = f"[2020-10-{max(day - wider[0], 1):02}..2020-10-{min(day + wider[1], 31):02}]"
        after = verdicts(two_dates(one, (wide, moments[1])))
        assert not set(before) <= MEETING or set(after) <= MEETING


@QUICK
@given(first=FIGURE, second=FIGURE, wider=st.tuples(st.integers(0, 5), st.integers(0, 5)), has_scope=st.booleans())
def test_wider_figure_never_turns_agreement_into_disagreement(
    first: Any, second: Any, wider: Any, has_scope: bool
) -> None:
    with RolledBack():
        one = (*first, {"population": population()} if has_scope else {})
        wide = (max(second[0] - wider[0], 0), None if second[1] is None else second[1] + wider[1])
        before, after = verdicts(two_figures(one, (*second, {}))), verdicts(two_figures(one, (*wide, {})))
        assert not set(before) <= MEETING or set(after) <= MEETING


@QUICK
@given(first=DATE, second=DATE, moment=MOMENT)
def test_unstated_moment_never_disagrees(first: str, second: str, moment: str) -> None:
    with RolledBack():
        assert "disagree" not in verdicts(two_dates((first, moment), (second, "not_stated")))


@QUICK
@given(first=FIGURE, second=FIGURE, part=st.integers(0, 2))
def test_unstated_scope_never_disagrees(first: Any, second: Any, part: int) -> None:
    with RolledBack():
        name, value, _other = list(scopes())[part]
        assert "disagree" not in verdicts(two_figures((*first, {name: value}), (*second, {})))


# Voices, counts, facets.


def voice(of: Event, whose: Any) -> tuple[bool, int, int]:
    row = Voice.objects.get(event=of, party=whose)
    return (row.is_concerned, row.documents, row.speakers)


def test_voices_count_documents_and_speakers_of_each_party() -> None:
    heard, silent, other = party(), party(), party()
    made, minister = event(parties=(heard, silent)), speaker("Minister", other)
    report = published_by(heard)
    citation(made, report, claimed_by=minister)
    citation(made, report)
    citation(made, document(publisher=factories.agent(party=heard), party=other))
    citation(made, published_by(silent), stance="silent")
    assert voice(made, heard) == (True, 1, 0)
    assert voice(made, silent) == (True, 0, 0)
    assert voice(made, other) == (False, 1, 1)


def test_parties_concerned_are_those_of_the_parent_where_an_event_has_none() -> None:
    war_party, own_party = party(), party()
    war = event(parties=(war_party,))
    part, own = event(parent=war), event(parent=war, parties=(own_party,))
    assert list(Voice.objects.filter(event=part).values_list("party", flat=True)) == [war_party.pk]
    assert list(Voice.objects.filter(event=own).values_list("party", flat=True)) == [own_party.pk]


def counts(of: Event) -> EventCount:
    return EventCount.objects.get(event=of)


def test_counts_follow_who_leans_on_whom() -> None:
    made = event(parties=(party(),))
    footnote, first, second, third, fourth = (document() for _number in range(5))
    citation(made, first, through=footnote)
    citation(made, second, through=footnote)
    citation(made, third)
    citation(made, fourth)
    citation(made, document(), stance="silent")
    found = counts(made)
    assert (found.citations, found.documents, found.independent_documents) == (5, 4, 3)
    CitedDocument.objects.create(document=fourth, cited=third)
    assert counts(made).independent_documents == 2
    CitedDocument.objects.create(document=footnote, cited=fourth)
    assert counts(made).independent_documents == 1


def test_citing_a_document_that_is_not_of_the_event_leaves_independence() -> None:
    made, elsewhere = event(), document()
    for _number in range(2):
        text = document()
        citation(made, text)
        CitedDocument.objects.create(document=text, cited=elsewhere)
    assert counts(made).independent_documents == 2


def test_counts_of_an_event_without_citations_are_zero() -> None:
    found = counts(event(parties=(party(),)))
    numbers = (found.citations, found.documents, found.independent_documents, found.parties, found.disputes)
    assert numbers == (0, 0, 0, 0, 0)


def test_counts_have_voices_and_rival_pairs() -> None:
    one = party()
    made = event(parties=(one, party()))
    for number in (12, 15, 20):
        counted(made, published_by(one), number, number)
    counted(made, document(), 20, 30)
    found = counts(made)
    assert (found.parties, found.disputes) == (1, 5)


def facets(of: Event) -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT facet, value FROM chronicle_facet WHERE event_id = %s", [of.pk])
        rows = cursor.fetchall()
    assert len(rows) == len(set(rows))
    return {facet: {value for name, value in rows if name == facet} for facet, _value in rows}


def test_facets_of_an_event() -> None:
    concerned, town, district, said = party(), location(), location(), location()
    within(town, district)
    made = event(parties=(concerned,), locations=(town,), date_edtf="2020-10-09/2020-10-10")
    first, second = document(), document()
    counted(made, first, 12, 12)
    counted(made, second, 15, 15)
    located(made, second, said)
    citation(made, document(), stance="silent")
    assert facets(made) == {
        "kind": {str(made.kind_id)},
        "party": {str(concerned.pk)},
        "silent": {str(concerned.pk)},
        "document": {str(first.pk), str(second.pk)},
        "location": {str(town.pk), str(district.pk), str(said.pk)},
        "disputed": {"killed"},
        "century": {"20XX"},
        "decade": {"202X"},
        "year": {"2020"},
        "month": {"2020-10"},
    }


@pytest.mark.parametrize(
    ("filed", "units"),
    [
        ("2020-10-09", {"century": "20XX", "decade": "202X", "year": "2020", "month": "2020-10", "day": "2020-10-09"}),
        ("2019-12/2020-01", {"century": "20XX"}),
        ("1999/2001", {}),
        ("2020/..", {}),
        ("", {}),
        (
            "-0043-03-15",
            {"century": "-00XX", "decade": "-004X", "year": "-0043", "month": "-0043-03", "day": "-0043-03-15"},
        ),
        ("0000-01", {"century": "00XX", "decade": "000X", "year": "0000", "month": "0000-01"}),
        ("-0003/0002", {}),
        ("202X", {"century": "20XX", "decade": "202X"}),
    ],
)
def test_facets_of_the_calendar_hold_the_whole_date(filed: str, units: dict[str, str]) -> None:
    found = facets(event(date_edtf=filed))
    assert {name: value.pop() for name, value in found.items() if name != "kind"} == units


def test_condition_on_events_reaches_the_tables() -> None:
    """No view may read a whole table for a few events: with sequential reads forbidden, none is left."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for name in VIEWS:
            cursor.execute(f"EXPLAIN SELECT * FROM {name} WHERE event_id = ANY(ARRAY[1, 2, 3]::bigint[])")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan on chronicle_citation" not in plan
            assert "Seq Scan on chronicle_event" not in plan
            assert "event_id = ANY" in plan or "id = ANY" in plan


def test_functions_are_immutable_and_parallel_safe() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT provolatile::text, proparallel::text, prosecdef FROM pg_proc "
            "WHERE pronamespace = 'functions'::regnamespace AND proname = ANY(%s)",
            [list(FUNCTION_NAMES)],
        )
        assert cursor.fetchall() == [("i", "s", False)]
    assert len(FUNCTION_NAMES) == FUNCTIONS.count("CREATE OR REPLACE FUNCTION functions.") == 8
