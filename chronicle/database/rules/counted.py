"""The view of what is counted of an event, beside the facets that lists can be narrowed down by: a row for each one."""

from typing import Final

from chronicle.vocabularies import VALUED_ASPECTS

# The first day under which it is filed, in the decade or, before 1900, the century of it; and its kind.
PERIODS: Final = """
SELECT e.id AS event_id, 'period' AS facet, CASE
    WHEN d.year IS NULL THEN 'undated'
    WHEN d.year < 100 THEN 'early'
    WHEN d.year < 1900 THEN lpad((d.year / 100)::text, 2, '0') || 'XX'
    ELSE (d.year / 10) || 'X'
END || '/' || e.kind_id AS value
FROM chronicle_event e
CROSS JOIN LATERAL (SELECT extract(year FROM lower(e.date_range))::integer AS year OFFSET 0) d"""

# Aspects that have a value, where a document that is not silent gives none.
UNTYPED: Final = f"""
FROM chronicle_citation c
WHERE c.aspect IN ({", ".join(f"'{aspect}'" for aspect in VALUED_ASPECTS)})
    AND c.stance <> 'silent' AND NOT c.asserts_unknown
    AND c.asserted_date_range IS NULL AND c.asserted_location_id IS NULL AND c.asserted_party_id IS NULL
    AND c.asserted_figure IS NULL"""

COUNTED: Final = f"""
{PERIODS.strip()}
UNION ALL
SELECT c.event_id, 'aspect', c.aspect FROM chronicle_citation c
UNION ALL
SELECT c.event_id, 'cited', c.document_id || '/' || c.aspect FROM chronicle_citation c
UNION ALL
SELECT c.event_id, 'untyped', c.aspect {UNTYPED.strip()}
UNION ALL
SELECT c.event_id, 'untyped_in', c.document_id || '/' || c.aspect {UNTYPED.strip()}
UNION ALL
SELECT DISTINCT d.event_id, 'verdict', d.aspect || '/' || d.verdict FROM chronicle_dispute d
UNION ALL
SELECT v.event_id, 'heard', v.party_id || '/' || CASE
    WHEN v.documents > 0 THEN 'documents' WHEN v.speakers > 0 THEN 'speakers' ELSE 'nobody' END
FROM chronicle_voice v WHERE v.is_concerned"""
