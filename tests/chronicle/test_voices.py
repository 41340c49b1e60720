"""Who speaks, who reports, and the empty chairs."""

import pytest

from chronicle.models import Event, EventCount
from chronicle.voices import counts, documents_of, lines, parties_of, party_of, summary
from tests import factories
from tests.chronicle.sayings import published_by, side, speaker, voices
from tests.factories import citation, document, event

pytestmark = pytest.mark.django_db


def printed(of: Event) -> list[str]:
    return lines(voices(of), list(of.citations.all()))


def summed_up(of: Event) -> str:
    return summary(voices(of), list(of.citations.all()))


def test_document_speaks_for_its_own_party_before_its_publishers() -> None:
    ruritania, utopia = side("Ruritania"), side("Utopia")
    publisher = factories.agent(party=ruritania)
    assert party_of(document(publisher=publisher)) == ruritania
    assert party_of(document(publisher=publisher, party=utopia)) == utopia
    assert party_of(document()) is None


def test_every_party_concerned_has_a_line_in_alphabetical_order() -> None:
    utopia, ruritania, erewhon = side("Utopia"), side("Ruritania"), side("Erewhon")
    made = event(parties=(utopia, ruritania, erewhon))
    citation(made, published_by(utopia, title_short="Note"), claimed_by=speaker("Ann Stone", erewhon))
    citation(made, published_by(utopia, title_short="Book", issued_edtf="2020"))
    citation(made, document(title_short="Observer"))
    assert printed(made) == [
        "Erewhon: no document in this collection; named as speaking: Ann Stone.",
        "Ruritania: no document in this collection.",
        "Utopia: Book and Note.",
        "Speaking for no party: Observer.",
    ]


def test_party_with_documents_and_speakers() -> None:
    utopia = side("Utopia")
    made = event(parties=(utopia,))
    citation(made, published_by(utopia, title_short="Note"), claimed_by=speaker("Ann Stone", utopia))
    assert printed(made) == ["Utopia: Note; named as speaking: Ann Stone."]


def test_speakers_of_no_party_are_named() -> None:
    made, report = event(), published_by(side("Utopia"), title_short="Note")
    for name in ("Bo Reed", "Ann Stone"):
        citation(made, report, claimed_by=speaker(name))
    citation(made, report, claimed_by=speaker("Cy Moss", side("Ruritania")))
    assert printed(made)[2:] == ["Named as speaking, for no party: Ann Stone and Bo Reed."]
    citation(made, document(title_short="Observer"))
    assert printed(made)[2:] == ["Speaking for no party: Observer; named as speaking: Ann Stone and Bo Reed."]


def test_party_that_speaks_without_being_concerned_is_listed() -> None:
    made = event()
    citation(made, published_by(side("Utopia"), title_short="Note"))
    (voice,) = voices(made)
    assert (voice.is_concerned, voice.is_heard) == (False, True)


def test_silent_document_is_no_voice() -> None:
    utopia = side("Utopia")
    made = event(parties=(utopia,))
    citation(made, published_by(utopia), stance="silent")
    (voice,) = voices(made)
    assert not voice.is_heard
    assert documents_of(made.citations.all()) == []
    assert printed(made) == ["Utopia: no document in this collection."]


def test_summary_names_the_one_party_and_the_missing_one() -> None:
    utopia, ruritania = side("Utopia"), side("Ruritania")
    made = event(parties=(utopia, ruritania))
    for number, line in enumerate(
        ["The one document here speaks", "Both documents speak", "All three documents speak"], start=1
    ):
        citation(made, published_by(utopia))
        assert len(documents_of(made.citations.all())) == number
        assert summed_up(made) == f"{line} for Utopia; no document that speaks for Ruritania is in this collection."


def test_summary_of_several_parties_and_of_none() -> None:
    utopia, ruritania = side("Utopia"), side("Ruritania")
    made, neutral = event(parties=(utopia, ruritania)), event(parties=(utopia, ruritania))
    citation(made, published_by(utopia))
    citation(made, published_by(ruritania))
    citation(neutral, document())
    assert summed_up(made) == "Documents here speak for Ruritania and Utopia."
    assert summed_up(neutral) == (
        "No document here speaks for a party; no document that speaks for Ruritania or Utopia is in this collection."
    )


def test_documents_are_counted_beside_parties_and_independence() -> None:
    utopia, footnote = side("Utopia"), document()
    made = event(parties=(utopia,))
    for through in (footnote, footnote, None, None):
        citation(made, published_by(utopia), through=through)
    assert counts(EventCount.objects.get(event=made)) == "4 documents, 1 party, 3 independent."


def test_parties_of_documents_are_alphabetical_and_named_once() -> None:
    utopia, ruritania = side("Utopia"), side("Ruritania")
    assert parties_of([published_by(utopia), published_by(ruritania), published_by(utopia), document()]) == [
        "Ruritania",
        "Utopia",
    ]


def test_reading_voices_asks_the_database_nothing(django_assert_num_queries: pytest.FixtureRequest) -> None:
    utopia = side("Utopia")
    made = event(parties=(utopia,))
    for _number in range(3):
        citation(made, published_by(utopia), claimed_by=speaker("Ann Stone", utopia))
    fetched = Event.objects.with_assertions().get(pk=made.pk)
    found = voices(made)
    with django_assert_num_queries(0):
        lines(found, list(fetched.citations.all()))
        summary(found, list(fetched.citations.all()))
