"""A chronicle that strains its pages: 200 assertions, 10,000 events, a place known to 50 km, long names, scripts."""

from collections.abc import Iterable
from datetime import date, timedelta

from chronicle.models import Citation, Event, EventLocation, Location
from chronicle.publication import publish
from sources.models import Agent, Document
from tests import factories as make
from tests.chronicle.sayings import counted, dated, located

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ARABIC = "معركة طويلة جداً حول المدينة القديمة عند النهر"
HEBREW = "קרב ארוך מאוד על העיר העתיקה ליד הנהר"
MIXED = f"“{ARABIC}” / {HEBREW} (Շուշի, Şuşa, Шуша) 3,773"
ASSERTIONS, DOCUMENTS = 200, 40
EVENTS = 10_000
METRES = 50_000


def crowded(assertions: int = ASSERTIONS) -> Event:
    """An event of which 40 documents, with long titles in every script, make 200 assertions."""
    here = make.party(slug="here", name=f"The People's Republic of {LONG}", name_short="Here")
    there = make.party(slug="there", name=f"جمهورية {ARABIC}", name_short="هناك")
    far = make.location(
        slug="far", name=f"Far away, beyond {LONG}", kind="area", latitude=39, longitude=46,
        coordinate_uncertainty_m=METRES,
    )  # fmt: skip
    for name, tag, party in (
        ("شوشا القديمة", "ar", here),
        ("שושה העתיקה", "he", there),
        (f"Շուշի {LONG}", "hy", there),
    ):
        far.names.create(toponym=name, language=tag, party=party, is_preferred=True)
    event = make.event(slug="crowded", title=f"{MIXED}: {LONG}", parties=(here, there), locations=(far,), summary=MIXED)
    event.names.create(name=f"{ARABIC} {ARABIC}", language="ar", party=there)
    titles = (ARABIC, HEBREW, f"A report of the {LONG}", MIXED)
    for number in range(DOCUMENTS):
        make.document(
            slug=f"long-{number}",
            title=f"{titles[number % 4]} {number}",
            title_short=f"{titles[number % 4][:50]} {number}",
            party=(here, there)[number % 2],
            language=("ar", "he", "de", "")[number % 4],
        )
    speaker = make.agent(slug="long", name=f"Ministry of {LONG}", party=here)
    speaker.names.create(name=ARABIC, language="ar")
    say(event, range(assertions))
    return event


def say(event: Event, numbers: Iterable[int]) -> None:
    """Add assertions of every kind to the event."""
    documents = list(Document.objects.filter(slug__startswith="long-").order_by("pk"))
    place, speaker = Location.objects.get(slug="far"), Agent.objects.get(slug="long")
    for number in numbers:
        _assertion(event, documents[number % DOCUMENTS], number, place, speaker)


def _assertion(event: Event, document: Document, number: int, place: Location, speaker: Agent) -> None:
    said = {"statement": f"{MIXED} {LONG} {number}", "claimed_by": speaker, "value_as_printed": MIXED[:100]}
    if number % 5 == 0:
        counted(event, document, number * 10, number * 10 + number % 3, **said)
    elif number % 5 == 1:
        dated(event, document, str(date(2020, 9, 27) + timedelta(number % 45)), "agreed", **said)
    elif number % 5 == 2:
        located(event, document, place, **said)
    else:
        make.citation(event, document, quotation=MIXED, **said)


def many(number: int) -> list[Event]:
    """So many events over 300 years, each with one assertion."""
    kind, document, town = make.kind(), make.document(slug="list"), make.location(slug="town", name="Town")
    first = date(1720, 1, 1)
    events = Event.objects.bulk_create(
        Event(slug=f"many-{n}", title=f"Event number {n}", kind=kind, date_edtf=str(first + timedelta(n * 11)))
        for n in range(number)
    )
    Citation.objects.bulk_create(
        Citation(event=event, document=document, aspect="description", statement="It says so.") for event in events
    )
    EventLocation.objects.bulk_create(EventLocation(event=event, location=town) for event in events[:100])
    return events


def everything() -> None:
    """Publish all of it."""
    publish([crowded(), *many(EVENTS)])
