"""The way from a citation to its passage in the text of the document."""

from django import template
from django.urls import reverse

from chronicle.models import Citation

register = template.Library()

TEXT = Citation._meta.get_field("quotation_text")  # noqa: SLF001 - Django documents _meta


@register.filter
def passage_address(citation: Citation) -> str:
    """Return the address of the passage that is quoted; nothing where readers may not read the text.

    The text has to be fetched with the citation: nothing is asked here, and an old edition has no such way.
    """
    text = citation.quotation_text if TEXT.is_cached(citation) else None
    if text is None or not text.is_visible or citation.quotation_page is None:
        return ""
    page = reverse("document-text", args=[citation.document.slug, citation.quotation_page])
    return f"{page}?text={text.number}#passage-{citation.pk}"
