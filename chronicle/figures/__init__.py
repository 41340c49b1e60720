"""Figures as sources give them: "more than 80", "7,000-8,000 or more", "about a million", read as ranges.

`parse_figure` reads the words, `figure_words` writes them, `Figure` is the range between them.
"""

from chronicle.figures.figure import Figure, FigureError
from chronicle.figures.parsing import parse_figure
from chronicle.figures.words import figure_words, whole_figure_words

__all__ = ["Figure", "FigureError", "figure_words", "parse_figure", "whole_figure_words"]
