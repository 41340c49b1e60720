"""Words: events that have them in title or summary, and pages of the texts that readers may read."""

from typing import Any, Final

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Exists, F, Func, OuterRef, QuerySet, TextField
from django.db.models.functions import Left

from chronicle.models import Event
from chronicle.search.names import Candidates
from sources.models import DocumentPage, DocumentText
from sources.models.fulltext.page import WORDS

RANKED: Final = 2_000
"""How many hits are put in order; ranking all hits of a common word takes a second among a million events."""
RANKED_PAGES: Final = 200
"""How many pages are: their words are taken apart for it, a third of a millisecond a page."""
EXCERPTED: Final = 50_000
"""From how many characters of a page an excerpt is made; what stands further on is found, and not quoted."""

BEGINS, ENDS = "\x02", "\x03"
"""What stands around words that were found, in an excerpt: no text holds them, since validators refuse controls."""

Stretch = tuple[str, bool]
"""A part of an excerpt, and whether it is what was found."""


def with_words(text: str, using: str) -> Candidates:
    """Return the numbers of events that have these words, the best first: words, "phrases", or, -not.

    A question that only excludes would read everything, and finds nothing.
    """
    hits = _ranked(Event.objects.using(using), F("words"), text, RANKED)
    return _candidates(sorted(hits, reverse=True), RANKED)


def pages_with_words(text: str, using: str) -> Candidates:
    """Return the numbers of the pages that have these words, the best first, in the newest text of each document."""
    later = DocumentText.objects.filter(document=OuterRef("text__document"), number__gt=OuterRef("text__number"))
    pages = DocumentPage.objects.using(using).filter(~Exists(later))
    hits = _ranked(pages, WORDS, text, RANKED_PAGES)
    return _candidates(sorted(hits, key=lambda hit: (-hit[0], hit[1])), RANKED_PAGES)


def _ranked(rows: QuerySet[Any], words: Any, text: str, most: int) -> list[tuple[float, int]]:
    """The ranks and numbers of rows that have the words, in no order: one more than are put in one."""
    query = _query(text)
    tree = Func(query, function="querytree", output_field=TextField())
    found = rows.alias(tree=tree, found=words).filter(found=query).exclude(tree__in=["", "T"])
    return list(found.annotate(rank=SearchRank(words, query)).order_by().values_list("rank", "pk")[: most + 1])


def _candidates(hits: list[tuple[float, int]], most: int) -> Candidates:
    return Candidates([number for _rank, number in hits[:most]], len(hits) > most)


def pages_with_excerpts(pages: QuerySet[DocumentPage], text: str) -> QuerySet[DocumentPage]:
    """Bring where pages have these words, instead of all that stands on them."""
    return with_excerpts(pages.defer("content"), text, of=Left("content", EXCERPTED))


def with_excerpts(rows: QuerySet[Any], text: str, *, of: Any = "summary") -> QuerySet[Any]:
    """Bring where in their summaries events have these words: to be asked for those that are shown, not for all."""
    headline = SearchHeadline(
        *(of, _query(text)),
        config="english",
        start_sel=BEGINS,
        stop_sel=ENDS,
        max_words=30,
        min_words=12,
        max_fragments=2,
        fragment_delimiter=" … ",
    )
    return rows.annotate(excerpt=headline)


def stretches(excerpt: str) -> list[Stretch]:
    """Return an excerpt in its parts; nothing where nothing in it was found."""
    before, *found = excerpt.split(BEGINS)
    if not found:
        return []
    parts: list[Stretch] = [(before, False)]
    for piece in found:
        words, _sign, between = piece.partition(ENDS)
        parts += [(words, True), (between, False)]
    return [part for part in parts if part[0]]


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, config="english", search_type="websearch")
