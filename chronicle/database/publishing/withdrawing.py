"""The verbs that withdraw: what was public is gone at once, and a tombstone says so."""

from chronicle.database.published import EVENT, STANDING, Record
from chronicle.database.publishing.functions import function, newest
from chronicle.database.publishing.slices import relinked

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
