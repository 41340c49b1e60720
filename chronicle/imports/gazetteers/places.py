"""Places as a gazetteer has them, before the desk is asked which of them it has."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from langcodes import Language, LanguageTagError

from chronicle.imports.outcomes import Fault

UNKNOWN_LANGUAGE: Final = "und"
"""Of a name whose language is not said (ISO 639-3, “undetermined”)."""
LONGEST_TOPONYM: Final = 200
_GEONAMES = re.compile(r"(?:gn:|https?://(?:www\.|sws\.)?geonames\.org/)(\d+)")
_WIKIDATA = re.compile(r"(?:wd:|https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)(Q\d+)")


@dataclass(frozen=True)
class Toponym:
    """A name: in which language, and when; in gazetteers of ours also whose it is, and whether it is shown first."""

    text: str
    language: str
    period: str = ""
    party: str = ""
    is_preferred: bool = False


@dataclass(frozen=True)
class Parent:
    """What a place is said to lie within: an identifier, or a name, or both; and when.

    Gazetteers of ours say as well on which basis, of which party, and the document that says so.
    """

    identifier: str
    name: str = ""
    period: str = ""
    basis: str = ""
    party: str = ""
    source: str = ""


@dataclass
class Place:
    """An entry of a gazetteer, with what was found wrong with it, and what it has that has no place here.

    `slug` and `uncertainty`, in metres, are said by gazetteers of ours.
    """

    line: int
    identifier: str
    title: str
    slug: str = ""
    uncertainty: str = ""
    kind: str = ""
    geometry: dict[str, Any] | None = None
    geonames: str = ""
    wikidata: str = ""
    names: list[Toponym] = field(default_factory=list)
    parents: list[Parent] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left: list[Fault] = field(default_factory=list)

    def lost(self, name: str, value: Any) -> None:
        """Say that a value has no place here."""
        if value not in (None, "", [], {}):
            self.left.append(Fault(name, str(value), _("there is no column for it; it is left behind")))

    def changed(self, name: str, value: Any, words: str) -> None:
        """Say that a value is kept in another form."""
        self.left.append(Fault(name, str(value), words))

    def wrong(self, name: str, value: Any, words: str) -> None:
        """Say that a value cannot be."""
        self.faults.append(Fault(name, str(value), words))

    def is_also(self, address: str) -> bool:
        """Take an identifier of another gazetteer, if it is one that has a column."""
        geonames, wikidata = _GEONAMES.match(address), _WIKIDATA.match(address)
        if geonames and not self.geonames:
            self.geonames = geonames[1]
        elif wikidata and not self.wikidata:
            self.wikidata = wikidata[1]
        else:
            return False
        return True

    def call(
        self, text: str, language: str, periods: list[str], *, party: str = "", is_preferred: bool = False
    ) -> None:
        """Add a name, for each of the times at which it was in use."""
        tag = tagged(language)
        if language and tag == UNKNOWN_LANGUAGE:
            self.changed("lang", language, _("it is no language that is known; the name is kept without one"))
        if len(text) > LONGEST_TOPONYM:
            self.wrong("names", text, _("A name has at most %(most)d letters; part it.") % {"most": LONGEST_TOPONYM})
            return
        for period in periods or [""]:
            toponym = Toponym(text.strip(), tag, period, party, is_preferred)
            if toponym.text and toponym not in self.names:
                self.names.append(toponym)


def tagged(written: str) -> str:
    """Return a language as a tag of BCP 47; what is none is undetermined."""
    try:
        language = Language.get(written.strip().replace("_", "-"))
    except LanguageTagError:
        return UNKNOWN_LANGUAGE
    is_plain = language.is_valid() and not (language.extensions or language.private)
    return language.to_tag() if written.strip() and is_plain else UNKNOWN_LANGUAGE
