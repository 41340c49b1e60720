"""The references that events need: gathered before they go out, published with them, swept when nothing needs them."""

from chronicle.database.published import (
    AGENT,
    DOCUMENT,
    EVENT,
    LOCATION,
    RECORDS,
    REFERENCES,
    STANDING,
    Record,
    Table,
)
from chronicle.database.publishing.functions import SLICE, function


def gather() -> str:
    """Return `gather(subject, ids)`: add to `staging.needed` every reference that these records need to be shown."""
    of_events = "".join(
        _need(EVENT, table, where=f"p_subject = 'event' AND t.{table.belongs_to} = ANY(ids)") for table in EVENT.tables
    )
    of_references = "".join(
        _need(record, table, where="") for record in (*STANDING, LOCATION, DOCUMENT, AGENT) for table in record.tables
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


def publish_needed() -> str:
    """Return `publish_needed(…)`: every record in `staging.needed` but events, in slices; what they ceased to point to.

    Curators work on meanwhile: what a snapshot needs that was not needed before is gathered then, and published next.
    """
    loops = "\n".join(
        f"""    ids := ARRAY(SELECT n.id FROM staging.needed n WHERE n.subject = '{record.subject}' ORDER BY n.id);
    FOR lowest IN 1 .. cardinality(ids) BY {SLICE} LOOP
        SELECT left_behind || coalesce(s.left_behind, '{{}}') INTO left_behind
        FROM functions.publish_{record.subject}_slice(
            ids[lowest : lowest + {SLICE} - 1], p_editor, p_signed_as, p_note_kind, p_note) s;
    END LOOP;"""
        for record in (*REFERENCES, *STANDING)
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
