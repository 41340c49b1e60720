"""What a view of the timeline does not draw, in words: nothing disappears in silence."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WITHIN: Final[dict[str, Promise]] = {
    "century": gettext_lazy("Events that lie within one century"),
    "decade": gettext_lazy("Events that lie within one decade"),
    "year": gettext_lazy("Events that lie within one year"),
    "month": gettext_lazy("Events that lie within one month"),
    "day": gettext_lazy("Events of one day"),
}
IN_NO_PART: Final[dict[str, Promise]] = {
    "century": gettext_lazy("within one century, and in no one decade"),
    "decade": gettext_lazy("within one decade, and in no one year"),
    "year": gettext_lazy("within one year, and in no one month"),
    "month": gettext_lazy("within one month, and on no one day"),
}


def undated(number: int, *, is_more: bool) -> str:
    """Events that no view can hold."""
    if is_more:
        return _("More than %(number)d events are filed under no date.") % {"number": number}
    return ngettext(
        "%(number)d event is filed under no date.", "%(number)d events are filed under no date.", number
    ) % {"number": number}


def documents(names: str, others: int) -> str:
    """The short titles of documents that give one date, the first of them by name."""
    if not others:
        return names
    return ngettext("%(names)s and %(others)d more", "%(names)s and %(others)d more", others) % {
        "names": names,
        "others": others,
    }


def dated_by(documents: str, moment: str) -> str:
    """The documents that give a date, and what it dates, where they say so."""
    return _("%(documents)s (%(moment)s)") % {"documents": documents, "moment": moment} if moment else documents


def filed_under() -> str:
    """The label of the mark of the filing."""
    return _("filed under")


def lies_outside(side: str) -> str:
    """What stands beside the label of a date outside the view."""
    return _("earlier") if side == "start" else _("later")
