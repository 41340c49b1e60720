from typing import Any

import pytest

from chronicle.models import Citation, EventName, Location, LocationName
from sources.models import Agent, AgentName, Contribution, Document, Party
from tests import factories
from tests.chronicle.admin.desk import list_url

MAKERS = (
    factories.party,
    factories.agent,
    factories.document,
    factories.location,
    factories.unit,
    factories.population,
)


def found(desk: Any, model: Any, words: str) -> list[str]:
    return [str(record) for record in desk.get(list_url(model), {"q": words}).context["cl"].result_list]


def offered(desk: Any, column: str, words: str) -> list[str]:
    """What the autocomplete of a column of citations offers."""
    asked = {"app_label": "chronicle", "model_name": "citation", "field_name": column, "term": words}
    return [each["text"] for each in desk.get("/admin/autocomplete/", asked).json()["results"]]


@pytest.mark.parametrize("words", ["Şuşa", "Shusha", "shusha", "Շուշի", "шуша"])
def test_location_is_found_under_any_spelling(desk: Any, words: str) -> None:
    shusha = factories.location(name="Shusha")
    factories.location(name="Baku")
    LocationName.objects.create(location=shusha, toponym="Շուշի", language="hy")

    assert found(desk, Location, words) == ["Shusha"]
    assert offered(desk, "asserted_location", words) == ["Shusha"]


def test_every_word_is_looked_for_wherever_it_stands(desk: Any) -> None:
    bayramov = factories.agent(name="Jeyhun Bayramov")
    AgentName.objects.create(agent=bayramov, name="Ceyhun Bayramov", language="az-Latn")
    factories.agent(name="Jeyhun Hajibeyov")

    assert found(desk, Agent, "bayramov ceyhun") == ["Jeyhun Bayramov"]
    assert found(desk, Agent, "jeyhun") == ["Jeyhun Bayramov", "Jeyhun Hajibeyov"]


def test_document_is_found_by_its_contributor(desk: Any) -> None:
    document = factories.document(title_short="Foreign policy 2021")
    factories.document()
    Contribution.objects.create(document=document, agent=factories.agent(name="Jeyhun Bayramov"))

    assert found(desk, Document, "Bayramov policy") == ["Foreign policy 2021"]
    assert offered(desk, "document", "Bayramov") == ["Foreign policy 2021"]


def test_event_is_found_once_under_any_of_its_names(desk: Any) -> None:
    event = factories.event(title="First ceasefire")
    EventName.objects.create(event=event, name="Birinci humanitar atəşkəs", language="az-Latn")
    EventName.objects.create(event=event, name="Humanitar atəşkəs", language="az-Latn")

    assert found(desk, type(event), "ateşkes") == []  # e is not ə: spellings of one sound meet, not of two
    assert found(desk, type(event), "ataşkas") == ["First ceasefire"]


def test_every_autocomplete_of_a_citation_finds(desk: Any) -> None:
    for make in MAKERS:
        make(slug="karabag")
    relations = [field for field in Citation._meta.fields if field.is_relation and field.editable]
    columns = [field.name for field in relations if field.name != "event"]

    assert {column: len(offered(desk, column, "Qarabağ")) for column in columns} == dict.fromkeys(columns, 1)


def test_signs_of_the_database_are_only_signs(desk: Any) -> None:
    Party.objects.create(slug="party", name="Party", name_short="100 % party")

    assert found(desk, Party, "100") == ["100 % party"]
    assert found(desk, Party, "1_0") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_picker_tells_records_of_one_name_apart(desk: Any, django_assert_num_queries: Any, rows: int) -> None:
    ministry = factories.agent(slug="ministry", party=factories.party(name_short="Armenia"))
    for number in range(rows):
        factories.document(title_short=f"Report {number}", title="On the war", publisher=ministry, issued_edtf="2021")
    factories.location(slug="aghdam", name="Aghdam")
    asked = {"app_label": "chronicle", "model_name": "citation", "field_name": "document", "term": "report"}

    with django_assert_num_queries(5):
        documents = desk.get("/admin/autocomplete/", asked).json()["results"]
    places = desk.get("/admin/autocomplete/", asked | {"field_name": "asserted_location", "term": "agdam"}).json()
    agents = desk.get("/admin/autocomplete/", asked | {"field_name": "claimed_by", "term": "ministry"}).json()

    assert {one["beside"] for one in documents} == {"report · Ministry · 2021 · On the war"}
    assert len(documents) == rows
    assert [one["beside"] for one in places["results"]] == ["settlement · aghdam"]
    assert [one["beside"] for one in agents["results"]] == ["government · Armenia"]
