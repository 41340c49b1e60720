"""How many events stand behind a reference, as publishing counted them."""

from collections.abc import Iterable

from chronicle.models import Tally
from chronicle.views.base import PUBLISHED


def tallies(facet: str, numbers: Iterable[int]) -> dict[int, int]:
    """Return how many events have each of these references, by its number: one read of an index."""
    keys = [f"{facet}:{number}" for number in numbers]
    found = Tally.objects.using(PUBLISHED).filter(pk__in=keys).values_list("value", "number")
    return {int(value): events for value, events in found}
