"""Plots of what documents say of an event: ranges by assertion for figures, values by moment for dates.

Nothing is added up, averaged or chosen; no mark has a middle where its source has none. What a plot shows is worked out
first (`dates`, `figures`), then placed and drawn as SVG (`drawing`): for a page, whose style sheet it follows, in two
widths, or as a picture that stands alone.
"""

from collections.abc import Sequence

from chronicle.disputes import AspectReading
from chronicle.plots.dates import date_plot
from chronicle.plots.drawing import Drawn, inline, picture
from chronicle.plots.figures import Beside, apart, figure_plots
from chronicle.plots.marks import Plot
from chronicle.vocabularies import FIGURE_ASPECTS, Aspect

__all__ = ["PLOTTED", "Beside", "Drawn", "Plot", "inline", "picture", "plots_of", "units_apart"]

PLOTTED = (Aspect.DATE, *FIGURE_ASPECTS)
"""The aspects that have plots."""


def plots_of(reading: AspectReading, beside: Beside) -> Sequence[Plot]:
    """Return the plots of an aspect; none where they would tell no more than the words."""
    if reading.aspect == Aspect.DATE:
        plot = date_plot(reading)
        return [plot] if plot else []
    return figure_plots(reading, beside) if reading.aspect in FIGURE_ASPECTS else []


def units_apart(reading: AspectReading, plots: Sequence[Plot]) -> str:
    """Return the values of an aspect that none of its plots has, in words."""
    return apart(reading, plots) if reading.aspect in FIGURE_ASPECTS else ""
