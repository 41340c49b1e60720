"""What the queries of a page do: each is planned and run again with EXPLAIN, and its scans are read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

LARGE = 10_000
"""From how many rows on a table is large: reading all of it is work that grows with the corpus."""

ALIASES = ("default", "published")
READING = ("SELECT", "WITH", "(SELECT")


@dataclass(frozen=True)
class Query:
    """A query that a page made, and where."""

    alias: str
    sql: str
    params: Any

    @property
    def is_read(self) -> bool:
        """Whether it only reads, so that it can be run again."""
        return self.sql.lstrip().upper().startswith(READING)


@contextmanager
def captured() -> Iterator[list[Query]]:
    """Collect the queries that are made meanwhile, savepoints and such left out."""
    queries: list[Query] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(Query(context["connection"].alias, str(sql), params))
        return execute(sql, params, many, context)

    with ExitStack() as wrappers:
        for alias in ALIASES:
            wrappers.enter_context(connections[alias].execute_wrapper(keep))
        yield queries


@dataclass
class Plan:
    """How PostgreSQL carried a query out."""

    query: Query
    root: dict[str, Any]
    milliseconds: float
    nodes: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.nodes = list(_walk(self.root))

    @property
    def rows_read(self) -> int:
        """Rows that its scans looked at, those that a filter threw away included."""
        return sum(_looked_at(node) for node in self.nodes if "Relation Name" in node)

    def sequential(self) -> list[tuple[str, int]]:
        """Return the tables that it reads without an index, with how many rows it looked at before it had enough."""
        return [(node["Relation Name"], _looked_at(node)) for node in self.nodes if node["Node Type"] == "Seq Scan"]

    @property
    def pages(self) -> int:
        """Pages of 8 kB that it asked the buffers for."""
        return self.root.get("Shared Hit Blocks", 0) + self.root.get("Shared Read Blocks", 0)


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _walk(child)


def _looked_at(node: dict[str, Any]) -> int:
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round((node["Actual Rows"] + removed) * node["Actual Loops"])


def explained(query: Query) -> Plan:
    """Run a reading query again and return its plan."""
    with connections[query.alias].cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query.sql}", query.params)
        ((found,),) = cursor.fetchall()
    return Plan(query, found[0]["Plan"], found[0]["Execution Time"])


def plans_of(queries: list[Query]) -> list[Plan]:
    """Return the plans of those queries that can be run again."""
    return [explained(query) for query in queries if query.is_read]


def large_tables(alias: str) -> set[str]:
    """Return the tables of the alias's schema that are large, as the planner knows them."""
    schema = {"default": "desk", "published": "published"}[alias]
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND reltuples > %s",
            [schema, LARGE],
        )
        return {name for (name,) in cursor.fetchall()}
