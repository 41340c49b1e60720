"""Counts over spans: every event is counted once, at the finest level that can be named."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.timeline import Window, density, enclosing, finest
from chronicle.timeline.density import HEIGHT, LEAST_HEIGHT, MOST_COUNTED
from sources.edtf import Day, parse

quick = settings(database=None, deadline=None)


def window(edtf):
    earliest, latest = parse(edtf).bounds
    return Window(earliest.ordinal, latest.ordinal)


def counted(edtf, counts, **options):
    return density(finest(window(edtf)), counts, window(edtf), **options)


def tree(bars):
    return {bar.unit.edtf: (bar.events, bar.own, tree(bar.parts)) for bar in bars}


def test_wider_spans_count_what_lies_in_none_of_their_parts():
    counts = {"year:2020": 9, "month:2020-09": 2, "month:2020-10": 4, "decade:202X": 30, "month:2021-01": 1}

    found = counted("2020", counts)

    assert found.level == "month"
    assert tree(found.tree) == {"2020": (9, 3, {"2020-09": (2, 2, {}), "2020-10": (4, 4, {})})}
    assert [(band.level, [bar.own for bar in band.bars]) for band in found.bands] == [("year", [3])]
    assert found.counted == 9


def test_units_that_reach_beyond_the_window_are_left_out_and_their_parts_are_not():
    counts = {"month:2020-09": 5, "day:2020-09-27": 1, "month:2020-10": 4, "day:2020-10-10": 2, "day:2020-09-26": 1}

    found = counted("2020-09-27/2020-10-31", counts)

    assert tree(found.tree) == {"2020-09-27": (1, 1, {}), "2020-10": (4, 2, {"2020-10-10": (2, 2, {})})}


def test_units_that_are_cut_by_the_window_are_kept_where_nothing_lies_outside():
    counts = {"century:17XX": 1, "year:1748": 1, "century:20XX": 3, "year:2020": 2}

    assert tree(counted("1748/2025", counts, cut=True).tree) == {
        "17XX": (1, 0, {"1748": (1, 1, {})}),
        "20XX": (3, 1, {"2020": (2, 2, {})}),
    }


def test_level_is_the_finest_that_can_be_named():
    days = {f"day:{Day.of_ordinal(day)}": 1 for day in range(window("2020").first, window("2020").last)}
    months = {f"month:2020-{month:02}": 20 for month in range(1, 13)}

    assert counted("2020", {**days, **months}).level == "month"
    assert len(days) > MOST_COUNTED
    assert counted("2020", {"day:2020-01-01": 1}) is None
    assert counted("2020-10-10", {"day:2020-10-10": 5}) is None


def test_bars_are_as_high_as_their_numbers_and_never_too_low_to_be_seen():
    found = counted("2020", {"month:2020-09": 1000, "month:2020-10": 500, "month:2020-11": 1})

    assert [bar.height for bar in found.bars] == [HEIGHT, HEIGHT // 2, LEAST_HEIGHT]


@quick
@given(st.integers(-3_000_000, 3_000_000), st.integers(0, 200_000), st.data())
def test_every_event_of_a_window_is_counted_once(first, length, data):
    view = Window(first, first + length)
    spans = data.draw(st.lists(st.tuples(st.integers(first, first + length), st.integers(0, 500)), max_size=40))
    counts: dict[str, int] = {}
    inside = 0
    for start, days in spans:
        units = [unit for unit in enclosing(Window(start, start + days)) if view.holds(unit.first, unit.last)]
        shown = [unit for unit in units if unit.level in finest(view)]
        inside += bool(shown)
        for unit in units:
            counts[unit.key] = counts.get(unit.key, 0) + 1

    found = density(finest(view), counts, view)

    if found is not None:
        bars = [*found.bars, *(bar for band in found.bands for bar in band.bars)]
        assert sum(bar.own for bar in bars) <= inside
        assert all(bar.own <= bar.events for bar in bars)
        assert found.counted == sum(bar.own for bar in bars)
