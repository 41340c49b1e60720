"""Events that have words in title or summary."""

from typing import Final

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, Func, QuerySet, TextField

from chronicle.models import Event
from chronicle.search.names import Candidates

RANKED: Final = 2_000
"""How many hits are put in order; ranking all hits of a common word takes a second among a million events."""


BEGINS, ENDS = "\x02", "\x03"
"""What stands around words that were found, in an excerpt: no text holds them, since validators refuse controls."""

Stretch = tuple[str, bool]
"""A part of an excerpt, and whether it is what was found."""


def with_words(text: str, using: str) -> Candidates:
    """Return the numbers of events that have these words, the best first: words, "phrases", or, -not.

    A question that only excludes would read everything, and finds nothing.
    """
    query = _query(text)
    events = Event.objects.using(using).alias(tree=Func(query, function="querytree", output_field=TextField()))
    found = events.filter(words=query).exclude(tree__in=["", "T"]).annotate(rank=SearchRank(F("words"), query))
    hits = sorted(found.order_by().values_list("rank", "pk")[: RANKED + 1], reverse=True)
    return Candidates([number for _rank, number in hits[:RANKED]], len(hits) > RANKED)


def with_excerpts(events: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Bring where in their summaries events have these words: to be asked for those that are shown, not for all."""
    headline = SearchHeadline(
        *("summary", _query(text)),
        config="english",
        start_sel=BEGINS,
        stop_sel=ENDS,
        max_words=30,
        min_words=12,
        max_fragments=2,
        fragment_delimiter=" … ",
    )
    return events.annotate(excerpt=headline)


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
