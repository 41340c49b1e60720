"""What readers of formats hand over: pages, and what cannot be read, in words."""

from dataclasses import dataclass


class UnreadableError(Exception):
    """A file that cannot be read, or only at too great a cost: the message says why, and what to do."""


@dataclass(frozen=True)
class Page:
    """A page as the file has it: its text, not yet normalised, and the number that the file says is printed on it."""

    content: str
    label: str = ""
