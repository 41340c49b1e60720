"""Words: events that have them in title or summary, assertions, and pages of the texts that readers may read."""

from typing import Any, Final

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Case, Exists, F, Func, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Left, Length
from django.db.models.lookups import GreaterThan

from chronicle.models import Citation, Event
from chronicle.search.names import Candidates
from sources.models import DocumentPage, DocumentText
from sources.models.fulltext.page import WORDS

RANKED: Final = 2_000
"""How many hits are put in order; ranking all hits of a common word takes a second among a million events."""
RANKED_PAGES: Final = 200
"""How many pages are: their words are taken apart for it, a third of a millisecond a page."""
EXCERPTED: Final = 50_000
"""From how many characters of a page an excerpt is made; what stands further on is found, and not quoted."""

SHOWN_WHOLE: Final = 1_000
"""Up to how many characters a statement or a quotation is shown whole where it was found."""

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


def assertions_with_words(text: str, using: str) -> Candidates:
    """Return the numbers of assertions that have these words, the best first: what they state before quotations."""
    hits = _ranked(Citation.objects.using(using), F("words"), text, RANKED)
    return _candidates(sorted(hits, key=lambda hit: (-hit[0], hit[1])), RANKED)


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


def assertions_with_excerpts(assertions: QuerySet[Citation], text: str) -> QuerySet[Citation]:
    """Bring where assertions have these words: in what they state, what they quote, and what the editors remark."""
    return assertions.defer("words").annotate(
        stated=_marked("statement", text), quoted=_marked("quotation", text), remarked=_marked("comment", text)
    )


def _marked(column: str, text: str) -> SearchHeadline:
    """All of a column with the words marked; of what is very long its beginning. A sentence is not taken apart."""
    is_long = GreaterThan(Length(column), SHOWN_WHOLE)
    beginning = Concat(Left(column, SHOWN_WHOLE), Value(" …"), output_field=TextField())
    return _headline(
        Case(When(is_long, then=beginning), default=column, output_field=TextField()), text, highlight_all=True
    )


def with_excerpts(rows: QuerySet[Any], text: str, *, of: Any = "summary") -> QuerySet[Any]:
    """Bring where in their summaries events have these words: to be asked for those that are shown, not for all."""
    fragments = {"max_words": 30, "min_words": 12, "max_fragments": 2, "fragment_delimiter": " … "}
    return rows.annotate(excerpt=_headline(of, text, **fragments))


def _headline(of: Any, text: str, **options: Any) -> SearchHeadline:
    """A text with the words marked; the options say how much of it (PostgreSQL, 12.3.4, ts_headline)."""
    return SearchHeadline(of, _query(text), config="english", start_sel=BEGINS, stop_sel=ENDS, **options)


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
