"""Snapshots: a record as it goes out, in JSON: {table: [rows of public columns]}.

Old snapshots are never rewritten when the public columns change: each is read through one lift per step of `shape`.
`to_jsonb` and `jsonb_populate_recordset` carry every type of the domain, years before 1 and unbounded ranges included;
ranges inside JSON follow the session's DateStyle, so whoever makes or reads snapshots pins it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chronicle.database.published import FACTS, RECORDS, Link, Record, Table


@dataclass(frozen=True)
class Lift:
    """How rows of one shape become rows of the next: what was added (with its value), renamed and dropped, by table.

    `tables` are new tables of records that there were before, each beside the root table of its record.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def changed(self) -> list[str]:
        """Return the tables whose rows this step changes, in a stable order."""
        return sorted({*self.added, *self.renamed, *self.dropped})


LIFTS: tuple[Lift, ...] = (
    Lift(tables={"chronicle_eventmissingdocument": "chronicle_event"}),
    Lift(
        tables={"sources_documentfile": "sources_document", "sources_documenttext": "sources_document"},
        added={
            "chronicle_citation": {
                "quotation_state": "",
                "quotation_text_id": None,
                "quotation_page": None,
                "quotation_start": None,
                "quotation_end": None,
                "quotation_confirmed_at": None,
            }
        },
    ),
    Lift(added={"sources_document": {"original_edtf": ""}}),
    Lift(tables={"chronicle_disputenote": "chronicle_event"}),
    Lift(added={"sources_agent": {"name_shown": "full"}}),
)
"""The steps from shape 1 to today's, oldest first; one is added whenever public columns change."""

DIGESTS = (
    "bc34fbe67bfd8bf1",
    "3e2f81178524df91",
    "f5ab1dbaba4e7f9d",
    "c1544d26b6fa077c",
    "d8b5fefe20d023b5",
    "78bdea3d9bd4a8a4",
)
"""What the public columns were at each shape, the newest last: a change without a lift fails a check."""


def shape() -> int:
    """Return the number of today's shape, from 1."""
    return len(LIFTS) + 1


def digest(records: tuple[Record, ...] = RECORDS) -> str:
    """Return a fingerprint of all public columns."""
    columns = sorted(
        f"{table.name}.{column}" for record in records for table in record.tables for column in table.public
    )
    return hashlib.sha256(" ".join(columns).encode()).hexdigest()[:16]


def lifted_function(lifts: tuple[Lift, ...] = LIFTS) -> str:
    """Return the SQL of `functions.lifted(snapshot, shape)`: a snapshot of any shape in today's."""
    steps = "\n".join(
        f"    IF shape <= {number} THEN\n{_steps_of(lift)}\n    END IF;" for number, lift in enumerate(lifts, start=1)
    )
    return f"""
CREATE OR REPLACE FUNCTION functions.lifted(snapshot jsonb, shape integer) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $lifted$
BEGIN
{steps}
    RETURN snapshot;
END $lifted$;
"""


def _steps_of(lift: Lift) -> str:
    made = [
        f"        IF snapshot ? '{root}' THEN snapshot := '{{\"{table}\": []}}'::jsonb || snapshot; END IF;"
        for table, root in lift.tables.items()
    ]
    return "\n".join([*made, *_changes_of(lift)])


def _changes_of(lift: Lift) -> list[str]:
    return [
        f"        snapshot := jsonb_set(snapshot, '{{{table}}}', coalesce((SELECT jsonb_agg({_row(lift, table)} "
        f"ORDER BY n) FROM jsonb_array_elements(snapshot -> '{table}') WITH ORDINALITY AS rows(r, n)), '[]'::jsonb), "
        "false);"
        for table in lift.changed()
    ]


def _row(lift: Lift, table: str) -> str:
    renamed = lift.renamed.get(table, {})
    gone = "".join(f" - '{column}'" for column in (*lift.dropped.get(table, ()), *renamed))
    row = f"(r{gone})"
    if renamed:
        row += " || jsonb_build_object(" + ", ".join(f"'{new}', r -> '{old}'" for old, new in renamed.items()) + ")"
    if lift.added.get(table):
        row += f" || {_literal(json.dumps(lift.added[table]))}::jsonb"
    return row


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def outgoing_view(table: Table) -> str:
    """Return the view of what would leave the desk of this table now: the redactions of the list, nothing else."""
    columns = ",\n    ".join(f"{expression} AS {column}" for column, expression in table.public.items())
    return (
        f"CREATE VIEW outgoing.{table.name} AS SELECT\n    {columns}\n"
        f"FROM desk.{table.name} t {table.joins} WHERE {table.rows};\n"
    )


def snapshot_of(record: Record, number: str) -> str:
    """Return the expression that makes the snapshot of the record whose number is the SQL expression `number`."""
    parts = ",\n".join(
        f"'{table.name}', coalesce((SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM outgoing.{table.name} r "
        f"WHERE r.{table.belongs_to} = {number}), '[]'::jsonb)"
        for table in record.tables
    )
    return f"jsonb_build_object({parts})"


def facts_of(number: str) -> str:
    """Return the expression that adds to an event's snapshot what was computed of it.

    What is merely counted up to tallies says nothing that is not there already.
    """
    parts = ", ".join(
        f"'{name}', coalesce((SELECT jsonb_agg(to_jsonb(f) - 'counted') FROM published.{name} f "
        f"WHERE f.event_id = {number}), '[]'::jsonb)"
        for name in FACTS
    )
    return f"jsonb_build_object({parts})"


def pointers(record: Record, snapshot: str, *, needs: bool) -> str:
    """Return the expression for the records that a snapshot needs, or that it only links: {party:2}."""
    parts = [part for table in record.tables if (part := _pointers(table, snapshot, needs=needs))]
    if not parts:
        return "'{}'::text[]"
    return f"ARRAY(SELECT DISTINCT k FROM ({' UNION ALL '.join(parts)}) AS pointers(k))"


def _pointers(table: Table, snapshot: str, *, needs: bool) -> str:
    pairs = table.needs if needs else {column: link.subject for column, link in table.links.items()}
    if not pairs:
        return ""
    values = ", ".join(f"('{subject}:' || (r ->> '{column}'))" for column, subject in pairs.items())
    return (
        f"SELECT v.k FROM jsonb_array_elements({snapshot} -> '{table.name}') r, "
        f"LATERAL (VALUES {values}) AS v(k) WHERE v.k IS NOT NULL"
    )


def linked_tables(record: Record) -> list[Table]:
    """Return the tables of a record that point to what need not be public."""
    return [table for table in record.tables if table.links]


def disclosed(table: Table, snapshot: str, is_public: Mapping[str, str]) -> str:
    """Return the expression of a snapshot without the links of `table` whose targets are not public.

    `is_public` gives, by subject, the condition under which the record numbered `{number}` is public.
    """
    row, rows = "r", "TRUE"
    for column, link in table.links.items():
        condition = _link_condition(column, link, is_public)
        if link.otherwise == "no row":
            rows += f" AND {condition}"
        else:
            row = f"{row} || CASE WHEN {condition} THEN '{{}}'::jsonb ELSE '{{\"{column}\": null}}'::jsonb END"
    return (
        f"jsonb_set({snapshot}, '{{{table.name}}}', coalesce((SELECT jsonb_agg({row}) "
        f"FROM jsonb_array_elements({snapshot} -> '{table.name}') r WHERE {rows}), '[]'::jsonb))"
    )


def _link_condition(column: str, link: Link, is_public: Mapping[str, str]) -> str:
    number = f"(r ->> '{column}')::bigint"
    return f"(r ->> '{column}' IS NULL OR {is_public[link.subject].format(number=number)})"
