"""Web Mercator, against values that other programs give, and windows."""

import pytest

from chronicle.atlas import Spot, Window, fitting, fitting_most
from chronicle.atlas.projection import projected, unprojected


def spot(longitude, latitude, **fields):
    return Spot(**{"latitude": latitude, "longitude": longitude, "uncertainty_m": 1000, **fields})


@pytest.mark.parametrize(
    ("place", "square"),
    [
        ((0, 0), (0.5, 0.5)),
        ((-180, 85.0511287798), (0, 0)),
        ((180, -85.0511287798), (1, 1)),
        ((45, 40), (0.625, 0.378579)),
        ((0, 90), (0.5, 0)),
    ],
)
def test_projection_is_that_of_web_maps(place, square):
    assert projected(*place) == pytest.approx(square, abs=1e-5)


def test_projection_can_be_undone():
    assert unprojected(*projected(46.7499, 39.76006)) == pytest.approx((46.7499, 39.76006))


def test_centre_of_a_window_is_in_its_middle_and_north_is_up():
    window = Window(46.75, 39.76, 8, 1200, 640)

    assert window.at(46.75, 39.76) == pytest.approx((600, 320))
    assert window.at(46.75, 40.0)[1] < 320 < window.at(47.0, 39.5)[1]


def test_distances_grow_with_zoom_and_towards_the_poles():
    assert Window(0, 0, 8, 10, 10).pixels(611.496226, 0) == pytest.approx(1)
    assert Window(0, 0, 9, 10, 10).pixels(611.496226, 0) == pytest.approx(2)
    assert Window(0, 60, 8, 10, 10).pixels(611.496226, 60) == pytest.approx(2)


def test_window_moves_by_parts_of_itself_and_stays_on_earth():
    window = Window(46.75, 39.76, 8, 1200, 640)

    assert window.moved(1, 0).at(46.75, 39.76) == pytest.approx((-600, 320), abs=0.1)
    assert window.zoomed(99).zoom == 12
    assert Window(179, 84, 1, 1200, 640).moved(1, -1) == Window(180, 85.0511, 1, 1200, 640)


def test_window_fits_places_with_their_circles():
    places = [spot(46, 39, uncertainty_m=100_000), spot(48, 41)]

    window = fitting(places, width=1200, height=640)

    assert all(one.is_in(window) and not one.is_too_large(window) for one in places)
    assert not places[1].is_in(Window(window.longitude, window.latitude, window.zoom + 3, 1200, 640))


def test_window_of_no_place_is_the_earth():
    assert fitting([], width=1200, height=640).zoom == 1


def test_one_place_is_shown_no_nearer_than_asked():
    assert fitting([spot(46, 39)], width=1200, height=640, most=9) == Window(46, 39, 9, 1200, 640)


def test_opening_window_leaves_far_signatures_and_countries_aside():
    region = [spot(46 + number / 10, 39 + number / 10, events=5) for number in range(10)]
    far, country = spot(-74, 40.7, events=9), spot(47, 40, is_point=False, uncertainty_m=900_000, events=99)

    window = fitting_most([*region, far, country], width=1200, height=640, most=9)

    assert window.zoom == 9
    assert (window.longitude, window.latitude) == pytest.approx((46.3, 39.5), abs=0.3)
