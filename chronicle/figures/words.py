"""A figure in words that `parse_figure` reads back as the same figure."""

from dataclasses import replace
from decimal import Decimal

from chronicle.figures.figure import Figure

ROUND = 10
"""Of whole things, what begins just above a multiple of this is told as more than the multiple."""


def whole_figure_words(figure: Figure) -> str:
    """A figure of things that are counted whole, for readers: from 250,001 on is "more than 250,000", as texts say."""
    lower = figure.lower
    if lower is None or lower <= ROUND or (lower - 1) % ROUND:
        return figure_words(figure)
    if figure.upper is not None or not figure.lower_inclusive or figure.is_approximate:
        return figure_words(figure)
    return figure_words(replace(figure, lower=lower - 1, lower_inclusive=False))


def figure_words(figure: Figure) -> str:
    """ "3,773", "at least 7,000", "more than 80", "up to 20,000", "7,000 to 8,000", "about 1,000,000", "none"."""
    about = "about " if figure.is_approximate else ""
    if figure.lower is None:
        return f"{about}(,{figure.upper:f}{']' if figure.upper_inclusive else ')'}"  # no words say this
    if figure.lower == figure.upper:
        return f"{about}{figure.lower:,f}" if figure.lower or about else "none"
    low, high = _from(figure, figure.lower, about), _until(figure, figure.upper, about)
    if high is None:
        return low
    if figure.lower == 0 and figure.lower_inclusive:
        return high
    if figure.lower_inclusive and figure.upper_inclusive:
        return f"{about}{figure.lower:,f} to {figure.upper:,f}"
    return f"{low} and {high}"


def _from(figure: Figure, lower: Decimal, about: str) -> str:
    return f"{'at least' if figure.lower_inclusive else 'more than'} {about}{lower:,f}"


def _until(figure: Figure, upper: Decimal | None, about: str) -> str | None:
    if upper is None:
        return None
    return f"{'up to' if figure.upper_inclusive else 'less than'} {about}{upper:,f}"
