"""Assertions that give a figure, or a range that it bounds."""

from decimal import Decimal
from typing import Final

from django.db.models import DecimalField, Func, Q

from chronicle.figures import Figure
from chronicle.models import Citation

LOWER: Final = Func("asserted_figure", function="lower", output_field=DecimalField())
UPPER: Final = Func("asserted_figure", function="upper", output_field=DecimalField())


def asserting_figure(figure: Figure, using: str, *, after: int = 0, limit: int) -> list[int]:
    """Return the numbers of assertions that give this figure or a range bounded by it, in order.

    "More than 80" of things counted whole is kept as 81 and over, "fewer than 80" as up to 79: both are found by 80.
    One bounded read of an index for each way in which a number can bound a range.
    """
    given = Citation.objects.using(using).alias(low=LOWER, high=UPPER)
    given = given.filter(asserted_figure__isnull=False, pk__gt=after)
    first, *others = (given.filter(way).order_by("pk").values("pk")[:limit] for way in _ways(figure))
    return list(first.union(*others).order_by("pk").values_list("pk", flat=True)[:limit])


def _numbers(figure: Figure) -> list[Decimal]:
    """The numbers that bound a figure; of "up to 20", 0 is no bound that anybody gave."""
    ends = [end for end in (figure.lower, figure.upper) if end is not None]
    return list(dict.fromkeys(end for end in ends if end or max(ends) == 0))


def _ways(figure: Figure) -> list[Q]:
    """The ways in which a range can be bounded by the numbers of a figure."""
    ways = []
    for number in _numbers(figure):
        ways += [Q(low=number), Q(low=number + 1, asserted_figure__upper_inf=True), Q(high=number)]
        ways += [Q(high=number - 1, low=0)] if number else []
    return ways
