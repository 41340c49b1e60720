"""Editions and corrections of all events, as a list and as a feed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.context import masthead
from chronicle.models import Edition
from chronicle.validators import NOT_IN_XML
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.paging import counted, moment, page_back
from chronicle.vocabularies import NoteKind
from sources.directions import isolated

IN_FEED = 50
"""How many editions the feed has."""


class Editions(PublicView):
    """What was published, corrected and taken down, the newest first."""

    template_name = "chronicle/editions.html"
    description = gettext_lazy(
        "Everything that was published, corrected or taken down, the newest first, with the reasons."
    )
    parameters = ("kind",)

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return a page of editions, of one kind of note if that is asked for."""
        asked = self.asked("kind")
        kind = asked if asked in NoteKind.values else ""
        editions = Edition.objects.using(PUBLISHED).told(kind)
        return {
            "list": page_back(editions, "made_at", after=self.asked("after"), read=moment),
            "count": counted(editions),
            "kinds": NoteKind,
            "kind": NoteKind(kind) if kind else "",
            "unread": asked if not kind else "",
        }


class Feed(PublicView):
    """The newest editions as an Atom feed (RFC 4287): what was published, corrected and taken down."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the feed; who signs is the editorial body, and the chronicle itself where nobody does."""
        name = masthead(request)["masthead"].name or _("Chronicle")
        feed = Atom1Feed(
            title=_("Editions and corrections: %(name)s") % {"name": plain(name)},
            link=request.build_absolute_uri(reverse("editions")),
            description="",
            feed_url=request.build_absolute_uri(reverse("editions-feed")),
            author_name=plain(name),
        )
        for edition in Edition.objects.using(PUBLISHED).of_feed()[:IN_FEED]:
            feed.add_item(**_entry(request, edition, name))
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _entry(request: HttpRequest, edition: Edition, name: str) -> dict[str, Any]:
    """An edition, or a takedown, as an entry; its id is a tag URI (RFC 4151) of numbers that are never given twice."""
    by_number = request.build_absolute_uri(reverse("event-by-number", args=[edition.event_id]))
    return {
        "unique_id": get_tag_uri(f"{by_number}#edition-{edition.number}", edition.made_at),
        "link": _link(request, edition) or by_number,
        "title": plain(_title(edition)),
        "description": escape(plain(edition.note or str(NoteKind(edition.note_kind).label))),
        "author_name": plain(edition.signed_as or name),
        "categories": [edition.note_kind],
        "pubdate": edition.made_at,
        "updateddate": edition.made_at,
    }


def _link(request: HttpRequest, edition: Edition) -> str:
    """The permanent address of an edition that can be opened."""
    if edition.is_tombstone or edition.event is None:
        return ""
    return request.build_absolute_uri(reverse("edition", args=[edition.event.slug, edition.number]))


def _title(edition: Edition) -> str:
    """What an entry is called; of what is no longer public its number is all that is said."""
    title = isolated(edition.event.title) if edition.event else ""
    words = {"number": edition.number, "event": f"E{edition.event_id}", "title": title}
    if edition.is_tombstone:
        return _("%(event)s was taken down") % words
    return _("%(title)s (%(event)s, edition %(number)d)") % words


def plain(words: str) -> str:
    """Return words without what XML cannot write."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)


editions = Editions.as_view()
feed = Feed.as_view()
