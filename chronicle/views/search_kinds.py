"""The kinds of hits that a search has: what each is called, how it is found, and what a hit of it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chronicle import search as looking
from chronicle.disputes import alone
from chronicle.models import Citation, Event, Location, MissingDocument, Term, TermUse
from chronicle.search import Candidates, Question
from chronicle.views.base import PUBLISHED
from sources.folding import Folded
from sources.models import Agent, Document, DocumentPage, Party, PartyName

TITLES: Final = {
    "dates": _("Assertions that give this date"),
    "figures": _("Assertions that give this figure"),
    "events": _("Events by word or name"),
    "places": _("Places"),
    "statements": _("Statements and quotations"),
    "documents": _("Documents"),
    "pages": _("Pages of texts"),
    "speakers": _("Speakers"),
    "parties": _("Parties"),
    "terms": _("Contested terms"),
    "missing": _("Not in this collection"),
}
"""The kinds of hits, in the order in which they stand."""

WORDED: Final[dict[str, Callable[[str, str], Candidates]]] = {
    "statements": looking.assertions_with_words,
    "pages": looking.pages_with_words,
}
"""The kinds that have words alone, and no names."""

RECORDS: Final[dict[str, Callable[[Question], models.QuerySet[Any]]]] = {
    "events": lambda question: looking.with_excerpts(
        Event.objects.using(PUBLISHED).filed().prefetch_related("names"), question.text
    ),
    "places": lambda _question: Location.objects.using(PUBLISHED).prefetch_related("names"),
    "statements": lambda question: looking.assertions_with_excerpts(
        Citation.objects.using(PUBLISHED).told(), question.text
    ),
    "documents": lambda _question: Document.objects.using(PUBLISHED).select_related("publisher__party", "party"),
    "pages": lambda question: looking.pages_with_excerpts(
        DocumentPage.objects.using(PUBLISHED).select_related("text__document"), question.text
    ),
    "speakers": lambda _question: Agent.objects.using(PUBLISHED).select_related("party").prefetch_related("names"),
    "parties": lambda _question: Party.objects.using(PUBLISHED).prefetch_related(
        Prefetch("names", PartyName.objects.using(PUBLISHED).annotate(name_folded=Folded("name")))
    ),
    "terms": lambda _question: Term.objects.using(PUBLISHED).prefetch_related(
        Prefetch("uses", TermUse.objects.using(PUBLISHED).annotate(wording_folded=Folded("wording")))
    ),
    "missing": lambda _question: MissingDocument.objects.using(PUBLISHED).select_related("party"),
}
"""What a hit of each kind shows, in the order of the page."""


@dataclass(frozen=True)
class Listed:
    """A record without a page of its own, and the address at which readers find it in a list."""

    record: Any
    address: str


def _concerning(party: Party) -> Listed:
    return Listed(party, f"{reverse('events')}?{urlencode({'party': party.slug})}")


def _in_list(name: str, record: Any, key: str) -> Listed:
    """The page of a list that begins with a record, whatever stands before it."""
    return Listed(record, f"{reverse(name)}?{urlencode({'after': f'{key}~{record.pk - 1}'})}#{record.slug}")


SHOWN: Final[dict[str, Callable[[Any], Any]]] = {
    "statements": alone,
    "parties": _concerning,
    "terms": lambda term: _in_list("terms", term, term.name_folded),
    "missing": lambda missing: _in_list("missing", missing, missing.title_folded),
}
"""What a hit is shown as, where that is not the record itself."""
