"""Dates as marks: a row for each value, under the moments that they date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chronicle.disputes import AspectReading, ValueGroup
from chronicle.disputes.wording import bare_words, speakers
from chronicle.plots.marks import Form, Group, Part, Plot, Row, marks_used, parts_of, tells_something
from chronicle.plots.scales import DateScale
from chronicle.plots.telling import told
from chronicle.sentences import plots as sentences
from chronicle.sentences.clauses import listed
from chronicle.vocabularies import DateOf
from sources.edtf import EDTF, Piece, pieces
from sources.edtf import Form as Said
from sources.edtf.extents import first_day, last_day
from sources.edtf.names import day_name

FORMS: Final = {Said.DAY: Form.POINT, Said.LASTING: Form.LASTING, Said.SPAN: Form.SPAN, Said.EDGE: Form.EDGE}


def date_plot(reading: AspectReading) -> Plot | None:
    """Return the plot of an event's dates; None where it would tell no more than a word does."""
    groups = tuple(_moments(reading))
    if not tells_something(groups):
        return None
    scale = _scale(reading.groups, groups)
    ends = (day_name(scale.first), day_name(scale.beyond.previous()))
    return Plot(
        name=reading.aspect.value,
        title=sentences.dates(),
        description=sentences.axis_of_days(*ends, told(groups)),
        groups=groups,
        scale=scale,
        key=tuple((mark, str(sentences.DATE_KEY[mark])) for mark in marks_used(groups)),
    )


def _moments(reading: AspectReading) -> Iterator[Group]:
    for date_of in DateOf:
        values = [group for group in reading.groups if group.first.date_of == date_of]
        if values:
            yield Group(sentences.moment(date_of), tuple(map(_row, values)))


def _row(group: ValueGroup) -> Row:
    date = group.date
    is_one_of = date.is_one_of and len(date.spans) > 1
    return Row(bare_words(group), "", listed(speakers(group.citations)), parts_of_date(date), is_one_of)


def _scale(values: Sequence[ValueGroup], groups: tuple[Group, ...]) -> DateScale:
    days = [day for group in values for reach in (group.date.bounds, group.date.widened) for day in reach if day]
    days += [day for group in values for date in group.date.dates for day in (first_day(date), last_day(date)) if day]
    parts = parts_of(groups)
    opens_before = any(part.start is None for part in parts)
    return DateScale.over(days, opens_before=opens_before, opens_after=any(part.end is None for part in parts))


def parts_of_date(date: EDTF) -> tuple[Part, ...]:
    """Return what is drawn for a date: its days, its spans, or what lasts, from one end to the other."""
    return tuple(map(_part, pieces(date)))


def _part(piece: Piece) -> Part:
    beyond = None if piece.last is None else piece.last + 1
    return Part(FORMS[piece.form], piece.first, beyond, piece.is_approximate)
