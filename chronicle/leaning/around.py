"""The chain in which a document stands: on what it leans, on what that leans, and what leans on it, step by step.

Only what is reached by going one way is followed, up or down: two documents that lean on the same third one are not in
one chain by that. Silence leans on nothing (the constraint `citation_silence_says_nothing`).
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connections

from chronicle.leaning.chains import LONGEST_CHAIN, Link, Step, chains, in_order
from chronicle.models import Citation
from sources.models import Document

MOST: Final = 30
"""How many documents are followed each way, the nearest first."""
MOST_READ: Final = 1_000
"""How many assertions of a document are read for what they lean on, or for what leans on it."""
NAMED: Final = 3
"""How many assertions of a step are named."""

ON: Final = f"""
    SELECT r.through_id AS id FROM (
        SELECT through_id FROM chronicle_citation
        WHERE document_id = {{number}} AND through_id IS NOT NULL
        ORDER BY through_id, id LIMIT {MOST_READ}) r
    UNION SELECT r.cited_id FROM (
        SELECT cited_id FROM sources_citeddocument WHERE document_id = {{number}} LIMIT {MOST_READ}) r
"""  # noqa: S608 -- our own numbers
FROM: Final = f"""
    SELECT r.document_id AS id FROM (
        SELECT document_id FROM chronicle_citation
        WHERE through_id = {{number}} ORDER BY id LIMIT {MOST_READ}) r
    UNION SELECT r.document_id FROM (
        SELECT document_id FROM sources_citeddocument WHERE cited_id = {{number}} LIMIT {MOST_READ}) r
"""  # noqa: S608 -- our own numbers

STEPS: Final = f"""
WITH RECURSIVE downwards (id, depth) AS (
    SELECT %(number)s::bigint, 0
    UNION SELECT s.id, d.depth + 1 FROM downwards d CROSS JOIN LATERAL ({ON.format(number="d.id")}) s
    WHERE d.depth < {LONGEST_CHAIN}
), upwards (id, depth) AS (
    SELECT %(number)s::bigint, 0
    UNION SELECT s.id, u.depth + 1 FROM upwards u CROSS JOIN LATERAL ({FROM.format(number="u.id")}) s
    WHERE u.depth < {LONGEST_CHAIN}
), down AS MATERIALIZED (
    SELECT id FROM downwards LIMIT {MOST + 1}
), up AS MATERIALIZED (
    SELECT id FROM upwards LIMIT {MOST + 1}
), near AS MATERIALIZED (
    SELECT id FROM down UNION SELECT id FROM up
)
SELECT n.id, s.id, (
        SELECT x.locator FROM sources_citeddocument x WHERE x.document_id = n.id AND x.cited_id = s.id
    ), ARRAY(
        SELECT c.id FROM chronicle_citation c
        WHERE c.document_id = n.id AND c.through_id = s.id ORDER BY c.id LIMIT {NAMED + 1}
    ), greatest((SELECT count(*) FROM down), (SELECT count(*) FROM up)) > {MOST}
FROM near n CROSS JOIN LATERAL ({ON.format(number="n.id")}) s
WHERE s.id IN (SELECT id FROM near)
"""  # noqa: S608 -- our own numbers
"""Whom each document near this one leans on, where it cites that, in which assertions; and whether some are left out.

A recursion goes one step further for all at once, so its first rows are the nearest documents.
"""


@dataclass(frozen=True)
class Around:
    """The chains in which a document stands, and whether more documents are in them than are shown."""

    chains: tuple[Link, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.chains)


def around(document: Document, using: str) -> Around:
    """Return the chains around a document: three queries, one where nothing leans on it and it leans on nothing."""
    rows = _rows(document.pk, using)
    numbers = {number for row in rows for number in row[:2]}
    if not numbers:
        return Around()
    documents = Document.objects.using(using).in_bulk(numbers)
    named = {number for row in rows for number in row[3]}
    citations = Citation.objects.using(using).select_related("event").only("event__slug").in_bulk(named)
    steps: dict[int, list[Step]] = {}
    for leaning, on, locator, made, _is_cut in rows:
        told = tuple(citations[number] for number in made[:NAMED])
        step = Step(documents[on], told, locator is not None, locator or "", has_more=len(made) > NAMED)
        steps.setdefault(leaning, []).append(step)
    found = chains(in_order(documents.values()), steps)
    return Around(tuple(found), rows[0][4])


def _rows(number: int, using: str) -> list[tuple[int, int, str | None, list[int], bool]]:
    with connections[using].cursor() as cursor:
        cursor.execute(STEPS, {"number": number})
        rows: Any = cursor.fetchall()
    return list(rows)
