"""What an import does to each row, or would do, and what stands in its way."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from chronicle.imports.spreadsheet import guarded


class Verdict(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    ERROR = "error"

    @property
    def label(self) -> str:
        """The word for it."""
        return str(LABELS[self])


LABELS = {
    Verdict.CREATE: _("new"),
    Verdict.UPDATE: _("changed"),
    Verdict.UNCHANGED: _("unchanged"),
    Verdict.CONFLICT: _("conflict"),
    Verdict.ERROR: _("error"),
}
REFUSED = frozenset({Verdict.CONFLICT, Verdict.ERROR})
"""Verdicts that keep the whole import from being written."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, or with a whole row where `column` is empty."""

    column: str
    value: str
    words: str


@dataclass(frozen=True)
class Difference:
    """A column that a row would change."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """A row of a file, and what becomes of it."""

    table: str
    line: int
    row: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()


COLUMNS = ("file", "row", "column", "value", "what to do")
"""The headings of a report file."""


def report_file(lines: Iterable[Sequence[str]]) -> str:
    """Return a report as CSV, to be handed back to whoever made the file; a spreadsheet runs no cell of it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([COLUMNS, *([guarded(cell) for cell in line] for line in lines)])
    return written.getvalue()


MOST_TOLD = 10_000
"""How many rows of an import are told one by one; errors and conflicts come before all others."""


@dataclass
class Report:
    """What an import did, or would do: how many rows of each verdict, and the rows themselves up to a bound.

    `faults` are those of whole tables: unknown columns, a key that is missing. `tells_values` says whether new rows are
    told with what they would have. `context` is the number under which the history has the import, by which it can be
    undone.
    """

    counts: Counter[tuple[str, Verdict]] = field(default_factory=Counter)
    outcomes: list[Outcome] = field(default_factory=list)
    refusals: list[Outcome] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    tells_values: bool = True
    is_written: bool = False
    context: str = ""

    def add(self, outcome: Outcome) -> None:
        """Count a row, and keep it where there is room."""
        self.counts[(outcome.table, outcome.verdict)] += 1
        if outcome.verdict in REFUSED:
            self.refusals.append(outcome)
        elif self.has_room:
            self.outcomes.append(outcome)

    @property
    def has_room(self) -> bool:
        """Whether more rows are told one by one."""
        return len(self.outcomes) < MOST_TOLD

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands in the way of writing."""
        return not self.refusals and not self.faults

    def retract(self, table: str, line: int, verdict: Verdict) -> None:
        """Take back what was said of a row, which turned out to be wrong only when all others were there."""
        self.counts[(table, verdict)] -= 1
        self.outcomes = [one for one in self.outcomes if (one.table, one.line) != (table, line)]

    def number(self, verdict: Verdict) -> int:
        """Return how many rows have this verdict."""
        return sum(count for (_table, found), count in self.counts.items() if found == verdict)

    @property
    def seal(self) -> str:
        """What tells this report from another: the same rows of the same file, with the same fates."""
        told = (sorted(self.counts.items()), self.outcomes, self.refusals, self.faults)
        return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()

    def lines(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield what is wrong as rows of a report: file, row, column, value, what to do."""
        for table, fault in self.faults:
            yield table, "", fault.column, fault.value, fault.words
        for outcome in self.refusals:
            for fault in outcome.faults:
                yield outcome.table, str(outcome.line), fault.column, fault.value, fault.words
