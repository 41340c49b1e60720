"""How many documents are left once it is followed who leans on whom."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.sentences.clauses import number_words


def are_one_source(number: int, *, of: int) -> str:
    """Several documents of an event are one source; `of` is how many documents the event has."""
    words = {"number": number_words(number)}
    if number == of == 2:  # noqa: PLR2004 -- "both" is for two
        return _("Both documents are one source: one leans on the other, or both on a third.")
    if number == of:
        return _("All %(number)s documents are one source: they lean on each other, or on the same one.") % words
    return _("%(number)s of these documents are one source: they lean on each other, or on the same one.") % {
        "number": words["number"].capitalize()
    }


def come_down_to(documents: int, independent: int) -> str:
    """How many sources the documents of an event come down to."""
    return ngettext(
        "Followed to what they lean on, %(documents)s documents come down to %(independent)s source.",
        "Followed to what they lean on, %(documents)s documents come down to %(independent)s sources.",
        independent,
    ) % {"documents": number_words(documents), "independent": number_words(independent)}
