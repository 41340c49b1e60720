"""What the rows of every table add up to: two databases with equal checksums hold the same rows."""

from collections.abc import Mapping
from typing import Any

from chronicle.archiving.rows import tables

SUM = "coalesce(sum(('x' || left(md5(({row})::text), 15))::bit(60)::bigint), 0)::text"
ROWS = f"SELECT count(*), {SUM.format(row='r.*')}, {SUM.format(row='ROW({columns})')} FROM {{name}} r"  # noqa: S608 -- names of the catalogue, quoted
"""The number of rows, and the sum of 60 bits of each row's MD5, whatever their order: of all columns, and of those that
the database does not work out itself. What it works out, such as the words of a text, may differ from one major version
to the next; the rest is the same on any machine."""


def checksums(cursor: Any) -> dict[str, dict[str, Any]]:
    """Return of every table, by its name with schema, how many rows it has and what they add up to, in both ways."""
    found = {}
    for table in tables(cursor):
        cursor.execute(ROWS.format(name=table.full_name, columns=table.listed))
        rows, checksum, stored = cursor.fetchone()
        found[f"{table.schema}.{table.name}"] = {"rows": rows, "checksum": checksum, "stored": stored}
    return found


def are_equal(one: Mapping[str, Any], other: Mapping[str, Any], *, by: str) -> bool:
    """Compare a table's sums, by `checksum` or by `stored`; an earlier release wrote the former alone."""
    how = by if by in one and by in other else "checksum"
    return (one["rows"], one[how]) == (other["rows"], other[how])
