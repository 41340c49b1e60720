"""What is computed of events, kept beside them, and computed again when what it rests on changes."""

from chronicle.database.published import FACTS, TALLY
from chronicle.database.publishing.functions import SLICE, function


def facts() -> str:
    """Return `drop_facts(ids)`, `make_facts(ids)`: what is computed of events, and the tallies kept exact with it."""
    dropped = "".join(f"    DELETE FROM published.{name} WHERE event_id = ANY(ids);\n" for name in FACTS)
    made = "".join(
        f"    INSERT INTO published.{name} SELECT * FROM outgoing.{name} WHERE event_id = ANY(ids);\n" for name in FACTS
    )
    return function(
        "drop_facts",
        "ids bigint[]",
        f"""DECLARE
    emptied text[];
BEGIN
    {_tallied("-")}
    DELETE FROM published.{TALLY} t WHERE t.id = ANY(emptied);
{dropped}END""",
    ) + function(
        "make_facts",
        "ids bigint[]",
        f"""DECLARE
    emptied text[];
BEGIN
{made}    {_tallied("+")}
END""",
    )


def tallied(schema: str, ids: str, *, sign: str = "+") -> str:
    """Return the statement that adds what is counted of these events to the tallies, or takes it away.

    `ids` is an SQL expression. Each tally is found by the index of its conflict: a join is left to what PostgreSQL
    expects of the table, and compared every tally with every count where that was wrong.
    """
    return f"""INSERT INTO {schema}.{TALLY} AS t (id, facet, value, number)
        SELECT k, split_part(k, ':', 1), substr(k, strpos(k, ':') + 1), {sign}count(*)
        FROM {schema}.chronicle_eventcount c, unnest(c.facets || c.counted) AS u(k)
        WHERE c.event_id = ANY({ids}) GROUP BY k ORDER BY k
        ON CONFLICT (id) DO UPDATE SET number = t.number + EXCLUDED.number"""


def _tallied(sign: str) -> str:
    """Return the same for the published side; `emptied` are the tallies that are at nothing then."""
    return f"""WITH t AS ({tallied("published", "ids", sign=sign)} RETURNING t.id, t.number)
    SELECT array_agg(t.id) INTO emptied FROM t WHERE t.number <= 0;"""


EVENTS_TOUCHING = {
    "event": "SELECT e.id FROM published.chronicle_event e WHERE e.parent_id = ANY(ids) AND NOT e.id = ANY(ids)",
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
