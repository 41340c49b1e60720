"""Those who make documents and say things."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.models import Citation, Event, EventCount, Participation
from chronicle.views.addresses import at_address
from chronicle.views.assertions import Assertion
from chronicle.views.base import PUBLISHED, PublicView, not_found
from chronicle.views.documents import alphabetical_parties, chosen_party, entries
from chronicle.views.metadata import Data, filled
from chronicle.views.paging import COUNTED, counted, page_of
from chronicle.vocabularies import ParticipationRole
from sources.directions import isolated
from sources.models import Agent, Document, Party
from sources.vocabularies import AgentKind, NameShown

SIMILAR = 20
"""How many similar names are offered where nothing has the one that was looked for."""
DOCUMENTS = 50
"""How many documents of an agent its page lists."""
EVENTS = 50
"""How many events in which an agent took part its page lists."""


@dataclass(frozen=True)
class Part:
    """An event in which an agent took part, and as what."""

    event: Event
    roles: list[str]


class AgentList(PublicView):
    """Every agent, in the order of the folded name."""

    template_name = "chronicle/agents.html"
    description = gettext_lazy(
        "Those who make documents and say things: what each is named as saying, and for whom it speaks."
    )
    parameters = ("q", "kind", "party")

    def named(self, page: dict[str, Any]) -> list[Agent]:
        """Return the speakers of the list."""
        return [*page["list"].rows, *page["similar"]]

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one list
        """Return a page of agents, of one kind, of one party, or with a name like this if so asked."""
        words, kind = self.asked("q"), self.asked("kind")
        if kind and kind not in AgentKind.values:
            not_found()
        parties = alphabetical_parties()
        party = chosen_party(parties, self.asked("party"))
        rows = narrowed(Agent.objects.using(PUBLISHED), words=words, kind=kind, party=party)
        found = page_of(rows.with_names(), "name_folded", after=self.asked("after"))
        return {
            "list": found,
            "count": counted(rows),
            "similar": _similar(words) if words and not found.rows else [],
            "kinds": AgentKind.choices,
            "parties": parties,
            "asked": {"q": words, "kind": kind, "party": party.slug if party else ""},
            "is_narrowed": bool(words or kind or party),
        }


def narrowed(rows: Any, *, words: str, kind: str, party: Party | None) -> Any:
    """Return the agents with such a name, of one kind, of a party; what is empty narrows nothing down."""
    rows = rows.named_like(words) if words else rows
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(party=party) if party else rows


def _similar(words: str) -> list[Agent]:
    rows = Agent.objects.using(PUBLISHED).named_nearly(words).with_names()
    return list(rows.order_by("name_folded", "pk")[:SIMILAR])


class AgentView(PublicView):
    """An agent: its names, its documents, what it is named as saying, and where it took part."""

    template_name = "chronicle/agent.html"
    parameters = ()

    def named(self, page: dict[str, Any]) -> list[Agent]:
        """Return the speaker."""
        return [page["agent"]]

    def described(self, page: dict[str, Any]) -> str:
        """Return its name and for whom it speaks."""
        words = {"name": isolated(page["agent"].name), "party": isolated(page["agent"].party or "")}
        if page["agent"].party:
            return _("%(name)s speaks for %(party)s: what documents name it as saying, and its own documents.") % words
        return _("%(name)s: what documents name it as saying, and its own documents.") % words

    def about(self, page: dict[str, Any]) -> Data:
        """Return the agent with its names; a person is one whose name is sorted in two parts."""
        agent = page["agent"]
        names = [name.name for name in agent.names.all()]
        is_person = ", " in agent.name_sorted or agent.name_shown != NameShown.FULL
        kind = "Person" if is_person else "Organization"
        return filled({"@type": kind, "name": agent.name, "alternateName": names})

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the agent with a page of what it is named as saying."""
        agent = at_address(Agent.objects.using(PUBLISHED).with_names(), "agent", address["slug"])
        said = Citation.objects.using(PUBLISHED).said_by(agent.pk)
        found = page_of(said.with_words(), "pk", after=self.asked("after"), read=int)
        made = Document.objects.using(PUBLISHED).made_by(agent.pk)
        parts = Participation.objects.using(PUBLISHED).filter(agent_id=agent.pk)
        return {
            "agent": agent,
            "list": found,
            "assertions": [Assertion(citation) for citation in found.rows],
            "count": counted(said),
            "documents": entries(list(made.with_reference().order_by("title_folded", "pk")[:DOCUMENTS])),
            "documents_count": counted(made),
            "parts": _parts(parts),
            "parts_count": counted(parts.values("event_id").distinct()),
        }


def _parts(participations: Any) -> list[Part]:
    """The events by their first day; of very many those entered first are looked at, so that none are read in vain."""
    candidates = list(participations.order_by("pk").values_list("event_id", "role")[:COUNTED])
    rows = EventCount.objects.using(PUBLISHED).titled().filter(pk__in={event for event, _role in candidates})
    found = rows.order_by("first_day", "pk")[:EVENTS]
    return [Part(row.event, _roles(candidates, row.pk)) for row in found]


def _roles(candidates: list[tuple[int, str]], number: int) -> list[str]:
    return sorted(str(ParticipationRole(role).label) for event, role in candidates if event == number)


agents = AgentList.as_view()
agent = AgentView.as_view()
