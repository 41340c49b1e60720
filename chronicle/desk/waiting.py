"""What waits at the desk: how far the work is, what lacks something, what readers will not see; each leads to a list.

A count stops at `MOST_COUNTED`, and looks as far as the list that it leads to: what is counted here is found there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from chronicle.models import Citation, Event, Location
from chronicle.secrecy import for_curator, hidden_from
from chronicle.vocabularies import WorkState
from chronicle.worklists import WORKLISTS
from chronicle.worklists.events import withdrawn
from sources.models import Document
from sources.vocabularies import Access

MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Waiting:
    """Records that wait: what they are, how many, where they are listed, and what there is to do."""

    label: str
    count: int
    url: str
    advice: str = ""

    @property
    def words(self) -> str:
        """Return how many there are."""
        if self.count > MOST_COUNTED:
            return _("more than %(most)s") % {"most": f"{MOST_COUNTED:,}"}
        return f"{self.count:,}"


@dataclass(frozen=True)
class Section:
    """What waits of one kind, and what of it is done with."""

    title: str
    entries: tuple[Waiting, ...]

    @property
    def open(self) -> list[Waiting]:
        """The entries that have something to do."""
        return [entry for entry in self.entries if entry.count]

    @property
    def nothing(self) -> list[Waiting]:
        """The entries that have nothing to do."""
        return [entry for entry in self.entries if not entry.count]


def waiting(request: HttpRequest) -> list[Section]:
    """Return what waits for whoever may see it, in the order of the page."""
    sections = (_work(request), *_worklists(request), _unseen(request))
    return [section for section in sections if section.entries]


def bounded(records: QuerySet) -> int:
    """Return how many there are, or one more than the most that are counted."""
    return records.order_by().values("pk")[: MOST_COUNTED + 1].count()


def list_url(model: type[Any], **asked: str) -> str:
    """Return the address of a list, narrowed down."""
    options = model._meta  # noqa: SLF001 - Django documents _meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return f"{address}?{urlencode(asked)}" if asked else address


def may_see(request: HttpRequest, model: type[Any]) -> bool:
    """Return whether whoever asks may see the records of a kind."""
    options = model._meta  # noqa: SLF001 - Django documents _meta
    user: Any = request.user
    return bool(user.has_perm(f"{options.app_label}.view_{options.model_name}"))


def _records(request: HttpRequest, model: type[Any]) -> QuerySet:
    """Return the records of a kind that whoever asks may see."""
    return for_curator(model._default_manager.order_by(), request)  # noqa: SLF001 - Django documents it


def _work(request: HttpRequest) -> Section:
    if not may_see(request, Event):
        return Section("", ())
    labels = {WorkState.DRAFT: _("drafts"), WorkState.IN_REVIEW: _("in review")}
    states = (
        Waiting(label, bounded(Event.objects.filter(state=state)), list_url(Event, state__exact=state))
        for state, label in labels.items()
    )
    return Section(_("Events in work"), (*states, *_entries(request, Event, IN_WORK)))


IN_WORK = ("ready", "reworked")
"""The worklists of events that say how far the work is."""


def _entries(request: HttpRequest, model: type[Any], names: tuple[str, ...] = ()) -> Iterator[Waiting]:
    """Yield the worklists of a kind: those that are named, or else all but those of the work itself."""
    hidden = hidden_from(request)
    for each in WORKLISTS:
        is_wanted = each.name in names if names else not (model is Event and each.name in IN_WORK)
        if each.model is model and is_wanted:
            records = each.narrowed(_records(request, model), hidden)
            yield Waiting(str(each.label), bounded(records), list_url(model, work=each.name), str(each.advice))


def _worklists(request: HttpRequest) -> Iterator[Section]:
    titles = {
        Event: _("Events that want work"),
        Citation: _("Quotations"),
        Document: _("Documents"),
        Location: _("Locations"),
    }
    for model, title in titles.items():
        if may_see(request, model):
            yield Section(title, tuple(_entries(request, model)))


def _unseen(request: HttpRequest) -> Section:
    """Return what readers will not see for a reason of its own, besides drafts."""
    entries = []
    if may_see(request, Document):
        reasons = {Access.WITHHELD: _("withheld documents"), Access.DESCRIBED: _("described documents")}
        documents = _records(request, Document)
        entries += [
            Waiting(label, bounded(documents.filter(access=access)), list_url(Document, access__exact=access))
            for access, label in reasons.items()
        ]
    if may_see(request, Event):
        gone = Event.objects.filter(pk__in=withdrawn())
        entries.append(Waiting(_("withdrawn events"), bounded(gone), list_url(Event, published="gone")))
    return Section(_("What readers do not see"), tuple(entries))
