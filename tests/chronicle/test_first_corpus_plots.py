"""The plots of a contested date and of a contested figure, row by row, as the rules make them of the first corpus."""

from pathlib import Path

from django.conf import settings

from chronicle import disputes
from chronicle.corpus import load
from chronicle.models import Citation, Event
from chronicle.plots import Beside, plots_of
from chronicle.vocabularies import Aspect

KARABAKH = Path(settings.BASE_DIR) / "fixtures" / "karabakh-2020"

ARMENIAN, AZERBAIJANI = (f"Losses of the {side} side in the war of 2020" for side in ("Armenian", "Azerbaijani"))
ALIYEV, PASHINYAN = "Ilham Aliyev (in Huseynov 2024)", "Nikol Pashinyan (in Huseynov 2024)"
OF_AZERBAIJAN = [("up to 3,000 persons", "military, of Azerbaijan, from 27 September to 10 November 2020", ALIYEV)]
OF_ARMENIA = [
    ("at least 2,000 persons", "military, of Armenia", "Huseynov 2024"),
    ("3,773 persons", "servicemen from Armenia, of Armenia", PASHINYAN),
    ("at least 7,000 persons", "of Armenia", ALIYEV),
]
BODIES = [("more than 1,600 bodies", "of Armenia, from 10 November 2020 to August 2021", ALIYEV)]


def reading_of(slug, aspect):
    event = Event.objects.with_assertions().get(slug=slug)
    found = disputes.read(event.citations.all(), event.disputes.all())
    return event, next(reading for reading in found if reading.aspect == aspect)


def rows(plot):
    return [(group.heading, [(row.value, row.scope, row.who) for row in group.rows]) for group in plot.groups]


def killed(slug):
    event, reading = reading_of(slug, Aspect.KILLED)
    figures = list(Citation.objects.figures_of(event.companion_id))
    return reading, plots_of(reading, Beside(event.title, event.companion.title, figures))


def test_plots_of_a_contested_date_and_of_a_contested_figure(db):
    load(KARABAKH)

    _event, reading = reading_of("first-ceasefire-october-2020", Aspect.DATE)
    (dates,) = plots_of(reading, Beside(""))
    assert rows(dates) == [
        ("When they met", [("9 October 2020", "", "Bayramov 2021")]),
        (
            "When it was broken",
            [("between 9 and 17 October 2020", "", "Bayramov 2021"), ("10 or 11 October 2020", "", "Huseynov 2024")],
        ),
        ("What is dated is not stated", [("10 October 2020", "", "Huseynov 2024")]),
    ]

    reading, (persons, bodies) = killed("losses-of-the-armenian-side-2020")
    assert rows(persons) == [(ARMENIAN, OF_ARMENIA), (AZERBAIJANI, OF_AZERBAIJAN)]
    assert rows(bodies) == [(ARMENIAN, BODIES), (AZERBAIJANI, [])]
    assert bodies.groups[1].otherwise == "no document here gives a number"
    assert disputes.sentences(reading, of=2)[-1] == (
        "All of these reach this collection through one document, Huseynov 2024."
    )

    _reading, (other,) = killed("losses-of-the-azerbaijani-side-2020")
    assert rows(other) == [(AZERBAIJANI, OF_AZERBAIJAN), (ARMENIAN, OF_ARMENIA)]
    assert other.scale == persons.scale
