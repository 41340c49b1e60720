"""A preview as a page shows it: what each row would become, what it would change, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from chronicle.imports import Outcome, Read, Report, Said, Verdict
from chronicle.imports.headings import known
from chronicle.imports.tables import fillable

COLUMN = "column-"
"""How the boxes for headings begin, so that none of them is taken for another box of the page."""


@dataclass(frozen=True)
class Heading:
    """A heading of the file, the box that says what it stands for, and the columns that it may stand for."""

    text: str
    box: str
    chosen: str
    choices: Sequence[tuple[str, str]]
    is_left_out: bool = False


def headings(read: Read, said: Said) -> list[Heading]:
    """Return the headings that are no columns, or were said to be some."""
    found: dict[str, Heading] = {}
    for table in read.tables:
        for text in table.columns:
            if text not in known(table.model) and text not in found:
                found[text] = _heading(text, "", table.model)
        for text, name in said.columns.items():
            if not name or name in table.columns:
                found[text] = replace(_heading(text, name, table.model), is_left_out=not name)
    return list(found.values())


def _heading(text: str, name: str, model: type[Model]) -> Heading:
    choices = [(column.name, str(column.verbose_name)) for column in fillable(model)]
    return Heading(text, f"{COLUMN}{text}", name, choices)


def said_of_headings(sent: Any) -> dict[str, str]:
    """Return what the boxes say; one that was not touched says nothing."""
    boxes = {name.removeprefix(COLUMN): sent.get(name, "") for name in sent if name.startswith(COLUMN)}
    return {heading: "" if name == LEFT_OUT else name for heading, name in boxes.items() if name}


LEFT_OUT = "-"
"""What a box says of a heading that is left out."""


ORDER = (Verdict.ERROR, Verdict.CONFLICT, Verdict.UPDATE, Verdict.CREATE)
"""Those first that stand in the way, then those that change something; unchanged rows are counted."""


def rows(report: Report, file: str) -> list[tuple[str, Outcome]]:
    """Return the rows of the file that there is something to say of, each after the sheet or kind that it is of."""
    told = [one for one in (*report.refusals, *report.outcomes) if one.verdict in ORDER]
    in_order = sorted(told, key=lambda one: ORDER.index(one.verdict))
    return [(one.table.removeprefix(file).removeprefix(", "), one) for one in in_order]


def counts(report: Report) -> list[tuple[str, int]]:
    """Return how many rows have each verdict, in words."""
    return [(verdict.label, report.number(verdict)) for verdict in Verdict]
