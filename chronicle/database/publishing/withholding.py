"""The verbs of a document's access: withheld, it is cut out of every edition; released, it may go out again."""

from chronicle.database.published import DOCUMENT, EVENT, FACTS
from chronicle.database.publishing.functions import function, newest
from chronicle.database.publishing.slices import relinked

CUT = f"""
CREATE OR REPLACE FUNCTION functions.cut(snapshot jsonb, documents bigint[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $cut$
    SELECT coalesce(jsonb_object_agg(t.name, CASE
        WHEN t.name = 'chronicle_citation' THEN (
            SELECT coalesce(jsonb_agg(CASE
                WHEN (r ->> 'through_id')::bigint = ANY(documents)
                THEN r || '{{"through_id": null}}'::jsonb ELSE r END ORDER BY n), '[]'::jsonb)
            FROM jsonb_array_elements(t.rows) WITH ORDINALITY AS u(r, n)
            WHERE NOT (r ->> 'document_id')::bigint = ANY(documents))
        WHEN t.name = 'chronicle_disputenote' THEN (
            SELECT coalesce(jsonb_agg(r ORDER BY n), '[]'::jsonb)
            FROM jsonb_array_elements(t.rows) WITH ORDINALITY AS u(r, n)
            WHERE NOT EXISTS (
                SELECT FROM jsonb_array_elements(snapshot -> 'chronicle_citation') AS c
                WHERE c ->> 'aspect' = r ->> 'aspect'
                AND ((c ->> 'document_id')::bigint = ANY(documents) OR (c ->> 'through_id')::bigint = ANY(documents))))
        WHEN t.name = 'chronicle_termuse' THEN (
            SELECT coalesce(jsonb_agg(r ORDER BY n), '[]'::jsonb)
            FROM jsonb_array_elements(t.rows) WITH ORDINALITY AS u(r, n)
            WHERE NOT (r ->> 'document_id')::bigint = ANY(documents))
        WHEN t.name = 'sources_citeddocument' THEN (
            SELECT coalesce(jsonb_agg(r ORDER BY n), '[]'::jsonb)
            FROM jsonb_array_elements(t.rows) WITH ORDINALITY AS u(r, n)
            WHERE NOT (r ->> 'cited_id')::bigint = ANY(documents))
        WHEN t.name = 'chronicle_locationwithin' THEN (
            SELECT coalesce(jsonb_agg(CASE WHEN (r ->> 'source_id')::bigint = ANY(documents)
                                           THEN r || '{{"source_id": null}}'::jsonb ELSE r END ORDER BY n), '[]'::jsonb)
            FROM jsonb_array_elements(t.rows) WITH ORDINALITY AS u(r, n))
        ELSE t.rows END), '{{}}'::jsonb)
    FROM jsonb_each(snapshot) AS t(name, rows)
    WHERE t.name NOT IN ({", ".join(f"'{name}'" for name in FACTS)})
$cut$;
"""
"""`functions.cut(snapshot, documents)`: a snapshot without these documents and without what was computed with them.

The editors' notes on aspects of which these documents spoke go too: their words may tell what was cut out.
"""


NO_CITATION = (
    "e.event_id IS NOT NULL AND jsonb_array_length(functions.cut(l.s, p_documents) -> 'chronicle_citation') = 0"
)


def _cut_editions(schema: str) -> str:
    return f"""
    UPDATE {schema}.chronicle_edition x SET
        snapshot = CASE WHEN c.is_empty THEN NULL ELSE c.snapshot END, is_tombstone = c.is_empty, note = '',
        shape = c.shape, sources_removed = x.sources_removed || current_date
    FROM (SELECT e.id, functions.cut(l.s, p_documents) AS snapshot, {NO_CITATION} AS is_empty, l.shape
          FROM {schema}.chronicle_edition e
          CROSS JOIN LATERAL (SELECT functions.lifted(e.snapshot, e.shape) AS s, functions.shape() AS shape) l
          WHERE e.id = ANY(editions) AND NOT e.is_tombstone) c
    WHERE x.id = c.id;"""


OF_DOCUMENTS = " ".join(
    f"DELETE FROM published.{table.name} WHERE {table.belongs_to} = ANY(p_documents);"
    for table in reversed(DOCUMENT.tables)
)


WITHHOLD = function(
    "withhold",
    "p_documents bigint[], p_access text, p_editor integer",
    f"""DECLARE
    written bigint := functions.written();
    keys text[] := ARRAY(SELECT 'document:' || d FROM unnest(p_documents) AS u(d));
    editions bigint[];
    events bigint[];
    emptied bigint[];
    left_behind text[];
BEGIN
    IF p_access NOT IN ('withheld', 'described') THEN
        RAISE EXCEPTION 'Access: withheld or described, not %', p_access USING ERRCODE = 'check_violation';
    END IF;
    PERFORM functions.begin_verb();
    UPDATE desk.sources_document d SET access = p_access WHERE d.id = ANY(p_documents);
    editions := ARRAY(SELECT e.id FROM desk.chronicle_edition e WHERE NOT e.is_tombstone
                      AND (e.refers_to && keys OR (e.links <> '{{}}' AND e.links && keys)));
    events := ARRAY(SELECT DISTINCT e.event_id FROM desk.chronicle_edition e
                    JOIN published.chronicle_event p ON p.id = e.event_id WHERE e.id = ANY(editions));
    left_behind := keys || ARRAY(SELECT DISTINCT k FROM desk.chronicle_edition e, unnest(e.refers_to || e.links) AS u(k)
                                 WHERE e.id = ANY(editions) OR e.document_id = ANY(p_documents));
    {_cut_editions("desk")}
    {_cut_editions("published")}
    UPDATE desk.chronicle_edition e SET
        refers_to = ARRAY(SELECT k FROM unnest(e.refers_to) AS u(k) WHERE NOT k = ANY(keys)),
        links = ARRAY(SELECT k FROM unnest(e.links) AS u(k) WHERE NOT k = ANY(keys))
    WHERE e.id = ANY(editions);
    UPDATE desk.chronicle_edition e SET snapshot = NULL, is_tombstone = TRUE, note = '', slug = '',
        refers_to = '{{}}', links = '{{}}'
    WHERE e.document_id = ANY(p_documents);
    DELETE FROM published.chronicle_edition p WHERE p.document_id = ANY(p_documents);

    emptied := ARRAY(SELECT u.id FROM unnest(events) AS u(id)
                     CROSS JOIN LATERAL {newest(EVENT, "u.id", columns="e.is_tombstone")} n WHERE n.is_tombstone);
    left_behind := left_behind || functions.remove_events(emptied);
    {relinked(EVENT, "emptied")}
    PERFORM functions.drop_facts(events);
    PERFORM functions.restage_event(events);
    PERFORM functions.fill_event();
    PERFORM functions.clear_staging();

    UPDATE published.chronicle_locationwithin w SET source_id = NULL WHERE w.source_id = ANY(p_documents);
    DELETE FROM published.sources_citeddocument c WHERE c.cited_id = ANY(p_documents);
    DELETE FROM published.chronicle_termuse u WHERE u.document_id = ANY(p_documents);
    {OF_DOCUMENTS}
    PERFORM functions.make_facts(events);
    PERFORM functions.sweep(left_behind);
    PERFORM functions.end_verb(written);
    RETURN events;
END""",
    returns="bigint[]",
    is_verb=True,
)


RELEASE = function(
    "release",
    "p_documents bigint[], p_access text",
    """DECLARE
    written bigint := functions.written();
BEGIN
    PERFORM functions.begin_verb();
    IF EXISTS (SELECT 1 FROM published.sources_document p WHERE p.id = ANY(p_documents) AND p_access <> 'open') THEN
        RAISE EXCEPTION 'Access: use withhold to show less of a document that is public'
            USING ERRCODE = 'check_violation';
    END IF;
    UPDATE desk.sources_document d SET access = p_access WHERE d.id = ANY(p_documents);
    IF p_access = 'open' AND EXISTS (SELECT 1 FROM desk.chronicle_restriction r WHERE r.document_id = ANY(p_documents))
    THEN -- asked after the rows are locked: whoever restricts them meanwhile comes before us, or withholds after us
        RAISE EXCEPTION 'Access: it is for named groups of curators only; let everybody at the desk see it first'
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM functions.end_verb(written);
END""",
    is_verb=True,
)
