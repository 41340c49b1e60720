"""What logical replicas of the published side get: every table of it, or somebody has to be told.

Tables that a migration makes anew are in no publication, and a replica that hears nothing of them looks abreast.
"""

from typing import Any

PUBLICATION = "chronicle_published"
"""As docs/publication.sql makes it."""

LEFT_OUT = """
SELECT c.relname FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'published'::regnamespace AND c.relkind = 'r'
AND EXISTS (SELECT FROM pg_catalog.pg_publication WHERE pubname = %(publication)s)
AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication_tables p
    WHERE p.pubname = %(publication)s AND p.schemaname = 'published' AND p.tablename = c.relname)
ORDER BY 1
"""

REMEDY = (
    "Run docs/publication.sql, then make every logical replica anew (docs/operators.md, Replicas): till then they show "
    "what was published before, and no takedown reaches them."
)


def left_out(cursor: Any) -> list[str]:
    """Return the published tables that replicas do not get, though there is a publication for them."""
    cursor.execute(LEFT_OUT, {"publication": PUBLICATION})
    return [name for (name,) in cursor.fetchall()]
