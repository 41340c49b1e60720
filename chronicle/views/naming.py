"""Names of places and speakers: the heading name and the parties' beside it, or first the one in a chosen language.

The choice is in the address (`names=hy`) and nowhere else. Sentences and values keep the heading name, which the method
page gives the rule of: a name that is exchanged inside a sentence would change its grammar.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict

from chronicle.models import Location
from chronicle.templatetags.languages import language_words
from chronicle.views.sections import names_of_parties
from sources.models import Agent

HEADING = "en"
"""The language of heading names."""
LANGUAGE = re.compile(r"[a-z]{2,3}")
NAMES = "names"
"""What the choice is called in an address."""

Named = Location | Agent


class Spelling(NamedTuple):
    """A name as it is written, with its language; empty where nobody recorded that, as of an agent's heading name."""

    words: str
    language: str


class Called(NamedTuple):
    """What something is called: the first name, and the others, in brackets where the first was chosen."""

    first: Spelling
    others: list[Spelling]
    is_chosen: bool


class Way(NamedTuple):
    """A choice of names, as a link to the same page."""

    words: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class Naming:
    """The choice of names that an address makes; empty where it makes none."""

    choice: str = ""

    @property
    def query(self) -> str:
        """What a link to another page ends with, so that the choice goes along."""
        return f"?{NAMES}={self.choice}" if self.choice else ""

    @property
    def further(self) -> str:
        """The same where the address asks for something already."""
        return f"&{NAMES}={self.choice}" if self.choice else ""

    def called(self, record: Named) -> Called:
        """Return what a place or a speaker is called; its names have been fetched."""
        heading = Spelling(str(record), HEADING if isinstance(record, Location) else "")
        others = _others(record)
        chosen = _chosen(record, self.choice) or heading
        if not self.choice or (chosen == heading and self.choice != HEADING):
            return Called(heading, others, is_chosen=False)
        beside = [name for name in (heading, *others) if name.words != chosen.words]
        return Called(chosen, list(dict.fromkeys(beside)), is_chosen=True)

    def ways(self, records: Iterable[Named], asked: QueryDict, *, unchosen: str) -> list[Way]:
        """Return the choices that these records offer; none where all of them have no name but the heading one."""
        languages = {_language(tag) for record in records for _words, tag, _rank in _recorded(record)}
        if not languages and not self.choice:
            return []
        offered = sorted({HEADING, *languages, *filter(None, [self.choice])}, key=language_words)
        ways = [Way(language_words(tag), _asking(asked, tag), tag == self.choice) for tag in offered]
        return [Way(unchosen, _asking(asked, ""), not self.choice), *ways]


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _asking(asked: QueryDict, choice: str) -> str:
    changed = asked.copy()
    changed.pop(NAMES, None)
    if choice:
        changed[NAMES] = choice
    return "?" + changed.urlencode(safe=",~")


def _recorded(record: Named) -> Iterator[tuple[str, str, bool]]:
    """The names of a record: how each is written, its language, and whether others come before it."""
    if isinstance(record, Location):
        yield from ((name.toponym, name.language, not name.is_preferred) for name in record.names.all())
    else:
        yield from ((name.name, name.language, False) for name in record.names.all())


def _others(record: Named) -> list[Spelling]:
    if isinstance(record, Location):
        return [Spelling(name.toponym, name.language) for name in names_of_parties(record)]
    return [Spelling(words, tag) for words, tag, _rank in _recorded(record)]


def _chosen(record: Named, choice: str) -> Spelling | None:
    """The name in a language: the preferred one, in the script that needs no naming; heading names are English."""
    if choice == HEADING:
        return None
    fitting = [(rank, len(tag), tag, words) for words, tag, rank in _recorded(record) if _language(tag) == choice]
    return Spelling(min(fitting)[3], min(fitting)[2]) if fitting else None
