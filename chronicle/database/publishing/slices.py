"""A slice of records of one kind: out, with what follows from it for others."""

from chronicle.database.published import EVENT, RECORDS, Record
from chronicle.database.publishing.facts import EVENTS_TOUCHING
from chronicle.database.publishing.functions import function, newest
from chronicle.database.snapshots import shape


def relink(record: Record) -> str:
    """Return `relink_<subject>(keys)`: fill again what points to records that became public, or ceased to be.

    `keys` are those records, such as event:3 or missing:2. Those of this kind went out together, and saw each other
    then. Each key is looked up by itself in the index of links: left to itself, PostgreSQL compares every key with
    every edition that has links, which grows with what is public.
    """
    again = "PERFORM functions.drop_facts(ids); PERFORM functions.make_facts(ids);" if record is EVENT else ""
    return function(
        f"relink_{record.subject}",
        "keys text[]",
        f"""DECLARE
    ids bigint[];
BEGIN
    ids := ARRAY(SELECT DISTINCT linking.id
                 FROM unnest(keys) AS u(k) CROSS JOIN LATERAL (
                     SELECT (SELECT p.id FROM published.{record.root.name} p WHERE p.id = e.{record.subject}_id) AS id
                     FROM desk.chronicle_edition e WHERE e.links <> '{{}}' AND e.links @> ARRAY[u.k] OFFSET 0
                 ) AS linking
                 WHERE linking.id IS NOT NULL AND NOT ('{record.subject}:' || linking.id) = ANY(keys));
    IF cardinality(ids) = 0 THEN RETURN; END IF;
    PERFORM functions.restage_{record.subject}(ids);
    PERFORM functions.fill_{record.subject}();
    UPDATE published.chronicle_edition p SET snapshot = o.disclosed, shape = {shape()}
    FROM staging.outgoing o CROSS JOIN LATERAL {newest(record, "o.id", columns="e.id")} n
    WHERE o.subject = '{record.subject}' AND p.id = n.id;
    PERFORM functions.clear_staging();
    {again}
END""",
    )


def links_to(subject: str) -> list[Record]:
    """Return the kinds of record that point to records of this kind without needing them."""
    return [r for r in RECORDS if any(link.subject == subject for t in r.tables for link in t.links.values())]


def relinked(record: Record, ids: str) -> str:
    """Return the statements that fill again whatever points to these records; `ids` is a variable of the function."""
    keys = f"ARRAY(SELECT '{record.subject}:' || u.id FROM unnest({ids}) AS u(id))"
    return "".join(
        f"IF cardinality({ids}) > 0 THEN PERFORM functions.relink_{other.subject}({keys}); END IF;"
        for other in links_to(record.subject)
    )


def publish_slice(record: Record) -> str:
    """Return `publish_<subject>_slice(…)`: these records out as they are at the desk; what they ceased to point to."""
    is_event = record is EVENT
    late = "PERFORM functions.gather_staged();"
    if is_event:
        late = """WHILE functions.gather_staged() LOOP
        left_behind := left_behind || functions.publish_needed(p_editor, p_signed_as, p_note_kind, '');
        PERFORM functions.clear_staging();
        PERFORM functions.stage_event(ids);
    END LOOP;"""
    before = "PERFORM functions.drop_facts(staged);" if is_event else ""
    after = "PERFORM functions.make_facts(staged);" if is_event else ""
    around = ""
    if record.subject in EVENTS_TOUCHING:
        around = f"PERFORM functions.refresh_around_{record.subject}(staged);"
    linked = relinked(record, "fresh")
    return function(
        f"publish_{record.subject}_slice",
        "ids bigint[], p_editor integer, p_signed_as text, p_note_kind text, p_note text, "
        "OUT made bigint[], OUT left_behind text[]",
        f"""DECLARE
    staged bigint[];
    fresh bigint[];
BEGIN
    left_behind := '{{}}';
    PERFORM functions.clear_staging();
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
    PERFORM functions.clear_staging();
    {linked}
    {around}
END""",
        returns="record",
    )
