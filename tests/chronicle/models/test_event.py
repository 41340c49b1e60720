"""Events: dates and what is part of what, as curators are told."""

import pytest
from django.forms import modelform_factory

from chronicle.models import Event, EventLocation, EventName, EventParty, Participation
from tests import factories as make
from tests.factories.whole import whole_chronicle
from tests.refusals import told

pytestmark = pytest.mark.django_db

PART_OF_ITSELF = {"parent": ["Part of: this would make the event a part of itself; choose a larger one"]}


@pytest.mark.parametrize(
    ("date", "example"),
    [
        ("2020-11-10/2020-09-27", "2020-09-27/2020-11-10"),
        ("2021-02-30", "2020-02-29"),
        ("1919-02-29", "2020-02-29"),
        ("2020-13-01", "2020-12"),
        ("10.10.2020", "2020-10-09"),
        ("October 2020", "2020-10"),
    ],
)
def test_date_that_is_none_is_told_with_a_right_example(date, example):
    event = make.event()
    form = modelform_factory(Event, fields=["date_edtf"])({"date_edtf": date}, instance=make.event())

    event.date_edtf = date

    assert list(told(event)) == ["date_edtf"]
    assert example in told(event)["date_edtf"][0]
    assert form.errors == told(event)


def test_event_that_is_part_of_itself_is_told_at_any_depth():
    war, battle, attack = make.event(), make.event(), make.event()
    battle.parent, attack.parent = war, battle
    battle.save()
    attack.save()

    for part in (war, battle, attack):
        war.parent = part

        assert told(war) == PART_OF_ITSELF


def test_event_that_is_no_part_of_its_parts_passes():
    war, battle, other = make.event(), make.event(), make.event()
    battle.parent = war
    battle.save()

    for event in (other, battle):
        event.parent = war

        assert told(event) == {}


def test_event_that_is_its_own_companion_is_told():
    event = make.event()
    event.companion = event

    assert told(event) == {"companion": ["Companion: an event is not its own companion; choose another one."]}


def test_row_given_twice_is_told_beside_a_field():
    whole_chronicle()
    twice = []
    for model in (EventName, EventParty, EventLocation, Participation):
        row = model.objects.latest("pk")
        row.pk, row._state.adding = None, True
        twice.append(list(told(row)))

    assert twice == [["name"], ["party"], ["location"], ["agent"]]
