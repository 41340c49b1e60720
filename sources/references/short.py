"""A document that was cited in full before: its author, short title and locator (Chicago 14.30)."""

import re
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sources.models import Document
from sources.references.csl import Record, csl
from sources.references.locators import locator_words
from sources.references.names import short_names
from sources.references.punctuation import Text, commas, ended, nested, stopped
from sources.references.style import WORKS, italic, quoted
from sources.vocabularies import Access

SUBTITLE: Final = re.compile(r"(?<=\w)\s*(?::|\.(?=\s)|\s[–—](?=\s)).*", re.DOTALL)
"""What follows the main title: after a colon, a full stop or a dash between blanks."""


def short_form(document: Document, locator_label: str, locator: str) -> Text:
    """Return how a document is cited again, as HTML: "Bayramov, “Diplomacy at Home,” p. 214."."""
    record = csl(document)
    if record.get("custom", {}).get("access") == Access.DESCRIBED:
        return format_html("{}", ended(record["title"]))
    title = short_title(record)
    place = locator_words(locator_label, locator) if locator else ""
    return stopped(commas(short_names(record), _with_place(record, title, place)))


def _with_place(record: Record, title: str, place: str) -> SafeString:
    """The title and where in the document; the comma between stands inside quotation marks (Chicago 6.9)."""
    if record["type"] in WORKS:
        return commas(italic(record, title), place)
    if not place:
        return quoted(record, ended(nested(title)))
    return format_html("{} {}", quoted(record, f"{nested(title)},"), place)


def short_title(record: Record) -> str:
    """Return the beginning of the title that tells which it is: what is entered as short, if it is a part of the title.

    A siglum, such as Bayramov 2021, is none; then it is the title without its subtitle.
    """
    title, short = str(record.get("title", "")), str(record.get("title-short", ""))
    if short and title.casefold().startswith(short.casefold()):
        return short
    return SUBTITLE.sub("", title, count=1)
