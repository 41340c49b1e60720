"""The top of the three events' pages, to the word, as the rules make it of the first corpus."""

from pathlib import Path

import pytest
from django.conf import settings

from chronicle import disputes
from chronicle.corpus import load
from chronicle.models import Event
from chronicle.voices import read_voices

KARABAKH = Path(settings.BASE_DIR) / "fixtures" / "karabakh-2020"

CEASEFIRE = [
    (
        "Date: Bayramov 2021 gives 9 October 2020 for the meeting, Huseynov 2024 gives 10 October 2020; these are one "
        "day apart; they may not contradict each other: Huseynov 2024 does not say what it dates."
    ),
    "Location: Both documents, which both speak for Azerbaijan, name Moscow as the site.",
    "Responsibility: Both documents, which both speak for Azerbaijan, name Armenia as responsible.",
    "2 documents, 1 party, 2 independent.",
    "Both documents speak for Azerbaijan; no document that speaks for Armenia is in this collection.",
]
LOSSES = [
    (
        "Killed: Huseynov 2024 reports that Nikol Pashinyan gives 3,773 persons (servicemen from Armenia, of Armenia), "
        "and that Ilham Aliyev gives at least 7,000 persons (of Armenia); these do not meet; they may not contradict "
        "each other: Ilham Aliyev (in Huseynov 2024) does not say whom it counts."
    ),
    "Wounded: Huseynov 2024 gives up to 20,000 persons (military, of Armenia).",
    "Missing: Nikol Pashinyan (in Huseynov 2024) gives 243 persons (of Armenia).",
    "2 documents, 1 party, 2 independent.",
    "Both documents speak for Azerbaijan; no document that speaks for Armenia is in this collection.",
]


def top(slug):
    load(KARABAKH)
    event = Event.objects.with_assertions().get(slug=slug)
    citations = list(event.citations.all())
    readings = disputes.read(citations, event.disputes.all())
    voices = read_voices(citations, event.voices.all())
    return (
        disputes.heading_date(event, readings),
        disputes.under_heading(event, readings),
        disputes.in_short(citations, readings, voices, event.counts),
    )


@pytest.mark.parametrize(
    ("slug", "heading", "under", "in_short"),
    [
        (
            "first-ceasefire-october-2020",
            "9 or 10 October 2020",
            "two documents, two dates; filed under 10 October",
            CEASEFIRE,
        ),
        (
            "losses-of-the-armenian-side-2020",
            "from 27 September to 10 November 2020",
            "no document here dates it; filed under the period from 27 September to 10 November 2020",
            LOSSES,
        ),
    ],
)
def test_top_of_the_page_says_what_differs_and_who_is_missing(db, slug, heading, under, in_short):
    assert top(slug) == (heading, under, in_short)


def test_event_with_many_dates_is_headed_by_their_span(db):
    heading, under, in_short = top("aliyev-to-the-general-assembly-2020")

    assert heading == "25 September 2020 or 24 September 2021"
    assert under == "two documents, two dates; filed under 24 September 2020"
    assert in_short[0] == (
        "Date: Huseynov 2024 gives 25 September 2020 for the whole event, Bayramov 2021 gives 24 September 2021 for "
        "the whole event; these are 364 days apart."
    )


def test_denial_has_its_day(db):
    _heading, _under, in_short = top("shusha-taken-by-azerbaijani-forces-2020")

    assert in_short[:2] == [
        (
            "Occurrence: Huseynov 2024, Ilham Aliyev (in Huseynov 2024) and News.Az 2025, in documents that speak for "
            "Azerbaijan, say so; Government of Armenia (in Huseynov 2024), on 8 November 2020, says that this is not "
            "so."
        ),
        "Date: Five dates, some of them open; no two of them are rivals.",
    ]
