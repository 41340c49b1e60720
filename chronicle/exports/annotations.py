"""Quotations as Web Annotations (W3C, 2017): the words, what surrounds them, and what the editors say they say."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from chronicle.exports.origin import Origin
from chronicle.exports.streaming import json_object
from chronicle.models import Citation
from sources.models import Document

MEDIA_TYPE: Final = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""Web Annotation Protocol, section 4."""
CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"


def collection(citations: Iterable[Citation], origin: Origin, *, address: str, label: str) -> Iterator[str]:
    """Yield annotations as one page, with the address and the name of the collection that they are all of.

    Citations come as `CitationQuerySet.quoted` brings them.
    """
    quoted = (annotation(citation, origin) for citation in citations)
    whole = {"id": address, "type": "AnnotationCollection", "label": label}
    head = {"@context": CONTEXT, "id": f"{address}#page", "type": "AnnotationPage", "partOf": whole, "startIndex": 0}
    return json_object(head, "items", quoted)


def annotation(citation: Citation, origin: Origin) -> dict[str, Any]:
    """Return the quotation of a citation in its document, with the statement and the event that it is cited for."""
    made = {
        "id": origin.page("citation-by-number", citation.pk),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": citation.statement, "format": "text/plain", "purpose": "describing"},
            {"source": origin.page("event", citation.event.slug), "purpose": "linking"},
        ],
        "target": {"source": _source(citation, origin), "selector": _selector(citation)},
    }
    return made | ({"rights": origin.licence} if origin.licence.startswith("http") else {})


def _source(citation: Citation, origin: Origin) -> str:
    """Where the words can be read: the page of the text here, else the document's own address, else its page here."""
    document: Document = citation.document
    text = citation.quotation_text
    if text is not None and text.is_visible and citation.quotation_page:
        return f"{origin.page('document-text', document.slug, citation.quotation_page)}?text={text.number}"
    return document.url or origin.page("document", document.slug)


def _selector(citation: Citation) -> dict[str, str]:
    """The words by themselves and by what surrounds them (Web Annotation Data Model, section 4.2.4)."""
    found = {
        "type": "TextQuoteSelector",
        "exact": citation.quotation,
        "prefix": citation.quotation_prefix,
        "suffix": citation.quotation_suffix,
    }
    return {name: value for name, value in found.items() if value}
