"""The view of counts: how much stands behind an event, and how much of it is independent."""

from typing import Final

# A document leans on another through a citation or by citing it; only documents of this event, and those that they are
# cited through, are looked at. OFFSET 0 keeps the planner from reading all citations instead.
LEANING: Final = """
    SELECT c.event_id, NULL::bigint AS citation_id, NULL::bigint AS document_id,
        ARRAY[c.document_id, c.through_id] AS leaning, NULL::bigint AS voice, NULL::bigint AS dispute
    FROM chronicle_citation c
    WHERE c.through_id IS NOT NULL AND c.stance <> 'silent'
    UNION ALL
    SELECT c.event_id, NULL, NULL, ARRAY[x.document_id, x.cited_id], NULL, NULL
    FROM chronicle_citation c
    JOIN sources_citeddocument x ON x.document_id IN (c.document_id, c.through_id)
    WHERE c.stance <> 'silent' AND EXISTS (
        SELECT 1 FROM chronicle_citation o
        WHERE o.event_id = c.event_id AND o.stance <> 'silent'
            AND (o.document_id = x.cited_id OR o.through_id = x.cited_id)
        OFFSET 0)"""

# A group of documents that lean on each other is counted at its smallest number: the one that no smaller number reaches
# by way of larger ones.
INDEPENDENT: Final = """
    cardinality(t.documents) - (
        SELECT count(*) FROM unnest(t.documents) AS d(id) WHERE d.id = ANY (t.leaning)
    ) + (
        WITH RECURSIVE link AS (
            SELECT DISTINCT least(t.leaning[n][1], t.leaning[n][2]) AS low,
                greatest(t.leaning[n][1], t.leaning[n][2]) AS high
            FROM generate_subscripts(t.leaning, 1) AS n
        ), reached AS (
            SELECT DISTINCT u.id AS origin, u.id FROM unnest(t.leaning) AS u(id)
            UNION
            SELECT r.origin, n.id
            FROM reached r
            CROSS JOIN LATERAL (
                SELECT l.high FROM link l WHERE l.low = r.id
                UNION ALL SELECT l.low FROM link l WHERE l.high = r.id AND l.low > r.origin
            ) AS n(id)
        )
        SELECT count(DISTINCT u.id) FROM unnest(t.leaning) AS u(id)
        WHERE NOT EXISTS (SELECT 1 FROM reached r WHERE r.id = u.id AND r.origin < u.id)
    )"""

EVENT_COUNT: Final = f"""
SELECT t.event_id, t.citations, coalesce(cardinality(t.documents), 0) AS documents,
    (CASE WHEN t.leaning IS NULL THEN coalesce(cardinality(t.documents), 0) ELSE {INDEPENDENT} END)::integer
        AS independent_documents,
    t.parties, t.disputes
FROM (
    SELECT n.event_id,
        count(n.citation_id)::integer AS citations,
        array_agg(DISTINCT n.document_id) FILTER (WHERE n.document_id IS NOT NULL) AS documents,
        array_agg(n.leaning) FILTER (WHERE n.leaning IS NOT NULL) AS leaning,
        count(n.voice)::integer AS parties,
        count(n.dispute)::integer AS disputes
    FROM (
        {LEANING.strip()}
        UNION ALL
        SELECT c.event_id, c.id, CASE WHEN c.stance <> 'silent' THEN c.document_id END, NULL, NULL, NULL
        FROM chronicle_citation c
        UNION ALL
        SELECT v.event_id, NULL, NULL, NULL, v.party_id, NULL
        FROM chronicle_voice v WHERE v.documents > 0
        UNION ALL
        SELECT d.event_id, NULL, NULL, NULL, NULL, 1
        FROM chronicle_dispute d WHERE d.verdict IN ('disagree', 'may_disagree')
        UNION ALL
        SELECT e.id, NULL, NULL, NULL, NULL, NULL FROM chronicle_event e
    ) n
    GROUP BY n.event_id
) t"""
