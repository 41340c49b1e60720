"""Where documents differ, and what was published, corrected and taken down."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chronicle.api.lists import Listed, PageParameters, Parameters, check_place, choosing, listed, one_of
from chronicle.api.records.editions import EditionEntry, edition_entry
from chronicle.api.records.events import EditorsNote, editors_note
from chronicle.api.records.values import Addresses, Link
from chronicle.models import Edition, Tally
from chronicle.views.base import PUBLISHED
from chronicle.views.disputes import COMPARED, Entry, Selection
from chronicle.views.paging import counted, moment, page_back
from chronicle.vocabularies import Aspect, NoteKind, Verdict

router = Router()


class DisputeEntry(Schema):
    """An aspect of an event on which documents differ, in the sentences of its page."""

    event: Link
    aspect: Aspect
    page: str = Field(description="Where the event’s page speaks of it.")
    between: list[str] = Field(description="What stands between documents, in sentences.")
    inside: list[str] = Field(description="What stands between places of one document.")
    note: EditorsNote | None = Field(description="What the editors say of it, in their own words.")
    documents: list[Link]


class Disputes(Listed):
    """A page of disputes, the newest events first."""

    records: list[DisputeEntry]


class Editions(Listed):
    """A page of editions, the newest first."""

    records: list[EditionEntry]


class DisputeParameters(Parameters):
    """The filters of the page for readers, which combine."""

    aspect: str = choosing("An aspect.", Aspect.values)
    verdict: str = choosing("How values stand to each other; empty: disagree or may disagree.", Verdict.values)
    compared: str = choosing("“documents”: between documents; “text”: inside one; empty: both.", COMPARED)


class EditionParameters(PageParameters):
    """Which editions."""

    kind: str = choosing("Why they were made.", NoteKind.values)


@router.get("/disputes", response=Disputes, summary="Where documents differ", tags=["disputes"])
def disputes(request: HttpRequest, asked: Query[DisputeParameters]) -> Any:
    """Events and aspects on which documents differ, by a rule that is the same for everybody; twenty to a page."""
    aspect, verdict = one_of("aspect", asked.aspect, Aspect.values), one_of("verdict", asked.verdict, Verdict.values)
    check_place(asked.after, Aspect)
    selection, at = Selection(aspect, verdict, one_of("compared", asked.compared, COMPARED)), Addresses(request)
    page = selection.listed(asked.after)
    rows = Tally.objects.using(PUBLISHED).filter(facet="disputed")
    count = selection.count({tally.value: tally.number for tally in rows})
    return {**listed(request, after=page.after, count=count), "records": [_dispute(entry, at) for entry in page.rows]}


def _dispute(entry: Entry, at: Addresses) -> dict[str, Any]:
    event = at.link("event", entry.event)
    return {
        "event": event,
        "aspect": entry.aspect,
        "page": f"{event['page']}#{entry.anchor}",
        "between": entry.between,
        "inside": entry.inside,
        "note": editors_note(entry.note) if entry.note else None,
        "documents": [at.link("document", document) for document, _party in entry.documents],
    }


@router.get("/editions", response=Editions, summary="Editions and corrections", tags=["editions"])
def editions(request: HttpRequest, asked: Query[EditionParameters]) -> Any:
    """Everything that was published, corrected or taken down, the newest first, with the reasons."""
    check_place(asked.after, moment)
    rows = Edition.objects.using(PUBLISHED).told(one_of("kind", asked.kind, NoteKind.values))
    page, at = page_back(rows, "made_at", after=asked.after, read=moment, size=asked.limit), Addresses(request)
    records = [edition_entry(edition, edition.event, at) for edition in page.rows]
    return {**listed(request, after=page.after, count=counted(rows)), "records": records}
