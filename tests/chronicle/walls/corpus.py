"""Rows for attacking the walls: one of everything that readers may see, and secrets in everything that they may not."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, TextField

from chronicle.merging import merge
from chronicle.models import Edition, Event, Masthead
from chronicle.publication import Note, privately_because, publish, publish_references, withdraw, withhold
from sources.models import Document
from sources.vocabularies import Access
from tests import factories as make


def event_with_everything(**fields: Any) -> Event:
    """Make an event that has a row in every table of a record, and references that have too."""
    party = make.party()
    party.names.create(name="Yurd", language="az-Latn")
    agent = make.agent(party=party)
    agent.names.create(name="Qurum", language="az-Latn")
    town, country = make.location(), make.location()
    town.names.create(toponym="Şəhər", language="az-Latn", party=party)
    make.within(town, country)
    event = make.event(parties=(party,), locations=(town,), **fields)
    event.names.create(name="Hadisə", language="az-Latn", party=party)
    event.participations.create(agent=agent, role="took_part")
    make.citation(event, document_with_everything(agent), claimed_by=agent)
    for number in (10, 20):
        figure = {"asserted_figure": (number, number + 1), "unit": make.unit(), "population": make.population()}
        make.citation(event, aspect="killed", **figure)
    event.dispute_notes.create(aspect="killed", text="They count different people.", written_on="2026-05-31")
    return event


def document_with_everything(agent: Any) -> Document:
    """Make a document that somebody wrote and that cites another."""
    document = make.document(publisher=agent)
    document.contributions.create(agent=agent, role="author", position=1)
    document.cited_documents.create(cited=make.document(), locator="note 1")
    copy = {"copy_sha256": "c" * 64, "copy_media_type": "text/plain", "copy_size": 7}
    given = make.file(document, is_given=True, **copy)
    make.text(document, "One page.", "Another.", file=given, is_visible=True)
    return document


def publish_one_of_everything() -> Event:
    """Fill every table that readers see."""
    event = event_with_everything()
    publish_standing(event)
    publish([event])
    return event


def publish_a_merge() -> None:
    """Leave a redirect: of two public events, one is merged into the other."""
    kept, merged = make.cited_event(), make.cited_event()
    publish([kept, merged])
    merge(kept, merged)


def write_masthead() -> None:
    """Write the masthead anew, which signs editions: its name is public, and nothing hidden is in it."""
    columns = (f for f in Masthead._meta.concrete_fields if isinstance(f, CharField | TextField))
    texts = {f.name: "" for f in columns if f.name != "slug"}
    Masthead.objects.update_or_create(
        defaults=texts | {"slug": "masthead", "name": "A chronicle", "editorial_body": "Its editors"}
    )


def publish_standing(event: Event, marker: str = "") -> None:
    """Publish a row of every record that stands alone; what is private in them is the marker."""
    write_masthead()
    missing, term = make.missing(curators_note=marker), make.term(curators_note=marker)
    event.event_missing_documents.create(missing=missing)
    term.uses.create(wording="Söz", language="az-Latn", document=make.document(), times=2)
    publish_references("masthead", Masthead.objects.all())
    publish_references("missing", [missing])
    publish_references("term", [term])


def hide(marker: str) -> None:
    """Hide a word in what was published once and taken back: titles, statements, users and their sessions."""
    user = get_user_model().objects.create_user(f"{marker}u", f"{marker}@example.org", marker, first_name=marker)
    withheld = make.document(title=marker, slug=marker, title_short=marker)
    shared, withdrawn = event_with_everything(), event_with_everything(title=marker, summary=marker)
    make.citation(shared, withheld, statement=marker, quotation=marker)
    make.text(withheld, marker, is_visible=True)
    publish([shared, withdrawn], editor=user)
    withhold([withheld], editor=user)
    withdraw([withdrawn, shared], editor=user, note=Note(words="Taken back."))
    publish_standing(withdrawn, marker)
    content_type = ContentType.objects.get_for_model(Event)
    LogEntry.objects.create(user=user, content_type=content_type, object_repr=marker, action_flag=1, object_id=marker)
    event_with_everything()


TEXT_COLUMNS = """
SELECT c.relname, quote_ident(a.attname), (SELECT quote_ident(k.attname) FROM pg_index i
    JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = i.indkey[0] WHERE i.indrelid = c.oid AND i.indisprimary)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'desk'::regnamespace AND c.relkind = 'r' AND a.attgenerated = ''
AND a.atttypid IN ('text'::regtype, 'varchar'::regtype) AND NOT c.relname = ANY(%s) ORDER BY 1, 2
"""
LEFT_ALONE = [
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "chronicle_edition",
]
"""Tables that outlive the test, and the editions, whose private columns hold no text of anybody's."""


def hide_everywhere(owner: Any, marker: str) -> set[tuple[str, str]]:
    """Put the word, as owner, into every text column of every row at the desk that can hold it; return which could."""
    found = set()
    for table, column, key in owner.execute(TEXT_COLUMNS, [LEFT_ALONE]).fetchall():
        try:
            done = owner.execute(f"UPDATE desk.{table} SET {column} = '{marker}' || {key}")
        except Exception as error:
            if not hasattr(error, "sqlstate") or error.sqlstate[:2] not in {"22", "23"}:
                raise
            continue
        if done.rowcount:
            found.add((table, column.strip('"')))
    return found


def _lay_texts(described: Document, open_one: Document, marker: str) -> None:
    """Give a described document a text that is said to be visible, and an open one a text that is not."""
    hidden = {"name": marker, "provenance": marker, "content_warning": marker}
    for document, is_visible in ((described, True), (open_one, False)):
        make.text(document, marker, file=make.file(document, **hidden), report=marker, is_visible=is_visible)
    shown = make.file(open_one, name=marker, provenance=marker)
    make.text(open_one, "What all may read.", file=shown, report=marker, is_visible=True)


def publish_beside_secrets(marker: str) -> None:
    """Publish events whose every private word is the marker, and rework one of them without publishing it."""
    write_masthead()
    event = event_with_everything(curators_note=marker)
    described = make.document(
        title=marker, slug=f"{marker}-d", title_short=marker, url=f"https://example.org/{marker}", rights=marker,
        access=Access.DESCRIBED, public_description="Testimony of a resident", curators_note=marker,
    )  # fmt: skip
    make.citation(event, described, quotation=marker, locator_label="page", locator=marker, curators_note=marker)
    _lay_texts(described, make.citation(event).document, marker)
    with privately_because(marker):
        publish([event])
    publish_standing(event, marker)
    publish([event])
    Event.objects.filter(pk=event.pk).update(title=f"{marker} reworked")
    assert Edition.objects.filter(event=event, private_reason=marker).exists()
