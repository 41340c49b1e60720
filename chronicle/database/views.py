"""Computed views: the rules over the desk's tables, and over the published ones."""

from typing import Any

from chronicle.database import rules
from chronicle.database.published import TALLY

WITH_FACETS = f"""
SELECT c.*,
    (SELECT CASE WHEN e.date_range IS NULL OR isempty(e.date_range) THEN 2147483647
        WHEN lower_inf(e.date_range) THEN -2147483648
        ELSE lower(e.date_range) - date '0001-01-01' + 1 END
     FROM chronicle_event e WHERE e.id = c.event_id) AS first_day,
    ARRAY(
        SELECT f.facet || ':' || f.value FROM chronicle_facet f WHERE f.event_id = c.event_id ORDER BY 1) AS facets,
    ARRAY(
        SELECT n.facet || ':' || n.value FROM chronicle_counted n WHERE n.event_id = c.event_id ORDER BY 1) AS counted
FROM ({rules.VIEWS["chronicle_eventcount"]}) AS c
"""
"""The first day is counted from 1 January of the year 1; open starts stand before every day, undated events after."""


TALLIES = """
SELECT k.facet || ':' || k.value AS id, k.facet, k.value, count(*)::integer AS number
FROM (SELECT f.facet, f.value FROM chronicle_facet f UNION ALL SELECT n.facet, n.value FROM chronicle_counted n) AS k
GROUP BY k.facet, k.value
"""
"""What publishing keeps exact for readers, counted anew by whoever asks at the desk."""


VIEWS = {name: select for name, select in rules.VIEWS.items() if name != "chronicle_eventcount"} | {
    "chronicle_eventcount": WITH_FACETS,
    TALLY: TALLIES,
}
"""The computed views in the order of their making; last come the counts, and the tallies that are made of them."""


DROP_VIEWS = "DROP SCHEMA IF EXISTS outgoing CASCADE; " + " ".join(
    f"DROP VIEW IF EXISTS desk.{v} CASCADE;" for v in VIEWS
)
"""Views hold columns fast, so they go before a migration and come back after it; publishing waits for them."""


def create_views(cursor: Any, schema: str, *, over: str) -> None:
    """Create the computed views in `schema`; `over` is the search path in which their tables are found."""
    cursor.execute(f"SET LOCAL search_path = {over}")
    for name, select in VIEWS.items():
        cursor.execute(f"CREATE OR REPLACE VIEW {schema}.{name} AS {select}")
    cursor.execute("SET LOCAL search_path = desk, functions")
