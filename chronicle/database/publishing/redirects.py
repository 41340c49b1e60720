"""Where readers are led from the addresses of records that were merged into others."""

from chronicle.database.published import MERGEABLE, REDIRECT, Record
from chronicle.database.publishing.functions import function


def _redirects_of(record: Record, condition: str) -> str:
    """Return the statement that writes a row for each address under which a merged record had been published."""
    subject = record.subject
    return f"""
    INSERT INTO published.{REDIRECT} (id, subject, slug, number, into_number)
    SELECT DISTINCT '{subject}:' || r.id || ':' || e.slug, '{subject}', e.slug, r.id, r.merged_into_id
    FROM desk.{record.root.name} r JOIN desk.chronicle_edition e ON e.{subject}_id = r.id
    WHERE r.merged_into_id IS NOT NULL AND e.slug <> '' {condition};"""


REDIRECT_MERGED = function(
    "redirect_merged",
    "p_subject text, p_number bigint",
    f"""DECLARE
    written bigint := functions.written();
BEGIN
    PERFORM functions.begin_verb();
    DELETE FROM published.{REDIRECT} t WHERE t.subject = p_subject AND t.number = p_number;
    {"".join(_redirects_of(record, f"AND p_subject = '{record.subject}' AND r.id = p_number") for record in MERGEABLE)}
    PERFORM functions.end_verb(written);
END""",
    is_verb=True,
)
"""`redirect_merged(subject, number)`: what the desk says of one record now; publishing waits meanwhile."""

REFILL = f"DELETE FROM published.{REDIRECT};" + "".join(_redirects_of(record, "") for record in MERGEABLE)
"""Every redirect anew, from the desk."""
