"""Makes valid rows at the desk, with plain defaults and no surprises: what a test is about, it says itself."""

import hashlib
import itertools
import uuid
from datetime import UTC, datetime
from typing import Any

from chronicle.models import (
    Citation,
    Event,
    EventKind,
    EventLocation,
    EventParty,
    Import,
    Location,
    LocationWithin,
    Masthead,
    MissingDocument,
    Population,
    Term,
    Unit,
)
from sources.models import Agent, Document, DocumentFile, DocumentPage, DocumentText, Party

_numbers = itertools.count(1)


def _slug(word: str) -> str:
    return f"{word}-{next(_numbers)}"


def party(**fields: Any) -> Party:
    slug = fields.pop("slug", None) or _slug("party")
    return Party.objects.create(**{"slug": slug, "name": f"Republic {slug}", "name_short": slug.title(), **fields})


def agent(**fields: Any) -> Agent:
    slug = fields.pop("slug", None) or _slug("agent")
    basis = "Speaks for it by decree." if fields.get("party") else ""
    return Agent.objects.create(**{"slug": slug, "name": slug.title(), "kind": "government", "basis": basis, **fields})


def document(**fields: Any) -> Document:
    slug = fields.pop("slug", None) or _slug("document")
    basis = "Printed by its ministry." if fields.get("party") else ""
    defaults = {"document_type": "report", "title": f"Report {slug}", "title_short": slug.title(), "party_basis": basis}
    return Document.objects.create(**{"slug": slug, **defaults, **fields})


DEPOSITED = datetime(2026, 5, 31, 9, 30, tzinfo=UTC)


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def file(of: Document, **fields: Any) -> DocumentFile:
    """Make the row of a file; nothing is stored."""
    seen = {"kind": "text", "media_type": "text/plain", "size": 9, "deposited_at": DEPOSITED}
    return DocumentFile.objects.create(document=of, **{"sha256": checksum(_slug("file")), **seen, **fields})


def text(of: Document, *pages: str, **fields: Any) -> DocumentText:
    """Make a text of these pages, the newest of its document."""
    whole = "\n".join(pages)
    defaults = {
        "number": of.texts.count() + 1,
        "file": fields.pop("file", None) or file(of),
        "rule": 1,
        "sha256": checksum(whole),
        "length": len(whole),
        "page_count": len(pages),
        "empty_pages": pages.count(""),
        "read_at": DEPOSITED,
    }
    made = DocumentText.objects.create(document=of, **{**defaults, **fields})
    starts = itertools.accumulate((len(page) + 1 for page in pages), initial=0)
    DocumentPage.objects.bulk_create(
        DocumentPage(text=made, number=number, start=start, content=page)
        for number, (start, page) in enumerate(zip(starts, pages, strict=False), start=1)
    )
    return made


def location(**fields: Any) -> Location:
    slug = fields.pop("slug", None) or _slug("location")
    return Location.objects.create(**{"slug": slug, "name": slug.title(), "kind": "settlement", **fields})


def within(inner: Location, outer: Location, **fields: Any) -> LocationWithin:
    return LocationWithin.objects.create(**{"location": inner, "within": outer, "basis": "nature", **fields})


def kind(**fields: Any) -> EventKind:
    return EventKind.objects.get_or_create(slug=fields.pop("slug", "battle"), defaults={"name": "battle", **fields})[0]


def unit(**fields: Any) -> Unit:
    slug = fields.pop("slug", "person")
    return Unit.objects.get_or_create(slug=slug, defaults={"name": slug, "name_plural": f"{slug}s", **fields})[0]


def population(**fields: Any) -> Population:
    slug = fields.pop("slug", "military")
    return Population.objects.get_or_create(slug=slug, defaults={"name": slug, **fields})[0]


def event(*, parties: tuple[Party, ...] = (), locations: tuple[Location, ...] = (), **fields: Any) -> Event:
    slug = fields.pop("slug", None) or _slug("event")
    if "kind" not in fields:
        fields["kind"] = kind()
    made = Event.objects.create(**{"slug": slug, "title": f"Event {slug}", "date_edtf": "2020-10-10", **fields})
    EventParty.objects.bulk_create(EventParty(event=made, party=one) for one in parties)
    EventLocation.objects.bulk_create(EventLocation(event=made, location=one) for one in locations)
    return made


def citation(of: Event, by: Document | None = None, **fields: Any) -> Citation:
    defaults = {"aspect": "description", "statement": "It says so."}
    return Citation.objects.create(event=of, document=by or document(), **{**defaults, **fields})


def cited_event(**fields: Any) -> Event:
    made = event(**fields)
    citation(made)
    return made


def masthead(**fields: Any) -> Masthead:
    defaults = {"slug": "masthead", "name": "A chronicle", "editorial_body": "Its editors"}
    return Masthead.objects.create(**{**defaults, **fields})


def missing(**fields: Any) -> MissingDocument:
    slug = fields.pop("slug", None) or _slug("missing")
    return MissingDocument.objects.create(**{"slug": slug, "title": f"Missing {slug}", **fields})


def term(**fields: Any) -> Term:
    slug = fields.pop("slug", None) or _slug("term")
    return Term.objects.create(**{"slug": slug, "name": f"Thing {slug}", **fields})


def imported(**fields: Any) -> Import:
    """Make the record of an import that wrote nothing."""
    counts = {"created": 0, "changed": 0, "unchanged": 0}
    return Import.objects.create(**{"context": uuid.uuid4(), "files": "events.csv", **counts, **fields})
