"""What stands in and under a plot: titles, descriptions for those who do not see it, the key."""

from collections.abc import Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chronicle.vocabularies import Aspect, DateOf

DATE_KEY: Final[dict[str, Promise]] = {
    "point": gettext_lazy("one day"),
    "lasting": gettext_lazy("lasting"),
    "span": gettext_lazy("some day in this span"),
    "edge": gettext_lazy("begins or ends in this span"),
    "about": gettext_lazy("about"),
    "open": gettext_lazy("open"),
    "one-of": gettext_lazy("one of these"),
}
FIGURE_KEY: Final[dict[str, Promise]] = {
    "point": gettext_lazy("this number"),
    "span": gettext_lazy("a number in this range"),
    "about": gettext_lazy("about: 10 % either way"),
    "open": gettext_lazy("no upper end"),
}
"""What each mark means: of dates, and of figures."""


def dates() -> str:
    """What a plot of dates is called."""
    return _("Dates: a row for each value")


def figures(aspect: Aspect, unit: str) -> str:
    """What a plot of figures is called."""
    return _("%(aspect)s, in %(unit)s: a row for each assertion") % {"aspect": capfirst(aspect.label), "unit": unit}


def moment(date_of: DateOf) -> str:
    """What stands above the dates of one moment."""
    return _("What is dated is not stated") if date_of == DateOf.NOT_STATED else capfirst(str(date_of.label))


def no_number() -> str:
    """What stands in the place of rows of a companion for which there are none."""
    return _("no document here gives a number")


def apart(values: str) -> str:
    """Values in a unit of their own, which no plot sets beside others."""
    return _("In a unit of its own, and not drawn with others: %(values)s.") % {"values": values}


def row(value: str, who: str) -> str:
    """A row of a plot in words."""
    return _("%(value)s: %(who)s") % {"value": value, "who": who}


def under_heading(heading: str, rows: str) -> str:
    """The rows under one heading in words."""
    return _("%(heading)s. %(rows)s.") % {"heading": heading, "rows": rows}


def rows_together(rows: list[str]) -> str:
    """Several rows in words."""
    return _("; ").join(rows)


def number_of_rows(number: int) -> str:
    """How many rows there are, where they are too many to be told."""
    return ngettext("%(number)d row", "%(number)d rows", number) % {"number": number}


def linear_axis(end: str, rows: str) -> str:
    """What a plot of figures shows, for those who do not see it."""
    return _("One linear axis from zero to %(end)s. %(rows)s The table has the same in words.") % {
        "end": end,
        "rows": rows,
    }


def axis_of_days(start: str, end: str, rows: str) -> str:
    """What a plot of dates shows, for those who do not see it."""
    return _("An axis of days from %(start)s to %(end)s. %(rows)s The table has the same in words.") % {
        "start": start,
        "end": end,
        "rows": rows,
    }


def credit(*, collection: str, event: int, edition: int, day: str) -> str:
    """Where a plot comes from, as it stands under one that is shown elsewhere."""
    words = {"name": collection, "event": f"E{event}", "number": edition, "day": day}
    return _("%(name)s, %(event)s, edition %(number)d, %(day)s") % words


def credit_of_all(*, collection: str, day: str) -> str:
    """Where a drawing of the whole chronicle comes from, with the day on which what it shows last changed."""
    return _("%(name)s, as of %(day)s") % {"name": collection, "day": day}


def narrowed_down(chosen: Sequence[tuple[str, str]]) -> str:
    """What a drawing of the whole chronicle is narrowed down by: "Period: October 2020 · Kind: agreement"."""
    return " · ".join(_("%(label)s: %(words)s") % {"label": capfirst(label), "words": words} for label, words in chosen)


def number_of_others(number: int) -> str:
    """How many rows a picture has no room for."""
    return ngettext("%(number)d more event is not drawn", "%(number)d more events are not drawn", number) % {
        "number": number
    }


def with_scope(value: str, scope: str) -> str:
    """A value and whom it counts, or over which time."""
    return _("%(value)s (%(scope)s)") % {"value": value, "scope": scope}
