"""The list of speakers and the page of one, as a reader's browser meets them."""

import re

import pytest

from chronicle.models import Participation
from chronicle.publication import Note, publish, publish_references, withdraw
from sources.models import Agent, AgentName, Contribution
from tests import factories as make
from tests.chronicle.views.reading import queries_of, text, titles

pytestmark = pytest.mark.usefixtures("published")


def minister(**fields):
    made = make.agent(
        **{"slug": "minister", "name": "Jeyhun Bayramov", "party": make.party(slug="azerbaijan"), **fields}
    )
    AgentName.objects.create(agent=made, name="Ceyhun Bayramov", language="az-Latn")
    return made


def published_naming(*agents, **fields):
    event = make.event(**fields)
    for agent in agents:
        make.citation(event, claimed_by=agent)
    publish([event])
    return event


def test_speakers_are_listed_by_folded_name_with_kind_and_party(client):
    published_naming(minister(), make.agent(name="Əli", kind="press"))

    response = client.get("/agents/")

    assert titles(response) == ["Əli", "Jeyhun Bayramov"]
    assert "Jeyhun Bayramov · Ceyhun Bayramov government · speaks for Azerbaijan" in text(response)
    assert "2 persons and bodies" in text(response)


@pytest.mark.parametrize("words", ["bayramov", "Ceyhun", "Байрамов", "ba"])
def test_speaker_is_found_in_any_spelling(client, words):
    published_naming(minister(), make.agent(name="Other"))

    assert titles(client.get("/agents/", {"q": words})) == ["Jeyhun Bayramov"]


def test_similar_names_are_offered_where_nobody_is_spelled_so(client):
    published_naming(minister())

    response = client.get("/agents/", {"q": "Bairamof"})

    assert "These names are similar" in text(response)
    assert titles(response) == ["Jeyhun Bayramov"]


def test_speakers_are_narrowed_to_kind_and_party(client):
    published_naming(minister(), make.agent(name="Paper", kind="press"), make.agent(name="Agency", kind="press"))

    assert titles(client.get("/agents/", {"kind": "press"})) == ["Agency", "Paper"]
    assert titles(client.get("/agents/", {"party": "azerbaijan"})) == ["Jeyhun Bayramov"]
    assert "No published speaker fits this." in text(client.get("/agents/", {"kind": "military"}))


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"party": "x"}, {"after": "x~y"}, {"q": "a\x00"}])
def test_list_of_speakers_that_cannot_be_is_not_found(client, asked):
    published_naming(minister())

    assert client.get("/agents/", {"kind": "press"}).status_code == 200
    assert client.get("/agents/", asked).status_code == 404


def test_empty_list_of_speakers_says_so(client):
    assert "No speaker is published yet." in text(client.get("/agents/"))


def test_speaker_shows_names_and_party_with_its_basis(client):
    published_naming(minister())

    shown = text(client.get("/agents/minister/"))

    assert "basis: Speaks for it by decree." in shown
    assert "Azerbaijani, Latin letters" in shown
    assert "Ceyhun Bayramov" in shown


def test_speaker_of_no_party_says_so(client):
    published_naming(make.agent(slug="paper"))

    assert "no party, as far as is recorded" in text(client.get("/agents/paper/"))


def test_speaker_shows_what_documents_name_it_as_saying(client):
    speaker, event = minister(), make.event(title="First ceasefire")
    document = make.document(slug="report", title_short="Huseynov 2024")
    citation = make.citation(event, document, claimed_by=speaker, locator_label="page", locator="7")
    make.citation(event, document, statement="Said by another.")
    publish([event])

    response = client.get("/agents/minister/")
    shown = text(response)

    assert "1 assertion, in the order of their numbers" in shown
    assert f"Huseynov 2024, p. 7 First ceasefire description · C{citation.pk} It says so." in shown
    assert '<a href="/documents/report/">' in response.content.decode()
    assert "Said by another." not in shown


def test_long_list_of_what_a_speaker_says_goes_on(client):
    speaker, event = minister(), make.event(title="The event")
    numbers = [make.citation(event, claimed_by=speaker).pk for _ in range(51)]
    publish([event])

    first = client.get("/agents/minister/")
    following = re.search(r'href="([^"]*)" rel="next"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(f"/agents/minister/{following}")

    assert "51 assertions" in text(first)
    assert re.findall(r"#C(\d+)", second.content.decode()) == [str(numbers[50])]


def test_speaker_shows_documents_and_events_taken_part_in(client):
    speaker = minister()
    published_by, written = (
        make.document(title_short="Published", publisher=speaker),
        make.document(title_short="Written"),
    )
    Contribution.objects.create(document=written, agent=speaker)
    later, earlier = make.event(title="Later"), make.event(title="Earlier", date_edtf="2020-10-01")
    for event in (later, earlier):
        make.citation(event, published_by)
        make.citation(event, written)
        Participation.objects.create(event=event, agent=speaker, role="spoke")
    Participation.objects.create(event=later, agent=speaker, role="signed")
    publish([later, earlier])

    response = client.get("/agents/minister/")

    assert re.findall(r'class="siglum"[^>]*><bdi>(.*?)<', response.content.decode()) == ["Published", "Written"]
    assert titles(response) == ["Earlier", "Later"]
    assert "2 events, in the order" in text(response)
    assert "Later signed, spoke" in text(response)


def test_agent_of_nothing_published_is_not_found(client):
    published_naming(minister())
    draft = make.agent(name="Draft")

    assert client.get("/agents/minister/").status_code == 200
    assert client.get(f"/agents/{draft.slug}/").status_code == 404
    assert titles(client.get("/agents/")) == ["Jeyhun Bayramov"]


def test_agent_that_nothing_needs_any_longer_is_not_found(client):
    event = published_naming(minister())
    assert client.get("/agents/minister/").status_code == 200

    withdraw([event], note=Note(words="A family asked for it."))

    assert client.get("/agents/minister/").status_code == 404


def test_former_address_of_an_agent_leads_to_its_address_of_today(client):
    speaker = minister()
    published_naming(speaker)
    Agent.objects.filter(pk=speaker.pk).update(slug="renamed")
    publish_references("agent", [Agent.objects.get(pk=speaker.pk)])

    response = client.get("/agents/minister/")

    assert (response.status_code, response["Location"]) == (301, "/agents/renamed/")


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_agents_take_the_same_queries_for_one_row_and_three(client, rows):
    speaker = minister()
    for _ in range(rows):
        document = make.document(publisher=make.agent(party=make.party()))
        Contribution.objects.create(document=document, agent=speaker)
        event = make.event()
        make.citation(event, document, claimed_by=speaker, through=make.document())
        Participation.objects.create(event=event, agent=speaker, role="spoke")
        publish([event])
    client.get("/agents/")

    assert queries_of(client, "/agents/") == 6
    assert queries_of(client, "/agents/?q=bayramov&kind=government&party=azerbaijan") == 6
    assert queries_of(client, "/agents/minister/") == 13
