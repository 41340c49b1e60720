"""What the rows of every table add up to: two databases with equal checksums hold the same rows."""

from typing import Any

from chronicle.archiving.rows import tables

ROWS = "SELECT count(*), coalesce(sum(('x' || left(md5((r.*)::text), 15))::bit(60)::bigint), 0)::text FROM {name} r"
"""The number of rows, and the sum of 60 bits of each row's MD5: whatever their order, on any machine and version."""


def checksums(cursor: Any) -> dict[str, dict[str, Any]]:
    """Return of every table, by its name with schema, how many rows it has and what they add up to."""
    found = {}
    for table in tables(cursor):
        cursor.execute(ROWS.format(name=table.full_name))
        rows, checksum = cursor.fetchone()
        found[f"{table.schema}.{table.name}"] = {"rows": rows, "checksum": checksum}
    return found
