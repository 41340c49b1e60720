"""Locations: coordinates and what lies within what, as curators are told and as the database keeps it."""

import pytest
from django.db import IntegrityError, InternalError, transaction

from chronicle.models import Event, Location, LocationName, LocationWithin
from tests import factories as make
from tests.factories.whole import whole_chronicle
from tests.parallel import in_parallel
from tests.refusals import run, told, violated

WITHIN_ITSELF = {"within": ["Lies within: this would put the location within itself; choose a larger one"]}


def place(**fields):
    return Location(**{"slug": "shusha", "name": "Shusha", "kind": "settlement", **fields})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "name", "example"),
    [
        ({"latitude": "91", "longitude": "46.7", "coordinate_uncertainty_m": 5}, "latitude", "39.76"),
        ({"latitude": "39.7", "longitude": "-180.1", "coordinate_uncertainty_m": 5}, "longitude", "46.75"),
        ({"wikidata_id": "189127"}, "wikidata_id", "Q189127"),
        ({"geometry": {"type": "Point"}}, "geometry", '"coordinates": [46.75, 39.76]'),
        ({"geometry": {"type": "Po\0int", "coordinates": [1, 2]}}, "geometry", '"coordinates": [46.75, 39.76]'),
        ({"slug": "Şuşa"}, "slug", "treaty-of-lausanne-1923"),
    ],
)
def test_field_that_is_wrong_is_told_with_a_right_example(fields, name, example):
    found = told(place(**fields))

    assert list(found) == [name]
    assert example in found[name][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"latitude": "39.7"}, ["longitude", "coordinate_uncertainty_m"]),
        ({"latitude": "0", "coordinate_uncertainty_m": 9}, ["longitude"]),
        ({"longitude": "46.7", "coordinate_uncertainty_m": 9}, ["latitude"]),
        ({"latitude": "0", "longitude": "0"}, ["coordinate_uncertainty_m"]),
        ({"latitude": "0", "longitude": "0", "coordinate_uncertainty_m": 0}, ["coordinate_uncertainty_m"]),
    ],
)
def test_coordinates_that_are_not_whole_are_told_beside_what_is_missing(fields, names):
    found = told(place(**fields))

    assert list(found) == names
    assert found[names[0]][0].endswith("belong together: 39.758, 46.749, 2000.")


@pytest.mark.django_db
def test_location_with_itself_is_told_at_depth_one_two_and_three():
    town, district, region = make.location(), make.location(), make.location()
    assert told(LocationWithin(location=town, within=town, basis="nature")) == {
        "within": ["Lies within: a location cannot lie within itself; choose a larger one."]
    }

    make.within(town, district)
    assert told(LocationWithin(location=district, within=town, basis="nature")) == WITHIN_ITSELF

    make.within(district, region)
    assert told(LocationWithin(location=region, within=town, basis="nature")) == WITHIN_ITSELF


@pytest.mark.django_db
def test_location_within_itself_is_refused_by_the_database_at_depth_one_two_and_three():
    town, district, region = make.location(), make.location(), make.location()
    make.within(town, district)
    make.within(district, region)

    refused_by = [violated(lambda: make.within(outer, town)) for outer in (town, district, region)]  # noqa: B023

    assert refused_by == ["location_within_is_another", "location_never_within_itself", "location_never_within_itself"]


@pytest.mark.django_db
def test_row_that_is_turned_round_is_no_ring():
    town, district = make.location(), make.location()
    row = make.within(town, district)

    row.location, row.within = district, town

    assert told(row) == {}
    row.save()
    assert LocationWithin.objects.get().within == town


@pytest.mark.django_db
def test_location_within_two_at_once_is_no_ring():
    town, district, republic = make.location(), make.location(), make.location()
    make.within(town, district)
    make.within(district, republic)

    assert told(LocationWithin(location=town, within=republic, basis="nature")) == {}


@pytest.mark.django_db
def test_ring_in_one_statement_is_refused():
    town, district = make.location(), make.location()
    rows = [LocationWithin(location=town, within=district, basis="nature")]
    rows.append(LocationWithin(location=district, within=town, basis="nature"))

    assert violated(lambda: LocationWithin.objects.bulk_create(rows)) == "location_never_within_itself"


@pytest.mark.django_db
def test_ring_is_refused_under_any_search_path():
    town, district = make.location(), make.location()
    make.within(town, district)
    run("SET LOCAL search_path = pg_temp")

    with pytest.raises(IntegrityError, match="within itself"), transaction.atomic():
        run(
            "INSERT INTO desk.chronicle_locationwithin (location_id, within_id, period_edtf, basis) "
            "VALUES (%s, %s, '', 'nature')",
            [district.pk, town.pk],
        )


@pytest.mark.usefixtures("published")
def test_ring_that_two_curators_close_together_is_refused_to_the_second():
    town, district = make.location(), make.location()

    first, second = in_parallel(lambda: make.within(town, district), lambda: make.within(district, town))

    assert first is None
    assert isinstance(second, IntegrityError)
    assert second.__cause__.diag.constraint_name == "location_never_within_itself"
    assert LocationWithin.objects.get().location == town


@pytest.mark.usefixtures("published")
def test_ring_of_events_that_two_curators_close_together_is_refused_to_the_second():
    war, battle = make.event(), make.event()

    def put(part, whole):
        return lambda: Event.objects.filter(pk=part.pk).update(parent=whole)

    first, second = in_parallel(put(battle, war), put(war, battle))

    assert first is None
    assert second.__cause__.diag.constraint_name == "event_never_part_of_itself"
    assert Event.objects.get(parent__isnull=False) == battle


@pytest.mark.usefixtures("published")
def test_parent_is_not_set_in_a_transaction_that_reads_repeatably():
    war, battle = make.event(), make.event()

    with transaction.atomic():
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(InternalError, match="reads repeatably"), transaction.atomic():
            Event.objects.filter(pk=battle.pk).update(parent=war)


def locks_after(event):
    with transaction.atomic():
        event.save()
        return run("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")[0][0]


@pytest.mark.usefixtures("published")
def test_event_that_is_saved_without_being_moved_keeps_nobody_waiting():
    part, moved = make.event(parent=make.event()), make.event()
    part.title = "Another title"
    moved.parent = part

    assert (locks_after(part), locks_after(moved)) == (0, 1)


@pytest.mark.django_db
def test_row_given_twice_is_told_beside_a_field():
    whole_chronicle()
    twice = []
    for model in (LocationName, LocationWithin):
        row = model.objects.first()
        row.pk, row._state.adding = None, True
        twice.append(list(told(row)))

    assert twice == [["toponym"], ["within"]]
