"""How a figure was understood, for the curator who typed it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from chronicle.figures.figure import Figure


def understood_figure(figure: Figure, unit: str, *, is_whole: bool) -> str:
    """ "understood as: from 81, counted in persons"; `unit` is in the plural, and empty where it is not known."""
    parts = [_range(figure)]
    if figure.is_approximate:
        parts.append(_("approximate: compared with 10 % either way"))
    if unit:
        parts.append((_("counted in %(unit)s") if is_whole else _("measured in %(unit)s")) % {"unit": unit})
    return _("understood as: %(words)s") % {"words": ", ".join(parts)}


def _range(figure: Figure) -> str:
    if figure.lower is not None and figure.lower == figure.upper:
        return _number(figure.lower) if figure.is_approximate else _("exactly %(number)s") % _named(figure.lower)
    low, high = _from(figure), _until(figure)
    return _("%(low)s %(high)s") % {"low": low, "high": high} if low and high else low or high


def _from(figure: Figure) -> str:
    if figure.lower is None:
        return ""
    words = _("from %(number)s") if figure.lower_inclusive else _("from just over %(number)s")
    return words % _named(figure.lower)


def _until(figure: Figure) -> str:
    if figure.upper is None:
        return _("without an upper end")
    words = _("to %(number)s") if figure.upper_inclusive else _("to just under %(number)s")
    return words % _named(figure.upper)


def _named(end: Decimal) -> dict[str, str]:
    return {"number": _number(end)}


def _number(end: Decimal) -> str:
    return f"{end:,f}"
