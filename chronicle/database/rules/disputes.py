"""The view of disputes: pairs of value groups, and how they stand to each other."""

from typing import Final

from chronicle.database.rules.locations import lying_within

# `above`: what each location lies within, itself included; `related`: which of left meet which of right.
LOCATION_VERDICT: Final = f"""(
    WITH RECURSIVE above AS (
        SELECT m.id AS location_id, m.id AS within_id FROM unnest(a.members || b.members) AS m(id)
        UNION
        SELECT above.location_id, up.within_id
        FROM above CROSS JOIN LATERAL {lying_within("above.within_id", "g.event_id")} up
    ), related AS (
        SELECT l.id AS left_id, r.id AS right_id
        FROM unnest(a.members) AS l(id) CROSS JOIN unnest(b.members) AS r(id)
        WHERE EXISTS (
            SELECT 1 FROM above
            WHERE (above.location_id, above.within_id) IN ((l.id, r.id), (r.id, l.id)))
    )
    SELECT CASE
        WHEN count(*) = 0 THEN 'disagree'
        WHEN a.members && b.members THEN 'differ_in_coverage'
        WHEN count(DISTINCT left_id) = cardinality(a.members) AND count(DISTINCT right_id) = cardinality(b.members)
            THEN 'differ_in_precision'
        ELSE 'differ_in_coverage'
    END FROM related)"""

VERDICT: Final = f"""
CASE
    WHEN b.is_disputing THEN 'disagree'
    WHEN g.aspect = 'date' THEN functions.date_verdict(
        a.sense, a.compared_dates, a.beginning, a.ending, b.sense, b.compared_dates, b.beginning, b.ending)
    WHEN g.aspect = 'location' THEN {LOCATION_VERDICT}
    WHEN g.aspect = 'responsibility'
        THEN CASE WHEN a.members && b.members THEN 'differ_in_coverage' ELSE 'disagree' END
    ELSE functions.figure_verdict(
        a.compared_figure, a.unit_id, a.population_id, a.side_id, a.period,
        b.compared_figure, b.unit_id, b.population_id, b.side_id, b.period)
END"""

# Of the same thing: unequal values of it that meet are a revision too; the same value that says more or less is none.
IS_ONE_THING: Final = """
(a.sense, a.unit_id, a.population_id, a.side_id, a.period)
    IS NOT DISTINCT FROM (b.sense, b.unit_id, b.population_id, b.side_id, b.period)"""


def _revised(left: str, right: str) -> str:
    """Return the expression for the verdict where a later value of the same speaker takes the place of an earlier."""
    return f"""CASE WHEN v.verdict = 'differ_in_precision' AND NOT v.is_one_thing THEN v.verdict
            ELSE functions.revised_verdict(
                v.verdict, {left}.speakers, {left}.stated, {right}.speakers, {right}.stated) END"""


def _of_one_document(side: str) -> str:
    """Return the subquery for what the document `shared` says of a group: its citations, and who stated it when."""
    return f"""(
        SELECT array_agg(u.citation ORDER BY u.citation) AS citations, array_agg(u.speaker) AS speakers,
            array_agg(u.stated) AS stated
        FROM unnest({side}.citations, {side}.documents, {side}.speakers, {side}.stated)
            AS u(citation, document, speaker, stated)
        WHERE u.document = shared.document)"""


BETWEEN_DOCUMENTS: Final = f"""
    SELECT NULL::bigint AS document_id, a.citations AS "left", b.citations AS "right",
        {_revised("a", "b")} AS verdict
    WHERE a.first_document <> a.last_document OR b.first_document <> b.last_document
        OR a.first_document <> b.first_document"""

INSIDE_A_DOCUMENT: Final = f"""
    SELECT shared.document, l.citations, r.citations,
        {_revised("l", "r")}
    FROM (SELECT unnest(a.documents) INTERSECT SELECT unnest(b.documents)) AS shared(document)
    CROSS JOIN LATERAL {_of_one_document("a")} l
    CROSS JOIN LATERAL {_of_one_document("b")} r
    WHERE a.documents && b.documents"""

AGREEING: Final = """
SELECT v.citations[1]::text || '-0-0' AS id, v.event_id, v.aspect, 'agree' AS verdict, NULL::bigint AS document_id,
    v.citations AS "left", '{}'::bigint[] AS "right"
FROM chronicle_valuegroup v
WHERE v.first_document <> v.last_document AND NOT v.is_disputing
    AND (v.dates IS NOT NULL OR v.figure IS NOT NULL OR v.members IS NOT NULL)"""

# OFFSET 0: the verdict of a pair is worked out once, not wherever it is looked at.
COMPARED: Final = f"""
SELECT p."left"[1]::text || '-' || p."right"[1]::text || '-' || coalesce(p.document_id, 0)::text AS id,
    g.event_id, g.aspect, p.verdict, p.document_id, p."left", p."right"
FROM (
    SELECT v.event_id, v.aspect,
        array_agg(v ORDER BY v.is_disputing, v.dates, v.figure, v.sense, v.members, v.citations[1]) AS groups
    FROM chronicle_valuegroup v
    GROUP BY v.event_id, v.aspect
    HAVING count(*) > 1
) g
CROSS JOIN LATERAL unnest(g.groups) WITH ORDINALITY AS a
CROSS JOIN LATERAL unnest(g.groups) WITH ORDINALITY AS b
CROSS JOIN LATERAL (SELECT {VERDICT} AS verdict, {IS_ONE_THING} AS is_one_thing OFFSET 0) v
CROSS JOIN LATERAL ({BETWEEN_DOCUMENTS}
    UNION ALL {INSIDE_A_DOCUMENT}
) p
WHERE a.ordinality < b.ordinality AND NOT a.is_disputing
    AND (b.is_disputing OR g.aspect <> 'location' OR a.sense = b.sense)"""

DISPUTE: Final = f"{AGREEING}\nUNION ALL\n{COMPARED}"
