"""How long practised hands take at a keyboard: the keystroke-level model of Card, Moran and Newell (1983).

A key takes them 0.2 s, and 1.35 s pass before each thing that has to be thought of: here, each box that is filled in.
Reading the document, finding the page and finding the words are none of it.
"""

from dataclasses import dataclass
from typing import Any

KEY, THOUGHT = 0.2, 1.35
"""Seconds."""


@dataclass
class Counted:
    """A keyboard that counts: keys (a capital letter is two, as Ctrl and S are), Tab stops, boxes filled in."""

    keyboard: Any
    keys: int = 0
    stops: int = 0
    thoughts: int = 0

    def type(self, words: str) -> None:
        """Type words into the box that has the focus."""
        self.keyboard.type(words)
        self.keys += len(words) + sum(letter.isupper() for letter in words)
        self.thoughts += 1

    def press(self, keys: str) -> None:
        """Press one key, or several together."""
        self.keyboard.press(keys)
        self.keys += len(keys.split("+"))
        self.stops += keys == "Tab"

    @property
    def seconds(self) -> float:
        """How long that takes."""
        return self.keys * KEY + self.thoughts * THOUGHT
