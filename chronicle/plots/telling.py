"""A plot in words, for those who do not see it."""

from __future__ import annotations

from chronicle.plots.marks import Group, Row
from chronicle.sentences import plots as sentences
from chronicle.sentences.clauses import sentence
from sources.directions import isolated

MOST_TOLD = 12
"""How many rows a description tells; the table tells them all."""


def told(groups: tuple[Group, ...]) -> str:
    """Return every row under its heading, or how many there are."""
    number = sum(len(group.rows) for group in groups)
    if number > MOST_TOLD:
        return sentence(sentences.number_of_rows(number))
    return " ".join(_group(group) for group in groups)


def _group(group: Group) -> str:
    rows = sentences.rows_together([_row(row) for row in group.rows]) or group.otherwise
    return sentences.under_heading(isolated(group.heading), rows) if group.heading else sentence(rows)


def _row(row: Row) -> str:
    value = sentences.with_scope(row.value, row.scope) if row.scope else row.value
    return sentences.row(value, row.who)
