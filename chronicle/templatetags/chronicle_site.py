"""What every page says of the chronicle itself."""

from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

register = template.Library()

MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
"""CommonMark without HTML of the writer's own, and without pictures from elsewhere; unsafe addresses stay text."""


@register.filter
def markdown(words: str) -> SafeString:
    """Return the editors' text as HTML."""
    return mark_safe(MARKDOWN.render(words))  # noqa: S308 -- the renderer escapes everything but its own marks


@register.filter
def error_address(contact: str, page: str) -> str:
    """Return where to report an error, as a link: the contact, with the page as subject if it is a mailbox."""
    if not contact or contact.startswith(("http://", "https://")):
        return contact
    subject = _("Error on %(page)s") % {"page": page} if page else _("Error")
    return f"mailto:{contact}?subject={quote(subject)}"
