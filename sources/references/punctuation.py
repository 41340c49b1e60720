"""How the parts of a reference are joined, ended and marked; text is escaped, HTML stays what it is."""

import re
from typing import Final

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sources.directions import POP_ISOLATE

Text = SafeString | str

_ENDED: Final = re.compile(rf"[.?!…]{POP_ISOLATE}?”?$")
_INNER: Final = re.compile(r'"([^"]*)"')


def ended(text: str) -> str:
    """A text with a full stop, inside a quotation that ends it (Chicago 6.9)."""
    if text.endswith("’"):
        return f"{ended(text[:-1])}’"
    return text if _ENDED.search(text) else f"{text}."


def stopped(shown: Text) -> Text:
    """Text or HTML with a full stop, unless what it shows has an end of its own."""
    text = strip_tags(shown) if isinstance(shown, SafeString) else shown
    return shown if not text or _ENDED.search(text) else format_html("{}.", shown)


def nested(title: str) -> str:
    """A title as it stands between quotation marks: its own are single ones."""
    return _INNER.sub(r"‘\1’", title).translate({ord("“"): "‘", ord("”"): "’"})


def marked(tag: str, text: str, language: str) -> SafeString:
    """A title in its own language and direction."""
    if not language:
        return format_html(f'<{tag} dir="auto">{{}}</{tag}>', text)
    return format_html(f'<{tag} lang="{{}}" dir="auto">{{}}</{tag}>', language, text)


def capital(text: Text) -> Text:
    """A capital for what begins with words; escaped text stays escaped."""
    return SafeString(capfirst(text)) if isinstance(text, SafeString) else capfirst(text)


def commas(*parts: Text) -> SafeString:
    """The parts that there are, with commas between."""
    return format_html_join(_(", "), "{}", ((part,) for part in parts if part))


def spaced(*parts: Text) -> SafeString:
    """The parts that there are, with blanks between."""
    return format_html_join(" ", "{}", ((part,) for part in parts if part))
