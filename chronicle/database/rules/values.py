"""Equal values of one aspect of an event, grouped: what the rule of disputes compares."""

from typing import Final

# Asked for only where a citation says when it was stated: nothing else needs the speaker.
SPEAKER: Final = """
CASE WHEN c.stated_on_range IS NOT NULL THEN coalesce(
    c.claimed_by_id::text,
    (SELECT string_agg(a.agent_id::text, ',' ORDER BY a.agent_id) FROM sources_contribution a
     WHERE a.document_id = c.document_id AND a.role = 'author'),
    (SELECT d.publisher_id::text FROM sources_document d WHERE d.id = c.document_id),
    'document ' || c.document_id::text)
END"""

GROUPED: Final = """
    array_agg(s.id ORDER BY s.id) AS citations,
    array_agg(s.document_id ORDER BY s.id) AS documents,
    array_agg(s.speaker ORDER BY s.id) AS speakers,
    array_agg(s.stated ORDER BY s.id) AS stated,
    min(s.document_id) AS first_document,
    max(s.document_id) AS last_document"""

# A disputing citation is a group of its own, whatever its aspect.
SINGLE_VALUES: Final = f"""
SELECT s.event_id, s.aspect, s.is_disputing, s.sense, s.dates, s.compared_dates, s.beginning, s.ending, s.figure,
    s.compared_figure, s.unit_id, s.population_id, s.side_id, s.period, NULL::bigint[] AS members, {GROUPED}
FROM (
    SELECT c.event_id, c.aspect::text AS aspect, c.stance = 'disputes' AS is_disputing,
        CASE WHEN c.stance = 'disputes' THEN c.id END AS disputing_id,
        c.date_of::text AS sense,
        CASE WHEN c.asserted_date_edtf <> '' THEN c.asserted_date_edtf LIKE ANY (ARRAY['%/%', '{{%']) END AS is_lasting,
        c.asserted_date_range AS dates,
        c.asserted_date_widened AS compared_dates,
        CASE WHEN c.date_of = 'whole' THEN functions.beginning(
            c.asserted_date_edtf, c.asserted_date_range, c.asserted_date_widened) END AS beginning,
        CASE WHEN c.date_of = 'whole' THEN functions.ending(
            c.asserted_date_edtf, c.asserted_date_range, c.asserted_date_widened) END AS ending,
        c.asserted_figure AS figure,
        c.is_approximate,
        functions.figure_compared(c.asserted_figure, c.is_approximate) AS compared_figure,
        c.unit_id, c.population_id, c.side_id, c.period_range AS period,
        c.id, c.document_id, {SPEAKER} AS speaker, c.stated_on_range AS stated
    FROM chronicle_citation c
    WHERE c.stance = 'disputes'
        OR (c.stance = 'supports' AND NOT c.asserts_unknown AND c.aspect NOT IN ('location', 'responsibility'))
) s
GROUP BY s.event_id, s.aspect, s.is_disputing, s.disputing_id, s.sense, s.is_lasting, s.dates, s.compared_dates,
    s.beginning, s.ending, s.figure, s.is_approximate, s.compared_figure, s.unit_id, s.population_id, s.side_id,
    s.period"""

# What a document says itself, and what each speaker says whom it names, are sets of their own.
SETS: Final = f"""
SELECT s.event_id, s.aspect, FALSE AS is_disputing, s.sense, NULL::daterange AS dates,
    NULL::daterange AS compared_dates, NULL::daterange AS beginning, NULL::daterange AS ending,
    NULL::numrange AS figure, NULL::numrange AS compared_figure,
    NULL::bigint AS unit_id, NULL::bigint AS population_id, NULL::bigint AS side_id, NULL::daterange AS period,
    s.members, {GROUPED}
FROM (
    SELECT d.event_id, d.aspect, d.sense, d.members, d.document_id, u.id,
        NULL::text AS speaker, NULL::daterange AS stated
    FROM (
        SELECT c.event_id, c.aspect::text AS aspect, c.asserted_location_role::text AS sense, c.document_id,
            array_agg(DISTINCT coalesce(c.asserted_location_id, c.asserted_party_id)) AS members,
            array_agg(c.id) AS citations
        FROM chronicle_citation c
        WHERE c.stance = 'supports' AND NOT c.asserts_unknown AND c.aspect IN ('location', 'responsibility')
        GROUP BY c.event_id, c.aspect, c.asserted_location_role, c.document_id, c.claimed_by_id
    ) d
    CROSS JOIN LATERAL unnest(d.citations) AS u(id)
) s
GROUP BY s.event_id, s.aspect, s.sense, s.members"""

VALUE_GROUP: Final = f"{SINGLE_VALUES}\nUNION ALL\n{SETS}"
