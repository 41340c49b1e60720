"""Names and titles as readers look for them: in any spelling, script or language."""

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Exact

from sources.folding import Folded

WORD_BEGINNING = 3
"""From how many letters on they may stand inside a word: fewer have no trigram, and the index finds none."""


def spelled_like(column: str, words: str) -> Q:
    """Return the condition that a folded column has these words, however they are spelled.

    Of one or two letters only what begins a word is found. Nothing has words of which folding leaves nothing.
    """
    key = Folded(Value(words))
    if len(words) >= WORD_BEGINNING:
        found = Q(**{f"{column}__contains": key})
    else:
        found = Q(**{f"{column}__startswith": key}) | Q(**{f"{column}__contains": Concat(Value(" "), key)})
    return found & ~Q(Exact(key, Value("")))


def spelled_nearly(column: str, words: str) -> Q:
    """Return the condition that a folded column, or some words in it, are similar to these: Gəncə and Ganja."""
    key = Folded(Value(words))
    return Q(**{f"{column}__trigram_similar": key}) | Q(**{f"{column}__trigram_word_similar": key})
