"""`manage.py import_records FILE…`, or a folder: sheets into the desk, all or nothing; `--undo` takes them back."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from getpass import getuser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chronicle.imports import (
    Importer,
    NotUndoneError,
    Read,
    Report,
    Said,
    Table,
    UnreadableError,
    Verdict,
    files_of,
    import_tables,
    importable,
    preview,
    read_path,
    report_file,
    undo,
)

SHOWN = 20
"""How many errors are printed; the report file has them all."""


class Command(BaseCommand):
    """Imports CSV, XLSX and JSON: every row is compared and checked; with one of them refused, nothing is written."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files, or the number of an import to undo."""
        kinds = ", ".join(importable())
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            help="CSV, TSV, XLSX or JSON, or a folder of sheets: a data package",
        )
        parser.add_argument("--kind", default="", help=f"what a file holds whose name does not say so: {kinds}")
        parser.add_argument("--encoding", default="", help="of CSV, where it is not found out rightly: cp1251")
        parser.add_argument("--delimiter", default="", help="of CSV, the same: ;")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="HEADING=COLUMN",
            help="what a heading stands for; “Notes=” leaves it out",
        )
        parser.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="COLUMN=VALUE",
            help="of all rows that have none: kind=battle",
        )
        parser.add_argument(
            "--leave-out", action="store_true", help="leave out values that cannot be read; the report has them"
        )
        parser.add_argument("--preview", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--report", type=Path, help="a CSV file to write into all errors, and all that has no place here"
        )
        parser.add_argument("--undo", metavar="NUMBER", help="take back the import with this number")

    def handle(self, **options: Any) -> None:
        """Import or undo; a refusal changes nothing and ends with status 1."""
        if options["undo"]:
            self._undo(options["undo"])
            return
        if not options["files"]:
            raise CommandError("Name the files to import, or --undo and the number of an import.")
        reads = self._reads(options)
        tables: list[Table] = [table for read in reads for table in read.tables]
        self._began = time.monotonic()
        self._tables: dict[str, float] = {}
        if options["preview"]:
            report = preview(tables, progress=self._progress)
        else:
            files = ", ".join(path.name for path in options["files"])
            importer = Importer(account=_account(), files=files)
            report = import_tables(tables, importer=importer, progress=self._progress)
        self._tell(report, options["report"], [left.cells for read in reads for left in read.left])

    def _reads(self, options: dict[str, Any]) -> list[Read]:
        if options["kind"] and options["kind"] not in importable():
            raise CommandError(f"--kind: one of {', '.join(importable())}.")
        said = Said(
            importable().get(options["kind"]),
            options["encoding"],
            options["delimiter"],
            _pairs("--column", options["column"]),
            _pairs("--value", options["value"]),
            leaves_out=options["leave_out"],
        )
        reads = []
        self._expected: dict[str, int] = {}
        for path in _named(options["files"]):
            try:
                read = read_path(path, said)
            except (OSError, UnreadableError) as error:
                raise CommandError(str(error)) from error
            for remark in (*read.remarks, *read.summary()):
                self.stdout.write(remark)
            reads.append(read)
            self._expected.update({table.name: read.rows or _lines_of(path) for table in read.tables})
        return reads

    def _progress(self, table: str, rows: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{table}: {self._so_far(table, rows)}", ending="")

    def _so_far(self, table: str, rows: int) -> str:
        """How far a table is, and how long the rest of it may take, as far as the file tells how long it is."""
        seconds = time.monotonic() - self._tables.setdefault(table, time.monotonic() if self._tables else self._began)
        speed = rows / max(seconds, 0.001)
        expected = self._expected.get(table, 0)
        told = f"{rows:,} rows, {speed:,.0f} a second"
        if expected <= rows:
            return told
        return f"{told}, {rows * 100 // expected} %, about {(expected - rows) / max(speed, 1):,.0f} s left"

    def _tell(self, report: Report, path: Path | None, left: list[tuple[str, ...]]) -> None:
        lines = list(report.lines())
        if path:
            path.write_text(report_file([*lines, *left]), encoding="utf-8-sig", newline="")
        counts = ", ".join(f"{report.number(verdict):,} {verdict.label}" for verdict in Verdict)
        self.stdout.write(f"{counts}.")
        for table, row, column, value, words in lines[:SHOWN]:
            place = ", ".join(part for part in (table, f"row {row}" if row else "", column) if part)
            self.stderr.write(f"  {place}: {words}{f' ({value[:60]})' if value else ''}")
        if len(lines) > SHOWN:
            self.stderr.write(f"  … and {len(lines) - SHOWN:,} more; --report FILE writes them all.")
        if not report.is_clean:
            raise CommandError("Nothing was written: mend the rows above, and import the files again.")
        if report.is_written:
            self.stdout.write(f"Written. To take it back: manage.py import_records --undo {report.context}")

    def _undo(self, context: str) -> None:
        try:
            counts = undo(context, importer=Importer(account=_account()))
        except NotUndoneError as error:
            raise CommandError("Nothing was undone.\n" + "\n".join(error.reasons)) from error
        self.stdout.write(f"Undone: {counts['restored']:,} rows restored, {counts['deleted']:,} deleted.")


def _named(paths: Sequence[Path]) -> Iterator[Path]:
    """The files, and in place of folders the sheets in them."""
    for path in paths:
        try:
            yield from files_of(path) if path.is_dir() else [path]
        except UnreadableError as error:
            raise CommandError(str(error)) from error


def _lines_of(path: Path) -> int:
    """How many lines a file has, which is about how many rows."""
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(2**20), b""))


def _pairs(option: str, written: list[str]) -> dict[str, str]:
    """What is said as NAME=VALUE."""
    if wrong := next((each for each in written if not each.partition("=")[1]), ""):
        raise CommandError(f"{option} {wrong}: write a name, =, and what it is.")
    return {each.partition("=")[0].strip(): each.partition("=")[2].strip() for each in written}


def _account() -> str:
    """Who runs the command, for the history: the server's account, where it has a name."""
    try:
        return getuser()
    except (KeyError, OSError):
        return ""
