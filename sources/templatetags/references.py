"""References and locators in templates."""

from django import template
from django.utils.safestring import SafeString

from sources import references
from sources.edtf import parse, words
from sources.models import Document

register = template.Library()


@register.filter
def reference(document: Document) -> SafeString:
    """Return the reference of a document: `{{ document|reference }}`."""
    return references.format(document)


@register.simple_tag
def cited_again(document: Document, locator_label: str, locator: str) -> SafeString | str:
    """Return how a document is cited after its first, full reference: `{% cited_again document label locator %}`."""
    return references.short_form(document, locator_label, locator)


@register.filter
def counted_by(locator: str, label: str) -> str:
    """Return a locator with what it counts: `{{ citation.locator|counted_by:citation.locator_label }}`."""
    return references.locator_words(label, locator) if locator else ""


@register.filter
def edtf_words(date: str) -> str:
    """Return a date in words: `{{ event.date_edtf|edtf_words }}`."""
    return words(parse(date)) if date else ""
