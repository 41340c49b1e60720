"""What the page of an event tells machines: who speaks, intervals, names of places, documents, edition."""

from collections.abc import Iterable
from html import unescape
from itertools import chain

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chronicle import voices
from chronicle.context import masthead_of
from chronicle.exports.dates import span
from chronicle.models import Location
from chronicle.sentences.clauses import listed
from chronicle.views.event_page import EventPage
from chronicle.views.metadata import CARD, Data, Metadata, absolute, body, collection, filled, licence
from chronicle.vocabularies import Aspect
from sources import references
from sources.directions import isolated
from sources.models import Document


def of_event(request: HttpRequest, page: EventPage) -> Metadata:
    """Return the metadata of an event in one of its editions."""
    description = describe(page)
    canonical = request.build_absolute_uri(page.event.get_absolute_url()) if page.is_newest else page.address
    return Metadata(
        description,
        canonical,
        _data(request, page, description, canonical),
        kind="article",
        citation=_citation(request, page),
        picture=absolute(request, CARD),
    )


def describe(page: EventPage) -> str:
    """Return whose documents speak and on what they differ; never what they say."""
    title = isolated(page.event.title)
    if not page.is_computed:
        return _("%(title)s: what documents say of it, each statement with its place in its document.") % {
            "title": title
        }
    differing = [str(aspect.label) for aspect in contested(page)]
    words = {
        "title": title,
        "counts": voices.counts(page.event.counts),
        "voices": voices.summary(page.voices, page.citations),
    }
    if differing:
        words["aspects"] = listed(differing)
        return _("%(title)s: what documents say of it. %(counts)s They differ on: %(aspects)s. %(voices)s") % words
    return _("%(title)s: what documents say of it. %(counts)s %(voices)s") % words


def contested(page: EventPage) -> list[Aspect]:
    """Return the aspects on which documents differ, in the order of the page."""
    sections = [*page.sections, page.followed, page.responsible]
    return [section.aspect for section in sections if section and section.is_contested]


def _data(request: HttpRequest, page: EventPage, description: str, canonical: str) -> Data:
    masthead, edition = masthead_of(request), page.edition
    return filled(
        {
            "@context": "https://schema.org",
            "@type": ["Article", "Dataset"],
            "@id": page.address,
            "identifier": f"E{page.event.pk}",
            "url": canonical,
            "name": page.event.title,
            "headline": page.event.title,
            "description": description,
            "inLanguage": get_language(),
            "version": str(edition.number),
            "dateModified": edition.made_at.isoformat(),
            "author": body(edition.signed_as or masthead.editorial_body),
            "publisher": body(masthead.editorial_body),
            **licence(masthead),
            "isPartOf": collection(request),
            "temporalCoverage": str(span(page.event) or ""),
            "spatialCoverage": [_place(location) for location in _locations(page)],
            "citation": [plain_reference(reference.document) for reference in page.references],
            "isBasedOn": [_work(request, reference.document) for reference in page.references],
            "isAccessibleForFree": True,
            "image": absolute(request, CARD),
        }
    )


def _citation(request: HttpRequest, page: EventPage) -> list[tuple[str, str]]:
    """The tags that reference managers read: an entry in a collection, by the body that signed this edition."""
    masthead, edition = masthead_of(request), page.edition
    return [
        ("citation_title", page.event.title),
        ("citation_author", edition.signed_as or masthead.editorial_body),
        ("citation_inbook_title", masthead.name),
        ("citation_publisher", masthead.editorial_body),
        ("citation_publication_date", date_format(edition.made_at, "Y/m/d")),
        ("citation_edition", str(edition.number)),
        ("citation_language", get_language() or ""),
        ("citation_public_url", page.address),
        ("citation_abstract_html_url", page.address),
    ]


def plain_reference(document: Document) -> str:
    """Return the reference of a document without marks."""
    return unescape(strip_tags(references.format(document)))


def _work(request: HttpRequest, document: Document) -> Data:
    try:
        url = request.build_absolute_uri(reverse("document", args=[document.slug]))
    except NoReverseMatch:
        url = ""
    doi = f"https://doi.org/{document.doi}" if document.doi else ""
    return filled({"@type": "CreativeWork", "name": document.title, "url": url, "sameAs": doi or document.url})


def _locations(page: EventPage) -> Iterable[Location]:
    """Every place under which it is filed or where a document places it, each once and by name."""
    filed = (row.location for row in page.event.event_locations.all())
    asserted = (citation.asserted_location for citation in page.citations if citation.asserted_location)
    return sorted(set(chain(filed, asserted)), key=lambda location: (location.name.casefold(), location.pk))


def _place(location: Location) -> Data:
    """A place by its name alone: no point, which would say more than is known."""
    return {"@type": "Place", "name": location.name}
