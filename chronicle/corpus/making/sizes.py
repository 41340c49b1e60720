"""How many records of each kind a made-up corpus has."""

from dataclasses import dataclass

FEWEST_EVENTS = 20
MOST_EVENTS = 20_000_000  # their citations' numbers stay far below what a session could copy in a day


class SizesError(ValueError):
    """A number of events that makes no corpus; the message says which ones do."""


@dataclass(frozen=True)
class Sizes:
    """The number of events, and what follows from it for everything else."""

    events: int

    def __post_init__(self) -> None:
        if not FEWEST_EVENTS <= self.events <= MOST_EVENTS:
            raise SizesError(
                f"A corpus for measuring has {FEWEST_EVENTS} to {MOST_EVENTS:,} events, not {self.events:,}: "
                "try 10000 first, then 1000000."
            )

    @property
    def documents(self) -> int:
        """A tenth of the events."""
        return max(8, self.events // 10)

    @property
    def locations(self) -> int:
        """A twentieth of the events."""
        return max(8, self.events // 20)

    @property
    def agents(self) -> int:
        """One in two hundred of the events, and at least one of each kind of body."""
        return max(8, self.events // 200)

    @property
    def countries(self) -> int:
        """The locations that lie within nothing; those that follow them in number lie within them."""
        return 1 + self.locations // 5000

    @property
    def regions(self) -> int:
        """The locations below the countries."""
        return 2 + self.locations // 200

    @property
    def districts(self) -> int:
        """The locations below the regions; all others lie within these."""
        return 3 + self.locations // 20
