"""One box for everything: what a question may mean, and where to look for each of its meanings.

A question is read as words, as a name in any spelling, as a date, as a figure and as a public number, all at once.
Every look is bounded: of very many hits the first found are put in order, and the page says so.
"""

from chronicle.search.dates import asserting_date, beginning_in, lasting_over
from chronicle.search.figures import asserting_figure
from chronicle.search.names import NAMED, Candidates, has_words, named, spelt_alike
from chronicle.search.plans import folded, searching
from chronicle.search.questions import Question, read
from chronicle.search.texts import (
    RANKED,
    Stretch,
    assertions_with_excerpts,
    assertions_with_words,
    pages_with_excerpts,
    pages_with_words,
    stretches,
    with_excerpts,
    with_words,
)

__all__ = [
    "NAMED",
    "RANKED",
    "Candidates",
    "Question",
    "Stretch",
    "asserting_date",
    "asserting_figure",
    "assertions_with_excerpts",
    "assertions_with_words",
    "beginning_in",
    "folded",
    "has_words",
    "lasting_over",
    "named",
    "pages_with_excerpts",
    "pages_with_words",
    "read",
    "searching",
    "spelt_alike",
    "stretches",
    "with_excerpts",
    "with_words",
]
