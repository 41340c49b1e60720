"""Two curators who save one event in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

from django.db import connections
from django.test import Client

from chronicle.models import Event
from tests import factories
from tests.chronicle.admin.desk import row, shown, url


def at_once(both: list[Client], event: Event, forms: list[dict[str, Any]]) -> list[Any]:
    """Send both forms in the same moment."""
    start = Barrier(len(both))

    def send(client: Client, form: dict[str, Any]) -> Any:
        start.wait()
        try:
            return client.post(url(event), form)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(both)) as pool:
        return list(pool.map(send, both, forms))


CHANGES = {
    "title": lambda name: {"title": f"By {name}"},
    "citation": lambda name: row("citations", 0, statement=f"By {name}"),
    "apart": lambda name: {"title": "By one"} if name == "one" else row("citations", 0, statement="By two"),
    "deleted": lambda name: row("citations", 0, DELETE="on") if name == "one" else {"title": "By two"},
    "new": lambda name: row("names", 0, name=f"By {name}", language="en") | {"names-TOTAL_FORMS": "1"},
}
"""What both change: the same field, the same row, different things, one a row that goes, both a new row."""

NAMES = ("one", "two")


@dataclass(frozen=True)
class Race:
    """How it went: the answers to both, how many of them the database has, and whether the refused one is told why."""

    answers: tuple[int, ...]
    stored: int
    is_told: bool

    @property
    def lost(self) -> int:
        """How many saves were said to be done and are not there."""
        return self.answers.count(302) - self.stored


def raced(both: list[Client], kind: str) -> Race:
    """Let both save a new event in the same moment, changed in a way of `CHANGES`.

    Both send the form as one of them was shown it: what it says of the rows that it shows names nobody.
    """
    event = factories.cited_event(title="Base")
    form = shown(both[0].get(url(event)))
    forms = [form | CHANGES[kind](name) for name in NAMES]
    before = list(event.revisions.values_list("pk", flat=True))
    responses = at_once(both, event, forms)
    refused = [response for response in responses if response.status_code == 409]
    assert event.revisions.exclude(pk__in=before).count() <= 1
    return Race(
        tuple(sorted(response.status_code for response in responses)),
        sum(is_stored(event, kind, name) for name in NAMES),
        bool(refused) and all(response.context["conflict"]["groups"] for response in refused),
    )


def is_stored(event: Event, kind: str, name: str) -> bool:
    """Return whether the database has what one of the two changed."""
    words = f"By {name}"
    if kind == "deleted" and name == "one":
        return not event.citations.exists()
    return (
        Event.objects.filter(pk=event.pk, title=words).exists()
        or event.citations.filter(statement=words).exists()
        or event.names.filter(name=words).exists()
    )
