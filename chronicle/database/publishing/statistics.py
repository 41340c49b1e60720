"""What PostgreSQL expects of the tables, told anew while much is published.

Plans are made from what ANALYZE last saw. Tables that were empty then, or held nothing but what had been rolled back or
withdrawn, are taken for empty however much comes into them: any index seems as good as the right one, and is read whole
for every event. So a large call begins with a small slice, and looks again whenever four times as much is out.
"""

from chronicle.database.published import EDITION, EVENT, FACTS, RECORDS, REFERENCES, TALLY
from chronicle.database.publishing.functions import function

FIRST_SLICE = 100
"""Events that a large call publishes before it looks at the tables for the first time: few enough for any plan."""

TIMES = 4
"""How many times as much must be out before the tables are looked at again."""

WORTH = 10
"""What comes is worth a look where it is at least this part of what a table is known to hold."""

OF_THE_DESK = tuple(table.name for record in RECORDS for table in record.tables)
OF_REFERENCES = tuple(table.name for record in REFERENCES for table in record.tables)
OF_EVENTS = (*(table.name for table in EVENT.tables), *FACTS, TALLY, EDITION.name)


def _analyze(schema: str, tables: tuple[str, ...]) -> str:
    return f"ANALYZE {', '.join(f'{schema}.{name}' for name in tables)};"


def _known(table: str) -> str:
    """Return the expression for how many rows a table was last known to hold; none where nobody looked."""
    return f"(SELECT greatest(c.reltuples, 0) FROM pg_class c WHERE c.oid = '{table}'::regclass)"


LOOK_AT_DESK = function(
    "look_at_desk",
    "coming bigint",
    f"""BEGIN
    IF coming > {_known("desk.chronicle_event")} THEN {_analyze("desk", OF_THE_DESK)} END IF;
END""",
)
"""`look_at_desk(coming)`: tell of the desk's tables where more events go out than are known to be there."""

LOOK_AT_REFERENCES = function(
    "look_at_references",
    "coming bigint",
    f"""BEGIN
    IF coming * {WORTH} > {_known("published.sources_document")} THEN {_analyze("published", OF_REFERENCES)} END IF;
END""",
)
"""`look_at_references(coming)`: the same for what events need, once that is out."""

LOOK_AT_EVENTS = function(
    "look_at_events",
    "coming bigint",
    f"""BEGIN
    IF coming * {WORTH} > {_known("published.chronicle_event")} THEN
        {_analyze("published", OF_EVENTS)} {_analyze("desk", (EDITION.name,))}
    END IF;
END""",
)
"""`look_at_events(coming)`: the same for the events that are out so far, with what is computed of them."""
