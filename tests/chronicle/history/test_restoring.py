"""The ways back: what a plan would write, and that it is written whole or not at all."""

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.forms.models import model_to_dict

from chronicle.history.deleted import deleted
from chronicle.history.parts import Key, Part
from chronicle.history.restoring import (
    NoWayBackError,
    Spot,
    back_to,
    carry_out,
    field_back,
    happening,
    row_back,
    undeleted,
)
from chronicle.history.story import story
from chronicle.models import Citation, Event, EventName, Location, Remark
from chronicle.publication import withhold
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import curator
from tests.factories.whole import edited, revisions, whole_chronicle
from tests.refusals import run

pytestmark = pytest.mark.usefixtures("published")


def keys(record, number=None):
    """The places in a record's history, the oldest first."""
    return [each.key for each in reversed(story(type(record), number or record.pk, size=50).entries)]


def planned(plan):
    return [(row.part.model.__name__, happening(row)) for row in plan.rows]


def everything(event):
    """All that stands in a record and in its rows."""
    event = Event.objects.get(pk=event.pk)
    rows = [event.names, event.event_parties, event.event_locations, event.participations, event.citations]
    return model_to_dict(event), [[model_to_dict(row) | {"pk": row.pk} for row in each.order_by("pk")] for each in rows]


def test_record_goes_back_with_columns_and_rows():
    party, place = make.party(), make.location()
    with transaction.atomic():
        event = make.event(title="One", parties=(party,), locations=(place,))
        kept, gone = make.citation(event, statement="Kept."), make.citation(event, statement="Gone.")
        EventName.objects.create(event=event, name="Adı", language="az-Latn")
    as_it_was, key = everything(event), keys(event)[-1]
    Event.objects.update(title="Two", date_edtf="1990")
    gone.delete()
    Citation.objects.filter(pk=kept.pk).update(statement="Other.")
    make.citation(event, statement="New.")
    EventName.objects.update(name="Başqa")

    plan = back_to(Event, event.pk, key)
    carry_out(plan)

    assert planned(plan) == [
        ("Event", "changed"), ("EventName", "changed"),
        ("Citation", "changed"), ("Citation", "added"), ("Citation", "deleted"),
    ]  # fmt: skip
    assert everything(event) == as_it_was
    assert run("SELECT lower(date_range)::text FROM chronicle_event") == [("2020-10-10",)]


def test_going_back_twice_finds_nothing_left_to_do():
    event = make.event(title="One")
    key = keys(event)[0]
    Event.objects.update(title="Two")

    carry_out(back_to(Event, event.pk, key))

    assert back_to(Event, event.pk, key).rows == []


def test_going_back_is_recorded_with_its_reason_and_can_be_taken_back():
    event = make.event(title="One")
    Event.objects.update(title="Two")
    first, second = keys(event)

    with pghistory.context(reason="The first was right."):
        carry_out(back_to(Event, event.pk, first))
    assert revisions(Event).last().pgh_context.metadata["reason"] == "The first was right."
    carry_out(back_to(Event, event.pk, second))

    assert Event.objects.get().title == "Two"
    assert list(revisions(Event).values_list("title", flat=True)) == ["One", "Two", "One", "Two"]


def test_state_of_work_and_access_stay_as_they_are():
    event, document = make.event(title="One"), make.document(title="One")
    Event.objects.update(title="Two", state="ready")
    Document.objects.update(title="Two")
    withhold([document])

    carry_out(back_to(Event, event.pk, keys(event)[0]))
    carry_out(back_to(Document, document.pk, keys(document)[0]))

    assert Event.objects.values_list("title", "state").get() == ("One", "ready")
    assert Document.objects.values_list("title", "access").get() == ("One", "withheld")


def test_field_goes_back_to_what_it_was_before_a_save_and_nothing_else():
    event = make.event(title="One", summary="First.")
    Event.objects.update(title="Two", summary="Second.")
    Event.objects.update(reading_note="Third.")
    _made, changed, _last = keys(event)

    carry_out(field_back(Event, event.pk, Spot(Part(Event), event.pk, changed), "summary"))

    assert Event.objects.values_list("title", "summary", "reading_note").get() == ("Two", "First.", "Third.")


EXACTLY_300 = NumericRange(300, 300, "[]")


def test_figure_goes_back_with_whether_it_is_approximate():
    event = make.event()
    figure = {"aspect": "killed", "asserted_figure": EXACTLY_300, "is_approximate": True, "unit": make.unit()}
    citation = make.citation(event, **figure)
    Citation.objects.update(asserted_figure=NumericRange(7, 7, "[]"), is_approximate=False)

    spot = Spot(Part(Citation, "event"), citation.pk, keys(event)[-1])
    carry_out(field_back(Event, event.pk, spot, "asserted_figure"))

    citation.refresh_from_db()
    assert (citation.asserted_figure.lower, citation.is_approximate) == (300, True)


def test_row_comes_back_with_its_number():
    event = make.event()
    citation = make.citation(event, statement="It says so.")
    number = citation.pk
    citation.delete()
    make.citation(event)

    carry_out(row_back(Event, event.pk, Spot(Part(Citation, "event"), number, keys(event)[2])))

    assert list(Citation.objects.order_by("pk").values_list("pk", "number")) == [(number, 1), (number + 1, 2)]


@pytest.mark.parametrize("column", ["state", "number", "id", "date_range", "no_such_column", "\x00"])
def test_column_that_is_not_given_back_has_no_way_back(column):
    event = make.event(title="One")
    Event.objects.update(title="Two", state="ready")

    with pytest.raises(NoWayBackError):
        field_back(Event, event.pk, Spot(Part(Event), event.pk, keys(event)[1]), column)


def test_row_of_another_record_has_no_way_back_here():
    event, other = make.event(), make.event()
    citation = make.citation(other)
    spot = Spot(Part(Citation, "event"), citation.pk, keys(other)[-1])
    citation.delete()
    gone = Spot(Part(Citation, "event"), citation.pk, keys(other)[-1])

    with pytest.raises(NoWayBackError):
        row_back(Event, event.pk, gone)
    with pytest.raises(NoWayBackError):
        field_back(Event, event.pk, spot, "statement")


def test_record_that_was_not_there_yet_has_no_way_back():
    event = make.event()
    later = make.event()

    with pytest.raises(NoWayBackError):
        back_to(Event, later.pk, keys(event)[0])


def test_deleted_record_comes_back_with_all_that_went_along():
    whole_chronicle()
    event = Event.objects.get(slug="part")
    remark = Remark.objects.create(event=event, words="Look.", author=curator("editor"))
    remark.mentions.create(curator=remark.author)
    before = {model: list(model.objects.order_by("pk").values()) for model in edited()}
    number = event.pk
    event.delete()
    assert Remark.objects.count() == 0

    plan = undeleted(Event, number)
    assert plan.obstacles() == []
    carry_out(plan)

    assert {model: list(model.objects.order_by("pk").values()) for model in edited()} == before


def test_record_that_is_there_or_never_was_is_not_undeleted():
    event = make.event()

    for number in (event.pk, event.pk + 1):
        with pytest.raises(NoWayBackError):
            undeleted(Event, number)


def test_what_stands_in_the_way_is_told_with_the_next_step():
    place = make.location(name="Shusha", slug="shusha")
    event = make.event(slug="old", locations=(place,))
    number = event.pk
    event.delete()
    place.delete()
    make.event(slug="old", title="A newer one")

    assert undeleted(Event, number).obstacles() == [
        "Slug: “old” is the address of “A newer one” by now. Choose another one.",
        "Location: “Shusha” was deleted since. Undelete it first, then come back here.",
    ]


def test_row_that_stands_with_another_record_by_now_is_told():
    event, other = make.event(title="One"), make.event(title="Other")
    name = EventName.objects.create(event=event, name="Adı", language="az-Latn")
    key = keys(event)[-1]
    EventName.objects.update(event=other)

    plan = back_to(Event, event.pk, key)

    assert planned(plan) == [("EventName", "added")]
    assert plan.obstacles() == [
        "Name of an event: it stands with “Other” by now. Take it from there first, or leave it."
    ]
    assert EventName.objects.get(pk=name.pk).event == other


def test_what_the_database_refuses_is_not_written_in_part():
    event, larger = make.event(title="One"), make.event()
    Event.objects.filter(pk=event.pk).update(parent=larger)
    key = keys(event)[-1]
    Event.objects.filter(pk=event.pk).update(parent=None, title="Two")
    Event.objects.filter(pk=larger.pk).update(parent=event)

    with pytest.raises(IntegrityError):
        carry_out(back_to(Event, event.pk, key))

    assert Event.objects.values_list("title", "parent").get(pk=event.pk) == ("Two", None)


def test_value_that_the_rules_of_today_refuse_is_not_written(monkeypatch):
    event = make.event(title="One")
    Event.objects.update(title="Two")
    plan = back_to(Event, event.pk, keys(event)[0])
    plan.rows[0].after.title = "x" * 201

    with pytest.raises(ValidationError):
        carry_out(plan)

    assert Event.objects.get().title == "Two"


def test_deleted_records_are_listed_once_and_newest_first(django_assert_num_queries):
    places = [make.location(name=name) for name in ("One", "Two", "Three")]
    numbers = [place.pk for place in places]
    for place in places:
        place.delete()
    carry_out(undeleted(Location, numbers[1]))
    carry_out(undeleted(Location, numbers[0]))
    with pghistory.context(user=curator("editor", "anna").pk, reason="Twice."):
        Location.objects.get(pk=numbers[0]).delete()

    with django_assert_num_queries(2):
        rows, older = deleted(Location)

    assert [(row.name, row.told.who, row.told.reason) for row in rows] == [
        ("One", "anna", "Twice."),
        ("Three", "the database login chronicle_desk", ""),
    ]
    assert older is None


def test_list_of_deleted_records_is_paged(monkeypatch):
    monkeypatch.setattr("chronicle.history.deleted.MOST_DELETED", 2)
    for number in range(5):
        make.location(name=str(number)).delete()

    pages, older = [], None
    while not pages or older:
        rows, older = deleted(Location, older)
        pages.append([row.name for row in rows])

    assert pages == [["4", "3"], ["2", "1"], ["0"]]


def test_key_of_a_later_moment_is_the_record_as_it_stands():
    event = make.event(title="One")
    key = keys(event)[0]

    assert back_to(Event, event.pk, Key(key.made.replace(year=9999), key.context)).rows == []
