"""What a bibliography from elsewhere says, in the columns of a document, with remarks on what does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Fate(StrEnum):
    """What becomes of a value that comes from elsewhere, or goes there."""

    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"
    WRONG = "wrong"


class UnreadableError(ValueError):
    """A file that is not of the format that it should be of; the message says what to do."""


@dataclass(frozen=True)
class Remark:
    """A value that was changed on the way, has no place here, or cannot be read.

    `line` is that of its item in the file, from 1; 0 where the format has no lines.
    """

    fate: Fate
    line: int
    field: str
    value: str
    words: str

    def __str__(self) -> str:
        place = f"line {self.line}, " if self.line else ""
        return f"{place}{self.field}: {self.words}: {self.value[:200]!r}"


@dataclass(frozen=True)
class Maker:
    """Somebody who made a document: a person by family and given name, a body by its one name."""

    role: str
    name: str
    name_sorted: str = ""

    @classmethod
    def person(cls, role: str, family: str, given: str) -> Maker:
        """A person; whoever has one name only is named by it."""
        family, given = family.strip(), given.strip()
        if not (family and given):
            return cls(role, family or given)
        return cls(role, f"{given} {family}", f"{family}, {given}")


@dataclass
class Item:
    """A document as a file has it: its key there, its columns here, and those who made it, in their order."""

    key: str
    line: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    makers: list[Maker] = field(default_factory=list)
    publisher: str = ""
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, fate: Fate, name: str, value: object, words: str) -> None:
        """Keep in mind what became of a value."""
        self.remarks.append(Remark(fate, self.line, name, str(value), words))

    def lost(self, name: str, value: object) -> None:
        """Say that a value has no place here."""
        self.remark(Fate.LOST, name, value, "there is no column for it; it is left behind")

    def wrong(self, name: str, value: object, words: str) -> None:
        """Say that a value cannot be read."""
        self.remark(Fate.WRONG, name, value, words)


@dataclass
class Reading:
    """A file that was read: its items in their order, and remarks on what belongs to none of them."""

    items: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def all_remarks(self) -> list[Remark]:
        """All remarks, those on items included, in the order of the file."""
        return sorted([*self.remarks, *(one for item in self.items for one in item.remarks)], key=lambda one: one.line)


LONGEST: Final = {
    "title_short": 60,
    "volume": 40,
    "issue": 40,
    "number": 80,
    "edition": 80,
    "pages": 40,
    "publisher_place": 200,
}
"""How many characters the shorter columns hold."""


def finish(items: Iterable[Item]) -> list[Item]:
    """Give every item the columns that it must have, made of the others, and refuse what the columns do not hold."""
    found = list(items)
    for item in found:
        if not item.columns.get("title"):
            item.wrong("title", item.key, "an item needs a title; give it one")
        _shorten(item)
        for name, longest in LONGEST.items():
            value = item.columns.get(name, "")
            if len(value) > longest:
                item.wrong(name, value, f"it is longer than {longest} characters; shorten it")
    return found


def _shorten(item: Item) -> None:
    """A short title that is too long to be one is told, and one is made instead."""
    written = item.columns.get("title_short", "")
    if len(written) > LONGEST["title_short"]:
        item.remark(Fate.CHANGED, "short title", written, f"it is too long for a siglum; {siglum(item)!r} is made")
        written = ""
    item.columns["title_short"] = written or siglum(item)


def siglum(item: Item) -> str:
    """Return a short title made of the first maker's name and the year: Bayramov 2021."""
    first = next((maker for maker in item.makers if maker.role in {"author", "editor"}), None)
    name = first.name_sorted.partition(",")[0] or first.name if first else item.columns.get("title", "")
    year = item.columns.get("issued_edtf", "")[:4]
    room = LONGEST["title_short"] - (len(year) + 1 if year else 0)
    short = name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
    return f"{short} {year}".strip()
