"""The SQL of publishing: the only writers of editions, of what readers see, and of a document's access.

`publish`, `publish_references`, `withdraw`, `withhold` and `release` are SECURITY DEFINER functions of the owner; the
desk login may execute them and nothing more. Each first takes the table of editions in SHARE ROW EXCLUSIVE mode:
publishing is serial, readers and curators are not hindered. (Locks on the events' rows alone let two verbs that share a
document cross each other.) The functions refuse any isolation but read committed, whose statements see what was there
when the lock was granted.

Everything passes through `staging.outgoing`: a row per record that is going out, with its snapshot, and the snapshot as
readers may see it (`disclosed`: without links to what is not public). It is truncated, not deleted from: the dead rows
of one long transaction cannot be vacuumed, and scanning them made a large call quadratic.
"""

from chronicle.database.published import (
    AGENT,
    DOCUMENT,
    EDITION,
    EVENT,
    FACTS,
    LOCATION,
    RECORDS,
    REFERENCES,
    TALLY,
    Record,
    Table,
)
from chronicle.database.snapshots import (
    disclosed,
    facts_of,
    linked_tables,
    pointers,
    shape,
    snapshot_of,
)

SLICE = 1000
"""Events or references that are published at once: bounds memory, and lets statistics follow in a large call."""

STAGING = """
DROP TABLE IF EXISTS staging.outgoing, staging.needed;
CREATE UNLOGGED TABLE staging.outgoing (
    subject text NOT NULL, id bigint NOT NULL, snapshot jsonb NOT NULL, disclosed jsonb NOT NULL,
    is_new boolean NOT NULL, was_public boolean NOT NULL, refers_to text[] NOT NULL, links text[] NOT NULL,
    PRIMARY KEY (subject, id));
CREATE UNLOGGED TABLE staging.needed (
    subject text NOT NULL, id bigint NOT NULL, PRIMARY KEY (subject, id));
"""

PINNED = (
    "SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' "
    "SET plan_cache_mode = force_custom_plan SET jit = off"
)
"""Settings of every verb; custom plans, because a plan made for empty tables is kept and ruins a large call."""


def function(name: str, arguments: str, body: str, *, returns: str = "void", is_verb: bool = False) -> str:
    """Return the SQL that creates one of our functions anew; verbs run as their owner, with pinned settings."""
    rights = f"SECURITY DEFINER {PINNED}" if is_verb else ""
    return (
        f"CREATE OR REPLACE FUNCTION functions.{name}({arguments}) RETURNS {returns} LANGUAGE plpgsql {rights} "
        f"AS $body$\n#variable_conflict use_column\n{body}\n$body$;\n"
    )


def newest(record: Record, number: str, *, columns: str = "e.*") -> str:
    """Return the subquery for the newest edition of the record whose number is the SQL expression `number`."""
    column = f"{record.subject}_id"
    return (
        f"(SELECT {columns} FROM desk.chronicle_edition e WHERE e.{column} = {number} ORDER BY e.number DESC LIMIT 1)"
    )


def stage(record: Record) -> str:
    """Return `stage_<subject>(ids)`: from the desk, what changed since the newest edition or is not public now."""
    columns = "e.number, e.is_tombstone, e.snapshot, e.shape"
    without_facts = "".join(f" - '{name}'" for name in FACTS) if record is EVENT else ""
    exists = "TRUE" if record is EVENT else f"jsonb_array_length(s.snapshot -> '{record.root.name}') = 1"
    return function(
        f"stage_{record.subject}",
        "ids bigint[]",
        f"""BEGIN
    INSERT INTO staging.outgoing (subject, id, snapshot, disclosed, is_new, was_public, refers_to, links)
    WITH s AS MATERIALIZED (SELECT u.id, {snapshot_of(record, "u.id")} AS snapshot FROM unnest(ids) AS u(id)),
    compared AS MATERIALIZED (
        SELECT s.id, s.snapshot,
               n.number IS NULL OR n.is_tombstone
               OR (functions.lifted(n.snapshot, n.shape){without_facts}) IS DISTINCT FROM s.snapshot AS is_new,
               EXISTS (SELECT 1 FROM published.{record.root.name} p WHERE p.id = s.id) AS was_public
        FROM s LEFT JOIN LATERAL {newest(record, "s.id", columns=columns)} n ON TRUE
        WHERE {exists})
    SELECT '{record.subject}', c.id, c.snapshot, c.snapshot, c.is_new, c.was_public,
           {pointers(record, "c.snapshot", needs=True)}, {pointers(record, "c.snapshot", needs=False)}
    FROM compared c WHERE c.is_new OR NOT c.was_public;
    {disclose(record)}
END""",
    )


def restage(record: Record) -> str:
    """Return `restage_<subject>(ids)`: the newest editions of what is public, to fill it again from them."""
    return function(
        f"restage_{record.subject}",
        "ids bigint[]",
        f"""BEGIN
    INSERT INTO staging.outgoing (subject, id, snapshot, disclosed, is_new, was_public, refers_to, links)
    SELECT '{record.subject}', u.id, l.snapshot, l.snapshot, FALSE, TRUE, '{{}}', '{{}}'
    FROM unnest(ids) AS u(id)
    JOIN published.{record.root.name} p ON p.id = u.id
    CROSS JOIN LATERAL {newest(record, "u.id", columns="e.snapshot, e.shape, e.is_tombstone")} n
    CROSS JOIN LATERAL (SELECT functions.lifted(n.snapshot, n.shape) AS snapshot) l
    WHERE NOT n.is_tombstone;
    {disclose(record)}
END""",
    )


def _is_public(subject: str) -> str:
    """Return the condition that a record is public or going out; scalar subqueries, so that none is hashed whole."""
    root = next(record.root.name for record in RECORDS if record.subject == subject)
    return (
        f"coalesce((SELECT TRUE FROM published.{root} p WHERE p.id = {{number}}), (SELECT TRUE FROM "
        f"staging.outgoing q WHERE q.subject = '{subject}' AND q.id = {{number}}), FALSE)"
    )


IS_PUBLIC = {record.subject: _is_public(record.subject) for record in RECORDS}


def disclose(record: Record) -> str:
    """Return the statements that take links to what is not public out of what is staged."""
    return "\n    ".join(
        f"UPDATE staging.outgoing o SET disclosed = {disclosed(table, 'o.disclosed', IS_PUBLIC)} "
        f"WHERE o.subject = '{record.subject}' AND jsonb_path_exists(o.snapshot, "
        f"'$.{table.name}[*].keyvalue() ? ({' || '.join(_named(column) for column in table.links)})');"
        for table in linked_tables(record)
    )


def _named(column: str) -> str:
    return f'(@.key == "{column}" && @.value != null)'


def fill_statements(record: Record, schema: str) -> list[str]:
    """Return the statements that put the staged records of this kind into `schema`, in place of what was there."""
    ids = f"SELECT o.id FROM staging.outgoing o WHERE o.subject = '{record.subject}'"
    removals = [f"DELETE FROM {schema}.{table.name} WHERE {table.belongs_to} IN ({ids})" for table in record.tables]
    return [*reversed(removals), *(_fill_table(record, table, schema) for table in record.tables)]


def _fill_table(record: Record, table: Table, schema: str) -> str:
    columns = ", ".join(table.public)
    return (
        f"INSERT INTO {schema}.{table.name} ({columns}) SELECT {', '.join(f'r.{column}' for column in table.public)} "
        f"FROM staging.outgoing o, "
        f"jsonb_populate_recordset(NULL::{schema}.{table.name}, o.disclosed -> '{table.name}') r "
        f"WHERE o.subject = '{record.subject}'"
    )


def fill(record: Record) -> str:
    """Return `fill_<subject>()`: the staged records of this kind into what readers see."""
    return function(
        f"fill_{record.subject}", "", "BEGIN\n" + ";\n".join(fill_statements(record, "published")) + ";\nEND"
    )


def edit(record: Record) -> str:
    """Return `edit_<subject>(…)`: editions of what is staged, with copies for readers; what the old ones pointed to."""
    subject = f"{record.subject}_id"
    facts = facts_of("o.id") if record is EVENT else "'{}'::jsonb"
    names = ", ".join(column for column in EDITION.public if column != "snapshot")
    of_edition = ", ".join(f"e.{column}" for column in EDITION.public if column != "snapshot")
    return function(
        f"edit_{record.subject}",
        "p_editor integer, p_signed_as text, p_note_kind text, p_note text",
        f"""DECLARE
    left_behind text[];
BEGIN
    SELECT array_agg(DISTINCT k) INTO left_behind FROM staging.outgoing o
    CROSS JOIN LATERAL {newest(record, "o.id", columns="e.refers_to, e.links")} n
    CROSS JOIN LATERAL unnest(n.refers_to || n.links) AS pointers(k)
    WHERE o.subject = '{record.subject}' AND o.is_new AND NOT k = ANY(o.refers_to || o.links);

    WITH f AS MATERIALIZED (
        SELECT o.*, {facts} AS facts, coalesce(n.number, 0) AS last_number
        FROM staging.outgoing o LEFT JOIN LATERAL {newest(record, "o.id", columns="e.number")} n ON TRUE
        WHERE o.subject = '{record.subject}' AND o.is_new),
    e AS (
        INSERT INTO desk.chronicle_edition ({subject}, slug, number, made_at, editor_id, signed_as, note_kind, note,
                                            shape, snapshot, is_tombstone, refers_to, links, sources_removed)
        SELECT f.id, f.snapshot -> '{record.root.name}' -> 0 ->> 'slug', f.last_number + 1,
               clock_timestamp(), p_editor, p_signed_as,
               CASE WHEN f.last_number = 0 THEN 'first' ELSE p_note_kind END, p_note, {shape()},
               f.snapshot || f.facts, FALSE, f.refers_to, f.links, '{{}}'
        FROM f ORDER BY f.id
        RETURNING *)
    INSERT INTO published.chronicle_edition ({names}, snapshot)
    SELECT {of_edition}, f.disclosed || f.facts FROM e JOIN f ON f.id = e.{subject};

    INSERT INTO published.chronicle_edition ({names}, snapshot)
    SELECT {of_edition}, o.disclosed || {facts} FROM staging.outgoing o CROSS JOIN LATERAL {newest(record, "o.id")} e
    WHERE o.subject = '{record.subject}' AND NOT o.is_new
    ON CONFLICT (id) DO UPDATE SET snapshot = EXCLUDED.snapshot, is_tombstone = EXCLUDED.is_tombstone;
    RETURN left_behind;
END""",
        returns="text[]",
    )


def gather() -> str:
    """Return `gather(subject, ids)`: add to `staging.needed` every reference that these records need to be shown."""
    of_events = "".join(
        _need(EVENT, table, where=f"p_subject = 'event' AND t.{table.belongs_to} = ANY(ids)") for table in EVENT.tables
    )
    of_references = "".join(
        _need(record, table, where="") for record in (LOCATION, DOCUMENT, AGENT) for table in record.tables
    )
    return function(
        "gather",
        "p_subject text, ids bigint[]",
        f"""BEGIN
    INSERT INTO staging.needed SELECT p_subject, u.id FROM unnest(ids) AS u(id)
    WHERE p_subject <> 'event' ON CONFLICT DO NOTHING;
    {of_events}
    INSERT INTO staging.needed SELECT DISTINCT 'document', t.cited_id FROM outgoing.sources_citeddocument t
    JOIN staging.needed n ON n.subject = 'document' AND n.id = t.document_id ON CONFLICT DO NOTHING;
    INSERT INTO staging.needed
    WITH RECURSIVE above AS (
        SELECT n.id FROM staging.needed n WHERE n.subject = 'location'
        UNION SELECT t.within_id FROM outgoing.chronicle_locationwithin t JOIN above a ON a.id = t.location_id)
    SELECT 'location', a.id FROM above a ON CONFLICT DO NOTHING;
    {of_references}
END""",
    )


GATHER_STAGED = function(
    "gather_staged",
    "",
    """BEGIN
    INSERT INTO staging.needed
    SELECT DISTINCT split_part(k, ':', 1), split_part(k, ':', 2)::bigint
    FROM staging.outgoing o, unnest(o.refers_to) AS u(k) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN FALSE; END IF;
    PERFORM functions.gather('', '{}');
    RETURN TRUE;
END""",
    returns="boolean",
)
"""`gather_staged()`: add what the staged snapshots need besides; true where a curator's change came after `gather`."""


def _need(record: Record, table: Table, *, where: str) -> str:
    if not table.needs:
        return ""
    values = ", ".join(f"('{subject}', t.{column})" for column, subject in table.needs.items())
    joined = "" if where else f"JOIN staging.needed n ON n.subject = '{record.subject}' AND n.id = t.{table.belongs_to}"
    return (
        f"INSERT INTO staging.needed SELECT DISTINCT v.subject, v.id FROM outgoing.{table.name} t {joined}\n"
        f"    CROSS JOIN LATERAL (VALUES {values}) AS v(subject, id) WHERE {where or 'TRUE'} AND v.id IS NOT NULL\n"
        "    ON CONFLICT DO NOTHING;\n    "
    )


def facts() -> str:
    """Return `drop_facts(ids)`, `make_facts(ids)`: what is computed of events, and the tallies kept exact with it."""
    dropped = "".join(f"    DELETE FROM published.{name} WHERE event_id = ANY(ids);\n" for name in FACTS)
    made = "".join(
        f"    INSERT INTO published.{name} SELECT * FROM outgoing.{name} WHERE event_id = ANY(ids);\n" for name in FACTS
    )
    counted = (
        "(SELECT k, count(*) AS n FROM published.chronicle_eventcount c, unnest(c.facets) AS facets(k) "
        "WHERE c.event_id = ANY(ids) GROUP BY k)"
    )
    return function(
        "drop_facts",
        "ids bigint[]",
        f"""BEGIN
    UPDATE published.{TALLY} t SET events = t.events - d.n FROM {counted} d WHERE t.id = d.k;
    DELETE FROM published.{TALLY} t USING {counted} d WHERE t.id = d.k AND t.events = 0;
{dropped}END""",
    ) + function(
        "make_facts",
        "ids bigint[]",
        f"""BEGIN
{made}    INSERT INTO published.{TALLY} AS t (id, facet, value, events)
    SELECT d.k, split_part(d.k, ':', 1), substr(d.k, strpos(d.k, ':') + 1), d.n FROM {counted} d ORDER BY d.k
    ON CONFLICT (id) DO UPDATE SET events = t.events + EXCLUDED.events;
END""",
    )


EVENTS_TOUCHING = {
    "event": "SELECT e.id FROM published.chronicle_event e WHERE e.parent_id = ANY(ids)",
    "agent": """SELECT c.event_id FROM published.chronicle_citation c WHERE c.claimed_by_id = ANY(ids)
        UNION SELECT c.event_id FROM published.chronicle_citation c
        JOIN published.sources_document d ON d.id = c.document_id WHERE d.publisher_id = ANY(ids)""",
    "document": """SELECT c.event_id FROM published.chronicle_citation c
        WHERE c.document_id = ANY(ids) OR c.through_id = ANY(ids)""",
    "location": """WITH RECURSIVE inside AS (
            SELECT u.id FROM unnest(ids) AS u(id)
            UNION SELECT w.location_id FROM published.chronicle_locationwithin w JOIN inside i ON i.id = w.within_id)
        SELECT l.event_id FROM published.chronicle_eventlocation l JOIN inside i ON i.id = l.location_id
        UNION SELECT c.event_id FROM published.chronicle_citation c JOIN inside i ON i.id = c.asserted_location_id""",
}
"""Events whose computed facts change with a record that is not their own: by subject, on the published side."""


def refresh(subject: str) -> str:
    """Return `refresh_around_<subject>(ids)`: the facts of events that depend on these records, computed again."""
    return function(
        f"refresh_around_{subject}",
        "ids bigint[]",
        f"""DECLARE
    touched bigint[] := ARRAY({EVENTS_TOUCHING[subject]});
    slice bigint[];
BEGIN
    FOR lowest IN 1 .. cardinality(touched) BY {SLICE} LOOP
        slice := touched[lowest : lowest + {SLICE} - 1];
        PERFORM functions.drop_facts(slice);
        PERFORM functions.make_facts(slice);
    END LOOP;
END""",
    )


def relink(record: Record) -> str:
    """Return `relink_<subject>(targets)`: fill again what points to records that became public, or ceased to be."""
    again = "PERFORM functions.drop_facts(ids); PERFORM functions.make_facts(ids);" if record is EVENT else ""
    return function(
        f"relink_{record.subject}",
        "targets bigint[]",
        f"""DECLARE
    keys text[] := ARRAY(SELECT '{record.subject}:' || t FROM unnest(targets) AS u(t));
    ids bigint[];
BEGIN
    ids := ARRAY(SELECT DISTINCT e.{record.subject}_id
                 FROM unnest(keys) AS u(k) JOIN desk.chronicle_edition e ON e.links <> '{{}}' AND e.links @> ARRAY[u.k]
                 JOIN published.{record.root.name} p ON p.id = e.{record.subject}_id);
    IF cardinality(ids) = 0 THEN RETURN; END IF;
    PERFORM functions.restage_{record.subject}(ids);
    PERFORM functions.fill_{record.subject}();
    UPDATE published.chronicle_edition p SET snapshot = o.disclosed, shape = {shape()}
    FROM staging.outgoing o CROSS JOIN LATERAL {newest(record, "o.id", columns="e.id")} n
    WHERE o.subject = '{record.subject}' AND p.id = n.id;
    TRUNCATE staging.outgoing;
    {again}
END""",
    )


def publish_slice(record: Record) -> str:
    """Return `publish_<subject>_slice(…)`: these records out as they are at the desk; what they ceased to point to."""
    is_event = record is EVENT
    late = "PERFORM functions.gather_staged();"
    if is_event:
        late = """WHILE functions.gather_staged() LOOP
        left_behind := left_behind || functions.publish_needed(p_editor, p_signed_as, p_note_kind, '');
        TRUNCATE staging.outgoing;
        PERFORM functions.stage_event(ids);
    END LOOP;"""
    before = "PERFORM functions.drop_facts(staged);" if is_event else ""
    after = "PERFORM functions.make_facts(staged);" if is_event else ""
    around = ""
    if record.subject in EVENTS_TOUCHING:
        around = f"PERFORM functions.refresh_around_{record.subject}(staged);"
    linked = ""
    if any(link.subject == record.subject for table in record.tables for link in table.links.values()):
        linked = f"IF cardinality(fresh) > 0 THEN PERFORM functions.relink_{record.subject}(fresh); END IF;"
    return function(
        f"publish_{record.subject}_slice",
        "ids bigint[], p_editor integer, p_signed_as text, p_note_kind text, p_note text, "
        "OUT made bigint[], OUT left_behind text[]",
        f"""DECLARE
    staged bigint[];
    fresh bigint[];
BEGIN
    left_behind := '{{}}';
    TRUNCATE staging.outgoing;
    PERFORM functions.stage_{record.subject}(ids);
    {late}
    SELECT coalesce(array_agg(o.id), '{{}}'), coalesce(array_agg(o.id) FILTER (WHERE o.is_new), '{{}}'),
           coalesce(array_agg(o.id) FILTER (WHERE NOT o.was_public), '{{}}')
    INTO staged, made, fresh FROM staging.outgoing o;
    IF cardinality(staged) = 0 THEN RETURN; END IF;
    {before}
    PERFORM functions.fill_{record.subject}();
    {after}
    left_behind := left_behind || functions.edit_{record.subject}(p_editor, p_signed_as, p_note_kind, p_note);
    TRUNCATE staging.outgoing;
    {linked}
    {around}
END""",
        returns="record",
    )


def publish_needed() -> str:
    """Return `publish_needed(…)`: every reference in `staging.needed`, in slices; what they ceased to point to.

    Curators work on meanwhile: what a snapshot needs that was not needed before is gathered then, and published next.
    """
    loops = "\n".join(
        f"""    ids := ARRAY(SELECT n.id FROM staging.needed n WHERE n.subject = '{record.subject}' ORDER BY n.id);
    FOR lowest IN 1 .. cardinality(ids) BY {SLICE} LOOP
        SELECT left_behind || coalesce(s.left_behind, '{{}}') INTO left_behind
        FROM functions.publish_{record.subject}_slice(
            ids[lowest : lowest + {SLICE} - 1], p_editor, p_signed_as, p_note_kind, p_note) s;
    END LOOP;"""
        for record in REFERENCES
    )
    return function(
        "publish_needed",
        "p_editor integer, p_signed_as text, p_note_kind text, p_note text",
        f"""DECLARE
    ids bigint[];
    left_behind text[] := '{{}}';
    known bigint;
BEGIN
    LOOP
    known := (SELECT count(*) FROM staging.needed);
{loops}
    EXIT WHEN known = (SELECT count(*) FROM staging.needed);
    END LOOP;
    RETURN left_behind;
END""",
        returns="text[]",
    )


def sweep() -> str:
    """Return `sweep(keys)`: of these references, those that nothing public needs leave; then what only they needed.

    Entries that wait to be put into the index of references are put there first: each question would read them all.

    A reference that no row needs leaves the tables; its copies of editions stay while an edition that readers can
    still open points to it.
    """
    return function(
        "sweep",
        "keys text[]",
        f"""DECLARE
    ids bigint[];
    gone bigint[];
    copies bigint[];
    next_keys text[] := '{{}}';
BEGIN
    IF coalesce(cardinality(keys), 0) = 0 THEN RETURN; END IF;
    PERFORM gin_clean_pending_list('desk.edition_by_reference');
{"".join(_sweep_subject(record) for record in reversed(REFERENCES))}
    PERFORM functions.sweep(next_keys);
END""",
    )


def _unneeded(record: Record) -> str:
    """Return the conditions under which no public row needs the record `p`.

    A document that is cited by another is kept by it only while an event cites that other one: two documents that cite
    each other would otherwise keep each other public for ever.
    """
    tables = [table for other in RECORDS for table in other.tables]
    pointing = [(table.name, c) for table in tables for c, subject in table.needs.items() if subject == record.subject]
    conditions = [f"NOT EXISTS (SELECT 1 FROM published.{table} x WHERE x.{c} = p.id)" for table, c in pointing]
    if record is DOCUMENT:
        conditions += [
            "NOT EXISTS (SELECT 1 FROM published.sources_citeddocument x JOIN published.chronicle_citation c "
            f"ON c.{column} = x.document_id WHERE x.cited_id = p.id)"
            for column in ("document_id", "through_id")
        ]
    return " AND ".join(conditions)


def _sweep_subject(record: Record) -> str:
    removals = " ".join(
        f"DELETE FROM published.{table.name} WHERE {table.belongs_to} = ANY(gone);" for table in reversed(record.tables)
    )
    if record is DOCUMENT:
        removals += " DELETE FROM published.sources_citeddocument WHERE cited_id = ANY(gone);"
    subject = f"{record.subject}_id"
    return f"""
    ids := ARRAY(SELECT split_part(k, ':', 2)::bigint FROM unnest(keys) AS u(k) WHERE k LIKE '{record.subject}:%');
    gone := ARRAY(SELECT p.id FROM published.{record.root.name} p WHERE p.id = ANY(ids) AND {_unneeded(record)});
    {removals}
    copies := ARRAY(SELECT DISTINCT p.{subject} FROM published.chronicle_edition p WHERE p.{subject} = ANY(ids)
                    AND NOT EXISTS (SELECT 1 FROM published.{record.root.name} x WHERE x.id = p.{subject})
                    AND NOT EXISTS (SELECT 1 FROM desk.chronicle_edition e
                                    JOIN published.chronicle_edition c ON c.id = e.id AND NOT c.is_tombstone
                                    WHERE e.refers_to @> ARRAY['{record.subject}:' || p.{subject}]));
    next_keys := next_keys || ARRAY(SELECT DISTINCT k FROM desk.chronicle_edition e
                                    CROSS JOIN LATERAL unnest(e.refers_to || e.links) AS u(k)
                                    WHERE e.{subject} = ANY(gone || copies));
    DELETE FROM published.chronicle_edition p WHERE p.{subject} = ANY(copies);"""
