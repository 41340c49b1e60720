"""Several values side by side, from the lowest to the highest, and how they stand to each other."""

from collections.abc import Sequence
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chronicle.sentences.clauses import Clause, listed, number_words, sentence
from chronicle.vocabularies import FIGURE_ASPECTS, Aspect


def side_by_side(clauses: Sequence[Clause], relation: str = "") -> str:
    """Values in a row, and how they stand to each other: "A gives 9, B gives 12; these do not meet."."""
    row = _(", ").join(str(clause) for clause in clauses)
    return sentence(with_note(row, relation) if relation else row)


def pair(first: str, second: str, relation: str) -> str:
    """Two values of a longer row, and how they stand to each other."""
    words = {"first": capfirst(first), "second": second, "relation": relation}
    return _("%(first)s, %(second)s: %(relation)s.") % words


def with_note(relation: str, note: str) -> str:
    """A relation, and what one side leaves open."""
    return _("%(relation)s; %(note)s") % {"relation": relation, "note": note}


def do_not_meet() -> str:
    """Rival values of one scope."""
    return _("these do not meet")


def gap(days: int, *, is_exact: bool) -> str:
    """How far apart rival dates are, which need not be days."""
    if is_exact:
        return ngettext("these are one day apart", "these are %(days)d days apart", days) % {"days": days}
    return ngettext("these are at least one day apart", "these are at least %(days)d days apart", days) % {"days": days}


def gap_in_years(years: int) -> str:
    """How far apart dates are for which days say nothing."""
    return ngettext("these are more than one year apart", "these are more than %(years)d years apart", years) % {
        "years": years
    }


def may_not_contradict(unstated: str) -> str:
    """Values that do not meet, where one does not say what it dates or counts."""
    return _("they may not contradict each other: %(unstated)s") % {"unstated": unstated}


UNSTATED: Final = {
    "moment": (gettext_lazy("what it dates"), gettext_lazy("what they date")),
    "population": (gettext_lazy("whom it counts"), gettext_lazy("whom they count")),
    "side": (gettext_lazy("of which side"), gettext_lazy("of which side")),
    "period": (gettext_lazy("over which time it counts"), gettext_lazy("over which time they count")),
}


def not_stated(parts: Sequence[str], who: str, number: int) -> str:
    """What documents leave open: the moment of a date, or parts of the scope of a figure."""
    what = listed([str(UNSTATED[part][number > 1]) for part in parts])
    return ngettext("%(who)s does not say %(what)s", "%(who)s do not say %(what)s", number) % {
        "who": who,
        "what": what,
    }


def date_different_things() -> str:
    """Dates of different moments."""
    return _("they date different things")


def count_different_things() -> str:
    """Figures of different scope."""
    return _("they count different things")


def units_not_compared(first: str, second: str) -> str:
    """Figures in different units."""
    return _("%(first)s and %(second)s cannot be compared") % {"first": first, "second": second}


def first_fits() -> str:
    """The first value is one that the second, a wider one, allows."""
    return _("the first fits within the second")


def second_fits() -> str:
    """The second value is one that the first, a wider one, allows."""
    return _("the second fits within the first")


def overlap() -> str:
    """Values that share a part."""
    return _("these overlap")


def the_same() -> str:
    """The same value in another scope or exactness."""
    return _("the value is the same")


def meet() -> str:
    """The bound of a whole, and the date of that bound."""
    return _("these meet")


def lies_within() -> str:
    """Locations of which one contains the other."""
    return _("the one lies within the other")


def no_place_shared() -> str:
    """Locations of which none equals, contains or lies within one of the other side."""
    return _("no place of the one is, contains or lies within a place of the other")


def share_a_part() -> str:
    """Sets of locations or parties that share some members."""
    return _("a part of this is the same")


def none_against(who: str, number: int, others: str) -> str:
    """None against a number."""
    return ngettext(
        "%(who)s says that there were none, %(others)s; these do not meet.",
        "%(who)s say that there were none, %(others)s; these do not meet.",
        number,
    ) % {"who": capfirst(who), "others": others}


def stated(value: str, day: str, documents: str) -> str:
    """A value with the day on which its speaker gave it."""
    return _("%(value)s (stated %(day)s, %(documents)s)") % {"value": value, "day": day, "documents": documents}


def revised(speaker: str, first: str, second: str) -> str:
    """One speaker, two values, the later one last."""
    words = {"speaker": capfirst(speaker), "first": first, "second": second}
    return _("%(speaker)s gives %(first)s and later %(second)s.") % words


def located(value: str, locators: str) -> str:
    """A value, and where in a document it stands."""
    return _("%(value)s (%(locators)s)") % {"value": value, "locators": locators}


def inside_one_text(document: str, first: str, second: str, relation: str) -> str:
    """Two values inside one text."""
    words = {"document": capfirst(document), "first": first, "second": second, "relation": relation}
    return _("%(document)s itself gives both %(first)s and %(second)s; %(relation)s.") % words


def through_one_document(document: str) -> str:
    """Values of several speakers that one document reports."""
    return _("All of these reach this collection through one document, %(document)s.") % {"document": document}


def itself(document: str) -> str:
    """A document that speaks in its own name."""
    return _("%(document)s itself") % {"document": document}


def of_one_speaker(document: str, names: Sequence[str], first: str, second: str, relation: str) -> str:
    """Two values that a document reports of one speaker, or of several who give both."""
    words = {"document": capfirst(document), "names": listed(names)}
    values = {"first": first, "second": second, "relation": relation}
    return ngettext(
        "%(document)s reports that %(names)s gives both %(first)s and %(second)s; %(relation)s.",
        "%(document)s reports that %(names)s give both %(first)s and %(second)s; %(relation)s.",
        len(names),
    ) % {**words, **values}


def own_and_reported(own: str, reported: str, relation: str) -> str:
    """What a document says itself, and what a speaker says whom it names."""
    words = {"own": capfirst(own), "reported": reported, "relation": relation}
    return _("%(own)s, and reports that %(reported)s; %(relation)s.") % words


def both_reported(document: str, first: str, second: str, relation: str) -> str:
    """What two speakers say whom one document names."""
    words = {"document": capfirst(document), "first": first, "second": second, "relation": relation}
    return _("%(document)s reports that %(first)s, and that %(second)s; %(relation)s.") % words


def disputed(clause: Clause, who: str, number: int) -> str:
    """What some support and others dispute."""
    return ngettext(
        "%(clause)s; %(who)s says that this is not so.", "%(clause)s; %(who)s say that this is not so.", number
    ) % {"clause": capfirst(str(clause)), "who": who}


def says_otherwise(who: str, number: int) -> str:
    """Return that some tell of an aspect what others do not."""
    return ngettext("%(who)s says otherwise.", "%(who)s say otherwise.", number) % {"who": who}


def disputed_by(who: str, number: int) -> str:
    """Who disputes all of several values."""
    return ngettext("%(who)s says that this is not so.", "%(who)s say that this is not so.", number) % {
        "who": capfirst(who)
    }


def many_values(aspect: Aspect, number: int, ends: Sequence[str], relation: str) -> str:
    """More values than a sentence can list: its ends, or the one value that reaches from end to end."""
    words = {"number": capfirst(number_words(number)), "first": ends[0], "last": ends[-1], "relation": relation}
    if len(ends) == 1 and aspect == Aspect.DATE:
        return _("%(number)s dates, the widest %(first)s; %(relation)s.") % words
    if len(ends) == 1 and aspect in FIGURE_ASPECTS:
        return _("%(number)s values, the widest %(first)s; %(relation)s.") % words
    if aspect == Aspect.DATE:
        return _("%(number)s dates, the earliest %(first)s, the latest %(last)s; %(relation)s.") % words
    if aspect in FIGURE_ASPECTS:
        return _("%(number)s values, the lowest %(first)s, the highest %(last)s; %(relation)s.") % words
    return _("%(number)s values; %(relation)s.") % words


def many_values_of_units(number: int, units: str, relation: str) -> str:
    """More values than a sentence can list, of things that are not compared: none of them is the lowest."""
    words = {"number": capfirst(number_words(number)), "units": units, "relation": relation}
    return _("%(number)s values, counting %(units)s; %(relation)s.") % words


def many_open_dates(number: int, relation: str) -> str:
    """More dates than a sentence can list, one of them open: "9 November or earlier" is not the earliest."""
    return _("%(number)s dates, some of them open; %(relation)s.") % {
        "number": capfirst(number_words(number)),
        "relation": relation,
    }


def not_all_meet() -> str:
    """Of many values, some are rivals."""
    return _("not all of them meet")


def no_two_meet() -> str:
    """Of many values, all are rivals."""
    return _("no two of them meet")


def are_no_rivals() -> str:
    """Of many values, none are rivals."""
    return _("no two of them are rivals")
