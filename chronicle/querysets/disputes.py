"""Reads of disputes."""

from collections.abc import Sequence
from typing import Final

from django.db import connections, models


class DisputeQuerySet(models.QuerySet):
    """Reads of what documents say against each other, or of one document against itself."""

    def entries(
        self,
        *,
        aspects: Sequence[str],
        verdicts: Sequence[str],
        compared: str = "",
        after: tuple[str, int] = ("", 2**62),
        limit: int,
    ) -> list[tuple[int, str]]:
        """Return events by number, the greatest first, with the aspects on which there is such a verdict.

        `compared` is "documents" for verdicts between documents, "text" for those inside one, empty for both. One
        bounded read of an index per verdict and aspect: no more than `limit` rows each, however many there are.
        """
        aspect, event = after
        query = ENTRIES % {"compared": COMPARED[compared]}
        with connections[self.db].cursor() as cursor:
            cursor.execute(query, [list(verdicts), list(aspects), max(0, min(event, 2**62)), aspect, limit, limit])
            return cursor.fetchall()


ENTRIES: Final = """
SELECT DISTINCT f.event_id, f.aspect
FROM unnest(%%s::text[]) AS v(verdict) CROSS JOIN unnest(%%s::text[]) AS a(aspect)
CROSS JOIN LATERAL (
    SELECT DISTINCT d.event_id, a.aspect FROM chronicle_dispute d
    WHERE d.verdict = v.verdict AND d.aspect = a.aspect AND d.event_id < %%s::bigint + (a.aspect > %%s)::integer
        %(compared)s
    ORDER BY d.event_id DESC LIMIT %%s
) f
ORDER BY f.event_id DESC, f.aspect LIMIT %%s"""
COMPARED: Final = {"": "", "documents": "AND d.document_id IS NULL", "text": "AND d.document_id IS NOT NULL"}
