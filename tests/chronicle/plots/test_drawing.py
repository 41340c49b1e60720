"""Plots as SVG, to the letter: the file is the drawing that was looked at; `REDRAW=1` writes it anew."""

import os
import re
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from chronicle.plots import inline, picture
from chronicle.plots.drawing import LEAST
from chronicle.plots.marks import Form, Group, Part, Plot, Row
from chronicle.plots.scales import DateScale, FigureScale
from chronicle.plots.sheet import WIDE
from sources.edtf import Day

GOLDEN = Path(__file__).parent / "golden"
DAY = Day(2020, 10, 9).ordinal


def figure(low, high, who="Report 2024", *, is_approximate=False):
    form = Form.POINT if low == high and not is_approximate else Form.SPAN
    part = Part(form, Decimal(low), None if high is None else Decimal(high), is_approximate)
    return Row(f"{low} to {high or 'more'} persons", "military", who, (part,))


def drawn(plot, name="plot"):
    return [drawing.svg for drawing in inline(plot, name)]


def figures(*rows, **fields):
    defaults = {
        "name": "killed-person",
        "title": "Killed, in persons",
        "description": "One axis.",
        "groups": (Group("", rows),),
        "scale": FigureScale(Decimal(8000)),
        "key": (("point", "this number"), ("span", "a range"), ("about", "about"), ("open", "or more")),
    }
    return Plot(**{**defaults, **fields})


def dates():
    rows = (
        Row("9 October 2020", "", "Note", (Part(Form.POINT, DAY, DAY + 1),)),
        Row("9 or 11 October", "", "Note", (Part(Form.POINT, DAY, DAY + 1), Part(Form.POINT, DAY + 2, DAY + 3)), True),
        Row(
            "from 8 to about 10 October",
            "",
            "Book",
            (Part(Form.LASTING, DAY - 1, DAY), Part(Form.EDGE, DAY, DAY + 2, True)),
        ),
        Row("until 9 October", "", "Speech", (Part(Form.LASTING, None, DAY + 1),)),
    )
    key = tuple((mark, mark) for mark in ("point", "lasting", "span", "edge", "about", "open", "one-of"))
    scale = DateScale(Day(2020, 10, 7), Day(2020, 10, 13))
    return Plot("date", "Dates", "An axis of days.", (Group("When they met", rows),), scale, key)


DRAWN = {
    "dates": dates(),
    "figures": figures(
        figure(2000, None),
        figure(3773, 3773),
        figure(900, 1100, is_approximate=True),
        groups=(
            Group("These losses", (figure(2000, None), figure(3773, 3773), figure(900, 1100, is_approximate=True))),
            Group("Those losses", (), "no document here gives a number"),
        ),
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_plot_is_drawn_to_the_letter(name):
    wide, narrow = drawn(DRAWN[name], f"plot-{name}")
    alone = picture([DRAWN[name]], title="Losses", sentences=["They differ."], credit=["A chronicle, E1"], name="plot")

    for form, svg in (("wide", wide), ("narrow", narrow), ("picture", alone)):
        kept = GOLDEN / f"{name}-{form}.svg"
        lines = svg.replace("><", ">\n<") + "\n"
        if os.environ.get("REDRAW"):
            kept.write_text(lines)
        assert lines == kept.read_text(), form


def test_drawing_has_title_description_and_no_style_of_its_own():
    for svg in drawn(DRAWN["figures"]):
        root = fromstring(svg)
        labels = [root.get(name) for name in ("aria-labelledby", "aria-describedby")]
        assert [root[0].get("id"), root[1].get("id")] == labels
        assert [root[0].text, root[1].text] == ["Killed, in persons", "One axis."]
        assert " style=" not in svg
        assert "fill=" not in svg


def test_picture_brings_its_looks_as_attributes():
    alone = picture([DRAWN["dates"]], title="Losses", sentences=[], credit=["A chronicle, E1"], name="plot")

    root = fromstring(alone)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert " class=" not in alone
    assert " style=" not in alone
    assert "A chronicle, E1" in alone


def test_hostile_words_stay_words():
    row = figure(1, 2, who='<script>"&\x00\x1b\ud800')

    for svg in drawn(figures(row, title="</svg><script>")):
        assert "<script" not in svg
        assert fromstring(svg) is not None
        assert "\x00" not in svg


def test_names_of_the_other_direction_stand_apart_and_long_ones_are_wrapped():
    row = figure(1, 2, who="משרד (in Report of a Committee of Inquiry with a Name that Does not End, 1994)")

    wide, narrow = drawn(figures(row))

    assert "\u2068משרד\u2069" in wide
    assert "\u2068משרד\u2069" in narrow
    said = re.findall(r'<text class="who" x="0" y="[^"]*">([^<]*)', wide)
    first = "\u2068משרד\u2069 (in Report of a Committee of Inquiry"
    assert said == ["military", first, "with a Name that Does not End, 1994)"]


def test_two_hundred_rows_are_drawn_with_the_axis_at_both_ends():
    many = figures(*(figure(n, n + 10) for n in range(200)))

    wide, narrow = inline(many, "plot")

    assert wide.svg.count('class="axis"') == 2
    assert wide.svg.count('class="span"') == 200 + 2  # and two in the key
    assert wide.height < narrow.height < 20_000


def test_short_bar_is_wide_enough_to_be_seen():
    (wide, _narrow) = drawn(figures(figure(4000, 4001), key=()))

    start, end = re.search(r'class="span" d="M([\d.]+) [\d.]+H([\d.]+)', wide).groups()
    assert float(end) - float(start) == pytest.approx(LEAST, abs=0.2)


def test_marks_are_where_their_values_are():
    wide, _narrow = drawn(figures(figure(4000, 4000), key=()))

    x = float(re.search(r'<circle class="point" cx="([\d.]+)"', wide)[1])
    assert x == (WIDE.start + WIDE.end) / 2
