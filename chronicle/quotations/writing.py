"""One statement that writes what was found of quotations, where nothing that it rests on has changed meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from chronicle.models import Citation
from sources.quotations import Finding


@dataclass(frozen=True)
class Compared:
    """A citation as it was read, what was found of its quotation, in which text, and on which page that begins."""

    citation: Citation
    finding: Finding
    text: int | None
    page: int | None

    @property
    def row(self) -> tuple[Any, ...]:
        """The row of values that the statement takes."""
        place, read = self.finding.place, self.citation
        words = (read.quotation, read.quotation_prefix, read.quotation_suffix)
        return (
            read.pk,
            read.document_id,
            *words,
            self.text,
            str(self.finding.state),
            self.page,
            *((place.start, place.end) if place else (None,) * 2),
        )


WRITE: Final = """
UPDATE chronicle_citation c
SET quotation_state = v.state, quotation_text_id = v.text_id, quotation_page = v.page,
    quotation_start = v.first, quotation_end = v.last,
    quotation_confirmed_at = NULL, quotation_confirmed_by_id = NULL
FROM (
    SELECT u.*, CASE WHEN u.first IS NOT NULL THEN u.compared END AS text_id
    FROM unnest(
        %(ids)s::bigint[], %(documents)s::bigint[], %(quotations)s::text[], %(prefixes)s::text[], %(suffixes)s::text[],
        %(texts)s::bigint[], %(states)s::text[], %(pages)s::integer[], %(firsts)s::integer[], %(lasts)s::integer[]
    ) AS u(id, document, quotation, prefix, suffix, compared, state, page, first, last)
) v
WHERE c.id = v.id AND c.document_id = v.document
    AND (c.quotation, c.quotation_prefix, c.quotation_suffix) = (v.quotation, v.prefix, v.suffix)
    AND (c.quotation_state, c.quotation_text_id, c.quotation_page, c.quotation_start, c.quotation_end)
        IS DISTINCT FROM (v.state, v.text_id, v.page, v.first, v.last)
    AND v.compared IS NOT DISTINCT FROM (
        SELECT t.id FROM sources_documenttext t JOIN sources_documentfile f ON f.id = t.file_id
        WHERE t.document_id = v.document AND f.purged_at IS NULL ORDER BY t.number DESC LIMIT 1)
"""
"""A state that stays is not written again, so that a curator's confirmation of it stays too, and history is quiet."""
COLUMNS: Final = (
    *("ids", "documents", "quotations", "prefixes", "suffixes"),
    *("texts", "states", "pages", "firsts", "lasts"),
)


def write(found: Sequence[Compared]) -> int:
    """Write what was found in texts, or without one; return how many quotations stand differently now."""
    if not found:
        return 0
    columns = dict(
        zip(COLUMNS, (list(column) for column in zip(*(one.row for one in found), strict=True)), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(WRITE, columns)
        return cursor.rowcount
