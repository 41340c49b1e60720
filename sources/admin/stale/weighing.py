"""Weighs what came back from a form against what stands there now, and writes into it what is agreed on."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from sources.admin.stale.comparing import Difference, Kind, Values, differences
from sources.admin.stale.positions import Part, Position, revisions_since
from sources.admin.stale.typed import Side, TypedRow, mine, rewritten, typed_rows, written

MINE, THEIRS = "mine", "theirs"
DECIDE = "decide:"
"""Before the key of a conflict: the name of its radio buttons."""


@dataclass(frozen=True)
class Known:
    """What the page knew that came back: what it showed, and the conflicts that it asked about.

    `open` has the number of the revision with which both began, 0 if there was none, by the key of the conflict.
    """

    seen: Position
    open: Mapping[str, int] = field(default_factory=dict)

    def rows(self, part: Part) -> dict[int, int]:
        """Return the rows that were shown."""
        return self.seen.get(part.prefix, {})

    def asked(self, part: Part) -> dict[int, dict[str, int]]:
        """Return what was asked of each row, by the name of the field; without a name, of the whole row."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for key, revision in self.open.items():
            prefix, row, name = key.rsplit(".", 2)
            if prefix == part.prefix:
                found[int(row)][name] = revision
        return found


@dataclass(frozen=True)
class Entry:
    """A difference, with all that a page tells of it; `since` are the revisions after `start`, the base's."""

    part: Part
    row: int
    difference: Difference
    side: Side
    base: Values | None
    theirs: Values | None
    mine: Values | None
    start: int
    since: list[Any]
    is_shown: bool
    """Whether the curator has seen what the others made of it."""
    decision: str = ""

    @property
    def key(self) -> str:
        """What names this difference among those of its record."""
        return f"{self.part.prefix}.{self.row}.{self.difference.field}"


class Sheet:
    """The rows of one part: those that stand there now, as forms, and those that were sent.

    `make` returns a form of the part for a row of an earlier state.
    """

    def __init__(self, part: Part, now: dict[int, Side], make: Callable[[Model], Side]) -> None:
        self.part, self.now, self.make = part, now, make
        self.typed: dict[int, TypedRow] = {}
        self.new: list[TypedRow] = []
        self.history: dict[int, list[Any]] = {}

    def read(self, data: QueryDict, known: Known, now: Mapping[int, int]) -> None:
        """Sort the rows that were sent, and read the history of those that changed since they were shown."""
        seen = known.rows(self.part)
        rows = typed_rows(data, self.part.prefix, self.part.model) if self.part.prefix else []
        self.typed = {row.number: row for row in rows if row.number}
        self.new = [row for row in rows if not row.number]
        for row in now.keys() - seen.keys() - self.typed.keys():
            self._match(data, row)
        starts = {row: revision for row, revision in seen.items() if now.get(row) != revision}
        for row, asked in known.asked(self.part).items():
            starts[row] = min([*filter(None, asked.values()), starts.get(row, seen.get(row, 0)) or 2**62])
        added = [now[row] for row in now.keys() - seen.keys()]
        self.history = revisions_since(self.part, starts, added)

    def _match(self, data: QueryDict, row: int) -> None:
        """Take a new row that was typed for one that stands there by now with the same words: it was sent twice."""
        side = self.now[row]
        same = next((new for new in self.new if mine(data, new.prefix, [side]) == side.values), None)
        if same:
            self.new.remove(same)
            self.typed[row] = same

    def at(self, row: int, revision: int) -> Side | None:
        """Return a row as it was at one of its revisions."""
        now = next((one for one in self.history.get(row, ()) if one.pgh_id == revision), None)
        return self.make(_as_row(self.part, now)) if now else None


def _as_row(part: Part, revision: Any) -> Model:
    columns = (column.attname for column in part.model._meta.concrete_fields if not column.generated)  # noqa: SLF001 - Django documents _meta
    row = part.model(**{name: getattr(revision, name) for name in columns})
    row._state.adding = False  # noqa: SLF001 - Django documents _state
    return row


class Weighing:
    """One form that came back, against the record as it stands now.

    `now` are the revisions that stand there; rows of which nobody changed anything are not looked at.
    """

    def __init__(self, sheets: list[Sheet], known: Known, now: Position, data: QueryDict) -> None:
        self.sheets, self.known, self.now, self.data = sheets, known, now, data
        self.entries: list[Entry] = []
        for sheet in sheets:
            sheet.read(data, known, now.get(sheet.part.prefix, {}))
            self.entries += self._weighed(sheet)

    @property
    def conflicts(self) -> list[Entry]:
        """What only the curator can decide."""
        return [entry for entry in self.entries if entry.difference.is_conflict]

    @property
    def is_settled(self) -> bool:
        """Whether all was shown before, and all that was asked is decided."""
        return all(entry.is_shown and (entry.decision or not entry.difference.is_conflict) for entry in self.entries)

    @property
    def open(self) -> dict[str, int]:
        """What the next page asks about."""
        return {entry.key: entry.start for entry in self.conflicts}

    def _weighed(self, sheet: Sheet) -> Iterator[Entry]:
        seen, now = self.known.rows(sheet.part), self.now.get(sheet.part.prefix, {})
        asked = self.known.asked(sheet.part)
        rows = {row for row in now.keys() | seen.keys() if now.get(row) != seen.get(row)}
        rows |= asked.keys() | (sheet.typed.keys() - now.keys())
        for row in sorted(rows):
            yield from self._of_row(sheet, row, asked.get(row, {}))

    def _of_row(self, sheet: Sheet, row: int, asked: Mapping[str, int]) -> Iterator[Entry]:
        start = self.known.rows(sheet.part).get(row, 0)
        now, seen = sheet.now.get(row), sheet.at(row, start)
        if seen is None and start and start == self.now.get(sheet.part.prefix, {}).get(row):
            seen = now
        earlier = {name: sheet.at(row, revision) for name, revision in asked.items()}
        sides = [side for side in (now, seen, *earlier.values()) if side] or [sheet.make(sheet.part.model())]
        base, theirs = _base(seen, earlier), now.values if now else None
        typed = self._typed(sheet, row, sides, seen)
        for each in differences(base, theirs, typed):
            begun = asked.get(each.field, start)
            since = [revision for revision in sheet.history.get(row, ()) if revision.pgh_id > begun]
            is_shown = each.field in asked and _state(seen, each.field) == _state(now, each.field)
            entry = Entry(sheet.part, row, each, sides[0], base, theirs, typed, begun, since, is_shown)
            if each.field in asked:
                entry = replace(entry, difference=replace(each, is_conflict=True))
            decision = self.data.get(f"{DECIDE}{entry.key}", "") if is_shown else ""
            yield replace(entry, decision=decision if decision in {MINE, THEIRS} else "")

    def _typed(self, sheet: Sheet, row: int, sides: list[Side], seen: Side | None) -> Values | None:
        if not sheet.part.prefix:
            return mine(self.data, "", sides)
        typed = sheet.typed.get(row)
        if typed is None:  # shown, and not sent back: nobody can have touched it
            return seen.values if seen else None
        return None if typed.is_removed else mine(self.data, typed.prefix, sides)

    # What is written into the form

    def agreed(self) -> QueryDict:
        """Return what was sent, with the rows that stand there now and what is agreed on: the next page, or the save.

        Decisions are carried out when nothing is open any more; until then the form keeps what was typed.
        """
        data = self.data.copy()
        for sheet in self.sheets:
            of_rows: dict[int, list[Entry]] = defaultdict(list)
            for entry in self.entries:
                if entry.part == sheet.part:
                    of_rows[entry.row].append(entry)
            if not sheet.part.prefix:
                self._write_record(data, [entry for entries in of_rows.values() for entry in entries])
                continue
            stored = [self._stored(sheet, row, of_rows[row]) for row in sheet.now]
            kept = [self._kept(sheet, row, of_rows[row]) for row in sheet.typed if row not in sheet.now]
            new = [row.sent for row in sheet.new]
            rewritten(data, sheet.part.prefix, stored, [row for row in kept if row is not None] + new)
        return data

    def _is_theirs(self, entry: Entry) -> bool:
        if entry.difference.is_conflict:
            return self.is_settled and entry.decision == THEIRS
        return True

    def _write_record(self, data: QueryDict, entries: list[Entry]) -> None:
        for entry in entries:
            name = entry.difference.field
            if entry.theirs and self._is_theirs(entry) and name in entry.side.names:
                data.pop(name, None)
                data.update({name: entry.theirs[name]} if entry.theirs[name] else {})

    def _stored(self, sheet: Sheet, row: int, entries: list[Entry]) -> dict[str, list[str]]:
        side, typed = sheet.now[row], sheet.typed.get(row)
        key = {sheet.part.model._meta.pk.name: [str(row)]}  # noqa: SLF001 - Django documents _meta
        whole = {name: side.values[name] for name in side.names}
        taken = [entry for entry in entries if self._is_theirs(entry)]
        if typed is None or any(entry.difference.kind is Kind.REMOVED for entry in taken):
            return written({}, whole) | key
        names = {entry.difference.field for entry in taken}
        return written(typed.sent, {name: value for name, value in whole.items() if name in names}) | key

    def _kept(self, sheet: Sheet, row: int, entries: list[Entry]) -> dict[str, list[str]] | None:
        """Return a row that others deleted and that is kept, as a new one; with its number, as long as that is open."""
        typed = sheet.typed[row]
        if typed.is_removed or not entries or self._is_theirs(entries[0]):
            return None
        dropped = {DELETION_FIELD_NAME} | ({sheet.part.model._meta.pk.name} if self.is_settled else set())  # noqa: SLF001 - the same
        return {name: sent for name, sent in typed.sent.items() if name not in dropped}


def _base(seen: Side | None, earlier: Mapping[str, Side | None]) -> Values | None:
    """Return with what both began: what was shown, and for what was asked already, what had been shown before."""
    base = dict(seen.values) if seen else None
    for name, side in earlier.items():
        if not name:
            return side.values if side else None
        base = {key: value for key, value in (base or {}).items() if key != name}
        base |= {name: side.values[name]} if side else {}
    return base


def _state(side: Side | None, name: str) -> Any:
    """Return what stands in a field, or in all of them; None for no row."""
    if side is None:
        return None
    return side.values.get(name) if name else side.values
