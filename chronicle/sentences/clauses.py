"""Who gives which value, as a part of a sentence or as a whole one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chronicle.vocabularies import FIGURE_ASPECTS, Aspect
from sources.directions import isolated

NUMBERS: Final = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
)
LISTED: Final = 4
"""How many names a sentence lists before it counts the others."""


@dataclass(frozen=True)
class Clause:
    """Who gives which value: "Report 2021 gives 12 persons". `number` is how many they are, for the verb."""

    who: str
    number: int
    value: str
    aspect: Aspect

    def __str__(self) -> str:
        words = {"who": self.who, "value": self.value}
        if self.aspect == Aspect.RESPONSIBILITY:
            return (
                ngettext("%(who)s names %(value)s as responsible", "%(who)s name %(value)s as responsible", self.number)
                % words
            )
        if self.aspect == Aspect.LOCATION:
            return ngettext("%(who)s names %(value)s", "%(who)s name %(value)s", self.number) % words
        if self.aspect == Aspect.DATE or self.aspect in FIGURE_ASPECTS:
            return ngettext("%(who)s gives %(value)s", "%(who)s give %(value)s", self.number) % words
        return ngettext("%(who)s says so", "%(who)s say so", self.number) % words


def number_words(number: int) -> str:
    """A number as it stands in a sentence: "two", "12"."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A", "A and B", "A, B and C", "A, B, C and 7 others"."""
    if len(names) > LISTED + 1:
        words = {"names": _(", ").join(names[: LISTED - 1]), "number": len(names) - LISTED + 1}
        return _("%(names)s and %(number)d others") % words
    *before, last = names
    return _("%(others)s and %(last)s") % {"others": _(", ").join(before), "last": last} if before else last


def named(records: Iterable[object]) -> str:
    """The names of records in a row, each apart from the others whichever way it is written."""
    return listed(list(map(isolated, records)))


def any_of(names: Sequence[str]) -> str:
    """Names of which each is meant: "A", "A or B", "A, B or C"."""
    *before, last = names
    return _("%(others)s or %(last)s") % {"others": _(", ").join(before), "last": last} if before else last


def sentence(words: object) -> str:
    """Words as a sentence: a capital, a full stop."""
    return _("%(words)s.") % {"words": capfirst(str(words))}


def under(aspect: str, words: str) -> str:
    """A sentence under the name of its aspect."""
    return _("%(aspect)s: %(sentence)s") % {"aspect": capfirst(aspect), "sentence": words}


def speaker_in(speaker: str, documents: str) -> str:
    """A speaker whom documents name."""
    return _("%(speaker)s (in %(documents)s)") % {"speaker": speaker, "documents": documents}


def stated_on(who: str, day: str) -> str:
    """A speaker, with the day of the words: "Ministry (in Report) on 8 November 2020"."""
    return _("%(who)s, %(day)s,") % {"who": who, "day": day}


def both_of_party(party: str) -> str:
    """The two documents of an event, which speak for one party."""
    return _("both documents, which both speak for %(party)s,") % {"party": party}


def several_of_party(names: str, number: int, party: str) -> str:
    """Several documents of one party: no agreement."""
    words = {"names": names, "number": number, "party": party}
    if number == 2:  # noqa: PLR2004 -- "both" is for two
        return _("%(names)s, which both speak for %(party)s,") % words
    return _("%(number)d documents, all speaking for %(party)s (%(names)s),") % words


def speaking_for(document: str, party: str) -> str:
    """One of the documents of two parties or more: what they say alike may be printed as such."""
    return _("%(document)s (speaking for %(party)s)") % {"document": document, "party": party}


def several_in_documents(names: str, parties: str) -> str:
    """Speakers whom documents of these parties name; the speakers need not speak for them."""
    return _("%(names)s, in documents that speak for %(parties)s,") % {"names": names, "parties": parties}


def some_of_parties(names: str, some: str, number: int, parties: str) -> str:
    """Documents of which not all speak for a party."""
    return ngettext(
        "%(names)s, of which %(some)s speaks for %(parties)s,",
        "%(names)s, of which %(some)s speak for %(parties)s,",
        number,
    ) % {"names": names, "some": some, "parties": parties}


def one_value(clause: Clause, *, through: str = "") -> str:
    """A value without a rival, perhaps through one document on which all others lean."""
    if through:
        return _("%(clause)s, all through %(source)s.") % {"clause": capfirst(str(clause)), "source": through}
    return sentence(clause)


UNKNOWN: Final = {
    Aspect.DATE: (
        gettext_lazy("%(who)s says that the date is not known."),
        gettext_lazy("%(who)s say that the date is not known."),
    ),
    Aspect.LOCATION: (
        gettext_lazy("%(who)s says that the place is not known."),
        gettext_lazy("%(who)s say that the place is not known."),
    ),
    Aspect.RESPONSIBILITY: (
        gettext_lazy("%(who)s says that it is not known who is responsible."),
        gettext_lazy("%(who)s say that it is not known who is responsible."),
    ),
    Aspect.AREA: (
        gettext_lazy("%(who)s says that the area is not known."),
        gettext_lazy("%(who)s say that the area is not known."),
    ),
}
UNKNOWN_NUMBER: Final = (
    gettext_lazy("%(who)s says that the number is not known."),
    gettext_lazy("%(who)s say that the number is not known."),
)


def said_to_be_unknown(who: str, number: int, aspect: Aspect) -> str:
    """Documents that say that a value is not known: no dispute."""
    one, several = UNKNOWN.get(aspect, UNKNOWN_NUMBER)
    return str(one if number == 1 else several) % {"who": capfirst(who)}
