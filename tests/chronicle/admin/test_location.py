from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.models import Location, LocationWithin
from chronicle.models.rules import NeverWithinItself
from tests import factories
from tests.chronicle.admin.desk import deleted, errors, row, saved, shown, url

NAME = {"toponym": "Şuşa", "language": "az-Latn"}


def larger(location: Location) -> dict[str, Any]:
    return row("withins", 0, within=location.pk, basis="nature") | {"withins-TOTAL_FORMS": "1"}


def test_location_is_saved_with_its_names_and_what_it_lies_within(desk: Any) -> None:
    town, district = factories.location(), factories.location()

    response = saved(desk, url(town), **larger(district), **row("names", 0, **NAME), **{"names-TOTAL_FORMS": "1"})

    assert response.status_code == 302
    assert town.names.get().toponym == "Şuşa"
    assert LocationWithin.objects.get().within == district


def test_location_within_itself_is_an_error_of_the_form_and_nothing_is_saved(desk: Any) -> None:
    district, town = factories.location(name="District"), factories.location(name="Town")
    factories.within(town, district)

    response = saved(
        desk,
        url(district),
        name="Another name",
        **larger(town),
        **row("names", 0, **NAME),
        **{"names-TOTAL_FORMS": "1"},
    )

    assert errors(response) == {
        "withins-0-within": ["Lies within: this would put the location within itself; choose a larger one"]
    }
    assert 'value="Another name"' in response.text
    assert 'value="Şuşa"' in response.text
    district.refresh_from_db()
    assert (district.name, district.names.count(), LocationWithin.objects.count()) == ("District", 0, 1)


def test_ring_that_only_the_database_refuses_is_told_at_the_top(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # As if another curator had closed the ring after the form looked for one.
    monkeypatch.setattr(NeverWithinItself, "is_broken_by", lambda *_: False)
    district, town = factories.location(name="District"), factories.location(name="Town")
    factories.within(town, district)

    response = saved(desk, url(district), name="Another name", **larger(town))

    assert errors(response) == {
        "__all__": ["Lies within: this would put the location within itself; choose a larger one"]
    }
    district.refresh_from_db()
    assert (district.name, LocationWithin.objects.count()) == ("District", 1)


def test_direct_ring_is_told_beside_its_field(desk: Any) -> None:
    town = factories.location()

    response = saved(desk, url(town), **larger(town))

    assert errors(response) == {
        "withins-0-within": ["Lies within: a location cannot lie within itself; choose a larger one."]
    }


def test_party_that_does_not_fit_the_basis_is_told_beside_its_field(desk: Any) -> None:
    town, district = factories.location(), factories.location()

    response = saved(desk, url(town), **larger(district) | row("withins", 0, basis="law"))

    assert errors(response) == {
        "withins-0-party": ["Of party: law and control are a party's, such as Azerbaijan's; by nature it stays empty."]
    }


def test_coordinates_without_their_uncertainty_are_refused(desk: Any) -> None:
    response = saved(desk, url(factories.location()), latitude="39.758", longitude="46.749")

    assert list(errors(response)) == ["coordinate_uncertainty_m"]


def test_coordinates_that_are_not_whole_are_refused(desk: Any) -> None:
    response = saved(desk, url(factories.location()), latitude="39.758")

    assert list(errors(response)) == ["longitude", "coordinate_uncertainty_m"]
    assert "belong together" in errors(response)["longitude"][0]


def test_geometry_is_empty_where_there_is_none(desk: Any) -> None:
    town = factories.location()

    assert shown(desk.get(url(town)))["geometry"] == ""
    assert saved(desk, url(town), geometry='{"type": "Point", "coordinates": [46.75, 39.76]}').status_code == 302
    town.refresh_from_db()
    assert town.geometry == {"type": "Point", "coordinates": [46.75, 39.76]}
    assert saved(desk, url(town), geometry='{"type": "Point"}').status_code == 200
    saved(desk, url(town), geometry="")
    town.refresh_from_db()
    assert town.geometry is None


def test_location_that_something_refers_to_is_not_deleted(desk: Any) -> None:
    town = factories.location(name="Shusha")
    event = factories.event()
    factories.citation(event, aspect="location", asserted_location=town, asserted_location_role="site")
    factories.citation(event, aspect="killed", asserted_figure=NumericRange(1, 1, "[]"), unit=factories.unit())

    page = desk.get(url(town, "delete"))
    sent = deleted(desk, town)

    assert "“Shusha” cannot be deleted, because of the following." in page.text
    assert "“Shusha” cannot be deleted" in sent.text
    assert Location.objects.filter(pk=town.pk).exists()


def test_location_that_nothing_refers_to_is_deleted(desk: Any) -> None:
    town = factories.location()

    assert deleted(desk, town).status_code == 302
    assert not Location.objects.exists()
