"""The top of an event's page: the span of what is asserted, and three to five lines in short."""

from __future__ import annotations

from collections.abc import Sequence

from chronicle.disputes.aspects import TOLD, most_telling
from chronicle.disputes.groups import AspectReading, ValueGroup
from chronicle.models import Citation, Event, EventCount
from chronicle.sentences import clauses
from chronicle.sentences import voices as voice_sentences
from chronicle.sentences.clauses import any_of, named
from chronicle.vocabularies import Aspect, DateOf
from chronicle.voices import PartyVoice, counts, documents_of, summary
from sources.edtf import EDTF, Day, parse, words
from sources.edtf.dates import Kind
from sources.edtf.names import day_of_year_name

DATES_IN_HEADING = 3
"""How many dates a heading lists before it gives their span."""
LAST_YEAR = 9999
LINES_OF_ASPECTS = 3


def heading_date(event: Event, readings: Sequence[AspectReading]) -> str:
    """Return the span of what is asserted, "9 or 10 October 2020"; the filing where no document gives a date.

    A month, a year or another unit longer than a day says less precisely what a shorter date within it says, where both
    date the same moment or one does not say which: it is left out, or one lone "2020" would hide the days that the
    others give. What lasts over all others, or is a span of named days over all others, is the heading alone.
    """
    dates = _distinct(_exact(_date_groups(readings)))
    if not dates:
        return words(parse(event.date_edtf)) if event.date_edtf else ""
    if widest := _widest(dates):
        return words(widest)
    if len(dates) <= DATES_IN_HEADING:
        return _any_of(dates)
    return _span(dates) or _any_of(dates)


def under_heading(event: Event, readings: Sequence[AspectReading]) -> str:
    """Return the line under the heading: "two documents, two dates; filed under 10 October"."""
    groups = _date_groups(readings)
    documents = {document.pk for group in groups for document in group.documents}
    dates = _distinct(groups)
    said = (
        voice_sentences.documents_and_dates(len(documents), len(dates))
        if groups
        else (voice_sentences.no_document_dates_it())
    )
    return voice_sentences.filed_under(said, _filing(event, dates)) if event.date_edtf else said


def in_short(
    citations: Sequence[Citation],
    readings: Sequence[AspectReading],
    voices: Sequence[PartyVoice],
    count: EventCount,
) -> list[str]:
    """Return three to five lines: aspects, contested ones first; how much stands behind them; who is missing."""
    documents = documents_of(citations)
    if not documents:
        return []
    aspects = [line for reading in readings for line in _first_line(reading, of=len(documents))]
    if not aspects:
        names = named(documents)
        aspects = [voice_sentences.are_cited(names, len(documents))]
    return [*aspects[:LINES_OF_ASPECTS], counts(count), summary(voices, citations)]


def _first_line(reading: AspectReading, *, of: int) -> list[str]:
    """The sentence that says most of an aspect, under its name; none for aspects without value that nobody disputes."""
    if not reading.disputing and (reading.aspect in _WORDLESS):
        return []
    line = most_telling(reading, of=of)
    return [clauses.under(str(reading.aspect.label), line)] if line else []


_WORDLESS = (Aspect.OCCURRENCE, *TOLD)


def _date_groups(readings: Sequence[AspectReading]) -> tuple[ValueGroup, ...]:
    """The values that date the event itself, not what broke it.

    One that is open at an end ("by 9 November") counts if it is alone, or leaves no room for one that is not.
    """
    given = next((reading.groups for reading in readings if reading.aspect == Aspect.DATE), ())
    own = tuple(group for group in given if group.first.date_of != DateOf.BROKEN)
    closed = [group for group in own if None not in group.date.bounds]
    rivals = [group for group in own if group not in closed and not all(_meet(group.date, one.date) for one in closed)]
    return tuple(group for group in own if not closed or group in closed or group in rivals)


def _meet(one: EDTF, other: EDTF) -> bool:
    """Whether there is a day that both dates allow."""
    return all(
        first.earliest is None or second.latest is None or first.earliest <= second.latest
        for first, second in ((one.bounds, other.bounds), (other.bounds, one.bounds))
    )


def _exact(groups: Sequence[ValueGroup]) -> list[ValueGroup]:
    """The dates without those of which another is a more precise wording."""
    return [group for group in groups if not any(_is_coarser(group, than=other) for other in groups)]


def _is_coarser(group: ValueGroup, *, than: ValueGroup) -> bool:
    """Whether a date is a unit of the calendar, longer than a day, within which another date of its moment lies."""
    moments = {group.first.date_of, than.first.date_of}
    if len(moments) > 1 and DateOf.NOT_STATED not in moments:
        return False
    whole, part = group.date, than.date
    if whole.kind is not Kind.DATE or whole.bounds == part.bounds:
        return False
    return (_first([whole, part]), _last([whole, part])) == whole.bounds


def _distinct(groups: Sequence[ValueGroup]) -> list[EDTF]:
    """The dates of these values, each once, whatever moment they date, by lower bound."""
    found = {(date.bounds, date.is_interval): date for group in groups for date in [group.date]}
    return list(found.values())


def _widest(dates: Sequence[EDTF]) -> EDTF | None:
    """The one date that reaches over all others, if there is one."""
    hull = (_first(dates), _last(dates))
    return next((date for date in dates if date.bounds == hull), None)


def _first(dates: Sequence[EDTF]) -> Day | None:
    """The first day that any date allows; None is unbounded."""
    days = [date.bounds.earliest for date in dates]
    return None if None in days else min(day for day in days if day)


def _last(dates: Sequence[EDTF]) -> Day | None:
    days = [date.bounds.latest for date in dates]
    return None if None in days else max(day for day in days if day)


def _any_of(dates: Sequence[EDTF]) -> str:
    """Several dates in words; plain ones share what they have in common: "9 or 10 October 2020"."""
    if all(date.text.replace("-", "").isdigit() for date in dates):
        return words(parse(f"[{','.join(date.text for date in dates)}]"))
    return any_of([words(date) for date in dates])


def _span(dates: Sequence[EDTF]) -> str:
    """From the first day that any date allows to the last; empty where one of them is open or beyond four digits."""
    first, last = _first(dates), _last(dates)
    if first is None or last is None:
        return ""
    if abs(first.year) > LAST_YEAR or abs(last.year) > LAST_YEAR:
        return ""
    return words(parse(f"[{first}..{last}]"))


def _filing(event: Event, dates: Sequence[EDTF]) -> str:
    """The date of the filing, without the year where it is a day of the year that the heading names."""
    filed = parse(event.date_edtf)
    years = {day.year for date in dates for day in date.bounds if isinstance(day, Day)}
    day = filed.bounds.earliest
    is_plain = (
        filed.precision == "day" and day == filed.bounds.latest and not (filed.is_uncertain or filed.is_approximate)
    )
    if day and is_plain and years == {day.year}:
        return day_of_year_name(day)
    if filed.is_interval:
        return voice_sentences.period(words(filed))
    return voice_sentences.one_day(words(filed)) if _is_between_days(filed) else words(filed)


def _is_between_days(filed: EDTF) -> bool:
    """Whether it is one day in a span of more than two, which its words say as "between … and …"."""
    first, last = filed.bounds
    if filed.kind is not Kind.ONE_OF or len(filed.spans) > 1 or filed.precision != "day":
        return False
    return first is not None and last is not None and last.ordinal - first.ordinal > 1
