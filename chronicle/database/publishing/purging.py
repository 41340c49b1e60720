"""Purging a text: whatever a field of a row ever said, out of desk, history, editions and what readers see.

The field is emptied, or holds a stand-in where it may not be empty. Revisions and editions stay, and say what the field
says now. What is left is a row that tells which field of which row was purged, when, by whom and why.
"""

from typing import Final

from chronicle.database.published import AGENT, DOCUMENT, EVENT, LOCATION, PARTY, REDIRECT
from chronicle.database.publishing.functions import function

NOTHING: Final = ""
REMOVED: Final = "[removed %s]"
"""What stands where something must; the number of its row tells two names of one record apart."""
ADDRESS: Final = "removed-%s"

TEXTS: Final[dict[str, dict[str, str]]] = {
    "chronicle_event": {"slug": ADDRESS, "title": REMOVED}
    | dict.fromkeys(("reading_note", "summary", "curators_note"), NOTHING),
    "chronicle_eventname": {"name": REMOVED},
    "chronicle_disputenote": {"text": REMOVED},
    "chronicle_citation": {"statement": REMOVED}
    | dict.fromkeys(
        ("quotation", "quotation_prefix", "quotation_suffix", "value_as_printed", "comment", "curators_note"), NOTHING
    ),
    "chronicle_location": {"slug": ADDRESS, "name": REMOVED, "curators_note": NOTHING},
    "chronicle_locationname": {"toponym": REMOVED},
    "sources_party": {"slug": ADDRESS, "name": REMOVED, "name_short": REMOVED, "curators_note": NOTHING},
    "sources_partyname": {"name": REMOVED},
    "sources_agent": {"slug": ADDRESS, "name": REMOVED, "basis": REMOVED}
    | dict.fromkeys(("name_sorted", "curators_note"), NOTHING),
    "sources_agentname": {"name": REMOVED},
    "sources_document": {"slug": ADDRESS, "title": REMOVED, "title_short": REMOVED}
    | dict.fromkeys(("party_basis", "public_description"), REMOVED)
    | dict.fromkeys(("container_title", "publisher_place", "url", "archive_url", "rights", "curators_note"), NOTHING),
    "sources_citeddocument": {"locator": NOTHING},
    "sources_documentfile": {"name": NOTHING, "provenance": NOTHING},
}
"""The fields into which curators write words, by table, each with what stands there afterwards."""

RECORDS: Final = (PARTY, AGENT, DOCUMENT, LOCATION, EVENT)
KNOWN: Final = ", ".join(
    f"('{table.name}', '{column}', '{record.subject}', '{table.belongs_to}', '{instead}')"
    for record in RECORDS
    for table in record.tables
    for column, instead in TEXTS.get(table.name, {}).items()
)
SHOWN: Final = ", ".join(
    f"('{table.name}', '{column}')"
    for record in RECORDS
    for table in record.tables
    for column in TEXTS.get(table.name, {})
    if column in table.public
)
"""Those that readers may see: a described document shows its description where others have their title."""

WITHOUT_SAID = """
CREATE OR REPLACE FUNCTION functions.without_said(
    snapshot jsonb, name text, number bigint, field text, fields text[], said text[], instead text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $without$
    SELECT CASE WHEN snapshot ? name THEN jsonb_set(snapshot, ARRAY[name], coalesce((
        SELECT jsonb_agg(CASE WHEN (r ->> 'id')::bigint = number THEN (
            SELECT jsonb_object_agg(k, CASE
                WHEN jsonb_typeof(v) = 'string' AND k = ANY(fields) AND v <> '""' AND (v #>> '{}' = ANY(said)
                     OR (k = field AND name <> 'sources_document'))
                THEN to_jsonb(instead) ELSE v END) FROM jsonb_each(r) AS one(k, v)) ELSE r END ORDER BY n)
        FROM jsonb_array_elements(snapshot -> name) WITH ORDINALITY AS u(r, n)), '[]'::jsonb)) ELSE snapshot END
$without$;
"""
"""`functions.without_said(snapshot, table, row, field, fields, said, instead)`: a snapshot without what a row said."""

OF_MERGES = " ".join(
    f"""
    UPDATE desk.{table} m SET
        merged_name = CASE WHEN m.merged_name = value THEN instead ELSE m.merged_name END,
        kept_name = CASE WHEN m.kept_name = value THEN instead ELSE m.kept_name END,
        changes = replace(replace(m.changes::text, to_jsonb(value)::text, to_jsonb(instead)::text),
                          to_jsonb(instead)::text || ':', to_jsonb(value)::text || ':')::jsonb
    WHERE m.subject = known.subject AND (m.merged_number = ANY(records) OR m.kept_number = ANY(records));"""
    for table in ("chronicle_merge", "chronicle_mergerevision")
)
"""A merge knows both names, and every value that it took away; keys of its JSON are no values."""

OF_EDITIONS = " ".join(
    f"""
    EXECUTE format('UPDATE {schema}.chronicle_edition SET slug = CASE WHEN $2 = $8 AND slug = ANY($6) THEN $7
        ELSE slug END, snapshot = functions.without_said(snapshot, $1, $3, $4, $5, $6, $7) WHERE %I = ANY($9)',
        known.subject || '_id') USING p_table, p_field, p_row, p_field, shown, said, instead, 'slug', records;"""
    for schema in ("desk", "published")
)

PURGE_TEXT = function(
    "purge_text",
    "p_table text, p_row bigint, p_field text, p_by integer, p_reason text, p_at timestamptz",
    f"""DECLARE
    written bigint := functions.written();
    known record;
    instead text;
    shown text[];
    said text[];
    records bigint[];
    value text;
BEGIN
    SELECT * INTO known FROM (VALUES {KNOWN}) AS v(name, field, subject, belongs, instead)
    WHERE v.name = p_table AND v.field = p_field;
    IF known IS NULL OR p_reason !~ '\\S' THEN
        RAISE EXCEPTION 'Purging takes a field into which words are written, and a reason; not % of %',
            p_field, p_table USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM functions.begin_verb();
    TRUNCATE staging.outgoing, staging.needed; -- deleted rows of what went out lie there until then
    instead := replace(known.instead, '%s', p_row::text);
    shown := ARRAY(SELECT s.field FROM (VALUES {SHOWN}) AS s(name, field) WHERE s.name = p_table);
    EXECUTE format('SELECT array_agg(DISTINCT v) FILTER (WHERE v NOT IN ('''', $2)), array_agg(DISTINCT r)
        FROM (SELECT %1$I AS v, %2$I AS r FROM desk.%3$I WHERE id = $1
              UNION SELECT %1$I, %2$I FROM desk.%4$I WHERE pgh_obj_id = $1) AS x',
        p_field, known.belongs, p_table, p_table || 'revision') INTO said, records USING p_row, instead;
    IF said IS NULL THEN
        RETURN FALSE;
    END IF;
    IF p_table = 'sources_document' THEN
        said := said || ARRAY(SELECT left(v, 60) FROM unnest(said) AS u(v));
    END IF;
    EXECUTE format('UPDATE desk.%I SET %I = $2 WHERE id = $1 AND %2$I <> ''''', p_table, p_field) USING p_row, instead;
    EXECUTE format('UPDATE desk.%I SET %I = $2 WHERE pgh_obj_id = $1 AND %2$I <> ''''', p_table || 'revision', p_field)
        USING p_row, instead;
    {OF_EDITIONS}
    FOREACH value IN ARRAY shown LOOP
        EXECUTE format('UPDATE published.%I SET %I = $2 WHERE id = $1 AND %2$I <> ''''
            AND (%2$I = ANY($3) OR ($4 AND %2$L = $5))', p_table, value)
            USING p_row, instead, said, p_table <> 'sources_document', p_field;
    END LOOP;
    IF p_field = 'slug' THEN
        DELETE FROM published.{REDIRECT} t WHERE t.subject = known.subject AND t.slug = ANY(said);
    END IF;
    FOREACH value IN ARRAY said LOOP
        {OF_MERGES}
    END LOOP;
    UPDATE desk.django_admin_log l SET object_repr = '', change_message = '' FROM desk.django_content_type c
    WHERE c.id = l.content_type_id
    AND ((c.app_label || '_' || c.model = p_table AND l.object_id = p_row::text)
         OR (c.app_label IN ('chronicle', 'sources') AND c.model = known.subject
             AND l.object_id = ANY(records::text[])));
    INSERT INTO desk.chronicle_purge (kind, table_name, number, field, subject, record, sha256, copy_sha256,
                                      purged_at, purged_by_id, reason)
    VALUES ('words', p_table, p_row, p_field, known.subject, records[1], '', '', p_at, p_by, p_reason);
    PERFORM functions.end_verb(written);
    RETURN TRUE;
END""",
    returns="boolean",
    is_verb=True,
)
"""`purge_text(table, row, field, by, reason, at)`: says whether there was anything to purge.

Lines of the admin's log about the record lose their words, since they carry names and what was typed beside them.
"""
