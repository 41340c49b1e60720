"""Events that have words in title or summary."""

from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Func, TextField

from chronicle.models import Event
from chronicle.search.names import Candidates

RANKED: Final = 2_000
"""How many hits are put in order; ranking all hits of a common word takes a second among a million events."""


def with_words(text: str, using: str) -> Candidates:
    """Return the numbers of events that have these words, the best first: words, "phrases", or, -not.

    A question that only excludes would read everything, and finds nothing.
    """
    query = SearchQuery(text, config="english", search_type="websearch")
    events = Event.objects.using(using).alias(tree=Func(query, function="querytree", output_field=TextField()))
    found = events.filter(words=query).exclude(tree__in=["", "T"]).annotate(rank=SearchRank(F("words"), query))
    hits = sorted(found.order_by().values_list("rank", "pk")[: RANKED + 1], reverse=True)
    return Candidates([number for _rank, number in hits[:RANKED]], len(hits) > RANKED)
