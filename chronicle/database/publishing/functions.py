"""How our functions are made in the database, and what several of them need."""

from chronicle.database.published import Record

SLICE = 1000
"""Events or references that are published at once: bounds memory, and lets statistics follow in a large call."""


FEW = 20
"""Up to how many events are published by plans that are kept: to make them anew takes longer than to publish."""


PINNED = (
    "SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' "
    "SET plan_cache_mode = force_custom_plan SET jit = off"
)
"""Settings of every verb; custom plans, because a plan made for empty tables is kept and ruins a large call.

A verb that sets one of them for itself sets it until its own end (PostgreSQL 18, CREATE FUNCTION).
"""


def function(name: str, arguments: str, body: str, *, returns: str = "void", is_verb: bool = False) -> str:
    """Return the SQL that creates one of our functions anew; verbs run as their owner, with pinned settings."""
    rights = f"SECURITY DEFINER {PINNED}" if is_verb else ""
    return (
        f"CREATE OR REPLACE FUNCTION functions.{name}({arguments}) RETURNS {returns} LANGUAGE plpgsql {rights} "
        f"AS $body$\n#variable_conflict use_column\n{body}\n$body$;\n"
    )


def newest(record: Record, number: str, *, columns: str = "e.*") -> str:
    """Return the subquery for the newest edition of the record whose number is the SQL expression `number`."""
    column = f"{record.subject}_id"
    return (
        f"(SELECT {columns} FROM desk.chronicle_edition e WHERE e.{column} = {number} ORDER BY e.number DESC LIMIT 1)"
    )
