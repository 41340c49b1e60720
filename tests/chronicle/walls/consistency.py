"""Looks at the end state only: does what readers see hold together, and is it what the editions say?

One query per rule, generated from the list of what may be published; each returns what breaks it.
"""

from collections.abc import Iterator
from typing import Any

from chronicle.database.published import DOCUMENT, EVENT, FACTS, RECORDS, TALLY, Record, Table, record_of

UNCITED = """
SELECT e.id::text FROM published.chronicle_event e
WHERE NOT EXISTS (SELECT 1 FROM published.chronicle_citation c WHERE c.event_id = e.id)
"""


def newest(record: Record, schema: str) -> str:
    """Return the subquery of the newest edition of each record of this kind."""
    subject = f"{record.subject}_id"
    return (
        f"(SELECT DISTINCT ON ({subject}) {subject} AS record, id, number, is_tombstone, shape, snapshot "
        f"FROM {schema}.chronicle_edition WHERE {subject} IS NOT NULL ORDER BY {subject}, number DESC)"
    )


def unlike(shown: str, wanted: str) -> str:
    """Return the query of what is there and should not be (+), and of what should be there and is not (-)."""
    return (
        f"SELECT '+ ' || a::text FROM ({shown} EXCEPT {wanted}) AS u(a) "
        f"UNION ALL SELECT '- ' || b::text FROM ({wanted} EXCEPT {shown}) AS v(b)"
    )


def missing(table: Table, column: str, subject: str) -> str:
    """Return the query of rows that point to what is not there."""
    root = record_of(subject).root.name
    return (
        f"SELECT t.id || ' ' || t.{column} FROM published.{table.name} t WHERE t.{column} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM published.{root} r WHERE r.id = t.{column})"
    )


def unlike_edition(record: Record, table: Table) -> str:
    """Return the query of rows that are not those of the newest edition, either way round."""
    shown = f"SELECT to_jsonb(x) FROM (SELECT {', '.join(table.public)} FROM published.{table.name}) AS x"
    said = (
        f"SELECT r FROM {newest(record, 'published')} n JOIN published.{record.root.name} p ON p.id = n.record, "
        f"LATERAL jsonb_array_elements(functions.lifted(n.snapshot, n.shape) -> '{table.name}') AS r"
    )
    return unlike(shown, said)


def unlike_desk(record: Record) -> str:
    """Return the query of public records whose newest edition at the desk is gone, or not the newest for readers."""
    desk, readers = newest(record, "desk"), newest(record, "published")
    return (
        f"SELECT p.id::text FROM published.{record.root.name} p "
        f"LEFT JOIN {desk} d ON d.record = p.id LEFT JOIN {readers} n ON n.record = p.id "
        "WHERE d.id IS NULL OR d.is_tombstone OR n.is_tombstone OR n.id IS DISTINCT FROM d.id"
    )


UNSHOWN = f"""
SELECT d.record::text FROM {newest(EVENT, "desk")} d
WHERE NOT d.is_tombstone AND NOT EXISTS (SELECT 1 FROM published.chronicle_event p WHERE p.id = d.record)
"""
WITHHELD = "(SELECT w.id FROM desk.sources_document w WHERE w.access = 'withheld')"


def withheld_in_snapshots(schema: str) -> Iterator[str]:
    """Yield the queries of snapshots that hold, or point to, a withheld document."""
    yield f"SELECT id::text FROM {schema}.chronicle_edition WHERE document_id IN {WITHHELD} AND snapshot IS NOT NULL"
    for table in (table for record in RECORDS for table in record.tables):
        targets = {**table.needs, **{column: link.subject for column, link in table.links.items()}}
        for column in (column for column, subject in targets.items() if subject == DOCUMENT.subject):
            yield (
                f"SELECT e.id || ' {column}' FROM {schema}.chronicle_edition e, jsonb_array_elements("
                f"e.snapshot -> '{table.name}') AS r WHERE (r ->> '{column}')::bigint IN {WITHHELD}"
            )


def facts() -> Iterator[str]:
    """Yield the queries of computed facts that are not what they would be if they were computed now."""
    for name in FACTS:
        shown, now = (f"SELECT to_jsonb(f) FROM {schema}.{name} f" for schema in ("published", "outgoing"))
        yield unlike(shown, now)


TALLIED = f"""
SELECT coalesce(t.id, c.id) || ': ' || coalesce(t.number, 0) || ', counted ' || coalesce(c.number, 0)
FROM published.{TALLY} t FULL JOIN outgoing.{TALLY} c USING (id)
WHERE t.number IS DISTINCT FROM c.number
"""


PAGES_UNLIKE_THEIR_TEXT = """
SELECT x.id::text FROM published.sources_documenttext x WHERE x.sha256 IS DISTINCT FROM (
    SELECT encode(sha256(convert_to(string_agg(p.content, chr(10) ORDER BY p.number), 'UTF8')), 'hex')
    FROM published.sources_documentpage p WHERE p.text_id = x.id)
"""


def rules() -> Iterator[tuple[str, str]]:
    """Yield every rule, in words, with the query of what breaks it."""
    yield "uncited event", UNCITED
    yield "event with an edition that is not shown", UNSHOWN
    yield "withheld document", f"SELECT d.id::text FROM published.sources_document d WHERE d.id IN {WITHHELD}"
    for schema in ("desk", "published"):
        yield from ((f"withheld document in a snapshot of {schema}", q) for q in withheld_in_snapshots(schema))
    for record in RECORDS:
        yield f"{record.subject} unlike the desk's newest edition", unlike_desk(record)
        for table in record.tables:
            yield f"{table.name} unlike the newest edition", unlike_edition(record, table)
            targets = {**table.needs, **{column: link.subject for column, link in table.links.items()}}
            if table is not record.root:
                targets[table.belongs_to] = record.subject
            yield from ((f"{table.name} points to nothing", missing(table, c, s)) for c, s in targets.items())
    yield from (("facts that are not so", query) for query in facts())
    yield "tally that is not the count", TALLIED
    yield "text whose pages are others", PAGES_UNLIKE_THEIR_TEXT


def inconsistencies(cursor: Any) -> list[str]:
    """Return everything that is wrong with what readers see, as `rule: row`; the cursor is the owner's."""
    return [f"{rule}: {found}" for rule, query in rules() for (found,) in cursor.execute(query).fetchall()]
