"""Plots as SVG: an axis, rows with their labels, the key of the marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chronicle.plots.marks import Form, Group, Number, Part, Plot, Row, Tick
from chronicle.plots.sheet import NARROW, SIZES, WIDE, Frame, Sheet, wide

HALF = 5.0
"""Half the height of a bar, and the radius of a point."""
LEAST = 7.0
"""No bar is drawn less wide, however short it is."""
ARROW = 9.0
LONG = 12
"""From how many rows on the axis stands above them too."""
AROUND_ROW, STRIP, AROUND_HEADING = 6.0, 20.0, 10.0
TICKS = 7


class Drawn(NamedTuple):
    """A plot as SVG, and how tall it is."""

    svg: str
    height: int


def inline(plot: Plot, name: str) -> tuple[Drawn, Drawn]:
    """Return a plot for a page: with labels beside the marks, and for narrow screens with labels above them."""
    return _drawn(plot, WIDE, name), _drawn(plot, NARROW, name)


def picture(plots: Sequence[Plot], *, title: str, sentences: Sequence[str], credit: Sequence[str], name: str) -> str:
    """Return a file that stands alone: a title, sentences, plots, and where they come from."""
    sheet = Sheet(WIDE, is_file=True)
    sheet.say(title, "title", most=3)
    for words in sentences:
        sheet.bottom += 4
        sheet.say(words, "sentence", most=6)
    for plot in plots:
        sheet.bottom += 14
        sheet.say(plot.title, "heading", most=2)
        draw(plot, sheet)
    sheet.bottom += 12
    for words in credit:
        sheet.say(words, "who", most=2)
    return sheet.finished(title, " ".join(plot.description for plot in plots), name)


def _drawn(plot: Plot, frame: Frame, name: str) -> Drawn:
    sheet = Sheet(frame)
    draw(plot, sheet)
    return Drawn(sheet.finished(plot.title, plot.description, name), round(sheet.bottom))


def draw(plot: Plot, sheet: Sheet) -> None:
    """Draw a plot below what is there."""
    pen = _Pen(plot, sheet)
    if len(plot.rows) > LONG:
        pen.axis(is_above=True)
    for group in plot.groups:
        pen.group(group)
    pen.axis()
    pen.key()


class _Pen:
    """Draws one plot on a sheet."""

    def __init__(self, plot: Plot, sheet: Sheet) -> None:
        self.plot, self.sheet, self.frame = plot, sheet, sheet.frame
        room = self.frame.end - self.frame.start
        widest = max(wide(tick.name, "tick") for tick in plot.scale.ticks(TICKS))
        self.ticks = plot.scale.ticks(min(TICKS, int(room / (widest + 14))))

    def at(self, value: Number) -> float:
        """Where a value of the axis is."""
        low, high = self.plot.scale.low, self.plot.scale.high
        share = float((value - low) / (high - low))  # both are days, or both are figures
        return self.frame.start + share * (self.frame.end - self.frame.start)

    def group(self, group: Group) -> None:
        """Draw a heading with its rows."""
        sheet = self.sheet
        if group.heading:
            sheet.bottom += AROUND_HEADING
            sheet.say(group.heading, "heading", most=3)
            sheet.bottom += AROUND_HEADING / 3
        for row in group.rows:
            self.row(row)
        if not group.rows:
            sheet.say(group.otherwise, "who", most=2)
            sheet.bottom += AROUND_ROW

    def row(self, row: Row) -> None:
        """Draw a label and its mark, beside each other where there is room, else the mark below."""
        sheet, top = self.sheet, self.sheet.bottom
        room = self.frame.labels
        below = sheet.wrap(row.value, "value", y=top + AROUND_ROW, room=room, most=3)
        for words in filter(None, (row.scope, row.who)):
            below = sheet.wrap(words, "who", y=below, room=room, most=3)
        beside = self.frame.is_beside
        strip = (top, below + AROUND_ROW) if beside else (below + 1, below + 1 + STRIP)
        self.grid(*strip)
        middle = top + AROUND_ROW + SIZES["value"] * 0.66 if beside else below + 1 + STRIP / 2
        self.mark(row, middle)
        sheet.bottom = strip[1] + (0 if beside else AROUND_ROW)

    def grid(self, top: float, bottom: float) -> None:
        """Draw the ticks through a row."""
        lines = [f"M{self.at(tick.at):.5g} {top:.6g}V{bottom:.6g}" for tick in self.ticks]
        self.sheet.path("".join(lines), "grid")

    def mark(self, row: Row, y: float) -> None:
        """Draw every part of a row; a thin line holds together what is one of several."""
        if row.is_one_of:
            first, last = self.middle(row.parts[0]), self.middle(row.parts[-1])
            self.sheet.path(f"M{first:.5g} {y:.6g}H{last:.5g}", "join")
        for part in sorted(row.parts, key=lambda part: part.form is Form.LASTING):
            self.part(part, y, is_hollow=row.is_one_of)

    def part(self, part: Part, y: float, *, is_hollow: bool) -> None:
        """Draw a point, or a bar with its arrows."""
        if part.form is Form.POINT:
            self.sheet.circle(self.middle(part), y, HALF - 0.5 if is_hollow else HALF, "span" if is_hollow else "point")
            return
        self.sheet.path(self.bar(part, y), "about" if part.is_approximate else part.form.value)

    def middle(self, part: Part) -> float:
        """Half-way between the ends of a part, of which those that are open are at the end of the axis."""
        left, right = self.ends(part)
        return (left + right) / 2

    def ends(self, part: Part) -> tuple[float, float]:
        """Where a part begins and ends."""
        left = self.frame.start if part.start is None else self.at(part.start)
        return left, self.frame.end if part.end is None else self.at(part.end)

    def bar(self, part: Part, y: float) -> str:
        """The outline of a bar, pointed where it is open."""
        left, right = self.ends(part)
        if right - left < LEAST and not part.is_open:
            left, right = (left + right - LEAST) / 2, (left + right + LEAST) / 2
        head = _arrow_right(right, y) if part.end is None else f"H{right:.5g}V{y + HALF:.6g}"
        start = left + ARROW if part.start is None else left
        tail = _arrow_left(left, y) if part.start is None else ""
        return f"M{start:.5g} {y - HALF:.6g}{head}H{start:.5g}{tail}Z"

    def axis(self, *, is_above: bool = False) -> None:
        """Draw the axis with the names of its ticks, and below them the years where they change."""
        sheet = self.sheet
        if not is_above:
            self.line(sheet.bottom)
        rows = 1 + any(tick.under for tick in self.ticks)
        for tick in self.ticks:
            self.name(tick, sheet.bottom)
        sheet.bottom += rows * 15 + 6
        if is_above:
            self.line(sheet.bottom)
            sheet.bottom += 2

    def line(self, y: float) -> None:
        """Draw the line of the axis."""
        ticks = "".join(f"M{self.at(tick.at):.5g} {y:.6g}v4" for tick in self.ticks)
        self.sheet.path(f"M{self.frame.start:g} {y:.6g}H{self.frame.end:g}{ticks}", "axis")

    def name(self, tick: Tick, top: float) -> None:
        """Write the name of a tick below the middle of what it names, and inside the drawing."""
        x, room = self.at(tick.named_at), wide(tick.name, "tick")
        anchor = "middle"
        if x - room / 2 < 0:
            x, anchor = 0, "start"
        elif x + room / 2 > self.frame.width:
            x, anchor = self.frame.width, "end"
        self.sheet.write(tick.name, "tick", x=x, y=top + 16, anchor=anchor)
        if tick.under:
            self.sheet.write(tick.under, "tick", x=x, y=top + 31, anchor=anchor)

    def key(self) -> None:
        """Draw what each mark means, in as many lines as it takes."""
        sheet = self.sheet
        x, y = 0.0, sheet.bottom + 8
        for mark, words in self.plot.key:
            swatch = 12.0 if mark == "point" else 26.0
            taken = swatch + 6 + wide(words, "who") + 18
            if x and x + taken > self.frame.width:
                x, y = 0.0, y + 19
            self.swatch(mark, x, y + 7)
            sheet.write(words, "who", x=x + swatch + 6, y=y + 11.5)
            x += taken
        sheet.bottom = y + 20

    def swatch(self, mark: str, x: float, y: float) -> None:
        """Draw a mark of the key."""
        box = f"M{x + 1:.5g} {y - HALF:.6g}H{x + 25:.5g}V{y + HALF:.6g}H{x + 1:.5g}Z"
        if mark == "point":
            self.sheet.circle(x + 6, y, HALF, "point")
        elif mark == "open":
            arrow = f"M{x + 1:.5g} {y - HALF:.6g}{_arrow_right(x + 25, y)}H{x + 1:.5g}Z"
            self.sheet.path(arrow, "lasting" if "lasting" in dict(self.plot.key) else "span")
        elif mark == "one-of":
            self.sheet.path(f"M{x + 5:.5g} {y:.6g}h16", "join")
            for place in (5, 21):
                self.sheet.circle(x + place, y, HALF - 0.5, "span")
        else:
            self.sheet.path(box, mark)


def _arrow_right(tip: float, y: float) -> str:
    neck = tip - ARROW
    return f"H{neck:.5g}V{y - HALF - 3:.6g}L{tip:.5g} {y:.6g}L{neck:.5g} {y + HALF + 3:.6g}V{y + HALF:.6g}"


def _arrow_left(tip: float, y: float) -> str:
    neck = tip + ARROW
    return f"V{y + HALF + 3:.6g}L{tip:.5g} {y:.6g}L{neck:.5g} {y - HALF - 3:.6g}"
