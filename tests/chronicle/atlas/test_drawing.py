"""Places by their precision, names without overlap, and the drawing itself, to the letter."""

import re

import pytest

from chronicle.atlas import Mark, Spot, Window, drawn
from chronicle.atlas.base import base_of
from chronicle.atlas.drawing import bar_of
from chronicle.atlas.labels import labels_of
from chronicle.atlas.paths import path_of, unit_lines

WINDOW = Window(46.75, 39.76, 8, 300, 200)


def spot(**fields):
    return Spot(**{"latitude": 39.76, "longitude": 46.75, "uncertainty_m": 1000, "title": "Town", **fields})


@pytest.mark.parametrize(
    ("fields", "mark", "radius"),
    [
        ({}, Mark.DOT, 3.0),
        ({"events": 25}, Mark.DOT, 6.0),
        ({"events": 10_000}, Mark.DOT, 9.0),
        ({"uncertainty_m": 20_000}, Mark.CIRCLE, 42.5),
        ({"is_point": False}, Mark.CIRCLE, 3.5),
        ({"is_point": False, "uncertainty_m": 20_000}, Mark.CIRCLE, 42.5),
        ({"is_asserted": True, "uncertainty_m": 20_000}, Mark.ASSERTED, 42.5),
        ({"geometry": {"type": "LineString", "coordinates": [[46, 39], [47, 40]]}}, Mark.OUTLINE, 3.5),
    ],
)
def test_place_is_drawn_no_more_exact_than_it_is_known(fields, mark, radius):
    place = spot(**fields)

    assert place.mark(WINDOW) == mark
    assert round(place.radius(WINDOW), 1) == radius


def test_what_is_a_dot_from_afar_is_a_circle_from_near():
    town = spot(uncertainty_m=2000)

    assert [town.mark(WINDOW.zoomed(by)) for by in (-1, 0, 1, 2)] == ["dot", "dot", "circle", "circle"]


GOLDEN = (
    '<g class="places">'
    '<a href="/locations/district/" aria-label="District: 3 events"><title>District: 3 events</title>'
    '<circle class="circle" cx="150.0" cy="100.0" r="42.5"/></a>'
    '<a href="/locations/town/" aria-label="Town: 1 event"><title>Town: 1 event</title>'
    '<circle class="dot" cx="186.4" cy="100.0" r="3.6"/></a>'
    "</g>"
    '<g class="names" aria-hidden="true">'
    '<text x="122.0" y="104.3" lang="en">District</text>'
    '<text x="193.0" y="97.1" lang="az-Latn">Şuşa</text><text x="193.0" y="111.6" lang="hy">Շուշի</text>'
    "</g>"
    '<g class="scale"><path d="M96.8,184.0v4h106.4v-4"/><text x="150.0" y="180.0">50 km</text></g></svg>'
)


def test_drawing_has_circles_below_dots_and_names_of_one_size():
    district = spot(
        title="District: 3 events",
        names=(("District", "en"),),
        is_point=False,
        uncertainty_m=20_000,
        events=3,
        address="/locations/district/",
    )
    town = spot(
        longitude=46.95,
        title="Town: 1 event",
        names=(("Şuşa", "az-Latn"), ("Շուշի", "hy")),
        events=1,
        address="/locations/town/",
    )

    svg = drawn(WINDOW, [town, district], label="Two places")

    assert svg[svg.index('<g class="places">') :] == GOLDEN
    assert svg.startswith('<svg class="map" viewBox="0 0 300 200" width="300" height="200"')
    assert "style=" not in svg


def test_drawing_leaves_out_what_is_not_in_the_window_or_too_large_for_it():
    inside, outside = spot(address="/in/"), spot(longitude=60.0, address="/out/")
    huge = spot(is_point=False, uncertainty_m=900_000, address="/huge/")

    svg = drawn(WINDOW, [inside, outside, huge], label="")

    assert re.findall('href="(.*?)"', svg) == ["/in/"]


def test_hostile_words_stay_words():
    evil = '"><script>alert(1)</script>'

    svg = drawn(WINDOW, [spot(names=((evil, evil),), title=evil, address="/x/")], label=evil)

    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_line_and_area_are_drawn_as_recorded():
    line = {"type": "LineString", "coordinates": [[46.5, 39.76], [46.75, 39.76], [47, 39.76]]}
    area = {"type": "Polygon", "coordinates": [[[46.5, 39.6], [47, 39.6], [47, 39.9], [46.5, 39.6]]]}

    svg = drawn(WINDOW, [spot(geometry=line), spot(geometry=area)], label="")

    assert '<path class="outline line" d="M104.5,100.0 150.0,100.0 195.5,100.0"/>' in svg
    assert '<path class="outline area" d="M104.5,137.8 195.5,137.8 195.5,66.8 104.5,137.8Z"/>' in svg


@pytest.mark.parametrize(
    ("geometry", "lines"),
    [
        ({"type": "Point", "coordinates": [0, 0]}, [1]),
        ({"type": "MultiPoint", "coordinates": [[0, 0], [1, 1]]}, [1, 1]),
        ({"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]], [[2, 2], [3, 3, 5]]]}, [2, 2]),
        ({"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 1], [1, 0], [0, 0]]]]}, [4]),
        (
            {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Point", "coordinates": [0, 0]},
                    {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
                ],
            },
            [1, 2],
        ),
    ],
)
def test_every_geometry_has_lines(geometry, lines):
    assert [len(line) for line in unit_lines(geometry)] == lines


def test_long_line_is_cut_short_only_where_the_window_does_not_show_it():
    straight = [[46 + number / 1000, 39.76] for number in range(1500)]
    detour = [[60 + number / 100, 50 + number % 7] for number in range(900)]
    (line,) = unit_lines({"type": "LineString", "coordinates": straight + detour})

    path = path_of([line], WINDOW, is_closed=False)

    assert 100 < path.count(",") < 600
    assert path_of([line], Window(0, 0, 8, 300, 200), is_closed=False) == ""


def test_names_never_overlap_and_busier_places_come_first():
    crowd = [
        spot(longitude=46.75 + number / 50, names=((f"Town {number}", "en"),), events=number) for number in range(9)
    ]

    labels = labels_of(crowd, WINDOW)

    assert labels[0].spot.events == 8
    assert 2 <= len(labels) < 9
    assert len({(label.x, label.y) for label in labels}) == len(labels)


def test_name_stands_whole_in_the_narrowest_frame_that_has_room_for_it():
    names = (("A rather long name", "en"),)
    middle, side = spot(names=names), spot(names=names, longitude=47.65, latitude=39.5)
    outside = spot(names=names, longitude=48.15, latitude=39.6)
    window = Window(46.75, 39.76, 8, 600, 200)

    labels = labels_of([outside, side, middle], window, frames=(280, 400))
    width = len("A rather long name") * 12.5 * 0.56

    assert {label.spot.longitude: label.frame for label in labels} == {46.75: 0, 47.65: 1, 48.15: 2}
    for label in labels:
        frame = (280, 400, 600)[label.frame]
        assert (600 - frame) / 2 <= label.x <= (600 + frame) / 2 - width
    assert {label.frame for label in labels_of([outside, side, middle], window)} == {0}


def test_only_names_that_need_a_wide_screen_wait_for_one():
    names = (("A rather long name", "en"),)
    middle, outside = spot(names=names), spot(names=names, longitude=47.8, latitude=39.6)

    svg = drawn(Window(46.75, 39.76, 8, 600, 200), [middle, outside], label="", frames=(280,))

    assert re.findall(r"<text( class=\"[^\"]*\")? x=", svg) == ["", ' class="frame-1"', ""], "the last tells the scale"


@pytest.mark.parametrize(("zoom", "metres"), [(1, 5_000_000), (5, 200_000), (8, 50_000), (12, 2_000)])
def test_scale_is_a_round_number_that_fits(zoom, metres):
    assert bar_of(Window(46.75, 39.76, zoom, 300, 200)) == metres


def test_base_has_land_water_and_rivers_and_no_border_or_band_across_the_earth():
    earth = base_of(Window(0, 20, 1, 600, 500))
    caucasus = base_of(Window(46.75, 40, 6, 600, 400))
    pacific = base_of(Window(-150, 0, 6, 300, 200))

    assert earth.land
    assert caucasus.land
    assert caucasus.lakes
    assert caucasus.rivers
    assert not pacific.lakes
    jumps = [
        (line, after)
        for part in re.findall(r"M([^MZ]*)", earth.land)
        for line, after in zip(part.split(), part.split()[1:], strict=False)
        if abs(float(line.split(",")[0]) - float(after.split(",")[0])) > 300
    ]
    assert all(float(line.split(",")[1]) > 480 for line, _ in jumps)  # the southern edge alone
