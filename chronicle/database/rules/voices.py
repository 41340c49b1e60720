"""The view of voices: who is concerned by an event, and who of them speaks here."""

from typing import Final

VOICE: Final = """
SELECT v.event_id::text || '-' || v.party_id::text AS id, v.event_id, v.party_id,
    bool_or(v.is_concerned) AS is_concerned,
    count(DISTINCT v.document_id)::integer AS documents,
    count(DISTINCT v.speaker_id)::integer AS speakers
FROM (
    SELECT p.event_id, p.party_id, TRUE AS is_concerned, NULL::bigint AS document_id, NULL::bigint AS speaker_id
    FROM chronicle_eventparty p
    UNION ALL
    SELECT e.id, p.party_id, TRUE, NULL, NULL
    FROM chronicle_event e
    JOIN chronicle_eventparty p ON p.event_id = e.parent_id
    WHERE NOT EXISTS (SELECT 1 FROM chronicle_eventparty own WHERE own.event_id = e.id)
    UNION ALL
    SELECT c.event_id, coalesce(d.party_id, a.party_id), FALSE, c.document_id, NULL
    FROM chronicle_citation c
    JOIN sources_document d ON d.id = c.document_id
    LEFT JOIN sources_agent a ON a.id = d.publisher_id
    WHERE c.stance <> 'silent' AND coalesce(d.party_id, a.party_id) IS NOT NULL
    UNION ALL
    SELECT c.event_id, a.party_id, FALSE, NULL, c.claimed_by_id
    FROM chronicle_citation c
    JOIN sources_agent a ON a.id = c.claimed_by_id
    WHERE c.stance <> 'silent' AND a.party_id IS NOT NULL
) v
GROUP BY v.event_id, v.party_id"""
