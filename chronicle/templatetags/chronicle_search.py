"""Where in a record the words of a question were found."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chronicle import search

register = template.Library()
register.filter("has_words", search.has_words)


@register.filter
def marked(excerpt: str) -> SafeString:
    """Return an excerpt with what was found in it marked; empty where nothing in it was."""
    parts = (
        format_html("<mark>{}</mark>", words) if is_found else words for words, is_found in search.stretches(excerpt)
    )
    return format_html_join("", "{}", ((part,) for part in parts))
