"""Who imports a file, what she says of it instead of leaving it to be found out, and what was understood of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.utils.translation import ngettext

from chronicle.imports.outcomes import Fault
from chronicle.imports.tables import Table


@dataclass(frozen=True)
class Said:
    """What somebody says of a file.

    `columns` name the column that a heading stands for, or nothing where it is left out; `values` are those of columns
    that a file does not have, or leaves empty. `leaves_out` says that values which cannot be read are left behind, and
    told, instead of being errors.
    """

    model: type[Model] | None = None
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    leaves_out: bool = False


@dataclass(frozen=True)
class Importer:
    """Who imports: an account of the desk, or of the server, as far as it is known; from which files.

    `hidden` are the numbers of documents that are as if they were not there (`chronicle.secrecy`). Who may not publish
    sets no event to “ready”, and what she changes is no longer.
    """

    user: Any = None
    account: str = ""
    files: str = ""
    hidden: frozenset[int] = frozenset()
    may_publish: bool = True


@dataclass(frozen=True)
class Left:
    """A value of a file that has no place here, or another one than it had: where it stood, and what became of it."""

    file: str
    line: int
    what: Fault

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The same as a row of a report."""
        return self.file, str(self.line or ""), self.what.column, self.what.value, self.what.words


@dataclass
class Read:
    """A file that was read: its tables, how it was understood, and what it has besides.

    `rows` is how many rows or items the file has, where the tables have others.
    """

    tables: list[Table] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    rows: int = 0

    def summary(self) -> list[str]:
        """Return what became of values that have no place here, a line for each kind of them."""
        return summed_up(self.left)


def summed_up(left: Sequence[Left]) -> list[str]:
    """Return lines, each for one column and one fate, with the first value that met it."""
    kinds = groupby(sorted(left, key=_kind), key=_kind)
    return [_line(*kind, list(found)) for kind, found in kinds]


def _kind(left: Left) -> tuple[str, str]:
    return left.what.column, left.what.words


def _line(column: str, words: str, found: Sequence[Left]) -> str:
    told = ngettext(
        "%(column)s: %(words)s (%(value)s)", "%(column)s, %(count)d times: %(words)s (first: %(value)s)", len(found)
    )
    value = found[0].what.value
    shown = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return told % {"column": column, "words": words, "value": shown, "count": len(found)}


LONGEST = 60
"""How many characters of a value are shown in a line."""
