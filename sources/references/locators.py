"""Where in a document something stands, behind the document's short title: "Bayramov 2021, pp. 211–230"."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.directions import isolated
from sources.models import Document
from sources.vocabularies import LocatorLabel

_SEVERAL = re.compile(r"[0-9IVX]\s*[-–—]\s*[0-9IVX]|[,;&]|\band\b")
_NUMBERED = re.compile(r"[0-9IVXLCDM§]")

NAMES_ITSELF: Final = (LocatorLabel.SECTION, LocatorLabel.CHAPTER, LocatorLabel.TIMESTAMP)
"""Labels that are left out before a locator which is a heading or a time, and no number."""


def short_form(document: Document, locator_label: str, locator: str) -> str:
    """Return the short title with the locator, as plain text: the second mention in Chicago's notes."""
    if not locator:
        return document.title_short
    return _("%(title)s, %(locator)s") % {
        "title": document.title_short,
        "locator": locator_words(locator_label, locator),
    }


def locator_words(label: str, locator: str) -> str:
    """Return a locator with what it counts: "p. 214", "pp. 211–230", "note 18", "“The Road to War”"."""
    if label == LocatorLabel.TIMESTAMP or (label in NAMES_ITSELF and not _NUMBERED.match(locator)):
        return isolated(locator)
    number = 2 if _SEVERAL.search(locator) else 1
    template = _template(label, number)
    return template % {"locator": isolated(locator)} if template else isolated(locator)


def _template(label: str, number: int) -> str:
    """The words around a locator, for one or for several of what the label counts."""
    templates: dict[str, str] = {
        LocatorLabel.PAGE: ngettext("p. %(locator)s", "pp. %(locator)s", number),
        LocatorLabel.CHAPTER: ngettext("chapter %(locator)s", "chapters %(locator)s", number),
        LocatorLabel.SECTION: ngettext("section %(locator)s", "sections %(locator)s", number),
        LocatorLabel.PARAGRAPH: ngettext("paragraph %(locator)s", "paragraphs %(locator)s", number),
        LocatorLabel.NOTE: ngettext("note %(locator)s", "notes %(locator)s", number),
        LocatorLabel.LINE: ngettext("line %(locator)s", "lines %(locator)s", number),
        LocatorLabel.FIGURE: ngettext("figure %(locator)s", "figures %(locator)s", number),
        LocatorLabel.TABLE: ngettext("table %(locator)s", "tables %(locator)s", number),
        LocatorLabel.VERSE: ngettext("verse %(locator)s", "verses %(locator)s", number),
        LocatorLabel.VOLUME: ngettext("vol. %(locator)s", "vols. %(locator)s", number),
        LocatorLabel.ARTICLE: ngettext("article %(locator)s", "articles %(locator)s", number),
    }
    return templates.get(label, "")
