"""What the public may see: every table and every column that can leave the desk, and what is blanked on the way.

This is the one place to audit. A table that is not listed here is not public; a column that stands in neither list of
its table fails a check; a private column is empty on the published side by constraint. Everything else that publishing
does (snapshots, filling, reshaping, sweeping) is generated from these lists.

A record is one row of its root table and the rows of its other tables that belong to it. Each record is published as
a whole, as an edition of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NOTHING = "''"


@dataclass(frozen=True)
class Link:
    """A reference that does not bring its target along: while that is not public, the column or the row is left out."""

    subject: str
    otherwise: Literal["empty", "no row"]


@dataclass(frozen=True)
class Table:
    """A table of a record, column by column.

    `public` columns go out as they are, or as the SQL expression beside them says (`t` is the desk's row); `private`
    columns have the constant that stands in for them on the published side; `generated` ones are computed there again.
    `rows` limits which rows may go out at all. `needs` are the columns whose records must be public with this one;
    `links` those that need not.
    """

    name: str
    public: Mapping[str, str]
    belongs_to: str = "id"
    private: Mapping[str, str] = field(default_factory=dict)
    generated: tuple[str, ...] = ()
    joins: str = ""
    rows: str = "TRUE"
    needs: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """A kind of record: the column of the edition that names it, and its tables, the root first.

    One that `stands_alone` is published and withdrawn by itself; any other is public while a public record needs it.
    """

    subject: str
    tables: tuple[Table, ...]
    stands_alone: bool = False

    @property
    def root(self) -> Table:
        """The table whose row gives the record its number."""
        return self.tables[0]


def plain(columns: str) -> dict[str, str]:
    """Return columns that go out as they are."""
    return {column: f"t.{column}" for column in columns.split()}


def unless(condition: str, columns: str, *, instead: str) -> dict[str, str]:
    """Return columns that go out unless the condition holds."""
    return {column: f"CASE WHEN {condition} THEN {instead} ELSE t.{column} END" for column in columns.split()}


DESCRIBED = "t.access = 'described'"
YEAR = "substring(t.issued_edtf from '^[0-9]{4}')"
PURGED = {"purged_at": "NULL", "purged_by_id": "NULL", "purge_reason": NOTHING}
DAY = "date_trunc('day', t.{}, 'UTC')"
"""A moment of which readers learn the day."""
OF_DESCRIBED = "d.access = 'described'"

CONTEXT = "(SELECT coalesce(max(m.quotation_context), 100) FROM desk.chronicle_masthead m)"
"""How many characters of context go out on either side of a quotation whose text readers may not read."""

BEFORE = rf"regexp_replace(right({{}}, {CONTEXT}), '^\S*\s+', '')"
AFTER = rf"regexp_replace(left({{}}, {CONTEXT}), '\s+\S*$', '')"
"""The last, and the first, characters of a text, without the part of a word that is left of it."""


def _context(column: str, cut: str) -> str:
    """Return the context of a quotation: all of it where readers may read the text, else cut between two words."""
    text = "SELECT FROM desk.sources_documenttext x WHERE x.document_id = t.document_id AND x.is_visible"
    return (
        f"CASE WHEN {OF_DESCRIBED} THEN '' WHEN length({column}) <= {CONTEXT} OR EXISTS ({text}) THEN {column} "
        f"ELSE {cut.format(column)} END"
    )


NAMED = "t.name_shown = 'full'"
NOBODY = "'N. N.'"
"""Stands for a name that is withheld: nomen nescio, in no party's language."""

INITIALS = (
    "coalesce((SELECT string_agg(upper(left(w.word, 1)) || '.', ' ' ORDER BY w.n) FROM regexp_split_to_table("
    "normalize(t.name, NFC), '[^[:alpha:]]+') WITH ORDINALITY AS w(word, n) WHERE w.word <> ''), " + NOBODY + ")"
)
"""The first letters of a name."""

PARTY = Record(
    "party",
    (
        Table(
            "sources_party",
            public=plain("id slug name name_short period_edtf period_range"),
            private={"curators_note": NOTHING},
            generated=("name_folded",),
        ),
        Table("sources_partyname", public=plain("id party_id name language"), belongs_to="party_id"),
    ),
)

AGENT = Record(
    "agent",
    (
        Table(
            "sources_agent",
            public={
                **plain("id kind party_id basis name_shown"),
                "slug": f"CASE WHEN {NAMED} THEN t.slug ELSE 'undisclosed-' || t.id END",
                "name": f"CASE t.name_shown WHEN 'full' THEN t.name WHEN 'initials' THEN {INITIALS} ELSE {NOBODY} END",
                **unless(f"NOT {NAMED}", "name_sorted", instead=NOTHING),
            },
            private={"curators_note": NOTHING, "merged_into_id": "NULL"},
            generated=("name_folded",),
            needs={"party_id": "party"},
        ),
        Table(
            "sources_agentname",
            public=plain("id agent_id name language"),
            belongs_to="agent_id",
            joins="JOIN desk.sources_agent a ON a.id = t.agent_id",
            rows="a.name_shown = 'full'",
            generated=("name_folded",),
        ),
    ),
)

DOCUMENT = Record(
    "document",
    (
        Table(
            "sources_document",
            public={
                **plain("id document_type access"),
                "slug": f"CASE WHEN {DESCRIBED} THEN 'undisclosed-' || t.id ELSE t.slug END",
                "title": f"CASE WHEN {DESCRIBED} THEN t.public_description ELSE t.title END",
                "title_short": f"CASE WHEN {DESCRIBED} THEN left(t.public_description, 60) ELSE t.title_short END",
                "public_description": f"CASE WHEN {DESCRIBED} THEN t.public_description ELSE '' END",
                "issued_edtf": f"CASE WHEN {DESCRIBED} THEN coalesce({YEAR}, '') ELSE t.issued_edtf END",
                "issued_range": f"CASE WHEN {DESCRIBED} THEN daterange(make_date({YEAR}::int, 1, 1), "
                f"make_date({YEAR}::int + 1, 1, 1)) ELSE t.issued_range END",
                **unless(
                    DESCRIBED,
                    "container_title volume issue number edition pages publisher_place language doi isbn url "
                    "archive_url rights party_basis original_edtf",
                    instead=NOTHING,
                ),
                **unless(DESCRIBED, "publisher_id party_id accessed_on", instead="NULL"),
            },
            private={"curators_note": NOTHING, "merged_into_id": "NULL"},
            generated=("title_folded", "title_short_folded"),
            rows="t.access <> 'withheld'",
            needs={"publisher_id": "agent", "party_id": "party"},
        ),
        Table(
            "sources_contribution",
            public=plain("id document_id agent_id role position"),
            belongs_to="document_id",
            joins="JOIN desk.sources_document d ON d.id = t.document_id",
            rows="d.access = 'open'",
            needs={"agent_id": "agent"},
        ),
        Table(
            "sources_citeddocument",
            public=plain("id document_id cited_id locator"),
            belongs_to="document_id",
            joins="JOIN desk.sources_document d ON d.id = t.document_id "
            "JOIN desk.sources_document c ON c.id = t.cited_id",
            rows="d.access = 'open' AND c.access = 'open'",
            links={"cited_id": Link("document", otherwise="no row")},
        ),
        Table(
            "sources_documentfile",
            public=plain(
                "id document_id kind media_type sha256 size archive_url content_warning copy_sha256 copy_media_type "
                "copy_size is_given"
            )
            | {"deposited_at": DAY.format("deposited_at")},
            private={"name": NOTHING, "provenance": NOTHING, "deposited_by_id": "NULL", **PURGED},
            belongs_to="document_id",
            joins="JOIN desk.sources_document d ON d.id = t.document_id",
            rows="d.access = 'open' AND t.is_given",
        ),
        Table(
            "sources_documenttext",
            public=plain("id document_id number language rule sha256 length page_count empty_pages is_visible")
            | {"read_at": DAY.format("read_at")},
            private={"report": NOTHING, "read_by_id": "NULL", "file_id": "0"},
            belongs_to="document_id",
            joins="JOIN desk.sources_document d ON d.id = t.document_id",
            rows="d.access = 'open' AND t.is_visible AND NOT EXISTS "
            "(SELECT FROM desk.sources_documentfile f WHERE f.id = t.file_id AND f.purged_at IS NOT NULL)",
        ),
    ),
)

PAGES = Table(
    "sources_documentpage",
    public=plain("id text_id number label start content sha256"),
    belongs_to="text_id",
    joins="JOIN desk.sources_documenttext x ON x.id = t.text_id JOIN desk.sources_document d ON d.id = x.document_id",
    rows="d.access = 'open' AND x.is_visible",
)
"""The pages of the texts that readers may read. They never change, so no snapshot holds them: the edition of their
document names the text and its checksum, and the pages come and go with the row of the text, by its foreign key."""

LOCATION = Record(
    "location",
    (
        Table(
            "chronicle_location",
            public=plain(
                "id slug name kind latitude longitude coordinate_uncertainty_m geometry geonames_id wikidata_id"
            ),
            private={"curators_note": NOTHING, "merged_into_id": "NULL"},
            generated=("name_folded",),
        ),
        Table(
            "chronicle_locationname",
            public=plain("id location_id toponym language party_id period_edtf period_range is_preferred"),
            belongs_to="location_id",
            generated=("toponym_folded",),
            needs={"party_id": "party"},
        ),
        Table(
            "chronicle_locationwithin",
            public={
                **plain("id location_id within_id period_edtf period_range basis party_id"),
                "source_id": "CASE WHEN d.access <> 'withheld' THEN t.source_id END",
            },
            belongs_to="location_id",
            joins="LEFT JOIN desk.sources_document d ON d.id = t.source_id",
            needs={"within_id": "location", "party_id": "party", "source_id": "document"},
        ),
    ),
)

KIND = Record("kind", (Table("chronicle_eventkind", public=plain("id slug name description")),))
UNIT = Record("unit", (Table("chronicle_unit", public=plain("id slug name name_plural counts_whole_things")),))
POPULATION = Record("population", (Table("chronicle_population", public=plain("id slug name")),))

EVENT = Record(
    "event",
    (
        Table(
            "chronicle_event",
            public=plain("id slug title kind_id date_edtf date_range reading_note summary parent_id companion_id"),
            private={"curators_note": NOTHING, "merged_into_id": "NULL", "state": "'ready'"},
            generated=("title_folded", "words"),
            needs={"kind_id": "kind"},
            links={"parent_id": Link("event", otherwise="empty"), "companion_id": Link("event", otherwise="empty")},
        ),
        Table(
            "chronicle_eventname",
            public=plain("id event_id name language party_id"),
            belongs_to="event_id",
            generated=("name_folded",),
            needs={"party_id": "party"},
        ),
        Table(
            "chronicle_eventparty",
            public=plain("id event_id party_id"),
            belongs_to="event_id",
            needs={"party_id": "party"},
        ),
        Table(
            "chronicle_eventlocation",
            public=plain("id event_id location_id role certainty"),
            belongs_to="event_id",
            needs={"location_id": "location"},
        ),
        Table(
            "chronicle_eventmissingdocument",
            public=plain("id event_id missing_id"),
            belongs_to="event_id",
            links={"missing_id": Link("missing", otherwise="no row")},
        ),
        Table(
            "chronicle_disputenote",
            public=plain("id event_id aspect text written_on"),
            belongs_to="event_id",
            rows="EXISTS (SELECT FROM desk.chronicle_citation c JOIN desk.sources_document d ON d.id = c.document_id "
            "WHERE c.event_id = t.event_id AND c.aspect = t.aspect AND d.access <> 'withheld')",
        ),
        Table(
            "chronicle_participation",
            public=plain("id event_id agent_id role"),
            belongs_to="event_id",
            needs={"agent_id": "agent"},
        ),
        Table(
            "chronicle_citation",
            public={
                **plain(
                    "id event_id number document_id aspect stance statement asserted_date_edtf asserted_date_range "
                    "asserted_date_widened date_of asserted_location_id asserted_location_role asserted_party_id "
                    "asserted_figure is_approximate asserts_unknown unit_id population_id side_id period_edtf "
                    "period_range stated_on stated_on_range comment"
                ),
                **unless(
                    OF_DESCRIBED,
                    "locator_label locator quotation value_as_printed quotation_state",
                    instead=NOTHING,
                ),
                "quotation_prefix": _context("t.quotation_prefix", BEFORE),
                "quotation_suffix": _context("t.quotation_suffix", AFTER),
                **unless(
                    OF_DESCRIBED,
                    "quotation_text_id quotation_page quotation_start quotation_end quotation_confirmed_at",
                    instead="NULL",
                ),
                "claimed_by_id": f"CASE WHEN {OF_DESCRIBED} THEN NULL ELSE t.claimed_by_id END",
                "through_id": f"CASE WHEN {OF_DESCRIBED} OR h.access = 'withheld' THEN NULL ELSE t.through_id END",
            },
            private={"curators_note": NOTHING, "quotation_confirmed_by_id": "NULL"},
            generated=("words",),
            belongs_to="event_id",
            joins="JOIN desk.sources_document d ON d.id = t.document_id "
            "LEFT JOIN desk.sources_document h ON h.id = t.through_id",
            rows="d.access <> 'withheld'",
            needs={
                "document_id": "document",
                "through_id": "document",
                "claimed_by_id": "agent",
                "asserted_location_id": "location",
                "asserted_party_id": "party",
                "side_id": "party",
                "unit_id": "unit",
                "population_id": "population",
            },
        ),
    ),
    stands_alone=True,
)

MASTHEAD = Record(
    "masthead",
    (
        Table(
            "chronicle_masthead",
            public=plain(
                "id slug name subtitle introduction editorial_body licence licence_url contact about method imprint"
            ),
            private={"quotation_context": "0"},
        ),
    ),
    stands_alone=True,
)

MISSING = Record(
    "missing",
    (
        Table(
            "chronicle_missingdocument",
            public=plain("id slug title party_id reason"),
            private={"curators_note": NOTHING},
            generated=("title_folded",),
            needs={"party_id": "party"},
        ),
    ),
    stands_alone=True,
)

TERM = Record(
    "term",
    (
        Table(
            "chronicle_term",
            public=plain("id slug name own_wording reason"),
            private={"curators_note": NOTHING},
            generated=("name_folded",),
        ),
        Table(
            "chronicle_termuse",
            public=plain("id term_id wording language document_id times"),
            belongs_to="term_id",
            joins="JOIN desk.sources_document d ON d.id = t.document_id",
            rows="d.access = 'open'",
            needs={"document_id": "document"},
        ),
    ),
    stands_alone=True,
)

REFERENCES = (PARTY, AGENT, DOCUMENT, LOCATION, KIND, UNIT, POPULATION)
"""Records that events need: published with them, in this order, and gone when nothing public needs them."""

STANDING = (MASTHEAD, MISSING, TERM)
"""Records besides events that are published by themselves, and stay until they are withdrawn."""

RECORDS = (*REFERENCES, *STANDING, EVENT)

EDITION_PUBLIC = plain("id slug number made_at signed_as note_kind note shape snapshot is_tombstone sources_removed")
EDITION_SUBJECTS = plain(" ".join(f"{record.subject}_id" for record in RECORDS))
EDITION = Table(
    "chronicle_edition",
    public={**EDITION_PUBLIC, **EDITION_SUBJECTS},
    private={"editor_id": "NULL", "private_reason": NOTHING, "refers_to": "'{}'", "links": "'{}'"},
)
"""Copies of the editions: what a record was at each of its numbers."""

FACTS = ("chronicle_dispute", "chronicle_voice", "chronicle_eventcount")
"""What is computed of an event: views at the desk, tables on the published side, and part of every edition."""

TALLY = "chronicle_tally"

REDIRECT = "chronicle_redirect"
"""Where the addresses of records lead that were merged into others: of those that had been published."""

MERGEABLE = (AGENT, DOCUMENT, LOCATION, EVENT)
"""Records that may be merged; at the desk their root tables have the column `merged_into_id`."""

RELEASE = "chronicle_release"
"""Releases of the whole: what was made, and where it was deposited. Public, and nowhere else."""

CHANGE = "chronicle_change"
"""One row: when what readers see was last changed by a verb or a migration. Validators of pages are made from it."""


def record_of(subject: str) -> Record:
    """Return the kind of record that an edition's column of this name is of."""
    return next(record for record in RECORDS if record.subject == subject)
