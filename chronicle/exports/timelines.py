"""Events for TimelineJS 3 (Knight Lab): a slide for each, on which every rival value stands with who gives it.

A slide has one place on the axis. It is the interval over all dates that are asserted, never one of them; what the
slide shows as its date are the words of the event's own page.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle import disputes
from chronicle.disputes import AspectReading
from chronicle.disputes.wording import speakers, value_words
from chronicle.exports.dates import known_days
from chronicle.exports.origin import Origin
from chronicle.models import Event
from chronicle.sentences.clauses import listed
from chronicle.vocabularies import VALUED_ASPECTS
from sources.edtf import Day

MOST_SLIDES: Final = 200
"""How many events one timeline has: its makers advise some twenty, and a browser draws some hundreds."""
YEARS: Final = range(-271_820, 275_760)
"""The years that it can draw by the day (TimelineJS 3, `TimelineConfig._ensureValidScale`)."""


def timeline(events: Iterable[Event], origin: Origin, *, chosen: str, address: str, has_more: bool) -> dict[str, Any]:
    """Return a timeline in JSON's terms, of events as `EventQuerySet.with_aspects` brings them.

    `chosen` says what the events are narrowed down by, `address` is the list of them, and `has_more` that it is longer.
    """
    slides = [slide(event, origin) for event in events]
    drawn = [one for one in slides if one]
    missing = len(slides) - len(drawn)
    about = [chosen, _undrawn(missing) if missing else "", _more(len(slides)) if has_more else "", origin.licence]
    title = {"headline": _text(origin.name), "text": _introduced([line for line in about if line], address)}
    return {"title": {"text": title, "unique_id": "title"}, "events": drawn, "scale": "human"}


def slide(event: Event, origin: Origin) -> dict[str, Any] | None:
    """Return an event as a slide; None where no date of it can be drawn: all are open, unknown, or too far away."""
    days = sorted(day for day in known_days(event) if day.year in YEARS)
    if not days:
        return None
    readings = disputes.read(event.citations.all(), event.disputes.all())
    return {
        "unique_id": f"e{event.pk}",
        "start_date": _date(days[0]),
        "end_date": _date(days[-1]),
        "display_date": disputes.heading_date(event, readings),
        "group": str(event.kind),
        "text": {"headline": _text(event.title), "text": _told(event, readings, origin)},
    }


def _date(day: Day) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(words: str) -> SafeString:
    """Words as the markup that it takes headlines for."""
    return format_html("{}", words)


def _told(event: Event, readings: Iterable[AspectReading], origin: Origin) -> SafeString:
    """Every value of every aspect, contested ones first, with those who give it; then where to check it."""
    told = [_aspect(reading) for reading in readings if reading.aspect in VALUED_ASPECTS and reading.groups]
    page = origin.page("event", event.slug)
    number = _("E%(number)d: each statement with its place in its document") % {"number": event.pk}
    return format_html(
        '{}<p><a href="{}">{}</a></p>', format_html_join("", "{}", ((one,) for one in told)), page, number
    )


def _aspect(reading: AspectReading) -> SafeString:
    values = ((value_words(group), listed(speakers(group.citations))) for group in reading.groups)
    items = format_html_join("", "<li>{}: <bdi>{}</bdi></li>", values)
    return format_html("<p>{}</p><ul>{}</ul>", capfirst(str(reading.aspect.label)), items)


def _introduced(lines: Iterable[str], address: str) -> SafeString:
    said = format_html_join("", "<p>{}</p>", ((line,) for line in lines))
    return format_html('{}<p><a href="{}">{}</a></p>', said, address, _("The same events as a list"))


def _undrawn(number: int) -> str:
    return ngettext(
        "%(number)d event has no date that can be drawn.", "%(number)d events have no date that can be drawn.", number
    ) % {"number": number}


def _more(number: int) -> str:
    return _("These are the first %(number)d; narrow the list down to see others.") % {"number": number}
