"""What documents say of an event, aspect by aspect, and how it stands to each other.

The verdicts are those of the rule in SQL (`chronicle.database.rules`), read from the rows of `Dispute`; nothing here
decides one. Everything works on rows that are already fetched: `EventQuerySet.with_assertions()` brings the citations.
"""

from chronicle.disputes.aspects import pair_words, sentences
from chronicle.disputes.groups import AspectReading, Pair, ValueGroup, read
from chronicle.disputes.rows import Row, alone, rows
from chronicle.disputes.summary import heading_date, in_short, under_heading

__all__ = [
    "AspectReading",
    "Pair",
    "Row",
    "ValueGroup",
    "alone",
    "heading_date",
    "in_short",
    "pair_words",
    "read",
    "rows",
    "sentences",
    "under_heading",
]
