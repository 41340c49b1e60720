"""What the rule makes of two editions: how many values, how much stands behind them, who speaks."""

from collections.abc import Iterator

from chronicle import disputes
from chronicle.disputes import AspectReading
from chronicle.models import Event
from chronicle.sentences import changes
from chronicle.vocabularies import VALUED_ASPECTS, Aspect
from chronicle.voices import counts

Readings = dict[Aspect, AspectReading]


def computed_changes(before: Event, after: Event) -> tuple[str, ...]:
    """Return a sentence for everything computed that is not what it was; both editions have their `counts`."""
    old, new = _readings(before), _readings(after)
    return (*_values(old, new), *_contested(old, new), *_counts(before, after), *_voices(before, after))


def _readings(event: Event) -> Readings:
    return {reading.aspect: reading for reading in disputes.read(event.citations.all(), event.disputes.all())}


def _values(old: Readings, new: Readings) -> Iterator[str]:
    for aspect in VALUED_ASPECTS:
        was, now = (len(found[aspect].groups) if aspect in found else 0 for found in (old, new))
        if was != now:
            yield changes.values(aspect, was, now)


def _contested(old: Readings, new: Readings) -> Iterator[str]:
    for aspect in Aspect:
        was, now = (aspect in found and found[aspect].is_contested for found in (old, new))
        if was != now:
            yield changes.now_contested(aspect) if now else changes.no_longer_contested(aspect)


def _counts(before: Event, after: Event) -> Iterator[str]:
    was, now = counts(before.counts), counts(after.counts)
    if was != now:
        yield changes.stands_behind(now.rstrip("."), was.rstrip("."))


def _voices(before: Event, after: Event) -> Iterator[str]:
    old, new = ({str(voice.party): voice.documents for voice in event.voices.all()} for event in (before, after))
    for party in sorted(old.keys() | new, key=str.casefold):
        was, now = old.get(party, 0), new.get(party, 0)
        if was != now:
            yield changes.speaking_for(party, was, now)
