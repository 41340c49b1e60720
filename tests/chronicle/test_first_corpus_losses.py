"""The top of the pages on losses and on territory, to the word, as the rules make it of the first corpus."""

from pathlib import Path

from django.conf import settings

from chronicle import disputes
from chronicle.corpus import load
from chronicle.models import Event
from chronicle.voices import read_voices

KARABAKH = Path(settings.BASE_DIR) / "fixtures" / "karabakh-2020"

LOSSES = [
    (
        "Killed: Ilham Aliyev (in Huseynov 2024) gives up to 3,000 persons (military, of Azerbaijan, from 27 September "
        "to 10 November 2020)."
    ),
    "Captured: Ilham Aliyev (in Huseynov 2024) gives 0 pieces of military equipment (of Azerbaijan).",
    "3 documents, 1 party, 2 independent.",
    "All three documents speak for Azerbaijan; no document that speaks for Armenia is in this collection.",
]
TERRITORY = [
    (
        "Date: News.Az 2025 gives between 1987 and 1989 for the beginning, Bayramov 2021 and Aliyev campaign 2024, "
        "which both speak for Azerbaijan, give 1991 for the beginning; these are more than one year apart."
    ),
    (
        "Area: Bayramov 2021 and Aliyev campaign 2024, which both speak for Azerbaijan, give 20 per cent of the "
        "territory of Azerbaijan (held by Armenian forces), News.Az 2025 gives more than 20 per cent of the territory "
        "of Azerbaijan (held by Armenian forces); these do not meet."
    ),
]


def top(slug):
    event = Event.objects.with_assertions().get(slug=slug)
    citations = list(event.citations.all())
    readings = disputes.read(citations, event.disputes.all())
    return (
        disputes.heading_date(event, readings),
        disputes.under_heading(event, readings),
        disputes.in_short(citations, readings, read_voices(citations, event.voices.all()), event.counts),
    )


def test_top_of_the_pages_on_losses_and_on_territory(db):
    load(KARABAKH)

    assert top("losses-of-the-azerbaijani-side-2020") == (
        "from 27 September to 10 November 2020",
        "no document here dates it; filed under the period from 27 September to 10 November 2020",
        LOSSES,
    )
    heading, under, in_short = top("territory-held-by-armenian-forces-before-2020")
    assert heading == "between 1987 and 1989 or 1991"
    assert under == "three documents, two dates; filed under the period from 1994 to 27 September 2020"
    assert in_short[:2] == TERRITORY
