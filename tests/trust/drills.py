"""What a drill is: an attack in rounds, on a database that it may fill, and a fault that it has to find."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field


@dataclass
class Seen:
    """What an attack saw: how many rounds there were, what should not have been, and figures worth telling."""

    rounds: int = 0
    found: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def words(self) -> str:
        """The figures in a line."""
        return ", ".join(f"{what} {value}" for what, value in self.figures.items())


@dataclass(frozen=True)
class Drill:
    """An attack with the rounds that are promised and those of the suite, and a fault planted while it looks.

    `attack` gets the number of rounds and begins with empty tables; whoever runs it empties them afterwards. With the
    `fault` it must find something within `enough` rounds, else it could not fail.
    """

    name: str
    attack: Callable[[int], Seen]
    fault: Callable[[], AbstractContextManager[object]]
    promised: int
    few: int
    enough: int

    def __str__(self) -> str:
        return self.name
