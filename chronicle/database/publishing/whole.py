"""Purging a whole record: its rows, their history, its editions and what readers see; only that it happened is left."""

from typing import Final

from chronicle.database.published import AGENT, DOCUMENT, EVENT, FACTS, RECORDS, REDIRECT, Record
from chronicle.database.publishing.functions import function
from chronicle.database.publishing.purgeable import rows_of
from chronicle.database.publishing.purging import KEEP_PURGE
from chronicle.database.publishing.slices import relinked

WHOLE: Final = (EVENT, DOCUMENT, AGENT)
"""The kinds of record that are purged whole; of the others, words are."""

REFERRING: Final = {
    record.subject: tuple(
        (table.name, column)
        for other in RECORDS
        for table in other.tables
        for column, subject in table.needs.items()
        if subject == record.subject
    )
    for record in WHOLE
}
"""The public columns that name a record of each of these kinds."""

ROWS_THAT_GO: Final = ("sources_contribution", "chronicle_participation")
"""Rows of an edition that say nothing without the agent whom they name; others lose the name alone."""


def _without(table: str, column: str) -> str:
    """Return what an edition's rows `r` of a table become without the agent."""
    named = f"(r ->> '{column}')::bigint = agent"
    if table in ROWS_THAT_GO:
        return f"WHEN '{table}' THEN (SELECT jsonb_agg(r ORDER BY n) FILTER (WHERE ({named}) IS NOT TRUE) FROM rows)"
    emptied = f"CASE WHEN {named} THEN r || '{{\"{column}\": null}}' ELSE r END"
    return f"WHEN '{table}' THEN (SELECT jsonb_agg({emptied} ORDER BY n) FROM rows)"


WITHOUT_AGENT = f"""
CREATE OR REPLACE FUNCTION functions.without_agent(snapshot jsonb, agent bigint) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $without$
    SELECT coalesce(jsonb_object_agg(t.name, coalesce((
        WITH rows AS (SELECT r, n FROM jsonb_array_elements(t.listed) WITH ORDINALITY AS u(r, n))
        SELECT CASE t.name {" ".join(_without(*each) for each in REFERRING[AGENT.subject])}
                           ELSE t.listed END), '[]'::jsonb)), '{{}}'::jsonb)
    FROM jsonb_each(snapshot) AS t(name, listed)
    WHERE t.name NOT IN ({", ".join(f"'{name}'" for name in FACTS)})
$without$;
"""
"""`functions.without_agent(snapshot, agent)`: a snapshot that names this agent nowhere, without what was computed."""

AS_EVENT = f"""
    left_behind := functions.remove_events(ids);
    {relinked(EVENT, "ids")}"""

AS_DOCUMENT = "PERFORM functions.withhold(ids, 'withheld', p_by);"

AS_AGENT = " ".join(
    f"""
    UPDATE {schema}.chronicle_edition x SET snapshot = functions.without_agent(c.snapshot, p_number),
        shape = functions.shape(), sources_removed = x.sources_removed || current_date
    FROM (SELECT e.id, functions.lifted(e.snapshot, e.shape) AS snapshot FROM {schema}.chronicle_edition e
          WHERE e.id = ANY(editions) AND NOT e.is_tombstone) c
    WHERE x.id = c.id;"""
    for schema in ("desk", "published")
) + "".join(f" DELETE FROM published.{t.name} t WHERE t.{t.belongs_to} = p_number;" for t in reversed(AGENT.tables))

OF_TEXTS: Final = (
    "DELETE FROM desk.sources_documentpage t USING desk.sources_documenttext x "
    "WHERE x.id = t.text_id AND x.document_id = p_number;"
)

BENEATH: Final[dict[str, tuple[str, ...]]] = {
    EVENT.subject: ("DELETE FROM desk.chronicle_citationcounter t WHERE t.event_id = p_number;",),
    DOCUMENT.subject: (
        OF_TEXTS,
        "DELETE FROM desk.links_link t WHERE t.document_id = p_number;",
    ),
    AGENT.subject: (),
}
"""Rows without a history that go along."""


def _gone(record: Record) -> str:
    """Return the statements that delete the rows of a record, and then all that the history has of them."""
    tables = rows_of(record)
    logged = " ".join(
        f"DELETE FROM desk.django_admin_log l USING desk.django_content_type c WHERE c.id = l.content_type_id "
        f"AND c.app_label || '_' || c.model = '{table}' AND l.object_id IN "
        f"(SELECT t.pgh_obj_id::text FROM desk.{table}revision t WHERE t.{column} = p_number);"
        for table, column in tables
    )
    mentions = "".join(
        f" DELETE FROM desk.chronicle_mention{history} m WHERE m.remark_id = ANY(remarks);"
        for history in ("", "revision")
    )
    rows = " ".join(f"DELETE FROM desk.{table} t WHERE t.{column} = p_number;" for table, column in reversed(tables))
    history = " ".join(f"DELETE FROM desk.{table}revision t WHERE t.{column} = p_number;" for table, column in tables)
    merges = " ".join(
        f"DELETE FROM desk.chronicle_merge{kept} m WHERE m.subject = '{record.subject}' "
        "AND p_number IN (m.merged_number, m.kept_number);"
        for kept in ("", "revision")
    )
    remarks = ""
    if any(table == "chronicle_remark" for table, _column in tables):
        remarks = (
            "remarks := ARRAY(SELECT DISTINCT t.pgh_obj_id FROM desk.chronicle_remarkrevision t "
            f"WHERE t.{record.subject}_id = p_number);"
        )
    return " ".join((logged, remarks, mentions, *BENEATH[record.subject], rows, history, merges))


def _whole(record: Record, as_public: str) -> str:
    root, subject = record.root.name, record.subject
    return f"""
    IF p_subject = '{subject}' THEN
        was_there := EXISTS (SELECT FROM desk.{root}revision t WHERE t.pgh_obj_id = p_number)
                     OR EXISTS (SELECT FROM desk.{root} t WHERE t.id = p_number);
        IF NOT was_there THEN RETURN FALSE; END IF;
        editions := ARRAY(SELECT e.id FROM desk.chronicle_edition e
                          WHERE e.refers_to @> ARRAY['{subject}:' || p_number]);
        {as_public}
        UPDATE desk.chronicle_edition e SET refers_to = array_remove(e.refers_to, '{subject}:' || p_number)
        WHERE e.id = ANY(editions);
        DELETE FROM published.chronicle_edition e WHERE e.{subject}_id = p_number;
        DELETE FROM desk.chronicle_edition e WHERE e.{subject}_id = p_number;
        PERFORM functions.forget_reasons('{root}', p_number);
        {_gone(record)}
        PERFORM functions.sweep(left_behind);
        {KEEP_PURGE}
        VALUES ('record', '{root}', p_number, '', '{subject}', p_number, '', '', p_at, p_by, p_reason);
    END IF;"""


PURGE_RECORD = function(
    "purge_record",
    "p_subject text, p_number bigint, p_by integer, p_reason text, p_at timestamptz",
    f"""DECLARE
    written bigint := functions.written();
    ids bigint[] := ARRAY[p_number];
    editions bigint[];
    remarks bigint[] := '{{}}';
    left_behind text[] := '{{}}';
    was_there boolean;
BEGIN
    IF p_subject NOT IN ({", ".join(f"'{record.subject}'" for record in WHOLE)}) OR p_reason !~ '\\S' THEN
        RAISE EXCEPTION 'Purging takes an event, a document or an agent, and a reason; not %', p_subject
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM functions.begin_verb();
    TRUNCATE staging.outgoing, staging.needed; -- deleted rows of what went out lie there until then
    {_whole(EVENT, AS_EVENT)}
    {_whole(DOCUMENT, AS_DOCUMENT)}
    {_whole(AGENT, AS_AGENT)}
    DELETE FROM published.{REDIRECT} t WHERE t.subject = p_subject AND p_number IN (t.number, t.into_number);
    SET CONSTRAINTS ALL IMMEDIATE; -- whatever leans on it refuses here, and not when all is committed
    SET CONSTRAINTS ALL DEFERRED;
    PERFORM functions.end_verb(written);
    RETURN TRUE;
END""",
    returns="boolean",
    is_verb=True,
)
"""`purge_record(subject, number, by, reason, at)`: says whether there was anything; bytes of files are the caller's."""
