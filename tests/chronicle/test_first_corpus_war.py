"""The top of two pages on the course of the war, to the word, as the rules make it of the first corpus."""

from pathlib import Path

from django.conf import settings

from chronicle import disputes
from chronicle.corpus import load
from chronicle.models import Dispute, Event
from chronicle.vocabularies import Verdict
from chronicle.voices import read_voices

KARABAKH = Path(settings.BASE_DIR) / "fixtures" / "karabakh-2020"

CEASEFIRE = [
    (
        "Date: Huseynov 2024 gives 25 October 2020 for the announcement, Bayramov 2021 gives 26 October 2020 for the "
        "announcement; these are one day apart."
    ),
    "Location: Both documents, which both speak for Azerbaijan, name Washington as the site.",
    "Responsibility: Both documents, which both speak for Azerbaijan, name Armenia as responsible.",
    "2 documents, 1 party, 2 independent.",
    "Both documents speak for Azerbaijan; no document that speaks for Armenia is in this collection.",
]
STRIKES = [
    (
        "Location: Aliyev campaign 2024 and Huseynov 2024, which both speak for Azerbaijan, name Barda and Tartar as "
        "the target."
    ),
    (
        "Responsibility: Aliyev campaign 2024 and Huseynov 2024, which both speak for Azerbaijan, name Armenia as "
        "responsible."
    ),
    "3 documents, 1 party, 3 independent.",
    "All three documents speak for Azerbaijan; no document that speaks for Armenia is in this collection.",
]


TOPS = {
    "third-ceasefire-october-2020": ("24, 25 or 26 October 2020", CEASEFIRE),
    "strikes-on-barda-and-tartar-2020": ("from 27 September to 10 November 2020", STRIKES),
}


def top(slug):
    event = Event.objects.with_assertions().get(slug=slug)
    citations = list(event.citations.all())
    readings = disputes.read(citations, event.disputes.all())
    voices = read_voices(citations, event.voices.all())
    return disputes.heading_date(event, readings), disputes.in_short(citations, readings, voices, event.counts)


def test_tops_of_the_pages_say_what_differs_and_who_is_missing(db):
    load(KARABAKH)

    assert {slug: top(slug) for slug in TOPS} == TOPS


def test_every_verdict_but_revised_occurs_in_the_corpus(db):
    load(KARABAKH)

    found = set(Dispute.objects.values_list("verdict", flat=True))

    assert found == set(Verdict) - {Verdict.REVISED}
