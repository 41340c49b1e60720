"""Hiding texts and files, and purging files: out of everything that readers see, at once, older editions included."""

from chronicle.database.publishing.functions import function

HIDDEN = {"sources_documenttext": "p_texts", "sources_documentfile": "p_files"}
"""The tables of which rows are hidden, and the argument that has their numbers."""

WITHOUT_ROWS = """
CREATE OR REPLACE FUNCTION functions.without_rows(snapshot jsonb, name text, numbers bigint[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $without$
    SELECT CASE WHEN snapshot ? name THEN jsonb_set(snapshot, ARRAY[name], coalesce((
        SELECT jsonb_agg(r ORDER BY n) FROM jsonb_array_elements(snapshot -> name) WITH ORDINALITY AS u(r, n)
        WHERE NOT (r ->> 'id')::bigint = ANY(numbers)), '[]'::jsonb)) ELSE snapshot END
$without$;
"""
"""`functions.without_rows(snapshot, name, numbers)`: a snapshot without these rows of a table."""


def _cut(schema: str) -> str:
    cut = "e.snapshot"
    for table, argument in HIDDEN.items():
        cut = f"functions.without_rows({cut}, '{table}', {argument})"
    return f"""
    UPDATE {schema}.chronicle_edition e SET snapshot = {cut}
    WHERE e.document_id = ANY(documents) AND NOT e.is_tombstone;"""


HIDE_TEXTS = function(
    "hide_texts",
    "p_texts bigint[], p_files bigint[]",
    f"""DECLARE
    written bigint := functions.written();
    documents bigint[];
BEGIN
    PERFORM functions.begin_verb();
    UPDATE desk.sources_documenttext t SET is_visible = FALSE WHERE t.id = ANY(p_texts) AND t.is_visible;
    UPDATE desk.sources_documentfile f SET is_given = FALSE WHERE f.id = ANY(p_files) AND f.is_given;
    documents := ARRAY(SELECT t.document_id FROM desk.sources_documenttext t WHERE t.id = ANY(p_texts)
                       UNION SELECT f.document_id FROM desk.sources_documentfile f WHERE f.id = ANY(p_files));
    {"".join(f"DELETE FROM published.{table} x WHERE x.id = ANY({numbers});" for table, numbers in HIDDEN.items())}
    {_cut("desk")}
    {_cut("published")}
    PERFORM functions.end_verb(written);
    RETURN documents;
END""",
    returns="bigint[]",
    is_verb=True,
)
"""`hide_texts(texts, files)`: the pages go with their text, by the foreign key; returns the documents."""


PURGE_FILE = function(
    "purge_file",
    "p_file bigint, p_by integer, p_reason text",
    """DECLARE
    texts bigint[] := ARRAY(SELECT t.id FROM desk.sources_documenttext t WHERE t.file_id = p_file);
    now_gone timestamptz := clock_timestamp();
BEGIN
    PERFORM functions.hide_texts(texts, ARRAY[p_file]);
    INSERT INTO desk.chronicle_purge (kind, table_name, number, field, subject, record, sha256, copy_sha256,
                                      purged_at, purged_by_id, reason)
    SELECT 'file', 'sources_documentfile', f.id, '', 'document', f.document_id, f.sha256, f.copy_sha256,
           now_gone, p_by, p_reason
    FROM desk.sources_documentfile f WHERE f.id = p_file AND f.purged_at IS NULL;
    DELETE FROM desk.sources_documentpage p WHERE p.text_id = ANY(texts);
    UPDATE desk.sources_documentfile f
    SET purged_at = now_gone, purged_by_id = p_by, purge_reason = p_reason,
        copy_sha256 = '', copy_media_type = '', copy_size = 0
    WHERE f.id = p_file AND f.purged_at IS NULL;
END""",
    is_verb=True,
)
"""`purge_file(file, by, reason)`: the pages that were read out of it go too, at the desk; bytes are the caller's."""
