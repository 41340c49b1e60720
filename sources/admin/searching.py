"""Searching the lists of the desk: every word of a query, in any spelling, in any of the columns.

A word that few records have is looked for first, by the index, and its records are what is looked through for the
others. A word that many have is not: the list is walked in its order until a page is full.
"""

from collections.abc import Iterable

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Contains, StartsWith

from sources.folding import Folded

FEW = 5000
"""How many records of a word are taken for few: as many as a list counts, so that the walk through more is short."""

SHORTEST_INSIDE = 3
"""From how many letters on a word is found inside others; shorter ones only where words begin: so can the index."""


def having(queryset: QuerySet, term: str, paths: Iterable[str]) -> QuerySet:
    """Return the records that have every word of the term in one of these columns, their own or their rows'."""
    for word in term.split():
        queryset = queryset.filter(_has(queryset.model, word, list(paths)))
    return queryset


def _has(model: type[Model], word: str, paths: list[str]) -> Q:
    records = model._default_manager.order_by()  # noqa: SLF001 - Django documents it
    first, *others = (records.filter(_is_in(path, word)).values("pk") for path in paths)
    found = first.union(*others, all=True)
    if len(found[: FEW + 1]) <= FEW:
        return Q(pk__in=found)
    condition = Q()
    for path in paths:
        is_own = "__" not in path
        rows = records.filter(_is_in(path, word), pk=OuterRef("pk"))
        condition |= _is_in(path, word) if is_own else Q(Exists(rows))
    return condition


def _is_in(path: str, word: str) -> Q:
    """Return the condition that a column has a word: in any spelling, but an address as it is written."""
    if path == "slug":
        return Q(slug__startswith=word.lower())
    key = F(path) if path.endswith("_folded") else Folded(path)
    wanted = Folded(Value(word))
    if len(word) >= SHORTEST_INSIDE:
        return Q(Contains(key, wanted))
    return Q(StartsWith(key, wanted)) | Q(Contains(key, Concat(Value(" "), wanted)))
