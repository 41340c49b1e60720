"""What every page says of the chronicle itself."""

import json
from html import unescape
from typing import Any
from urllib.parse import quote

from django import template
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
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


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> str:
    """Return what the page's own template calls it, without the name of the chronicle; empty on the home page."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    return unescape(block.nodelist.render(context)).strip().removesuffix("·").strip() if block else ""


IN_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
"""What could end a script element, or begin a comment in it, as JSON writes it otherwise (HTML, section 4.12.1.3)."""


@register.simple_tag
def structured_data(data: dict[str, Any], title: str) -> SafeString:
    """Return a block of JSON-LD: data, which no browser runs; the page's title is its name where it has no other."""
    named = {"name": title, **data} if title else data
    words = json.dumps(named, ensure_ascii=False).translate(IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308 -- escaped above
