from typing import Any

import pytest

from chronicle.models import Edition, Location
from chronicle.publication import publish
from sources.models import Party
from tests import factories
from tests.chronicle.admin.desk import confirmed, deleted, list_url, saved, told, url

WORDING = {"kind": "wording", "words": "Its name by law."}


def test_changed_reference_is_published_and_a_private_one_refused(committed_desk: Any) -> None:
    public, private = factories.location(name="Shusha"), factories.location(name="Lachin")
    publish([_event_at(public)])
    saved(committed_desk, url(public), name="Shusha town")
    page = list_url(Location, "publish-changes")

    foretold = committed_desk.get(page, {"id": [public.pk, private.pk]})
    assert [(outcome.words, outcome.is_refused) for outcome, _ in foretold.context["rows"]] == [
        ("new edition, number 2", False),
        ("not public: it goes out with the first event that needs it; publish that event", True),
    ]
    assert Location.objects.using("published").get().name == "Shusha"

    done = confirmed(
        committed_desk, Location, "publish-changes", {"id": [public.pk, private.pk], **WORDING}, follow=True
    )
    assert told(done)[0] == "Shusha town: new edition, number 2"
    assert Location.objects.using("published").get().name == "Shusha town"
    assert Edition.objects.filter(location=public).first().note == "Its name by law."


def test_unchanged_reference_gets_no_edition(committed_desk: Any) -> None:
    place = factories.location(name="Shusha")
    publish([_event_at(place)])

    response = committed_desk.get(list_url(Location, "publish-changes"), {"id": place.pk})

    assert [outcome.words for outcome, _ in response.context["rows"]] == [
        "unchanged since its newest edition: it gets no new one"
    ]
    assert "there is nothing to confirm" in response.text


def _event_at(location: Location) -> Any:
    event = factories.event(locations=(location,))
    factories.citation(event)
    return event


@pytest.mark.parametrize(
    "make",
    [factories.party, factories.agent, factories.document, factories.location, factories.kind, factories.unit,
     factories.population],
)  # fmt: skip
def test_every_reference_can_be_edited_and_has_the_page(committed_desk: Any, make: Any) -> None:
    record = make()

    assert saved(committed_desk, url(record)).status_code == 302
    assert committed_desk.get(list_url(type(record), "publish-changes"), {"id": record.pk}).status_code == 200
    assert list_url(type(record), "publish-changes") in committed_desk.get(url(record)).text


def test_published_reference_is_not_deleted(desk: Any) -> None:
    party = factories.party(name_short="Armenia")
    event = factories.event(parties=(party,))
    factories.citation(event)
    publish([event])

    response = desk.get(url(party, "delete"))

    assert "Armenia has been published, in 1 edition, and stays on record." in response.text
    assert "stays on record" in deleted(desk, party).text
    assert Party.objects.exists()


def test_basis_is_asked_for_beside_its_field(desk: Any) -> None:
    agent = factories.agent()

    response = saved(desk, url(agent), party=factories.party().pk)

    assert response.context["adminform"].form.errors == {
        "basis": ["Basis: say on what public basis the agent speaks for this party, such as “founded by decree of …”."]
    }
