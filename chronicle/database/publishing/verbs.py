"""The verbs themselves."""

from chronicle.database.published import CHANGE, DOCUMENT, EVENT, FACTS, REFERENCES, STANDING, Record
from chronicle.database.publishing.functions import SLICE, function, newest
from chronicle.database.publishing.slices import relinked

SIGNED = "p_editor integer, p_signed_as text, p_note_kind text, p_note text"


CHANGED = f"""
    INSERT INTO published.{CHANGE} (id, made_at) VALUES (1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET made_at = EXCLUDED.made_at;"""
"""Says that what readers see changes now. Verbs are serial, so no two changes have one moment."""


WRITTEN = function(
    "written",
    "",
    f"""BEGIN
    RETURN (SELECT sum(pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
                       + pg_stat_get_xact_tuples_deleted(c.oid))
            FROM pg_class c
            WHERE c.relnamespace = 'published'::regnamespace AND c.relkind = 'r' AND c.relname <> '{CHANGE}');
END""",
    returns="bigint",
)
"""`functions.written()`: how many rows that readers see this transaction has written, as PostgreSQL counts them."""


END_VERB = function(
    "end_verb",
    "p_written bigint",
    f"""BEGIN
    IF functions.written() = p_written AND current_setting('track_counts')::boolean THEN
        RETURN;
    END IF;
    {CHANGED}
END""",
)
"""`functions.end_verb(written)`: says that readers see something new, unless nothing was written since that number.

Pages that did not change keep their tags. Where an operator has switched PostgreSQL's counting off, every verb counts.
"""


BEGIN_VERB = function(
    "begin_verb",
    "",
    """BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Publishing runs in read committed transactions; this one is %',
            current_setting('transaction_isolation') USING ERRCODE = 'invalid_transaction_state';
    END IF;
    LOCK TABLE desk.chronicle_edition IN SHARE ROW EXCLUSIVE MODE;
    TRUNCATE staging.outgoing, staging.needed;
END""",
)


ANALYZED = " ".join(f"ANALYZE published.{table.name};" for table in EVENT.tables) + " ANALYZE desk.chronicle_edition;"


PUBLISH = function(
    "publish",
    f"p_events bigint[], {SIGNED}",
    f"""DECLARE
    written bigint := functions.written();
    ids bigint[];
    published bigint[] := '{{}}';
    left_behind text[];
    slice record;
    slices integer := 0;
BEGIN
    PERFORM functions.begin_verb();
    ids := ARRAY(SELECT DISTINCT u.id FROM unnest(p_events) AS u(id) ORDER BY 1);
    PERFORM functions.gather('event', ids);
    left_behind := functions.publish_needed(p_editor, p_signed_as, p_note_kind, '');
    FOR lowest IN 1 .. cardinality(ids) BY {SLICE} LOOP
        SELECT * INTO slice FROM functions.publish_event_slice(
            ids[lowest : lowest + {SLICE} - 1], p_editor, p_signed_as, p_note_kind, p_note);
        published := published || coalesce(slice.made, '{{}}');
        left_behind := left_behind || coalesce(slice.left_behind, '{{}}');
        slices := slices + 1;
        IF slices IN (1, 4, 16, 64, 256) AND cardinality(ids) > {SLICE} THEN {ANALYZED} END IF;
    END LOOP;
    PERFORM functions.sweep(left_behind);
    PERFORM functions.end_verb(written);
    RETURN published;
END""",
    returns="bigint[]",
    is_verb=True,
)


PUBLIC_ONES = " ".join(
    f"WHEN '{record.subject}' THEN ARRAY(SELECT p.id FROM published.{record.root.name} p WHERE p.id = ANY(p_ids))"
    for record in REFERENCES
) + "".join(f" WHEN '{record.subject}' THEN p_ids" for record in STANDING)
"""Which of the asked records may go out by themselves: references that are public already, and all that stand alone."""


PUBLISH_REFERENCES = function(
    "publish_references",
    f"p_subject text, p_ids bigint[], {SIGNED}",
    f"""DECLARE
    written bigint := functions.written();
    first_edition bigint;
BEGIN
    PERFORM functions.begin_verb();
    first_edition := (SELECT coalesce(max(e.id), 0) FROM desk.chronicle_edition e);
    PERFORM functions.gather(p_subject, CASE p_subject {PUBLIC_ONES} END);
    PERFORM functions.sweep(functions.publish_needed(p_editor, p_signed_as, p_note_kind, p_note));
    PERFORM functions.end_verb(written);
    RETURN ARRAY(SELECT e.id FROM desk.chronicle_edition e WHERE e.id > first_edition ORDER BY e.id);
END""",
    returns="bigint[]",
    is_verb=True,
)


REMOVED = " ".join(
    f"DELETE FROM published.{table.name} WHERE {table.belongs_to} = ANY(ids);" for table in reversed(EVENT.tables)
)


REMOVE_EVENTS = function(
    "remove_events",
    "ids bigint[]",
    f"""DECLARE
    left_behind text[] := ARRAY(SELECT DISTINCT k FROM desk.chronicle_edition e, unnest(e.refers_to) AS u(k)
                                WHERE e.event_id = ANY(ids));
BEGIN
    PERFORM functions.drop_facts(ids);
    {REMOVED}
    UPDATE published.chronicle_edition p SET snapshot = NULL, is_tombstone = TRUE, note = ''
    WHERE p.event_id = ANY(ids) AND NOT p.is_tombstone;
    RETURN left_behind;
END""",
    returns="text[]",
)


TOMBSTONE_COLUMNS = "slug, number, made_at, signed_as, note_kind, note, shape, is_tombstone, sources_removed"


def _tombstones(record: Record) -> str:
    """Return the statement that closes the editions of the records in `ids`, for readers too."""
    subject = f"{record.subject}_id"
    return f"""WITH made AS (
        INSERT INTO desk.chronicle_edition ({subject}, slug, number, made_at, editor_id, signed_as, note_kind, note,
                                            shape, is_tombstone, refers_to, links, sources_removed)
        SELECT u.id, n.slug, n.number + 1, clock_timestamp(), p_editor, p_signed_as, 'takedown', p_note, n.shape, TRUE,
               '{{}}', '{{}}', '{{}}'
        FROM unnest(ids) AS u(id) CROSS JOIN LATERAL {newest(record, "u.id", columns="e.slug, e.number, e.shape")} n
        RETURNING *)
    INSERT INTO published.chronicle_edition (id, {subject}, {TOMBSTONE_COLUMNS})
    SELECT id, {subject}, {TOMBSTONE_COLUMNS} FROM made;"""


WITHDRAW = function(
    "withdraw",
    "p_events bigint[], p_editor integer, p_signed_as text, p_note text",
    f"""DECLARE
    written bigint := functions.written();
    ids bigint[];
    left_behind text[];
BEGIN
    PERFORM functions.begin_verb();
    ids := ARRAY(SELECT p.id FROM published.chronicle_event p WHERE p.id = ANY(p_events) ORDER BY p.id);
    left_behind := functions.remove_events(ids);
    {_tombstones(EVENT)}
    {relinked(EVENT, "ids")}
    PERFORM functions.sweep(left_behind);
    PERFORM functions.end_verb(written);
    RETURN ids;
END""",
    returns="bigint[]",
    is_verb=True,
)


def _withdraw_one_kind(record: Record) -> str:
    removed = " ".join(
        f"DELETE FROM published.{table.name} WHERE {table.belongs_to} = ANY(ids);" for table in reversed(record.tables)
    )
    subject = f"{record.subject}_id"
    return f"""
    IF p_subject = '{record.subject}' THEN
    ids := ARRAY(SELECT p.id FROM published.{record.root.name} p WHERE p.id = ANY(p_ids) ORDER BY p.id);
    left_behind := ARRAY(SELECT DISTINCT k FROM desk.chronicle_edition e, unnest(e.refers_to) AS u(k)
                         WHERE e.{subject} = ANY(ids));
    {removed}
    UPDATE published.chronicle_edition p SET snapshot = NULL, is_tombstone = TRUE, note = ''
    WHERE p.{subject} = ANY(ids) AND NOT p.is_tombstone;
    {_tombstones(record)}
    {relinked(record, "ids")}
    PERFORM functions.sweep(left_behind);
    END IF;"""


WITHDRAW_STANDING = function(
    "withdraw_standing",
    "p_subject text, p_ids bigint[], p_editor integer, p_signed_as text, p_note text",
    f"""DECLARE
    written bigint := functions.written();
    ids bigint[] := '{{}}';
    left_behind text[];
BEGIN
    PERFORM functions.begin_verb();
    {"".join(_withdraw_one_kind(record) for record in STANDING)}
    PERFORM functions.end_verb(written);
    RETURN ids;
END""",
    returns="bigint[]",
    is_verb=True,
)


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
"""`functions.cut(snapshot, documents)`: a snapshot without these documents and without what was computed with them."""


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
    TRUNCATE staging.outgoing;

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
    PERFORM functions.end_verb(written);
END""",
    is_verb=True,
)


VERBS = {
    "publish": f"bigint[], {SIGNED}",
    "publish_references": f"text, bigint[], {SIGNED}",
    "withdraw": "bigint[], integer, text, text",
    "withdraw_standing": "text, bigint[], integer, text, text",
    "withhold": "bigint[], text, integer",
    "release": "bigint[], text",
    "hide_texts": "bigint[], bigint[]",
    "redirect_merged": "text, bigint",
}
"""What the desk login may execute, by name; the owner's privileges stand behind each."""
