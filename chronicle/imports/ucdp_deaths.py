"""The dead of which UCDP GED counts a part: civilians, those of unknown status, and those of each side.

A side is counted where the desk has a party of its name: who is a party to a conflict is for curators to say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.utils.translation import ngettext

from chronicle.imports.folded import folded_texts
from chronicle.imports.tables import Line
from sources.models import Party, PartyName

PARTS: Final = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
"""Columns that count a part of the dead; nought in one of them is no statement of its own."""
POPULATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "deaths_civilians": ("civilian", "civilians"),
    "deaths_unknown": ("unknown-status", "persons of unknown status"),
}
SIDES: Final[Mapping[str, str]] = {"deaths_a": "side_a", "deaths_b": "side_b"}


def populations(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield those of whom somebody was killed, each with its name."""
    counted = {column for line in lines for column in POPULATIONS if part(line, column)}
    for number, column in enumerate(sorted(counted), start=1):
        slug, name = POPULATIONS[column]
        yield Line(number, {"slug": slug, "name": name})


def part(line: Line, column: str) -> str:
    """Return how many of a part were killed; nothing where nobody was, or no number is written."""
    written = line.cells.get(column, "").strip()
    return written if written.isdecimal() and int(written) else ""


def parties_of(lines: Iterable[Line]) -> dict[str, str]:
    """Return the names of sides that the desk has one party of, with its slug."""
    sides = {line.cells.get(column, "").strip() for line in lines for column in SIDES.values()} - {""}
    own = [*Party.objects.values_list("name", "slug"), *PartyName.objects.values_list("name", "party__slug")]
    keys = folded_texts([*sides, *(name for name, _slug in own)])
    found: dict[str, set[str]] = defaultdict(set)
    for name, slug in own:
        found[keys[name]].add(slug)
    return {side: min(found[key]) for side in sides if (key := keys.get(side)) and len(found[key]) == 1}


def scopes(line: Line, parties: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the parts of the dead that are counted, each with whom it counts; no side that is no party of the desk."""
    for column in PARTS:
        party = parties.get(line.cells.get(SIDES.get(column, ""), "").strip())
        if part(line, column) and column in POPULATIONS:
            yield column, {"population": POPULATIONS[column][0]}
        elif part(line, column) and party:
            yield column, {"side": party}


def without_party(rows: int) -> str:
    """Return what is told of the dead of a side that is no party of the desk."""
    told = ngettext(
        "no party of the desk has this name: the dead of this side are left behind, in %(rows)d row",
        "no party of the desk has this name: the dead of this side are left behind, in %(rows)d rows",
        rows,
    )
    return told % {"rows": rows}
