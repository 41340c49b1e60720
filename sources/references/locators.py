"""Where in a document something stands, in words: "pp. 211–230"."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.directions import isolated
from sources.vocabularies import LocatorLabel

_SEVERAL = re.compile(r"[0-9IVX][rv]?\s*[-–—]\s*[0-9IVX]|[,;&]|\band\b")
_NUMBERED = re.compile(r"[0-9IVXLCDM§]")

NAMES_ITSELF: Final = (LocatorLabel.SECTION, LocatorLabel.CHAPTER, LocatorLabel.TIMESTAMP)
"""Labels that are left out before a locator which is a heading or a time, and no number."""


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
        LocatorLabel.COLUMN: ngettext("col. %(locator)s", "cols. %(locator)s", number),
        LocatorLabel.FOLIO: ngettext("fol. %(locator)s", "fols. %(locator)s", number),
        LocatorLabel.PART: ngettext("part %(locator)s", "parts %(locator)s", number),
        LocatorLabel.BOOK: ngettext("book %(locator)s", "books %(locator)s", number),
        LocatorLabel.APPENDIX: ngettext("appendix %(locator)s", "appendices %(locator)s", number),
        LocatorLabel.SUPPLEMENT: ngettext("supp. %(locator)s", "supps. %(locator)s", number),
        LocatorLabel.EQUATION: ngettext("eq. %(locator)s", "eqs. %(locator)s", number),
        LocatorLabel.ENTRY: _("s.v. %(locator)s"),
        LocatorLabel.ACT: ngettext("act %(locator)s", "acts %(locator)s", number),
        LocatorLabel.SCENE: ngettext("scene %(locator)s", "scenes %(locator)s", number),
        LocatorLabel.CANON: ngettext("canon %(locator)s", "canons %(locator)s", number),
        LocatorLabel.OPUS: ngettext("op. %(locator)s", "opp. %(locator)s", number),
        LocatorLabel.ISSUE: ngettext("no. %(locator)s", "nos. %(locator)s", number),
        LocatorLabel.ELOCATION: ngettext("loc. %(locator)s", "locs. %(locator)s", number),
        LocatorLabel.RULE: ngettext("rule %(locator)s", "rules %(locator)s", number),
        LocatorLabel.TITLE: ngettext("title %(locator)s", "titles %(locator)s", number),
        LocatorLabel.FIGURE: ngettext("figure %(locator)s", "figures %(locator)s", number),
        LocatorLabel.TABLE: ngettext("table %(locator)s", "tables %(locator)s", number),
        LocatorLabel.VERSE: ngettext("verse %(locator)s", "verses %(locator)s", number),
        LocatorLabel.VOLUME: ngettext("vol. %(locator)s", "vols. %(locator)s", number),
        LocatorLabel.ARTICLE: ngettext("article %(locator)s", "articles %(locator)s", number),
    }
    return templates.get(label, "")
