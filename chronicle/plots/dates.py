"""Dates as marks: a row for each value, under the moments that they date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chronicle.disputes import AspectReading, ValueGroup
from chronicle.disputes.wording import bare_words, speakers
from chronicle.plots.marks import Form, Group, Part, Plot, Row, marks_used, parts_of, tells_something
from chronicle.plots.scales import DateScale
from chronicle.plots.telling import told
from chronicle.sentences import plots as sentences
from chronicle.sentences.clauses import listed
from chronicle.vocabularies import DateOf
from sources.edtf import EDTF, Day, bounds, widened
from sources.edtf.dates import Date, Missing, Qualifier, Span
from sources.edtf.names import day_name


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
    days += [day for group in values for date in group.date.dates for day in _one(Span(date, date)) if day]
    parts = parts_of(groups)
    opens_before = any(part.start is None for part in parts)
    return DateScale.over(days, opens_before=opens_before, opens_after=any(part.end is None for part in parts))


def parts_of_date(date: EDTF) -> tuple[Part, ...]:
    """Return what is drawn for a date: its days, its spans, or what lasts, from one end to the other."""
    if date.is_interval:
        return tuple(_lasting(date))
    return tuple(_member(span, is_every=date.is_all_of) for span in date.spans)


class _Spans(NamedTuple):
    """What bounds are worked out from."""

    spans: tuple[Span, ...]


def _one(span: Span) -> tuple[Day | None, Day | None]:
    return bounds(_Spans((span,)))


def _member(span: Span, *, is_every: bool) -> Part:
    """A day, or a day somewhere in a span, which is as wide as comparisons take it where it is approximate."""
    is_approximate = any(date.qualifiers & Qualifier.APPROXIMATE for date in span.dates)
    first, last = widened(_Spans((span,)))
    form = Form.SPAN
    if is_every and not span.is_single:
        form = Form.LASTING
    elif first == last and not is_approximate:
        form = Form.POINT
    return Part(form, first and first.ordinal, last and last.ordinal + 1, is_approximate)


def _lasting(date: EDTF) -> Iterator[Part]:
    """What lasts: solid over the days on which it surely did, an edge where an end is no exact day, or is not known."""
    (span,) = date.spans
    starts, ends = _limits(span.start), _limits(span.end)
    reach = date.widened
    begun, ending = starts and starts[1], ends and ends[0]
    if begun and ending and ending < begun:
        begun, ending = reach.earliest, reach.latest
    if starts and begun and reach.earliest and reach.earliest < begun:
        yield Part(Form.EDGE, reach.earliest.ordinal, begun.ordinal, _is_about(span.start))
    elif span.start is Missing.UNKNOWN and ending:
        yield Part(Form.EDGE, None, ending.ordinal)
    solid = _solid(span, begun, ending)
    yield Part(Form.LASTING, *solid)
    if ends and ending and reach.latest and reach.latest > ending:
        yield Part(Form.EDGE, ending.ordinal + 1, reach.latest.ordinal + 1, _is_about(span.end))
    elif span.end is Missing.UNKNOWN and begun:
        yield Part(Form.EDGE, begun.ordinal + 1, None)


def _solid(span: Span, begun: Day | None, ending: Day | None) -> tuple[int | None, int | None]:
    """From the day by which it had begun to the day on which it had not ended; of an unknown end, the day before it."""
    start, end = begun and begun.ordinal, ending and ending.ordinal + 1
    if span.start is Missing.UNKNOWN and ending:
        start = ending.ordinal
    if span.end is Missing.UNKNOWN and begun:
        end = begun.ordinal + 1
    return start, end


def _limits(end: Date | Missing) -> tuple[Day, Day] | None:
    """The first and the last day that an end of an interval allows, as it is written."""
    if isinstance(end, Missing):
        return None
    first, last = _one(Span(end, end))
    return (first, last) if first and last else None


def _is_about(end: Date | Missing) -> bool:
    return isinstance(end, Date) and bool(end.qualifiers & Qualifier.APPROXIMATE)
