"""Reads of documents and agents with names, each with the prefetches that its pages need."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Prefetch

from sources.models.record import RecordQuerySet
from sources.models.spelling import spelled_like, spelled_nearly


class AgentQuerySet(RecordQuerySet):
    """Reads of those who make documents or say things."""

    def with_names(self) -> Self:
        """Bring the party that an agent speaks for, and what it is called in every language."""
        return self.select_related("party").prefetch_related("names")

    def named_like(self, words: str) -> Self:
        """Return the agents of which a name, in whatever language, has these words in it."""
        return self._named(spelled_like("name_folded", words))

    def named_nearly(self, words: str) -> Self:
        """Return the agents of which a name is similar to these words."""
        return self._named(spelled_nearly("name_folded", words))

    def _named(self, condition: models.Q) -> Self:
        """Both indexes are asked, each for itself: a condition on two tables at once has none."""
        own = _rows("sources.Agent").filter(condition).values("pk")
        others = _rows("sources.AgentName").filter(condition).values("agent_id")
        return self.filter(pk__in=own.union(others))


class DocumentQuerySet(RecordQuerySet):
    """Reads of the bibliography."""

    def with_reference(self) -> Self:
        """Bring what a formatted reference needs, and the party that a document speaks for."""
        made_by = _rows("sources.Contribution").select_related("agent")
        return self.select_related("publisher__party", "party").prefetch_related(Prefetch("contributions", made_by))

    def titled_like(self, words: str) -> Self:
        """Return the documents of which the title, or the short one, has these words in it."""
        titles = _rows("sources.Document").filter(spelled_like("title_folded", words)).values("pk")
        shorts = _rows("sources.Document").filter(spelled_like("title_short_folded", words))
        return self.filter(pk__in=titles.union(shorts.values("pk")))

    def speaking_for(self, number: int) -> Self:
        """Return the documents that speak for a party, by themselves or because their publisher does."""
        own = _rows("sources.Document").filter(party_id=number).values("pk")
        as_publisher = _rows("sources.Document").filter(party=None, publisher__party_id=number).values("pk")
        return self.filter(pk__in=own.union(as_publisher))

    def made_by(self, number: int) -> Self:
        """Return the documents that an agent published or contributed to."""
        as_publisher = _rows("sources.Document").filter(publisher_id=number).values("pk")
        contributed = _rows("sources.Contribution").filter(agent_id=number).values("document_id")
        return self.filter(pk__in=as_publisher.union(contributed))


def _rows(model: str) -> models.QuerySet[Any]:
    """Rows of a model that imports this module, in no order; read through the alias of what they belong to."""
    return apps.get_model(model)._default_manager.order_by()  # noqa: SLF001 -- Django documents it
