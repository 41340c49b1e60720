"""How two values stand to each other, in words: one for every verdict of the rule."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chronicle.disputes.groups import Pair, ValueGroup
from chronicle.disputes.wording import speakers
from chronicle.models import Citation
from chronicle.sentences import relations
from chronicle.sentences.clauses import listed
from chronicle.vocabularies import FIGURE_ASPECTS, Aspect, DateOf, Verdict
from sources.directions import isolated
from sources.edtf import Bounds

DAYS_COUNTED = 99
"""Up to how many days a gap is told in days."""
DAYS_OF_YEAR = 365.2425


def relation(pair: Pair) -> str:
    """Return the words for the verdict on two values: "these do not meet"; revisions have a sentence of their own."""
    if pair.verdict == Verdict.DIFFERENT_THINGS:
        return _different(pair)
    if pair.verdict == Verdict.DISAGREE:
        return _apart(pair)
    if pair.verdict == Verdict.MAY_DISAGREE:
        apart = _apart(pair) if pair.left.aspect in (Aspect.DATE, *FIGURE_ASPECTS) else ""
        maybe = relations.may_not_contradict(_unstated(pair))
        return relations.with_note(apart, maybe) if apart else maybe
    if pair.verdict == Verdict.REVISED:
        return relations.do_not_meet()
    return _meeting(pair)


def _different(pair: Pair) -> str:
    if pair.left.aspect == Aspect.DATE:
        return relations.date_different_things()
    units = [group.first.unit for group in (pair.left, pair.right)]
    if units[0] and units[1] and units[0] != units[1]:
        return relations.units_not_compared(isolated(units[0].name_plural), isolated(units[1].name_plural))
    return relations.count_different_things()


def _apart(pair: Pair) -> str:
    """That values do not meet; of dates, how far apart they are."""
    if pair.left.aspect == Aspect.LOCATION:
        return relations.no_place_shared()
    if pair.left.aspect != Aspect.DATE:
        return relations.do_not_meet()
    first, second = pair.left.date.bounds, pair.right.date.bounds
    if first.latest is None or second.earliest is None or first.latest >= second.earliest:
        return relations.do_not_meet()
    days, are_days = second.earliest.ordinal - first.latest.ordinal, _is_day(first) and _is_day(second)
    if days == 1 and not are_days:  # 1987 and 1988: that a day lies between them would say nothing
        return relations.do_not_meet()
    years = 0 if days <= DAYS_COUNTED else int(days / DAYS_OF_YEAR)
    return relations.gap_in_years(years) if years else relations.gap(days, is_exact=are_days)


def _is_day(bounds: Bounds) -> bool:
    return bounds.earliest == bounds.latest


def _unstated(pair: Pair) -> str:
    """What either side leaves open and the comparison would need; empty where nothing is."""
    groups = (pair.left, pair.right)
    if pair.left.aspect == Aspect.DATE:
        open_groups = [group for group in groups if group.first.date_of == DateOf.NOT_STATED]
        return _says_not(["moment"], open_groups) if open_groups else ""
    notes = [_says_not(parts, [group]) for group, other in (groups, groups[::-1]) if (parts := _open(group, other))]
    return _(", ").join(notes)


def _open(group: ValueGroup, other: ValueGroup) -> list[str]:
    """The parts of the scope that the one leaves open and the other states."""
    parts = ("population", "side", "period")
    return [part for part in parts if _states(other.first, part) and not _states(group.first, part)]


def _states(citation: Citation, part: str) -> bool:
    return bool(citation.period_edtf if part == "period" else getattr(citation, f"{part}_id"))


def _says_not(parts: list[str], groups: list[ValueGroup]) -> str:
    names = list(dict.fromkeys(speakers([citation for group in groups for citation in group.citations])))
    return relations.not_stated(parts, listed(names), len(names))


def _meeting(pair: Pair) -> str:
    """How values meet: one lies within the other, or they overlap."""
    if pair.left.aspect == Aspect.LOCATION:
        if pair.verdict == Verdict.DIFFER_IN_PRECISION:
            return relations.lies_within()
        return relations.share_a_part() if _share_members(pair) else relations.overlap()
    if pair.left.aspect == Aspect.RESPONSIBILITY:
        return relations.share_a_part()
    words, unstated = _fit(pair), _unstated(pair)
    return relations.with_note(words, unstated) if unstated else words


def _share_members(pair: Pair) -> bool:
    left, right = ({c.asserted_location_id for c in group.citations} for group in (pair.left, pair.right))
    return bool(left & right)


def _fit(pair: Pair) -> str:
    moments = {group.first.date_of for group in (pair.left, pair.right)}
    if len(moments) > 1 and DateOf.NOT_STATED not in moments:
        return relations.meet()
    left, right = _span(pair.left), _span(pair.right)
    if left == right:
        return relations.the_same()
    if _is_within(left, right):
        return relations.first_fits()
    return relations.second_fits() if _is_within(right, left) else relations.overlap()


Span = tuple[object, object, bool, bool]


def _span(group: ValueGroup) -> Span:
    """The bounds of a value as it is given: lower, upper, and whether they belong to it."""
    if group.aspect == Aspect.DATE:
        return (*group.date.bounds, True, True)
    figure = group.first.asserted_figure
    return (figure.lower, figure.upper, figure.lower_inc, figure.upper_inc)


def _is_within(inner: Span, outer: Span) -> bool:
    """Whether all of one value lies within the other."""
    return _starts_within(inner, outer) and _ends_within(inner, outer)


def _starts_within(inner: Span, outer: Span) -> bool:
    if outer[0] is None:
        return True
    if inner[0] is None:
        return False
    return inner[0] > outer[0] or (inner[0] == outer[0] and (outer[2] or not inner[2]))  # type: ignore[operator]


def _ends_within(inner: Span, outer: Span) -> bool:
    if outer[1] is None:
        return True
    if inner[1] is None:
        return False
    return inner[1] < outer[1] or (inner[1] == outer[1] and (outer[3] or not inner[3]))  # type: ignore[operator]
