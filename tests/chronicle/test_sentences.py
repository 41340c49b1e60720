"""The sentences that readers see: a golden one for every case, and rules that hold for all of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from chronicle.disputes import heading_date, in_short, read, rows, sentences, under_heading
from chronicle.models import Event, EventCount
from chronicle.vocabularies import Aspect, Verdict
from chronicle.voices import documents_of, read_voices
from sources.directions import FIRST_STRONG_ISOLATE, POP_ISOLATE
from sources.models import Document, Party
from tests import factories
from tests.chronicle.sayings import (
    counted,
    dated,
    held_responsible,
    located,
    published_by,
    readings,
    side,
    speaker,
    voices,
)
from tests.pseudo import APART, FROM_RIGHT

pytestmark = pytest.mark.django_db

BANNED = re.compile(
    r"\b(however|but|only|actually|in fact|claim(s|ed)?|admit(s|ted)?|den(y|ies|ied)|alleged(ly)?|most sources"
    r"|official)\b",
    re.IGNORECASE,
)


class Scene:
    """Two parties and an event of both; documents of the first, of the second, and of none."""

    def __init__(self, first: str = "Ruritania", second: str = "Utopia") -> None:
        self.first, self.second = side(first), side(second)
        self.of_first = [
            self._report(self.first, f"{first} Report", "2021"),
            self._report(self.first, f"{first} Book", "2022"),
        ]
        self.of_second = self._report(self.second, f"{second} Note", "2023")
        self.neutral = self._report(None, "Observer", "2024")
        self.event = factories.event(parties=(self.first, self.second))

    def _report(self, party: Party | None, title: str, issued: str) -> Document:
        return published_by(party, title=title, title_short=title, issued_edtf=issued)

    def sentences(self) -> list[str]:
        citations = list(Event.objects.with_assertions().get(pk=self.event.pk).citations.all())
        found = readings(self.event)
        return [line for reading in found for line in sentences(reading, of=len(documents_of(citations)))]

    def in_short(self) -> list[str]:
        citations = list(Event.objects.with_assertions().get(pk=self.event.pk).citations.all())
        count = EventCount.objects.get(event=self.event)
        return in_short(citations, readings(self.event), voices(self.event), count)

    def date(self, by: Document, edtf: str, moment: str = "agreed", **fields: Any) -> None:
        dated(self.event, by, edtf, moment, **fields)

    def killed(self, by: Document, low: int | None, high: int | None, **fields: Any) -> None:
        counted(self.event, by, low, high, **fields)


def one_value(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-10")


def two_parties(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-10")
    scene.date(scene.of_second, "2020-10-10")


def one_party(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-10")
    scene.date(scene.of_first[1], "2020-10-10")


def one_party_of_several_documents(scene: Scene) -> None:
    one_party(scene)
    factories.citation(scene.event, scene.of_second, aspect="date", stance="mentions")


def three_documents_of_one_party(scene: Scene) -> None:
    one_party(scene)
    scene.date(published_by(scene.first, title_short="Third", issued_edtf="2025"), "2020-10-10")


def one_party_and_none(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-10")
    scene.date(scene.neutral, "2020-10-10")


def of_no_party(scene: Scene) -> None:
    scene.date(scene.neutral, "2020-10-10")
    scene.date(published_by(None, title_short="Visitor", issued_edtf="2025"), "2020-10-10")


def speakers_of_both(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-10", claimed_by=speaker("Ann Stone", scene.second))
    scene.date(scene.of_first[1], "2020-10-10")


def through_one(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 98, 98, through=scene.neutral)
    scene.killed(scene.of_second, 98, 98, through=scene.neutral)


def rival_figures(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 12, 12)
    scene.killed(scene.of_second, 15, None)


def three_rival_figures(scene: Scene) -> None:
    rival_figures(scene)
    scene.killed(scene.neutral, 13, 14)


def rival_dates(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-09")
    scene.date(scene.of_second, "2020-10-10")


def rival_dates_months_apart(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-09")
    scene.date(scene.of_second, "2020-11-03")


def rival_years_side_by_side(scene: Scene) -> None:
    scene.date(scene.of_first[0], "1987", "began")
    scene.date(scene.of_second, "1988", "began")


def rival_dates_years_apart(scene: Scene) -> None:
    scene.date(scene.of_first[0], "1992")
    scene.date(scene.of_second, "2020-11-03")


def different_moments(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-09", "met")
    scene.date(scene.of_second, "2020-10-10")


def moment_unstated(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-09", "met")
    scene.date(scene.of_second, "2020-10-10", "not_stated")


def both_moments_unstated(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-09", "not_stated")
    scene.date(scene.of_second, "2020-10-10", "not_stated")


def scope_unstated(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 12, 12, population=factories.population(), side=scene.first)
    scene.killed(scene.of_second, 15, 15)


def three_speakers_through_one_document(scene: Scene) -> None:
    report = scene.of_first[0]
    scene.killed(report, 12, 12, claimed_by=speaker("Ann Stone"))
    scene.killed(report, 15, 15)
    scene.killed(report, 20, None, claimed_by=speaker("Bo Wood"))


def scope_unstated_and_meeting(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 12, 12, period_edtf="2020-10")
    scene.killed(scene.of_second, 10, 15)


def scopes_differ(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 12, 12, population=factories.population())
    scene.killed(scene.of_second, 15, 15, population=factories.population(slug="civilian"))


def fitting_dates(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-10-09")
    scene.date(scene.of_second, "2020-10")


def fitting_figures(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 2000, None)
    scene.killed(scene.of_second, 3773, 3773)


def overlapping_figures(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 10, 20)
    scene.killed(scene.of_second, 15, 30)


def same_value_approximate(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 12, 12)
    scene.killed(scene.of_second, 12, 12, is_approximate=True)


def whole_and_beginning(scene: Scene) -> None:
    scene.date(scene.of_first[0], "2020-09-27/2020-11-10", "whole")
    scene.date(scene.of_second, "2020-09-27", "began")


def revised(scene: Scene) -> None:
    minister = speaker("Ann Stone", scene.first)
    scene.killed(scene.of_first[0], 12, 12, claimed_by=minister, stated_on="2021-08")
    scene.killed(scene.of_second, 15, 15, claimed_by=minister, stated_on="2020-12-03")


def none_against_number(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 0, 0)
    scene.killed(scene.of_second, 15, 15)


def unknown(scene: Scene) -> None:
    for aspect in ("date", "location", "responsibility", "killed"):
        factories.citation(scene.event, scene.of_first[0], aspect=aspect, asserts_unknown=True)


def inside_one_text(scene: Scene) -> None:
    place = {"locator_label": "page"}
    scene.killed(scene.of_first[0], 12, 12, locator="3", **place)
    scene.killed(scene.of_first[0], 15, 15, locator="17", **place)


def two_speakers_in_one_text(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 12, 12, claimed_by=speaker("Ann Stone"))
    scene.killed(scene.of_first[0], 15, 15, claimed_by=speaker("Bo Reed"))


def text_and_a_speaker_in_it(scene: Scene) -> None:
    held_responsible(scene.event, scene.of_first[0], scene.second)
    held_responsible(scene.event, scene.of_first[0], scene.first, claimed_by=speaker("Ann Stone"))


def one_speaker_in_one_text(scene: Scene) -> None:
    minister = speaker("Ann Stone")
    for number, page in ((12, "3"), (15, "17")):
        place = {"locator_label": "page", "locator": page}
        scene.killed(scene.of_first[0], number, number, claimed_by=minister, **place)


def totals_in_one_text(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 613, 613, population=factories.population(slug="all"))
    scene.killed(scene.of_first[0], 106, 106, population=factories.population(slug="women"))


def units(scene: Scene) -> None:
    scene.killed(scene.of_first[0], 12, 12)
    scene.killed(scene.of_second, 15, 15, unit=factories.unit(slug="body", name_plural="bodies"))


def places_apart(scene: Scene) -> None:
    located(scene.event, scene.of_first[0], factories.location(name="Strelsau"))
    located(scene.event, scene.of_second, factories.location(name="Amaurot"))


def place_within(scene: Scene) -> None:
    town, district = factories.location(name="Strelsau"), factories.location(name="Strelsau district")
    factories.within(town, district)
    located(scene.event, scene.of_first[0], town)
    located(scene.event, scene.of_second, district)


def places_shared(scene: Scene) -> None:
    town, other = factories.location(name="Strelsau"), factories.location(name="Amaurot")
    located(scene.event, scene.of_first[0], town, other)
    located(scene.event, scene.of_second, town)


def responsible(scene: Scene) -> None:
    held_responsible(scene.event, scene.of_first[0], scene.second)
    held_responsible(scene.event, scene.of_second, scene.first)


def disputed(scene: Scene) -> None:
    factories.citation(scene.event, scene.of_first[0], aspect="occurrence")
    factories.citation(scene.event, scene.of_second, aspect="occurrence", stance="disputes")


def disputed_on_a_day(scene: Scene) -> None:
    """What a speaker denied at the time, as a document of the other party tells it."""
    factories.citation(scene.event, scene.of_first[0], aspect="occurrence")
    ministry = factories.agent(name="Ministry")
    words = {"aspect": "occurrence", "stance": "disputes", "claimed_by": ministry, "stated_on": "2020-11-08"}
    factories.citation(scene.event, scene.of_first[0], **words)


def disputed_figures(scene: Scene) -> None:
    rival_figures(scene)
    factories.citation(scene.event, scene.neutral, aspect="killed", stance="disputes")


def many(scene: Scene) -> None:
    for number in range(1, 6):
        scene.killed(published_by(scene.first), number, number)


def many_of_two_units(scene: Scene) -> None:
    """Families are not compared with persons: none of the values is the lowest."""
    scene.killed(scene.neutral, 1, 40)
    for number in range(2, 5):
        scene.killed(scene.of_first[0], number, 30 + number)
    scene.killed(scene.of_second, 8, 8, unit=factories.unit(slug="family", name_plural="families"))


def many_with_one_rival_pair(scene: Scene) -> None:
    """One pair of the agreement, among dates of other moments."""
    scene.date(scene.of_first[0], "2020-10-25")
    scene.date(scene.of_second, "2020-10-26")
    for day, moment in ((24, "met"), (27, "announced"), (28, "in_force")):
        scene.date(scene.of_first[0], f"2020-10-{day}", moment)


def many_within_one(scene: Scene) -> None:
    scene.date(scene.neutral, "2020-10", "whole")
    for day, moment in ((24, "met"), (25, "agreed"), (26, "announced"), (27, "in_force")):
        scene.date(scene.of_first[0], f"2020-10-{day}", moment)


def many_figures_within_one(scene: Scene) -> None:
    scene.killed(scene.neutral, 1, 40)
    for number in range(2, 6):
        scene.killed(scene.of_first[0], number, 30 + number)


GOLDEN: list[tuple[Callable[[Scene], None], list[str]]] = [
    (one_value, ["Ruritania Report gives 10 October 2020 for the agreement."]),
    (
        two_parties,
        [
            (
                "Ruritania Report (speaking for Ruritania) and Utopia Note (speaking for Utopia) give 10 "
                "October 2020 for "
                "the agreement."
            )
        ],
    ),
    (one_party, ["Both documents, which both speak for Ruritania, give 10 October 2020 for the agreement."]),
    (
        one_party_of_several_documents,
        [
            (
                "Ruritania Report and Ruritania Book, which both speak for Ruritania, give 10 October 2020 for the "
                "agreement."
            )
        ],
    ),
    (
        three_documents_of_one_party,
        [
            (
                "3 documents, all speaking for Ruritania (Ruritania Report, Ruritania Book and Third), give 10 October "
                "2020 for the agreement."
            )
        ],
    ),
    (
        one_party_and_none,
        [
            (
                "Ruritania Report and Observer, of which Ruritania Report speaks for Ruritania, give 10 "
                "October 2020 for "
                "the agreement."
            )
        ],
    ),
    (of_no_party, ["Observer and Visitor give 10 October 2020 for the agreement."]),
    (
        speakers_of_both,
        [
            (
                "Ann Stone (in Ruritania Report) and Ruritania Book, in documents that speak for Ruritania, give "
                "10 October 2020 for the agreement."
            )
        ],
    ),
    (
        through_one,
        [
            (
                "Ruritania Report (speaking for Ruritania) and Utopia Note (speaking for Utopia) give 98 persons, all "
                "through Observer."
            )
        ],
    ),
    (rival_figures, ["Ruritania Report gives 12 persons, Utopia Note gives at least 15 persons; these do not meet."]),
    (
        three_rival_figures,
        [
            (
                "Ruritania Report gives 12 persons, Observer gives 13 to 14 persons, Utopia Note gives at least 15 "
                "persons; these do not meet."
            )
        ],
    ),
    (
        rival_dates,
        [
            (
                "Ruritania Report gives 9 October 2020 for the agreement, Utopia Note gives 10 October 2020 for the "
                "agreement; these are one day apart."
            )
        ],
    ),
    (
        rival_dates_months_apart,
        [
            (
                "Ruritania Report gives September 2020 for the agreement, Utopia Note gives 3 November 2020 for the "
                "agreement; these are at least 34 days apart."
            )
        ],
    ),
    (
        rival_years_side_by_side,
        [
            (
                "Ruritania Report gives 1987 for the beginning, Utopia Note gives 1988 for the beginning; these do not "
                "meet."
            )
        ],
    ),
    (
        rival_dates_years_apart,
        [
            (
                "Ruritania Report gives 1992 for the agreement, Utopia Note gives 3 November 2020 for the agreement; "
                "these are more than 27 years apart."
            )
        ],
    ),
    (
        different_moments,
        [
            (
                "Ruritania Report gives 9 October 2020 for the meeting, Utopia Note gives 10 October 2020 for the "
                "agreement; they date different things."
            )
        ],
    ),
    (
        moment_unstated,
        [
            (
                "Ruritania Report gives 9 October 2020 for the meeting, Utopia Note gives 10 October "
                "2020; these are one "
                "day apart; they may not contradict each other: Utopia Note does not say what it dates."
            )
        ],
    ),
    (
        both_moments_unstated,
        [
            (
                "Ruritania Report gives 9 October 2020, Utopia Note gives 10 October 2020; these are one "
                "day apart; they "
                "may not contradict each other: Ruritania Report and Utopia Note do not say what they date."
            )
        ],
    ),
    (
        scope_unstated,
        [
            (
                "Ruritania Report gives 12 persons (military, of Ruritania), Utopia Note gives 15 "
                "persons; these do not meet; they may not "
                "contradict each other: Utopia Note does not say whom it counts and of which side."
            )
        ],
    ),
    (
        three_speakers_through_one_document,
        [
            (
                "Ann Stone (in Ruritania Report) gives 12 persons, Ruritania Report gives 15 persons, Bo Wood (in "
                "Ruritania Report) gives at least 20 persons."
            ),
            (
                "Ruritania Report itself gives 15 persons, and reports that Ann Stone gives 12 persons; these do not "
                "meet."
            ),
            (
                "Ruritania Report reports that Ann Stone gives 12 persons, and that Bo Wood gives at least 20 persons; "
                "these do not meet."
            ),
            (
                "Ruritania Report itself gives 15 persons, and reports that Bo Wood gives at least 20 persons; these "
                "do not meet."
            ),
            "All of these reach this collection through one document, Ruritania Report.",
        ],
    ),
    (
        scope_unstated_and_meeting,
        [
            (
                "Utopia Note gives 10 to 15 persons, Ruritania Report gives 12 persons (October 2020); the second fits "
                "within the first; Utopia Note does not say over which time it counts."
            )
        ],
    ),
    (
        scopes_differ,
        [
            (
                "Ruritania Report gives 12 persons (military), Utopia Note gives 15 persons (civilian); they count "
                "different things."
            )
        ],
    ),
    (
        fitting_dates,
        [
            (
                "Utopia Note gives October 2020 for the agreement, Ruritania Report gives 9 October 2020 for the "
                "agreement; the second fits within the first."
            )
        ],
    ),
    (
        fitting_figures,
        [
            (
                "Ruritania Report gives at least 2,000 persons, Utopia Note gives 3,773 persons; the "
                "second fits within "
                "the first."
            )
        ],
    ),
    (
        overlapping_figures,
        ["Ruritania Report gives 10 to 20 persons, Utopia Note gives 15 to 30 persons; these overlap."],
    ),
    (
        same_value_approximate,
        ["Ruritania Report gives 12 persons, Utopia Note gives about 12 persons; the value is the same."],
    ),
    (
        whole_and_beginning,
        [
            (
                "Ruritania Report gives from 27 September to 10 November 2020 for the whole event, Utopia Note gives "
                "27 September 2020 for the beginning; these meet."
            )
        ],
    ),
    (
        revised,
        [
            (
                "Ann Stone gives 15 persons (stated on 3 December 2020, Utopia Note) and later 12 persons (stated in "
                "August 2021, Ruritania Report)."
            )
        ],
    ),
    (
        none_against_number,
        ["Ruritania Report says that there were none, Utopia Note gives 15 persons; these do not meet."],
    ),
    (
        unknown,
        [
            "Ruritania Report says that the date is not known.",
            "Ruritania Report says that the place is not known.",
            "Ruritania Report says that the number is not known.",
            "Ruritania Report says that it is not known who is responsible.",
        ],
    ),
    (
        inside_one_text,
        ["Ruritania Report itself gives both 12 persons (page 3) and 15 persons (page 17); these do not meet."],
    ),
    (
        two_speakers_in_one_text,
        [
            (
                "Ruritania Report reports that Ann Stone gives 12 persons, and that Bo Reed gives 15 persons; these do "
                "not meet."
            )
        ],
    ),
    (
        text_and_a_speaker_in_it,
        [
            (
                "Ruritania Report itself names Utopia as responsible, and reports that Ann Stone names Ruritania as "
                "responsible; these do not meet."
            )
        ],
    ),
    (
        one_speaker_in_one_text,
        [
            (
                "Ruritania Report reports that Ann Stone gives both 12 persons (page 3) and 15 persons (page 17); "
                "these do not meet."
            )
        ],
    ),
    (totals_in_one_text, ["Ruritania Report gives 106 persons (women) and 613 persons (all)."]),
    (
        units,
        ["Ruritania Report gives 12 persons, Utopia Note gives 15 bodies; persons and bodies cannot be compared."],
    ),
    (
        places_apart,
        [
            (
                "Ruritania Report names Strelsau as the site, Utopia Note names Amaurot as the site; no "
                "place of the one "
                "is, contains or lies within a place of the other."
            )
        ],
    ),
    (
        place_within,
        [
            (
                "Ruritania Report names Strelsau as the site, Utopia Note names Strelsau district as the site; the one "
                "lies within the other."
            )
        ],
    ),
    (
        places_shared,
        [
            (
                "Ruritania Report names Amaurot and Strelsau as the site, Utopia Note names Strelsau as "
                "the site; a part "
                "of this is the same."
            )
        ],
    ),
    (
        responsible,
        [
            (
                "Ruritania Report names Utopia as responsible, Utopia Note names Ruritania as "
                "responsible; these do not "
                "meet."
            )
        ],
    ),
    (disputed, ["Ruritania Report says so; Utopia Note says that this is not so."]),
    (
        disputed_on_a_day,
        ["Ruritania Report says so; Ministry (in Ruritania Report), on 8 November 2020, says that this is not so."],
    ),
    (
        disputed_figures,
        [
            "Ruritania Report gives 12 persons, Utopia Note gives at least 15 persons; these do not meet.",
            "Observer says that this is not so.",
        ],
    ),
    (many, ["Five values, the lowest 1 person, the highest 5 persons; no two of them meet."]),
    (many_of_two_units, ["Five values, counting persons and families; no two of them are rivals."]),
    (
        many_with_one_rival_pair,
        [
            (
                "Ruritania Report gives 25 October 2020 for the agreement, Utopia Note gives 26 October 2020 for the "
                "agreement; these are one day apart."
            ),
            (
                "Five dates, the earliest 24 October 2020 for the meeting, the latest 28 October 2020 for the entry "
                "into force; not all of them meet."
            ),
        ],
    ),
    (many_within_one, ["Five dates, the widest October 2020 for the whole event; no two of them are rivals."]),
    (many_figures_within_one, ["Five values, the widest 1 to 40 persons; no two of them are rivals."]),
]
SCENES = [pytest.param(make, golden, id=make.__name__) for make, golden in GOLDEN]


@pytest.mark.parametrize(("make", "golden"), SCENES)
def test_sentences_of_every_case(make: Callable[[Scene], None], golden: list[str]) -> None:
    scene = Scene()
    make(scene)
    assert scene.sentences() == golden


@pytest.mark.parametrize(("make", "golden"), SCENES)
def test_sentences_keep_when_the_parties_change_places(make: Callable[[Scene], None], golden: list[str]) -> None:
    """Swapped data make the swapped sentences, word for word; lists of names are in no other order either."""
    scene = Scene("Utopia", "Ruritania")
    make(scene)
    swap = {"Ruritania": "Utopia", "Utopia": "Ruritania"}
    swapped = [re.sub("Ruritania|Utopia", lambda name: swap[name[0]], line) for line in golden]
    assert scene.sentences() == swapped


@pytest.mark.parametrize(("make", "golden"), SCENES)
def test_lines_have_no_banned_word_no_percentage_and_names_apart(
    make: Callable[[Scene], None], golden: list[str]
) -> None:
    scene = Scene("אבנון", "תבור")
    make(scene)
    printed = " ".join([*scene.sentences(), *scene.in_short()])
    outside = APART.sub("", printed)
    assert not BANNED.search(printed)
    assert "%" not in printed
    assert "אבנון" in printed
    assert not FROM_RIGHT.search(outside)
    assert not set(outside) & {FIRST_STRONG_ISOLATE, POP_ISOLATE}
    assert golden


def test_banned_words_are_found_where_they_are() -> None:
    assert BANNED.search("Utopia Note claims 12 persons.")
    assert BANNED.search("Officials say so.") is None


def test_every_verdict_has_a_golden_sentence() -> None:
    found = set()
    for make, _golden in GOLDEN:
        scene = Scene()
        make(scene)
        found |= set(scene.event.disputes.values_list("verdict", flat=True))
    assert found == set(Verdict)


def test_agreement_is_printed_of_two_parties_alone() -> None:
    for make in (one_party, three_documents_of_one_party, one_party_and_none, of_no_party, one_value):
        scene = Scene()
        make(scene)
        assert "speaking for Utopia" not in scene.sentences()[0]
        assert "agree " not in scene.sentences()[0]


def heading(scene: Scene) -> tuple[str, str]:
    found = readings(scene.event)
    return heading_date(scene.event, found), under_heading(scene.event, found)


@pytest.mark.parametrize(
    ("dates", "span", "line"),
    [
        (["2020-10-09", "2020-10-10"], "9 or 10 October 2020", "two documents, two dates; filed under 10 October"),
        (["2020-10-10"], "10 October 2020", "one document, one date; filed under 10 October"),
        (["2020-10-10", "2020-10-10"], "10 October 2020", "two documents, one date; filed under 10 October"),
        (
            ["2020-09", "2021-10"],
            "September 2020 or October 2021",
            "two documents, two dates; filed under 10 October 2020",
        ),
        (["2020-10", "2020-10-10"], "10 October 2020", "two documents, two dates; filed under 10 October"),
        (
            ["2020", "2020-10", "2020-10-09", "2020-10-10"],
            "9 or 10 October 2020",
            "four documents, four dates; filed under 10 October",
        ),
        (
            ["2020", "2020-09-27/2020-11-10", "2020-10-10"],
            "from 27 September to 10 November 2020",
            "three documents, three dates; filed under 10 October",
        ),
        (["2020", "2021-10-10"], "2020 or 10 October 2021", "two documents, two dates; filed under 10 October 2020"),
        (
            ["[2020-10-01..2020-10-12]", "2020-10-10"],
            "between 1 and 12 October 2020",
            "two documents, two dates; filed under 10 October",
        ),
        (
            ["2020-10-09", "2020-10-10", "2020-10-12", "2020-11-01"],
            "between 9 October and 1 November 2020",
            "four documents, four dates; filed under 10 October",
        ),
        (
            ["2020-10-09~", "2020-10-12"],
            "about 9 October 2020 or 12 October 2020",
            "two documents, two dates; filed under 10 October",
        ),
        (["[..2020-10-12]", "2020-10-10"], "10 October 2020", "one document, one date; filed under 10 October"),
        (
            ["[..2020-10-08]", "[2020-10-09..2020-10-10]"],
            "8 October 2020 or earlier or 9 or 10 October 2020",
            "two documents, two dates; filed under 10 October",
        ),
        ([], "10 October 2020", "no document here dates it; filed under 10 October 2020"),
    ],
)
def test_heading_spans_what_is_asserted(dates: list[str], span: str, line: str) -> None:
    scene = Scene()
    for edtf in dates:
        scene.date(factories.document(), edtf)
    assert heading(scene) == (span, line)


@pytest.mark.parametrize(
    ("of_the_year", "of_the_day", "span"),
    [
        ("began", "began", "27 September 2020"),
        ("not_stated", "began", "27 September 2020"),
        ("began", "not_stated", "27 September 2020"),
        ("whole", "began", "2020"),
    ],
)
def test_heading_keeps_a_year_that_dates_something_else(of_the_year: str, of_the_day: str, span: str) -> None:
    scene = Scene()
    scene.date(factories.document(), "2020", of_the_year)
    scene.date(factories.document(), "2020-09-27", of_the_day)
    assert heading(scene)[0] == span


@pytest.mark.parametrize(
    ("filed", "line"),
    [
        ("[2020-10-25..2020-10-26]", "25 or 26 October 2020"),
        ("[2020-10-09..2020-10-17]", "one day between 9 and 17 October 2020"),
        ("[..2020-10-17]", "17 October 2020 or earlier"),
        ("[2020-10-09,2020-10-17]", "9 or 17 October 2020"),
        ("2020-10-09/2020-10-17", "the period from 9 to 17 October 2020"),
        ("2020-10", "October 2020"),
    ],
)
def test_filing_that_is_no_day_is_told_in_words_that_fit(filed: str, line: str) -> None:
    scene = Scene()
    scene.event.date_edtf = filed
    assert heading(scene)[1] == f"no document here dates it; filed under {line}"


def test_heading_without_any_date_is_empty() -> None:
    scene = Scene()
    scene.event.date_edtf = ""
    assert heading(scene) == ("", "no document here dates it")


def test_in_short_of_a_contested_ceasefire() -> None:
    scene = Scene()
    scene.date(scene.of_first[0], "2020-10-09", "met")
    scene.date(scene.of_first[1], "2020-10-10", "not_stated")
    held_responsible(scene.event, scene.of_first[0], scene.second)
    held_responsible(scene.event, scene.of_first[1], scene.second)
    assert scene.in_short() == [
        (
            "Date: Ruritania Report gives 9 October 2020 for the meeting, Ruritania Book gives 10 "
            "October 2020; these are "
            "one day apart; they may not contradict each other: Ruritania Book does not say what it dates."
        ),
        "Responsibility: Both documents, which both speak for Ruritania, name Utopia as responsible.",
        "2 documents, 1 party, 2 independent.",
        "Both documents speak for Ruritania; no document that speaks for Utopia is in this collection.",
    ]


@pytest.mark.parametrize(("make", "golden"), SCENES)
def test_in_short_has_three_to_five_lines(make: Callable[[Scene], None], golden: list[str]) -> None:
    scene = Scene()
    make(scene)
    assert 3 <= len(scene.in_short()) <= 5
    assert golden


@pytest.mark.parametrize(("make", "golden"), SCENES)
def test_fetched_rows_are_enough(
    make: Callable[[Scene], None], golden: list[str], django_assert_num_queries: Any
) -> None:
    scene = Scene()
    make(scene)
    event = Event.objects.with_assertions().get(pk=scene.event.pk)
    disputes, count = list(event.disputes.all()), EventCount.objects.get(event=event)
    parties = list(event.voices.select_related("party"))
    with django_assert_num_queries(0):
        citations = list(event.citations.all())
        found = read(citations, disputes)
        of = len(documents_of(citations))
        assert [line for reading in found for line in sentences(reading, of=of)] == golden
        assert [row for reading in found for row in rows(reading)]
        assert heading_date(event, found)
        assert under_heading(event, found)
        assert in_short(citations, found, read_voices(citations, parties), count)


def test_in_short_of_an_event_without_values() -> None:
    scene = Scene()
    factories.citation(scene.event, scene.of_first[0])
    assert scene.in_short() == [
        "Ruritania Report is cited here.",
        "1 document, 1 party, 1 independent.",
        "The one document here speaks for Ruritania; no document that speaks for Utopia is in this collection.",
    ]


def test_in_short_of_an_event_without_citations_is_empty() -> None:
    assert Scene().in_short() == []


def test_every_aspect_says_that_it_is_unknown() -> None:
    for aspect in (Aspect.AREA, Aspect.STRENGTH):
        scene = Scene()
        factories.citation(scene.event, scene.of_first[0], aspect=aspect, asserts_unknown=True)
        assert len(scene.sentences()) == 1
