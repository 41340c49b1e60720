"""Where words can be purged: every text that curators write, by table and field, and what stands there afterwards.

`tests/chronicle/test_purgeable.py` compares these lists with the models.
"""

from dataclasses import dataclass
from typing import Final

from chronicle.database.published import RECORDS, Record

NOTHING: Final = ""
REMOVED: Final = "[removed %s]"
"""What stands where something must; the number of its row tells two names of one record apart."""
ADDRESS: Final = "removed-%s"

TEXTS: Final[dict[str, dict[str, str]]] = {
    "chronicle_event": {"slug": ADDRESS, "title": REMOVED}
    | dict.fromkeys(("reading_note", "summary", "curators_note"), NOTHING),
    "chronicle_eventname": {"name": REMOVED},
    "chronicle_disputenote": {"text": REMOVED},
    "chronicle_citation": {"locator": REMOVED, "statement": REMOVED}
    | dict.fromkeys(
        ("quotation", "quotation_prefix", "quotation_suffix", "value_as_printed", "comment", "curators_note"), NOTHING
    ),
    "chronicle_location": {"slug": ADDRESS, "name": REMOVED, "curators_note": NOTHING},
    "chronicle_locationname": {"toponym": REMOVED},
    "chronicle_eventkind": {"slug": ADDRESS, "name": REMOVED, "description": NOTHING},
    "chronicle_unit": {"slug": ADDRESS, "name": REMOVED, "name_plural": REMOVED},
    "chronicle_population": {"slug": ADDRESS, "name": REMOVED},
    "chronicle_masthead": {"name": REMOVED, "editorial_body": REMOVED}
    | dict.fromkeys(
        ("subtitle", "introduction", "licence", "licence_url", "contact", "about", "method", "imprint"), NOTHING
    ),
    "chronicle_missingdocument": {"slug": ADDRESS, "title": REMOVED, "reason": NOTHING, "curators_note": NOTHING},
    "chronicle_term": {"slug": ADDRESS, "name": REMOVED}
    | dict.fromkeys(("own_wording", "reason", "curators_note"), NOTHING),
    "chronicle_termuse": {"wording": REMOVED},
    "sources_party": {"slug": ADDRESS, "name": REMOVED, "name_short": REMOVED, "curators_note": NOTHING},
    "sources_partyname": {"name": REMOVED},
    "sources_agent": {"slug": ADDRESS, "name": REMOVED, "basis": REMOVED}
    | dict.fromkeys(("name_sorted", "curators_note"), NOTHING),
    "sources_agentname": {"name": REMOVED},
    "sources_document": {"slug": ADDRESS, "title": REMOVED, "title_short": REMOVED}
    | dict.fromkeys(("party_basis", "public_description"), REMOVED)
    | dict.fromkeys(
        (
            *("container_title", "volume", "issue", "number", "edition", "pages", "publisher_place", "doi", "isbn"),
            *("url", "archive_url", "rights", "curators_note"),
        ),
        NOTHING,
    ),
    "sources_citeddocument": {"locator": NOTHING},
    "sources_documentfile": dict.fromkeys(("name", "provenance", "archive_url", "content_warning"), NOTHING),
    "sources_documenttext": {"report": NOTHING},
}
"""The fields of records and of their rows."""


@dataclass(frozen=True)
class Beside:
    """A table of which a row `t` is about a record of one of several `kinds`; `subject` and `number` say which, in SQL.

    `about` is the condition that it is about the record of a kind with the number %(number)s.
    """

    fields: dict[str, str]
    kinds: tuple[str, ...]
    subject: str
    number: str
    about: str


def _by_columns(fields: dict[str, str], *kinds: str) -> Beside:
    """Return a table that has a column for each kind of record."""
    told = " ".join(f"WHEN t.{kind}_id IS NOT NULL THEN '{kind}'" for kind in kinds)
    numbers = ", ".join(f"t.{kind}_id" for kind in kinds)
    return Beside(fields, kinds, f"CASE {told} END", f"coalesce({numbers})", "t.{subject}_id = %(number)s")


IMPORT: Final = "import"
"""What an import is called among the kinds of record; it has no edition."""

BESIDE: Final[dict[str, Beside]] = {
    "chronicle_remark": _by_columns({"words": REMOVED}, "event", "document", "location"),
    "chronicle_edition": _by_columns(
        dict.fromkeys(("note", "private_reason", "signed_as"), NOTHING), *(record.subject for record in RECORDS)
    ),
    "chronicle_merge": Beside(
        {"reason": NOTHING},
        ("event", "document", "location", "agent"),
        "t.subject",
        "t.kept_number",
        "t.subject = '{subject}' AND %(number)s IN (t.kept_number, t.merged_number)",
    ),
    "chronicle_import": Beside({"files": REMOVED}, (IMPORT,), f"'{IMPORT}'", "t.id", "t.id = %(number)s"),
}
"""Remarks, what editions say of themselves, why records were merged, the names of imported files."""

WITHOUT_HISTORY: Final = ("chronicle_edition",)
"""Tables that are their own history."""

LINKS: Final = ("url", "archive_url")
"""Fields of a document of which the check of links keeps the addresses."""

REASONS: Final = "reasons"
"""Stands for a field of a record: why it was changed, which the history keeps with the changes and not with a row."""
TOLD_OF_CHANGES: Final = ("reason", "file")
"""What curators wrote or sent, of all that the history keeps with a change."""

ALONG: Final[dict[str, tuple[str, ...]]] = {
    "event": ("chronicle_remark", "chronicle_assignment"),
    "location": ("chronicle_remark", "chronicle_assignment"),
    "document": ("chronicle_remark", "chronicle_assignment", "chronicle_restriction"),
}
"""Tables of the team, whose rows belong to a record by the column of its kind."""


def rows_of(record: Record) -> tuple[tuple[str, str], ...]:
    """Return the tables with a history whose rows belong to a record, each with the column that says so."""
    own = ((table.name, table.belongs_to) for table in record.tables)
    return (*own, *((name, f"{record.subject}_id") for name in ALONG.get(record.subject, ())))


def changes_of(subject: str, number: str) -> str:
    """Return the query for the contexts of the changes of a record, in which the history keeps who, why and whence."""
    if subject == IMPORT:
        return f"SELECT t.context FROM desk.chronicle_import t WHERE t.id = {number}"
    (record,) = (one for one in RECORDS if one.subject == subject)
    return " UNION ".join(
        f"SELECT t.pgh_context_id FROM desk.{table}revision t WHERE t.{column} = {number}"
        for table, column in rows_of(record)
    )
