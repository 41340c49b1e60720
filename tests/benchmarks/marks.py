"""Events of which every edition says its number in all its parts, so that a page made of two states shows two numbers.

`main` is the curator of the drill: she publishes all of them in one call, again and again, and withdraws them in between.
So a page shows one number; a list shows all of them, or none.
"""

import json
import os
import re
import sys
import time
from collections.abc import Iterable

EVENTS = 20
PLACE = "place-of-marks"
MARK = re.compile(r"Mark (\d+)\b")
TITLE = re.compile(r"Mark \d+ of event (\d+)\b")
WITHDRAWN_EVERY = 3
"""Of how many rounds one withdraws the events before it publishes them."""


def slug(number: int) -> str:
    """Return the slug of an event with marks."""
    return f"event-of-marks-{number}"


def mixed(page: str) -> str:
    """Return what is wrong with a page of one event: numbers of several editions, or of none; empty where it is right."""
    marks = set(MARK.findall(page))
    return "" if len(marks) == 1 else f"a page with the marks {sorted(marks)}"


def mixed_list(page: str) -> str:
    """Return what is wrong with a list of all events with marks: several editions, or some events and not others."""
    marks, events = set(MARK.findall(page)), set(TITLE.findall(page))
    if len(marks) > 1 or len(events) not in {0, EVENTS}:
        return f"a list with the marks {sorted(marks)} of {len(events)} events"
    return ""


def made() -> list[int]:
    """Make the events at the desk, with an event beside them that keeps their place public, and return their numbers."""
    from chronicle.publication import publish  # noqa: PLC0415 -- after django.setup()
    from tests import factories as make  # noqa: PLC0415 -- after django.setup()

    place, document = make.location(slug=PLACE), make.document(slug="document-of-marks")
    kept = make.event(slug="event-that-stays", locations=(place,))
    events = [make.event(slug=slug(number), locations=(place,)) for number in range(EVENTS)]
    for event in (kept, *events, *events):
        make.citation(event, document)
    publish([kept])
    return [event.pk for event in events]


def mark(events: Iterable[int], number: int) -> None:
    """Write the number into every part of every event at the desk."""
    from chronicle.models import Citation, Event  # noqa: PLC0415 -- after django.setup()

    for place, event in enumerate(events):
        words = f"Mark {number} of event {place}"
        Event.objects.filter(pk=event).update(title=words, summary=f"Mark {number}.", reading_note=f"Mark {number}.")
        Citation.objects.filter(event=event).update(statement=f"Mark {number}.", comment=f"Mark {number}.")


def main(seconds: float) -> None:
    """Make the events unless they are there, publish and withdraw until the time is over; print as JSON how it went."""
    import django  # noqa: PLC0415 -- settings come first

    django.setup()
    from chronicle.models import Edition, Event  # noqa: PLC0415 -- after django.setup()
    from chronicle.publication import Note, publish, withdraw  # noqa: PLC0415 -- after django.setup()

    known = Event.objects.filter(slug__startswith=slug(0)[:-1]).order_by("pk")
    numbers = list(known.values_list("pk", flat=True)) or made()
    events, ends = Event.objects.filter(pk__in=numbers), time.monotonic() + seconds
    editions = Edition.objects.filter(event=numbers[0]).count()
    rounds, withdrawn, slowest = 0, 0, 0.0
    while rounds == 0 or time.monotonic() < ends:
        rounds += 1
        mark(numbers, editions + rounds)
        if rounds % WITHDRAWN_EVERY == 0:
            withdrawn += len(withdraw(events, note=Note(words="A drill.")).done)
        began = time.monotonic()
        assert len(publish(events).done) == EVENTS
        slowest = max(slowest, time.monotonic() - began)
    print(json.dumps({"calls": rounds, "withdrawn": withdrawn, "slowest": slowest}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    main(float(sys.argv[1]))
