"""How PostgreSQL is made to look: a question never reads a whole table, whatever the planner expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connections

SWITCHES: Final = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")

ALIKE: Final = "0.5"
"""How alike a part of a name is to what is asked, by its trigrams: Wusha and Shusha, Ganca and Ganja are half so."""

TURN: Final = (
    "SELECT "
    + ", ".join(f"pg_catalog.set_config('{switch}', %s, true)" for switch in SWITCHES)
    + f", pg_catalog.set_config('pg_trgm.word_similarity_threshold', '{ALIKE}', true)"
)
"""The settings hold for the rest of the transaction, which is the page's own."""

FOLD: Final = "SELECT functions.folded(%s)"


def folded(text: str, using: str) -> str:
    """Return the key of a name: the one rule of folding is in PostgreSQL."""
    with connections[using].cursor() as cursor:
        cursor.execute(FOLD, [text])
        (key,) = cursor.fetchone()
    return key


@contextmanager
def searching(using: str) -> Iterator[None]:
    """Leave PostgreSQL nothing but bitmaps of indexes.

    With a LIMIT it takes to reading a table from its beginning wherever it expects many hits, and reads all of it when
    there are few: two common words that never meet, or a fragment that looks common. A bitmap costs what the index has
    on the question, and its rows are fetched until the limit.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(TURN, ["off"] * len(SWITCHES))
    yield
    with connections[using].cursor() as cursor:
        cursor.execute(TURN, ["on"] * len(SWITCHES))
