"""Rows of a table on their way into the desk: compared, checked, and written a slice at a time.

PostgreSQL has the last word on every row. A slice is written by one statement; where that is refused, it is halved
until the rows that are to blame stand alone, and these are explained in the words of the model's rules. Rules that are
checked at the end of a transaction are checked at the end of each slice.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.corpus.rows import Slugs, among, identifying, key_of
from chronicle.imports.inserting import insert
from chronicle.imports.matching import Numbering, like_this
from chronicle.imports.outcomes import Difference, Fault, Outcome, Report, Verdict
from chronicle.imports.rows import Read, Reader, check, differences, explain, is_text, values
from chronicle.imports.said import Importer
from chronicle.imports.tables import DEPOSITED, REVISION, Line, Table, UnreadableError, slices
from chronicle.models import Citation, Event
from chronicle.restricted import columns_of_documents
from chronicle.vocabularies import WorkState
from sources.edtf import EDTFField
from sources.models import Agent, Document

Progress = Callable[[str, int], None]
"""Is told after each slice of which table how many rows were read."""

LEFT_TO_VERBS: dict[type[Model], Any] = {
    Document: gettext_lazy("An import does not change it: use the actions “withhold” and “release”."),
    Agent: gettext_lazy("An import does not change it: use the action “name to readers”."),
}
"""What to do instead of importing what says how much readers may have of a record."""


class Writer:
    """One table on its way into the desk."""

    def __init__(
        self, table: Table, slugs: Slugs, report: Report, *, progress: Progress | None, importer: Importer
    ) -> None:
        self.table, self.slugs, self.report, self.progress, self.importer = table, slugs, report, progress, importer
        self.reader = Reader(table, slugs, importer.hidden)
        self.numbering = Numbering()
        self.touched: set[int] = set()
        self.quoted: list[int] = []
        self.seen: set[int] = set()
        self.pending: list[Read] = []

    def write(self) -> None:
        """Write every slice, then what points to rows of the same kind that came later."""
        read = 0
        for lines in slices(self._lines()):
            if self.table.model in DEPOSITED:
                words = _("Files and texts are deposited on the page of their document.")
                self.report.faults.append((self.table.name, Fault("", "", words)))
                return
            self._write(self.reader.rows(lines))
            read += len(lines)
            if self.progress:
                self.progress(self.table.name, read)
        self._link()

    def _lines(self) -> Iterator[Line]:
        try:
            yield from self.table.lines
        except UnreadableError as error:
            self.report.faults.append((self.table.name, Fault("", "", str(error))))

    def _write(self, rows: list[Read]) -> None:
        for read in rows:
            self._refuse_twice(read)
        stored = self._seen(self._stored([read for read in rows if not read.faults]), rows)
        revisions = self._revisions(stored.values())
        known = {id(read): self._compared(read, stored[id(read)], revisions) for read in rows if id(read) in stored}
        for read in rows:
            check(read)
            self._refuse_ready(read, stored.get(id(read)))
        sound = [read for read in rows if not read.faults]
        changed = [read for read in sound if id(read) in known and known[id(read)][0] == Verdict.UPDATE]
        self._save([read for read in sound if id(read) not in known], _create)
        self._save(changed, lambda some: _update(some, self.table.model))
        self._remember(rows)
        for read in rows:
            verdict, found = known.get(id(read), (Verdict.CREATE, ()))
            is_wrong = read.faults and verdict != Verdict.CONFLICT
            read.verdict = Verdict.ERROR if is_wrong else verdict
            if read.verdict == Verdict.CREATE and self.report.tells_values and self.report.has_room:
                found = values(read)
            if read.verdict in {Verdict.CREATE, Verdict.UPDATE} and not self.importer.may_publish:
                self.touched.update(filter(None, [_event_of(read.row)]))
            self.report.add(self._outcome(read, found))

    def _seen(self, stored: dict[int, Model], rows: Sequence[Read]) -> dict[int, Model]:
        """Leave out what belongs to documents that are not shown to whoever imports: its key is taken, no more."""
        if not self.importer.hidden:
            return stored
        secret = {number for number, row in stored.items() if is_of_one(row, self.importer.hidden)}
        for read in rows:
            if id(read) in secret:
                read.fault(identifying(self.table.model)[0].name, _("This is taken already; choose another one."))
        return {number: row for number, row in stored.items() if number not in secret}

    def _compared(self, read: Read, old: Model, revisions: dict[int, int]) -> tuple[Verdict, tuple[Difference, ...]]:
        """What a line does to the stored row that it means."""
        found = differences(read, old)
        self._take_over(read, old)
        if not found:
            return Verdict.UNCHANGED, found
        if self._is_stale(read, revisions.get(old.pk)):
            read.fault(REVISION, _("It was changed at the desk since this file was made: export it again."))
            return Verdict.CONFLICT, found
        self._refuse_access(read, found)
        return Verdict.UPDATE, found

    def _refuse_twice(self, read: Read) -> None:
        """Refuse a row that stands in the file already; the lines that one entry of a file makes are no such rows."""
        mark = self._mark(read.line)
        if mark in self.seen and self._firsts[mark] != read.line.number:
            words = {"number": self._firsts[mark]}
            read.fault("", _("The same row stands in row %(number)s; leave one of the two.") % words)
        self.seen.add(mark)

    def _mark(self, line: Line) -> int:
        """What two lines of one row have alike: its key; where it has none of its own, all its cells."""
        key = identifying(self.table.model)
        cells = tuple(line.cells.get(column.name, "").strip() for column in key)
        has_key = all(cells) or not any(column.name == "number" for column in key)
        return hash(cells if has_key else tuple(sorted(line.cells.items())))

    @cached_property
    def _firsts(self) -> dict[int, int]:
        """Where each row stands first: read again where one stands twice, since numbers of lines take room."""
        found: dict[int, int] = {}
        for line in self._lines():
            found.setdefault(self._mark(line), line.number)
        return found

    def _stored(self, rows: Sequence[Read]) -> dict[int, Model]:
        """The stored rows that are meant, locked until the end of the import."""
        if not rows:
            return {}
        if self.table.model is Citation:
            return like_this(rows, self.numbering)
        kept = self.table.model._base_manager.filter(among(self.table.model, [read.row for read in rows]))  # noqa: SLF001 -- Django documents it
        found = {key_of(row): row for row in kept.select_for_update(no_key=True)}
        return {id(read): found[key_of(read.row)] for read in rows if key_of(read.row) in found}

    def _revisions(self, stored: Iterable[Model]) -> dict[int, int]:
        """The newest revision of each stored row, where the file says which one it has."""
        numbers = [row.pk for row in stored]
        if REVISION not in self.table.columns or not numbers:
            return {}
        return newest_revisions(self.table.model, numbers)

    def _take_over(self, read: Read, old: Model) -> None:
        """Give a row what the file does not say of it."""
        for column in type(old)._meta.concrete_fields:  # noqa: SLF001 -- Django documents it
            if column.name not in read.given and not column.generated:
                setattr(read.row, column.attname, getattr(old, column.attname))
        read.row._state.adding = False  # noqa: SLF001 -- the same; validation asks

    def _is_stale(self, read: Read, newest: int | None) -> bool:
        written = read.line.cells.get(REVISION, "").strip()
        return bool(written) and written != str(newest)

    def _refuse_access(self, read: Read, found: Sequence[Difference]) -> None:
        """Refuse what an import may not do: what a document or a name lets out is changed by verbs alone."""
        left = getattr(self.table.model, "left_to_verbs", ())
        for column in {difference.column for difference in found if difference.column in left}:
            read.fault(column, str(LEFT_TO_VERBS[self.table.model]))

    def _refuse_ready(self, read: Read, old: Model | None) -> None:
        """Refuse to set an event to “ready” for whoever may not publish; what is ready already is another thing."""
        if isinstance(read.row, Event) and not self.importer.may_publish and "state" in read.given:
            was_ready = isinstance(old, Event) and old.state == WorkState.READY
            if read.row.state == WorkState.READY and not was_ready:
                read.fault("state", _("Only editors set it to ready: write in_review."))

    def _save(self, rows: list[Read], write: Callable[[list[Read]], None]) -> None:
        """Write rows together; where that is refused, in halves, until the refused ones stand alone."""
        if not rows:
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                write(rows)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except DatabaseError as refusal:
            for read in rows:
                if read.row._state.adding or read.row.pk is None:  # noqa: SLF001 -- Django documents it
                    read.row.pk = None
            if len(rows) == 1:
                self._explain(rows[0], refusal)
                return
            half = len(rows) // 2
            self._save(rows[:half], write)
            self._save(rows[half:], write)

    def _explain(self, read: Read, refusal: DatabaseError) -> None:
        try:
            read.row.full_clean()
        except ValidationError as error:
            explain(read, error)
        if not read.faults:
            read.fault("", str(refusal).splitlines()[0])

    def _remember(self, rows: Sequence[Read]) -> None:
        """Keep in mind what others may point to, and what points to rows that are still to come."""
        written = [read for read in rows if not read.faults and read.row.pk]
        if any(column.name == "slug" for column in identifying(self.table.model)):
            self.slugs.add(read.row for read in written)
        self.pending += [read for read in written if read.pending]
        self.quoted += [read.row.pk for read in written if isinstance(read.row, Citation) and read.row.quotation]

    def _link(self) -> None:
        """Point rows to rows of the same kind, now that all are there."""
        for rows in slices(self.pending):
            wanted = {slug for read in rows for slug in read.pending.values()}
            self.slugs.find(self.table.model, {slug for slug in wanted if is_text(slug)})
            for read in rows:
                self._resolve(read)
            sound = [read for read in rows if not read.faults]
            self._save(sound, lambda some: _update(some, self.table.model))
            for read in rows:
                if read.faults:
                    self._retract(read)

    def _resolve(self, read: Read) -> None:
        for name, slug in read.pending.items():
            number = self.slugs.number(self.table.model, slug)
            if number is None:
                read.fault(name, _("There is no record with the slug %(slug)s.") % {"slug": slug})
            setattr(read.row, f"{name}_id", number)

    def _retract(self, read: Read) -> None:
        """Change the verdict of a row that turned out to be wrong only when all others were there."""
        self.report.retract(self.table.name, read.line.number, read.verdict)
        read.verdict = Verdict.ERROR
        self.report.add(self._outcome(read))

    def _outcome(self, read: Read, found: tuple[Difference, ...] = ()) -> Outcome:
        return Outcome(self.table.name, read.line.number, read.words, read.verdict, found, tuple(read.faults))


def _event_of(row: Model) -> int | None:
    """Return the number of the event that a row is, or belongs to."""
    number: int | None = row.pk if isinstance(row, Event) else getattr(row, "event_id", None)
    return number


def is_of_one(row: Model, documents: frozenset[int]) -> bool:
    """Return whether a row is one of these documents, or points to one."""
    if isinstance(row, Document):
        return row.pk in documents
    return any(getattr(row, column.attname) in documents for column in columns_of_documents(type(row)))


def newest_revisions(model: type[Model], numbers: Sequence[int]) -> dict[int, int]:
    """Return the number of the newest revision of each row: one query, a step in an index for each."""
    revised = model.pgh_event_model._meta.db_table  # type: ignore[attr-defined]  # noqa: SLF001 -- every tracked model has one
    query = f"""
        SELECT n.id, r.pgh_id FROM unnest(%s::bigint[]) AS n(id) CROSS JOIN LATERAL
            (SELECT pgh_id FROM "{revised}" WHERE pgh_obj_id = n.id ORDER BY pgh_id DESC LIMIT 1) r"""  # noqa: S608 -- its own name
    with connection.cursor() as cursor:
        cursor.execute(query, [list(numbers)])
        return dict(cursor.fetchall())


def _create(rows: list[Read]) -> None:
    insert([read.row for read in rows])


def _update(rows: list[Read], model: type[Model]) -> None:
    """Write the given columns of rows, and the ranges of dates with their strings."""
    key = {column.name for column in identifying(model)}
    names = {name for read in rows for name in read.given if name not in key}
    for column in model._meta.concrete_fields:  # noqa: SLF001 -- the same
        if isinstance(column, EDTFField) and column.name in names:
            names.update(column.range_names)
    if names:
        model._base_manager.bulk_update([read.row for read in rows], sorted(names))  # noqa: SLF001 -- the same
