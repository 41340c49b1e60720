"""The view of facets: by which values readers may narrow down the events, as text."""

from typing import Final

from chronicle.database.rules.locations import lying_within

# The named places and all that they lie within at the event's time: one walk upwards per event.
LOCATIONS: Final = f"""
SELECT n.event_id, 'location' AS facet, all_above.id::text AS value
FROM (
    SELECT p.event_id, array_agg(DISTINCT p.location_id) AS locations
    FROM (
        SELECT l.event_id, l.location_id FROM chronicle_eventlocation l
        UNION ALL
        SELECT c.event_id, c.asserted_location_id FROM chronicle_citation c WHERE c.asserted_location_id IS NOT NULL
    ) p
    GROUP BY p.event_id
) n
CROSS JOIN LATERAL (
    WITH RECURSIVE above AS (
        SELECT u.id FROM unnest(n.locations) AS u(id)
        UNION
        SELECT up.within_id FROM above CROSS JOIN LATERAL {lying_within("above.id", "n.event_id")} up
    )
    SELECT above.id FROM above
) all_above"""

# A unit of the calendar counts an event only where its whole date lies within that one unit. EDTF names them.
# OFFSET 0: each day is put into words once.
PERIODS: Final = """
SELECT e.id AS event_id, u.facet, u.value
FROM chronicle_event e
CROSS JOIN LATERAL (
    SELECT functions.edtf_year(lower(e.date_range)) AS first_year,
        to_char(lower(e.date_range)::timestamp, '-MM-DD') AS first_day,
        functions.edtf_year(upper(e.date_range) - 1) AS last_year,
        to_char((upper(e.date_range) - 1)::timestamp, '-MM-DD') AS last_day
    OFFSET 0
) d
CROSS JOIN LATERAL (VALUES
    ('century', left(d.first_year, -2) || 'XX', left(d.last_year, -2) || 'XX'),
    ('decade', left(d.first_year, -1) || 'X', left(d.last_year, -1) || 'X'),
    ('year', d.first_year, d.last_year),
    ('month', d.first_year || left(d.first_day, 3), d.last_year || left(d.last_day, 3)),
    ('day', d.first_year || d.first_day, d.last_year || d.last_day)
) AS u(facet, value, last_value)
WHERE NOT lower_inf(e.date_range) AND NOT upper_inf(e.date_range) AND NOT isempty(e.date_range)
    AND u.value = u.last_value"""

FACET: Final = f"""
SELECT e.id AS event_id, 'kind' AS facet, e.kind_id::text AS value FROM chronicle_event e
UNION ALL
SELECT v.event_id, 'party', v.party_id::text FROM chronicle_voice v WHERE v.is_concerned
UNION ALL
SELECT v.event_id, 'silent', v.party_id::text FROM chronicle_voice v
WHERE v.is_concerned AND v.documents = 0 AND v.speakers = 0
UNION ALL
SELECT DISTINCT c.event_id, 'document', c.document_id::text FROM chronicle_citation c WHERE c.stance <> 'silent'
UNION ALL
SELECT DISTINCT d.event_id, 'disputed', d.aspect FROM chronicle_dispute d
WHERE d.verdict IN ('disagree', 'may_disagree')
UNION ALL
{LOCATIONS.strip()}
UNION ALL
{PERIODS.strip()}"""
