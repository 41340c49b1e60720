"""Chance that is the same every time."""

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """A stream of draws from a seed and a name; streams of different names do not disturb each other.

    It rests on `random.Random.random` alone, which Python promises to keep for a given seed (the module's
    documentation, “Notes on Reproducibility”); its other methods may change from version to version.
    """

    def __init__(self, seed: int, name: str) -> None:
        self._draw = random.Random(f"{name} {seed}").random  # noqa: S311 - nothing here is a secret

    def below(self, count: int) -> int:
        """Return a number from 0 to `count` - 1, each as likely as the others."""
        return int(self._draw() * count)

    def between(self, least: int, most: int) -> int:
        """Return a number from `least` to `most`, both included."""
        return least + int(self._draw() * (most - least + 1))

    def happens(self, share: float) -> bool:
        """Return whether something happens that happens in this share of all cases."""
        return self._draw() < share

    def one_of(self, items: Sequence[Item]) -> Item:
        """Return one of the items."""
        return items[int(self._draw() * len(items))]

    def ranked(self, count: int) -> int:
        """Return a rank from 1 to `count` by Zipf's law: the second is drawn half as often as the first, and so on."""
        return min(count, int((count + 1) ** self._draw()))

    def share(self) -> float:
        """Return a number from 0 to 1, the upper end excluded."""
        return self._draw()
