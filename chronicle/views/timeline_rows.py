"""Rows of the timeline: an event with every date that documents give for it, joined, and the filing apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chronicle import disputes
from chronicle.disputes import AspectReading, ValueGroup
from chronicle.models import Citation, Event, EventCount
from chronicle.sentences import timelines
from chronicle.sentences.clauses import listed
from chronicle.timeline import Mark, Window, hull, marks
from chronicle.timeline.window import WHOLE, per_cent
from chronicle.vocabularies import Aspect, DateOf
from sources.directions import isolated
from sources.edtf import EDTF, parse, words

MOST_DATES = 60
"""How many assertions of a date are read for one event."""
MOST_LANES = 6
"""How many different dates of one event are drawn; its page has all of them."""
LONGEST_LABEL = 46
"""How many letters have room beside a mark; a single short title is never cut."""
MIDDLE = (25, 75)
"""Between these places a long label stands in the middle: it has most room there."""
LONG = 28
NEAR_END = 96
UNSAID = (DateOf.NOT_STATED, DateOf.WHOLE)
"""What dates date that is not said in the drawing."""
LANE = 28
PLAIN_LANE = 18


@dataclass(frozen=True)
class Lane:
    """One date of an event as it is drawn: its marks, how far down they stand, and whose date it is."""

    marks: list[Mark]
    centre: int
    label: str = ""
    is_filing: bool = False
    is_uncertain: bool = False

    @property
    def anchor(self) -> str:
        """Which end of the label stands at `label_x`; a long one that has no room at its mark is centred."""
        place = _place(self.marks[0])
        if len(self.label) > LONG and MIDDLE[0] < place < MIDDLE[1]:
            return "middle"
        return "start" if place <= WHOLE / 2 else "end"

    @property
    def label_x(self) -> str:
        """Where the label begins or ends: with its marks; or the middle of the drawing."""
        if self.anchor == "middle":
            return per_cent(WHOLE / 2)
        last = self.marks[-1]
        end = _place(last) if last.is_small else last.end
        return per_cent(_place(self.marks[0]) if self.anchor == "start" else end)

    @property
    def label_shift(self) -> int:
        """How far, in pixels, the label stands beside the line that joins the dates."""
        return {"start": 7, "middle": 0, "end": -7}[self.anchor] if self.marks[0].is_small else 0

    @property
    def join_x(self) -> str:
        """Where the line that joins the dates meets this one: at its beginning, or in the middle of what is small."""
        return per_cent(_place(self.marks[0]))

    @property
    def doubt_x(self) -> str:
        """Where the question mark of an uncertain date stands: after it."""
        return per_cent(max(self.marks[-1].end, _place(self.marks[-1])))

    @property
    def doubt_shift(self) -> int:
        """How far, in pixels, it stands from there; on the mark's own side where there is no room beyond it."""
        return 11 if self.marks[-1].end < NEAR_END else -8

    @property
    def label_y(self) -> int:
        """How far down the label stands: above the marks."""
        return self.centre - 9


def _place(mark: Mark) -> float:
    return (mark.start + mark.end) / 2 if mark.is_small else mark.start


@dataclass(frozen=True)
class Value:
    """A date in words, what it dates, and the assertions that give it."""

    words: str
    moment: str
    citations: Sequence[Citation]


@dataclass(frozen=True)
class Row:
    """An event on the timeline, drawn and in words."""

    event: Event
    heading: str
    under: str
    values: list[Value]
    lanes: list[Lane]
    is_plain: bool
    has_more: bool

    @property
    def height(self) -> int:
        """How high its drawing is, in pixels."""
        return self.lanes[-1].centre + PLAIN_LANE // 2 if self.lanes else 0

    @property
    def joined(self) -> list[tuple[Lane, Lane]]:
        """Each asserted date with the next one; the filing is no part of it."""
        asserted = [lane for lane in self.lanes if not lane.is_filing]
        return list(pairwise(asserted))


def row(counts: EventCount, window: Window) -> Row:
    """Return an event as the timeline shows it; its citations of dates have been fetched."""
    event = counts.event
    citations = dates_of(event)
    readings = disputes.read(citations, ())
    groups = _groups(readings)
    return Row(
        event=event,
        heading=disputes.heading_date(event, readings),
        under=disputes.under_heading(event, readings),
        values=[_value(group) for group in groups[:MOST_LANES]],
        lanes=_lanes(event, groups[:MOST_LANES], window),
        is_plain=_is_plain(event, groups),
        has_more=len(groups) > MOST_LANES or len(citations) >= MOST_DATES,
    )


def extent(rows: Sequence[EventCount]) -> tuple[int | None, int | None]:
    """Return the first and the last day that the filings and the asserted dates of these events name."""
    events = [counts.event for counts in rows]
    asserted = [citation.asserted_date_range for event in events for citation in dates_of(event)]
    return hull([*(event.date_range for event in events), *asserted])


def dates_of(event: Event) -> list[Citation]:
    """Return the assertions of an event's date that `EventCountQuerySet.dated_by` has brought."""
    dates: list[Citation] = getattr(event, "dates", [])
    return dates


def _groups(readings: Sequence[AspectReading]) -> tuple[ValueGroup, ...]:
    return next((reading.groups for reading in readings if reading.aspect == Aspect.DATE), ())


def _value(group: ValueGroup) -> Value:
    return Value(words(group.date), _moment(group), group.citations)


def _lanes(event: Event, groups: Sequence[ValueGroup], window: Window) -> list[Lane]:
    """One lane for each asserted date, whatever it dates, then the filing; a single one where they are the same."""
    filing = parse(event.date_edtf) if event.date_edtf else None
    if filing and _is_plain(event, groups):
        return [_lane(filing, window, PLAIN_LANE // 2)]
    dates: dict[tuple[str, str], list[ValueGroup]] = {}
    for group in groups:
        dates.setdefault((words(group.date), _moment(group, but=UNSAID)), []).append(group)
    lanes = [
        _lane(
            same[0].date,
            window,
            _centre(number),
            label=timelines.dated_by(_titles(same, LONGEST_LABEL - len(moment)), moment),
        )
        for number, ((_words, moment), same) in enumerate(dates.items())
    ]
    if filing:
        lanes.append(_lane(filing, window, _centre(len(lanes)), label=timelines.filed_under(), is_filing=True))
    return lanes


def _centre(number: int) -> int:
    return LANE * (number + 1) - PLAIN_LANE // 2


def _is_plain(event: Event, groups: Sequence[ValueGroup]) -> bool:
    """Whether documents give one date, and it is filed under that."""
    return bool(event.date_edtf) and len(groups) == 1 and _is_same(parse(event.date_edtf), groups[0].date)


def _lane(date: EDTF, window: Window, centre: int, *, label: str = "", is_filing: bool = False) -> Lane:
    found = marks(date, window)
    if found[0].lies:
        label = f"{label} ({timelines.lies_outside(found[0].lies)})" if label else timelines.lies_outside(found[0].lies)
    return Lane(found, centre, label, is_filing, date.is_uncertain)


def _is_same(filing: EDTF, asserted: EDTF) -> bool:
    return filing.bounds == asserted.bounds and filing.is_interval == asserted.is_interval


def _titles(groups: Sequence[ValueGroup], room: int) -> str:
    """The short titles of the documents that give a date: the first, those that have room, and how many more."""
    names = list(dict.fromkeys(isolated(document.title_short) for group in groups for document in group.documents))
    shown = names[:1]
    for name in names[1:]:
        if len(listed([*shown, name])) > room:
            break
        shown.append(name)
    return timelines.documents(listed(shown), len(names) - len(shown))


def _moment(group: ValueGroup, *, but: Sequence[str] = (DateOf.NOT_STATED,)) -> str:
    """What a date dates, in words; empty for what need not be said."""
    moment = group.first.date_of
    return "" if moment in but else str(DateOf(moment).label)
