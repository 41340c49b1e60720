"""Purging words: whatever a field of a row ever said, out of desk, history, editions and what readers see.

The field is emptied, or holds a stand-in where it may not be empty. Revisions and editions stay, and say what the field
says now. What is left is a row that tells which field of which row was purged, when, by whom and why.
"""

from typing import Final

from chronicle.database.published import EDITION, RECORDS, REDIRECT
from chronicle.database.publishing.functions import function
from chronicle.database.publishing.purgeable import (
    BESIDE,
    IMPORT,
    LINKS,
    REASONS,
    TEXTS,
    TOLD_OF_CHANGES,
    WITHOUT_HISTORY,
    changes_of,
)


def _known(table: str, field: str, subject: str, number: str, instead: str) -> str:
    return f"('{table}', '{field}', $s${subject}$s$, $s${number}$s$, '{instead}')"


KNOWN: Final = ", ".join(
    [
        _known(table.name, column, f"'{record.subject}'", f"t.{table.belongs_to}", instead)
        for record in RECORDS
        for table in record.tables
        for column, instead in TEXTS.get(table.name, {}).items()
    ]
    + [
        _known(name, column, beside.subject, beside.number, instead)
        for name, beside in BESIDE.items()
        for column, instead in beside.fields.items()
    ]
)
"""Every field with what says in SQL of which record a row `t` is, and what takes the place of its words."""

SHOWN: Final = ", ".join(
    f"('{table.name}', '{column}')"
    for table in (*(table for record in RECORDS for table in record.tables), EDITION)
    for column in {**TEXTS.get(table.name, {}), **(BESIDE[table.name].fields if table.name in BESIDE else {})}
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
    WHERE m.subject = kind_of AND (m.merged_number = ANY(records) OR m.kept_number = ANY(records));"""
    for table in ("chronicle_merge", "chronicle_mergerevision")
)
"""A merge knows both names, and every value that it took away; keys of its JSON are no values."""

OF_EDITIONS = " ".join(
    f"""
    EXECUTE format('UPDATE {schema}.chronicle_edition SET slug = CASE WHEN $2 = $8 AND slug = ANY($6) THEN $7
        ELSE slug END, snapshot = functions.without_said(snapshot, $1, $3, $4, $5, $6, $7) WHERE %I = ANY($9)',
        kind_of || '_id') USING p_table, p_field, p_row, p_field, shown, said, instead, 'slug', records;"""
    for schema in ("desk", "published")
)

HAS_NO_HISTORY: Final = "p_table IN ({})".format(", ".join(f"'{name}'" for name in WITHOUT_HISTORY))
CHANGES: Final = ", ".join(
    f"('{table}', '{subject}', $s${changes_of(subject, '$1')}$s$)"
    for subject, table in {**{one.subject: one.root.name for one in RECORDS}, IMPORT: "chronicle_import"}.items()
)
TOLD: Final = "'{{{}}}'::text[]".format(",".join(TOLD_OF_CHANGES))
OF_LINKS: Final = "p_field IN ({})".format(", ".join(f"'{name}'" for name in LINKS))

KEEP_PURGE: Final = """INSERT INTO desk.chronicle_purge (kind, table_name, number, field, subject, record, sha256,
                                      copy_sha256, purged_at, purged_by_id, reason)"""

FORGET_REASONS = function(
    "forget_reasons",
    "p_table text, p_row bigint",
    f"""DECLARE
    known record;
    forgotten bigint;
BEGIN
    SELECT * INTO known FROM (VALUES {CHANGES}) AS v(name, subject, contexts) WHERE v.name = p_table;
    IF known IS NULL THEN
        RAISE EXCEPTION 'Purging takes a field into which words are written, and a reason; not reasons of %', p_table
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('UPDATE desk.pghistory_context c SET metadata = c.metadata - $2
        WHERE c.metadata ?| $2 AND c.id IN (%s)', known.contexts) USING p_row, {TOLD};
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN CASE WHEN forgotten > 0 THEN known.subject END;
END""",
    returns="text",
)
"""`forget_reasons(table, row)`: of all changes of a record; returns its kind, nothing where none had a reason."""

PURGE_TEXT = function(
    "purge_text",
    "p_table text, p_row bigint, p_field text, p_by integer, p_reason text, p_at timestamptz",
    f"""DECLARE
    written bigint := functions.written();
    known record;
    instead text;
    states text;
    kind_of text;
    shown text[];
    said text[];
    records bigint[];
    value text;
    signs text;
BEGIN
    SELECT * INTO known FROM (VALUES {KNOWN}) AS v(name, field, subject, number, instead)
    WHERE v.name = p_table AND v.field = p_field;
    IF (known IS NULL AND p_field <> '{REASONS}') OR p_reason !~ '\\S' THEN
        RAISE EXCEPTION 'Purging takes a field into which words are written, and a reason; not % of %',
            p_field, p_table USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM functions.begin_verb();
    IF p_field = '{REASONS}' THEN
        kind_of := functions.forget_reasons(p_table, p_row);
        IF kind_of IS NULL THEN RETURN FALSE; END IF;
        {KEEP_PURGE}
        VALUES ('words', p_table, p_row, p_field, kind_of, p_row, '', '', p_at, p_by, p_reason);
        PERFORM functions.end_verb(written);
        RETURN TRUE;
    END IF;
    TRUNCATE staging.outgoing, staging.needed; -- deleted rows of what went out lie there until then
    instead := replace(known.instead, '%s', p_row::text);
    shown := ARRAY(SELECT s.field FROM (VALUES {SHOWN}) AS s(name, field) WHERE s.name = p_table);
    states := format('SELECT t.%I AS v, %s AS r, %s AS s FROM desk.%I t WHERE t.id = $1',
        p_field, known.number, known.subject, p_table);
    IF NOT {HAS_NO_HISTORY} THEN
        states := states || format(' UNION SELECT t.%I, %s, %s FROM desk.%I t WHERE t.pgh_obj_id = $1',
            p_field, known.number, known.subject, p_table || 'revision');
    END IF;
    EXECUTE format('SELECT array_agg(DISTINCT v) FILTER (WHERE v NOT IN ('''', $2)), array_agg(DISTINCT r), max(s)
        FROM (%s) AS x', states) INTO said, records, kind_of USING p_row, instead;
    IF said IS NULL THEN
        RETURN FALSE;
    END IF;
    IF p_table = 'sources_document' THEN
        said := said || ARRAY(SELECT left(v, 60) FROM unnest(said) AS u(v));
        DELETE FROM desk.links_link l WHERE l.document_id = p_row AND {OF_LINKS};
    END IF;
    EXECUTE format('UPDATE desk.%I SET %I = $2 WHERE id = $1 AND %2$I <> ''''', p_table, p_field) USING p_row, instead;
    IF NOT {HAS_NO_HISTORY} THEN
        EXECUTE format('UPDATE desk.%I SET %I = $2 WHERE pgh_obj_id = $1 AND %2$I <> ''''',
            p_table || 'revision', p_field) USING p_row, instead;
    END IF;
    IF cardinality(shown) > 0 AND p_table <> '{EDITION.name}' THEN
        {OF_EDITIONS}
    END IF;
    FOREACH value IN ARRAY shown LOOP
        EXECUTE format('UPDATE published.%I SET %I = $2 WHERE id = $1 AND %2$I <> ''''
            AND (%2$I = ANY($3) OR ($4 AND %2$L = $5))', p_table, value)
            USING p_row, instead, said, p_table <> 'sources_document', p_field;
    END LOOP;
    signs := CASE WHEN p_table = '{EDITION.name}' THEN p_field WHEN p_field = 'editorial_body' THEN 'signed_as' END;
    IF signs IS NOT NULL THEN -- what went out along with it was signed, and explained, in the same words
        EXECUTE format('UPDATE desk.{EDITION.name} SET %1$I = '''' WHERE %1$I = ANY($1)', signs) USING said;
        EXECUTE format('UPDATE published.{EDITION.name} SET %1$I = '''' WHERE %1$I = ANY($1)', signs) USING said;
    END IF;
    IF p_field = 'slug' THEN
        DELETE FROM published.{REDIRECT} t WHERE t.subject = kind_of AND t.slug = ANY(said);
    END IF;
    FOREACH value IN ARRAY said LOOP
        {OF_MERGES}
    END LOOP;
    UPDATE desk.django_admin_log l SET object_repr = '', change_message = '' FROM desk.django_content_type c
    WHERE c.id = l.content_type_id
    AND ((c.app_label || '_' || c.model = p_table AND l.object_id = p_row::text)
         OR (c.app_label IN ('chronicle', 'sources') AND c.model = kind_of
             AND l.object_id = ANY(records::text[])));
    {KEEP_PURGE}
    VALUES ('words', p_table, p_row, p_field, kind_of, records[1], '', '', p_at, p_by, p_reason);
    PERFORM functions.end_verb(written);
    RETURN TRUE;
END""",
    returns="boolean",
    is_verb=True,
)
"""`purge_text(table, row, field, by, reason, at)`: says whether there was anything to purge.

Lines of the admin's log about the record lose their words, since they carry names and what was typed beside them.
"""
