"""What waits at the desk: every worklist finds what lacks something, and nothing else."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from chronicle.models import Event, EventName, Location
from chronicle.publication import Note, publish, publish_references, withdraw, withhold
from chronicle.worklists import WORKLISTS, worklist
from chronicle.worklists.events import withdrawn
from sources.models import Document
from tests import factories as make


def found(model: type[Any], name: str, hidden: Any = ()) -> list[Any]:
    (chosen,) = [each for each in WORKLISTS if (each.model, each.name) == (model, name)]
    return list(chosen.narrowed(model.objects.order_by("pk"), hidden))


@pytest.mark.django_db
def test_event_without_citation_is_found_until_it_has_one() -> None:
    event, document = make.event(), make.document()
    assert found(Event, "uncited") == [event]

    make.citation(event, document)

    assert found(Event, "uncited") == []
    assert found(Event, "uncited", hidden={document.pk}) == [event]


@pytest.mark.django_db
def test_event_without_date_or_place_is_found() -> None:
    undated, unplaced = make.event(date_edtf="", locations=(make.location(),)), make.event()

    assert found(Event, "undated") == [undated]
    assert found(Event, "unplaced") == [unplaced]


def speaks_itself(event: Event, party: Any) -> None:
    make.citation(event, make.document(party=party))


def speaks_by_its_publisher(event: Event, party: Any) -> None:
    make.citation(event, make.document(publisher=make.agent(party=party)))


def is_named_as_speaker(event: Event, party: Any) -> None:
    make.citation(event, claimed_by=make.agent(party=party))


@pytest.mark.django_db
@pytest.mark.parametrize("speak", [speaks_itself, speaks_by_its_publisher, is_named_as_speaker])
def test_concerned_party_is_without_voice_until_it_speaks(speak: Callable[[Event, Any], None]) -> None:
    party, other = make.party(), make.party()
    event = make.event(parties=(party,))
    part = make.event(parent=event)
    make.event()  # concerns nobody
    speak(event, other)
    assert found(Event, "without-voice") == [event, part]

    speak(event, party)
    assert found(Event, "without-voice") == [part]
    speak(part, party)
    assert found(Event, "without-voice") == []


@pytest.mark.django_db
def test_document_that_speaks_for_another_party_than_its_publisher_is_no_voice_of_that() -> None:
    party, other = make.party(), make.party()
    event = make.event(parties=(party,))
    make.citation(event, make.document(publisher=make.agent(party=party), party=other))

    assert found(Event, "without-voice") == [event]


@pytest.mark.django_db
def test_silence_is_no_voice() -> None:
    party = make.party()
    event = make.event(parties=(party,))
    make.citation(event, make.document(party=party), stance="silent", statement="")

    assert found(Event, "without-voice") == [event]


@pytest.mark.django_db
def test_events_of_one_title_or_of_one_day_and_place_are_alike() -> None:
    shusha, baku = make.location(), make.location()
    here = make.event(title="Strike", locations=(shusha,))
    there = make.event(title="Attack", locations=(baku,))
    make.event(title="Talks", date_edtf="2020-10-11", locations=(shusha,))
    assert found(Event, "alike") == []

    spelt = make.event(title="STRIKE", date_edtf="", locations=())
    again = make.event(title="Shelling", locations=(baku,))

    assert found(Event, "alike") == [here, there, spelt, again]


@pytest.mark.django_db
def test_part_and_whole_and_companions_are_not_alike() -> None:
    place = make.location()
    whole = make.event(locations=(place,))
    part = make.event(locations=(place,), parent=whole)
    Event.objects.filter(pk=whole.pk).update(companion=part)

    assert found(Event, "alike") == []


@pytest.mark.usefixtures("published")
def test_event_is_ready_until_it_is_published_and_reworked_until_it_is_again() -> None:
    event, draft = make.cited_event(state="ready"), make.cited_event()
    publish([draft])
    assert (found(Event, "ready"), found(Event, "reworked")) == ([event], [])

    publish([event])
    assert (found(Event, "ready"), found(Event, "reworked")) == ([], [])

    for change in REWORK:
        change(event)
        assert found(Event, "reworked") == [event], change
        publish([event])
        assert found(Event, "reworked") == [], change


REWORK: list[Callable[[Event], Any]] = [
    lambda event: Event.objects.filter(pk=event.pk).update(title="Another title"),
    lambda event: event.citations.update(statement="Other words."),
    make.citation,
    lambda event: event.citations.last().delete(),  # type: ignore[union-attr]
    lambda event: EventName.objects.create(event=event, name="Vətən", language="az-Latn"),
]


@pytest.mark.usefixtures("published")
def test_what_stays_at_the_desk_is_no_rework() -> None:
    event = make.cited_event()
    publish([event])

    Event.objects.update(state="in_review", curators_note="Check.")
    event.citations.update(curators_note="Check.")
    assert found(Event, "reworked") == []

    Event.objects.update(title="Another title")
    Event.objects.update(title=event.title)
    assert found(Event, "reworked") == []


@pytest.mark.usefixtures("published")
def test_withdrawn_event_is_not_reworked_but_gone_until_it_is_back() -> None:
    event = make.cited_event()
    publish([event])
    withdraw([event], note=Note(words="Two were taken for one."))
    Event.objects.update(title="Another title")

    assert found(Event, "reworked") == []
    assert list(Event.objects.filter(pk__in=withdrawn())) == [event]

    publish([event])
    assert list(Event.objects.filter(pk__in=withdrawn())) == []


@pytest.mark.usefixtures("published")
def test_reworked_references_are_found() -> None:
    document, location = make.document(), make.location()
    make.citation(event := make.event(locations=(location,)), document)
    publish([event])
    Document.objects.update(rights="CC BY 4.0")
    location.names.create(toponym="Шуша", language="ru")
    assert (found(Document, "reworked"), found(Location, "reworked")) == ([document], [location])

    publish_references("document", [document])
    publish_references("location", [location])

    assert (found(Document, "reworked"), found(Location, "reworked")) == ([], [])


@pytest.mark.usefixtures("published")
def test_public_dispute_about_the_date_wants_a_reason_for_the_filing() -> None:
    event, other = make.event(), make.cited_event()
    for day in ("2020-10-09", "2020-10-10"):
        make.citation(event, aspect="date", asserted_date_edtf=day, date_of="whole")
    publish([event, other])
    assert found(Event, "unexplained") == [event]

    Event.objects.filter(pk=event.pk).update(reading_note="The later document dates the signing.")
    assert found(Event, "unexplained") == []


@pytest.mark.usefixtures("published")
def test_event_that_rests_on_a_withheld_document_is_found() -> None:
    event, document = make.event(), make.document()
    make.citation(event, document)
    make.cited_event()
    withhold([document])

    assert found(Event, "resting-on-withheld") == [event]
    assert found(Event, "resting-on-withheld", hidden={document.pk}) == []


@pytest.mark.django_db
def test_document_is_never_cited_until_an_event_cites_it_or_leans_on_it() -> None:
    cited, leaned_on, idle = make.document(), make.document(), make.document()

    make.citation(make.event(), cited, through=leaned_on)

    assert found(Document, "never-cited") == [idle]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ({"doi": "10.1000/182"}, {"doi": "10.1000/182"}, True),
        ({"doi": "10.1000/182"}, {"doi": "10.1000/183"}, False),
        ({"isbn": "978-0-306-40615-7"}, {"isbn": "978-0-306-40615-7"}, True),
        ({"title": "Şuşa", "issued_edtf": "2021-11"}, {"title": "Shusha", "issued_edtf": "2021"}, True),
        ({"title": "Şuşa", "issued_edtf": "2021-11"}, {"title": "Shusha", "issued_edtf": "2022"}, False),
        ({"title": "Şuşa"}, {"title": "Shusha"}, True),
        ({"title": "Şuşa"}, {"title": "Shusha", "issued_edtf": "2021"}, False),
    ],
)
def test_documents_are_alike_by_number_or_by_title_and_year(
    one: dict[str, str], other: dict[str, str], is_alike: bool
) -> None:
    first, second = make.document(**one), make.document(**other)

    assert found(Document, "alike") == ([first, second] if is_alike else [])
    assert first not in found(Document, "alike", hidden={second.pk})


def at(latitude: str, longitude: str) -> dict[str, Any]:
    where = {"latitude": Decimal(latitude), "longitude": Decimal(longitude)}
    return {"name": "Aghdam", **where, "coordinate_uncertainty_m": 2000}


@pytest.mark.django_db
def test_location_without_coordinates_or_larger_one_is_found() -> None:
    country = make.location(kind="country", **at("40", "47"))
    line = make.location(name="Line", kind="line", geometry={"type": "Point", "coordinates": [46, 40]})
    town = make.location(name="Town")
    assert found(Location, "without-coordinates") == [town]
    assert found(Location, "without-parent") == [line, town]

    make.within(town, country)

    assert found(Location, "without-parent") == [line]


@pytest.mark.django_db
def test_locations_of_one_name_are_alike_where_they_are_near_or_may_be() -> None:
    town = make.location(**at("40", "47"))
    make.location(**at("41", "47"))
    assert found(Location, "alike") == []

    near = make.location(**at("40.4", "46.6"))
    assert found(Location, "alike") == [town, near]

    make.location(name="Ağdam")
    make.location(name="Aghdara")
    assert len(found(Location, "alike")) == 4


@pytest.mark.django_db
def test_newest_are_looked_through_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [make.event() for _ in range(3)]
    monkeypatch.setattr(worklist, "NEWEST", 2)

    assert found(Event, "uncited") == events[1:]


@pytest.mark.usefixtures("published")
def test_newest_changes_are_looked_through_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [make.cited_event() for _ in range(3)]
    publish(events)
    for event in events:
        Event.objects.filter(pk=event.pk).update(title="Another title")
    monkeypatch.setattr(worklist, "CHANGES", 2)

    assert found(Event, "reworked") == events[1:]
