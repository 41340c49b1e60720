from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from sources.admin import lists, searching
from sources.admin.lists import BoundedPaginator
from sources.models import Agent, AgentName
from tests import factories

pytestmark = pytest.mark.django_db

AGENTS = "/admin/sources/agent/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("curator"))
    return client


@pytest.fixture
def five_agents() -> None:
    for name in ("Ministry 1", "Ministry 2", "Newspaper 3", "Newspaper 4", "Şəhər 5"):
        factories.agent(name=name)


def pages(monkeypatch: pytest.MonkeyPatch, *, counted: int) -> BoundedPaginator:
    monkeypatch.setattr(lists, "MOST_COUNTED", counted)
    return BoundedPaginator(Agent.objects.order_by("name_folded", "id"), per_page=2)


@pytest.mark.parametrize(("counted", "shown"), [(4, "more than 4"), (5, "5"), (6, "5")])
def test_rows_are_counted_up_to_a_bound(
    five_agents: None, monkeypatch: pytest.MonkeyPatch, counted: int, shown: str
) -> None:
    assert str(pages(monkeypatch, counted=counted).count) == shown


def test_pages_end_at_the_bound(five_agents: None, monkeypatch: pytest.MonkeyPatch) -> None:
    paginator = pages(monkeypatch, counted=4)

    assert paginator.num_pages == 2
    assert [str(agent) for agent in paginator.page(1)] == ["Ministry 1", "Ministry 2"]
    assert [str(agent) for agent in paginator.page(2)] == ["Newspaper 3", "Newspaper 4"]


def test_list_says_that_there_are_more(five_agents: None, monkeypatch: pytest.MonkeyPatch, desk: Client) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 4)

    assert "more than 4 agents" in " ".join(desk.get(AGENTS).text.split())


def test_list_is_sorted_by_what_has_an_index_and_by_nothing_else(five_agents: None, desk: Client) -> None:
    columns = desk.get(AGENTS).context["cl"].list_display

    last_first = desk.get(AGENTS, {"o": f"-{columns.index('name')}"})

    assert str(last_first.context["cl"].result_list[0]) == "Şəhər 5"
    assert "sortable column-name" in last_first.text
    assert "column-kind" in last_first.text
    assert "sortable column-kind" not in last_first.text


def found(words: str) -> list[str]:
    paths = ("name_folded", "names__name_folded", "slug")
    return [str(agent) for agent in searching.having(Agent.objects.order_by("name_folded"), words, paths)]


@pytest.fixture(params=["few", "many"])
def _ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Search as if every word were rare, and as if every word were common: the same must be found."""
    monkeypatch.setattr(searching, "FEW", 1000 if request.param == "few" else 0)


@pytest.mark.usefixtures("_ways", "five_agents")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("newspaper", ["Newspaper 3", "Newspaper 4"]),
        ("NEWS 4", ["Newspaper 4"]),
        ("sheher", []),
        ("shahar", ["Şəhər 5"]),
        ("paper", ["Newspaper 3", "Newspaper 4"]),
        ("pa", []),
        ("ne", ["Newspaper 3", "Newspaper 4"]),
        ("3", ["Newspaper 3"]),
        ("", ["Ministry 1", "Ministry 2", "Newspaper 3", "Newspaper 4", "Şəhər 5"]),
        ("newspaper ministry", []),
    ],
)
def test_words_are_found_however_many_have_them(words: str, names: list[str]) -> None:
    assert found(words) == names


@pytest.mark.usefixtures("_ways")
def test_each_word_may_stand_in_another_column() -> None:
    agent = factories.agent(name="Ministry 7", slug="that-of-works")
    AgentName.objects.create(agent=agent, name="Nazirlik 7", language="az-Latn")
    AgentName.objects.create(agent=agent, name="Nazirlik yeddi", language="az-Latn")

    assert found("ministry yeddi") == ["Ministry 7"]
    assert found("nazirlik") == ["Ministry 7"]
    assert found("that-of nazirlik") == ["Ministry 7"]
    assert found("of-works") == []
