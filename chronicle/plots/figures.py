"""Figures as marks: a row for each assertion, units apart, with those of the companion on the same axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import cached_property

from chronicle.disputes import AspectReading, ValueGroup, read
from chronicle.disputes.wording import bare_words, scope_words, speakers, value_words
from chronicle.models import Citation, Unit
from chronicle.plots.marks import Form, Group, Part, Plot, Row, marks_used, parts_of, tells_something
from chronicle.plots.scales import FigureScale
from chronicle.plots.telling import told
from chronicle.sentences import plots as sentences
from chronicle.vocabularies import Aspect
from sources.directions import isolated

WIDER, NARROWER = Decimal("1.1"), Decimal("0.9")
"""How far an approximate figure reaches, as the rule compares it: 10 % either way."""
NONE_BELOW: Final = Decimal(0)


@dataclass
class Beside:
    """What an event's plots have for headings, and the figures of its companion, if it has one."""

    title: str
    companion_title: str = ""
    citations: Sequence[Citation] = ()

    @cached_property
    def readings(self) -> dict[Aspect, AspectReading]:
        """What documents say of the companion."""
        return {reading.aspect: reading for reading in read(self.citations, ())}

    def rows(self, aspect: Aspect, unit: Unit) -> tuple[Row, ...]:
        """The companion's figures of an aspect in a unit."""
        return rows_of(self.readings[aspect], unit) if aspect in self.readings else ()


def figure_plots(reading: AspectReading, beside: Beside) -> list[Plot]:
    """Return a plot for each unit in which an aspect is counted, where it tells something."""
    return [plot for unit in units_of(reading) if (plot := _plot(reading, unit, beside))]


def apart(reading: AspectReading, plots: Sequence[Plot]) -> str:
    """Return the values in units that no plot has; empty where there is no plot that leaves them out."""
    drawn = {plot.name for plot in plots}
    values = [value_words(group) for group in reading.groups if _name(reading.aspect, _unit(group.first)) not in drawn]
    return sentences.apart(sentences.rows_together(values)) if plots and values else ""


def units_of(reading: AspectReading) -> list[Unit]:
    """Return the units in which an aspect is counted, that of most assertions first, then in alphabetical order."""
    found = Counter(_unit(citation) for group in reading.groups for citation in group.citations)
    return sorted(found, key=lambda unit: (-found[unit], unit.name_plural.casefold(), unit.pk))


def rows_of(reading: AspectReading, unit: Unit) -> tuple[Row, ...]:
    """Return a row for each assertion in a unit, by value, then by date and title of its document."""
    return tuple(
        _row(reading.aspect, citation)
        for group in reading.groups
        for citation in group.citations
        if _unit(citation) == unit
    )


def _plot(reading: AspectReading, unit: Unit, beside: Beside) -> Plot | None:
    groups = tuple(_groups(reading, unit, beside))
    if not tells_something(groups):
        return None
    parts = parts_of(groups)
    scale = FigureScale.over((end for part in parts for end in part.ends), is_open=any(p.is_open for p in parts))
    return Plot(
        name=_name(reading.aspect, unit),
        title=sentences.figures(reading.aspect, isolated(unit.name_plural)),
        description=sentences.linear_axis(f"{scale.high.normalize():,f}", told(groups)),
        groups=groups,
        scale=scale,
        key=tuple((mark, str(sentences.FIGURE_KEY[mark])) for mark in marks_used(groups)),
    )


def _groups(reading: AspectReading, unit: Unit, beside: Beside) -> Iterator[Group]:
    own = rows_of(reading, unit)
    if not beside.companion_title:
        yield Group("", own)
        return
    yield Group(beside.title, own)
    yield Group(beside.companion_title, beside.rows(reading.aspect, unit), sentences.no_number())


def _name(aspect: Aspect, unit: Unit) -> str:
    return f"{aspect.value}-{unit.slug}"


def _unit(citation: Citation) -> Unit:
    if citation.unit is None:
        raise ValueError(f"{citation} gives no figure")
    return citation.unit


def _row(aspect: Aspect, citation: Citation) -> Row:
    (who,) = speakers([citation])
    value = bare_words(ValueGroup(aspect, (citation,)))
    return Row(value, scope_words(citation), who, (_part(citation),))


def _part(citation: Citation) -> Part:
    figure = citation.asserted_figure
    if figure is None:
        raise ValueError(f"{citation} gives no figure")
    lower, upper, about = figure.lower or NONE_BELOW, figure.upper, citation.is_approximate
    if lower == upper and not about:
        return Part(Form.POINT, lower, upper)
    if about:
        lower, upper = lower * NARROWER, None if upper is None else upper * WIDER
    return Part(Form.SPAN, lower, upper, about)
