"""Names of persons at risk: initials or nothing for readers, at once and in every edition; the desk keeps the name."""

import pytest
from django.test import Client

from chronicle.merging import merge
from chronicle.models import Edition, Event
from chronicle.publication import name_agents, publish, publish_references
from sources.models import Agent, AgentName
from sources.vocabularies import NameShown
from tests import factories as make
from tests.chronicle.admin.desk import confirmed, curator, logged_in, saved, told, url

pytestmark = pytest.mark.usefixtures("published")

SPELLINGS = ("Zulfiya", "Qurbanova", "zulfiya-qurbanova", "Зульфия")
ADDRESSES = (
    "/agents/", "/agents/?q=qurbanova", "/search/?q=qurbanova", "/api/agents", "/api/search?q=qurbanova",
    "/documents/", "/data/agent.csv", "/data/agent.json", "/api/documents", "/documents.csl.json", "/documents.bib",
    "/documents.ris", "/editions/", "/editions/feed.atom", "/sitemaps/agents-0.xml", "/events.jsonld",
)  # fmt: skip


def witness() -> tuple[Agent, Event]:
    """A person who is named everywhere that an agent can be: as speaker, author, taking part."""
    agent = make.agent(name="Zulfiya Qurbanova", name_sorted="Qurbanova, Zulfiya", slug="zulfiya-qurbanova")
    agent.names.create(name="Зульфия", language="ru")
    event, document = make.event(), make.document(publisher=agent)
    document.contributions.create(agent=agent, role="author", position=1)
    event.participations.create(agent=agent, role="took_part")
    make.citation(event, document, claimed_by=agent)
    publish([event])
    return agent, event


def told_at(*addresses: str) -> dict[str, list[str]]:
    """The spellings of the name that readers find, by address."""
    found = {}
    for address in addresses:
        response = Client().get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        asked = address.partition("?")[2]
        words = [each for each in SPELLINGS if each in content.decode() and each.lower() not in asked]
        found |= {address: words} if words else {}
    return found


def everywhere(event: Event, agent: Agent) -> tuple[str, ...]:
    own = f"/events/{event.slug}/"
    slugs = [agent.slug, f"undisclosed-{agent.pk}"]
    of_event = (own, f"{own}editions/1/", f"/api/events/{event.slug}", f"/events/{event.slug}.jsonld", f"{own}sources/")
    return (*ADDRESSES, *of_event, *(f"/agents/{slug}/" for slug in slugs), *(f"/api/agents/{slug}" for slug in slugs))


@pytest.mark.parametrize(("shown", "name"), [(NameShown.INITIALS, "Z. Q."), (NameShown.WITHHELD, "N. N.")])
def test_name_leaves_the_public_side_at_once_and_every_edition(shown: NameShown, name: str) -> None:
    agent, event = witness()
    assert len(told_at(*everywhere(event, agent))) > 12

    name_agents([agent], shown=shown)

    assert told_at(*everywhere(event, agent)) == {}
    seen = Agent.objects.using("published").get()
    assert (seen.name, seen.name_sorted, seen.slug, seen.name_shown) == (name, "", f"undisclosed-{agent.pk}", shown)
    assert not AgentName.objects.using("published").exists()
    for alias in ("default", "published"):
        texts = str(list(Edition.objects.using(alias).values_list("snapshot", "slug", "note")))
        assert [each for each in SPELLINGS if each in texts] == []
    agent.refresh_from_db()
    assert (agent.name, agent.slug) == ("Zulfiya Qurbanova", "zulfiya-qurbanova")


def test_name_that_was_hidden_before_never_goes_out() -> None:
    agent = make.agent(name="Zulfiya Qurbanova", slug="zulfiya-qurbanova", name_shown="withheld")
    agent.names.create(name="Зульфия", language="ru")
    event = make.event()
    make.citation(event, make.document(publisher=agent), claimed_by=agent)

    publish([event])

    assert told_at(*everywhere(event, agent)) == {}
    assert Client().get(f"/agents/undisclosed-{agent.pk}/").status_code == 200


def test_name_comes_back_with_the_next_edition_and_not_before() -> None:
    agent, event = witness()
    name_agents([agent], shown=NameShown.WITHHELD)

    name_agents([agent], shown=NameShown.FULL)
    assert told_at(*everywhere(event, agent)) == {}
    publish_references("agent", [agent])

    assert "Zulfiya Qurbanova" in Client().get("/agents/zulfiya-qurbanova/").text
    assert Agent.objects.using("published").get().names.count() == 1


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Jean-Luc de la Tour", "J. L. D. L. T."),
        ("Şəmsi “Ay” Ələkbərov", "Ş. A. Ə."),
        ("Ի. Ն.", "Ի. Ն."),
        ("1941", "N. N."),
    ],
)
def test_initials_are_the_first_letters(name: str, initials: str) -> None:
    event = make.event()
    make.citation(event, claimed_by=make.agent(name=name, name_shown="initials"))

    publish([event])

    assert Agent.objects.using("published").get().name == initials


def test_names_of_what_was_merged_into_a_person_go_along() -> None:
    kept, merged = make.agent(), make.agent(name="Zulfiya Qurbanova", slug="zulfiya-qurbanova")
    event = make.event()
    make.citation(event, claimed_by=merged)
    make.citation(event, claimed_by=kept)
    publish([event])
    assert "zulfiya-qurbanova" in Client().get("/agents/").text
    merge(kept, merged)
    publish([event])
    assert Client().get("/agents/zulfiya-qurbanova/").status_code == 301

    name_agents([kept], shown=NameShown.WITHHELD)

    assert Client().get("/agents/zulfiya-qurbanova/").status_code == 404
    texts = str(list(Edition.objects.values_list("snapshot", "slug")))
    assert [each for each in SPELLINGS if each in texts] == []


def test_editor_hides_a_name_and_the_page_tells_readers() -> None:
    agent, _event = witness()
    desk = logged_in(curator("editor"))

    response = confirmed(desk, Agent, "naming", {"id": agent.pk, "name_shown": "initials"}, follow=True)

    assert told(response) == ["Zulfiya Qurbanova: as initials"]
    page = Client().get(f"/agents/undisclosed-{agent.pk}/").text
    assert "The editors show this name as initials" in page
    assert saved(desk, url(agent), name_shown="full", curators_note="Told.").status_code == 302
    agent.refresh_from_db()
    assert (agent.name_shown, agent.curators_note) == ("initials", "Told.")
