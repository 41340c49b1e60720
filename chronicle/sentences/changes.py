"""What is computed of an event, now and in an earlier edition."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.sentences.clauses import number_words
from chronicle.vocabularies import Aspect


def values(aspect: Aspect, before: int, after: int) -> str:
    """How many different values of an aspect there are."""
    return ngettext(
        "Now %(after)s value of “%(aspect)s” instead of %(before)s.",
        "Now %(after)s values of “%(aspect)s” instead of %(before)s.",
        after,
    ) % {"after": number_words(after), "before": _number(before), "aspect": aspect.label}


def now_contested(aspect: Aspect) -> str:
    """Values that did not part ways before."""
    return _("On “%(aspect)s” there are now values that do not meet, or may not.") % {"aspect": aspect.label}


def no_longer_contested(aspect: Aspect) -> str:
    """Values that no longer part ways."""
    return _("On “%(aspect)s” there are no longer values that do not meet, or may not.") % {"aspect": aspect.label}


def stands_behind(after: str, before: str) -> str:
    """How much stands behind the event."""
    return _("Behind it stand now %(after)s instead of %(before)s.") % {"after": after, "before": before}


def speaking_for(party: str, before: int, after: int) -> str:
    """How many documents speak for a party."""
    return ngettext(
        "Now %(after)s document here speaks for %(party)s instead of %(before)s.",
        "Now %(after)s documents here speak for %(party)s instead of %(before)s.",
        after,
    ) % {"after": number_words(after), "before": _number(before), "party": party}


def _number(number: int) -> str:
    """A number that stands alone."""
    return number_words(number) if number else _("none")
