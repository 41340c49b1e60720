"""How a verb begins and ends: one at a time, and readers' pages get new tags only when something was written."""

from chronicle.database.published import CHANGE
from chronicle.database.publishing.functions import function

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
    PERFORM functions.clear_staging();
    DELETE FROM staging.needed;
END""",
)
