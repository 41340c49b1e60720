"""Writing tables, all or nothing, in slices and in bounded memory; a preview is an import that is taken back."""

from collections.abc import Sequence
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from chronicle.corpus.rows import Slugs
from chronicle.imports.outcomes import Fault, Report, Verdict
from chronicle.imports.said import Importer
from chronicle.imports.tables import DEPOSITED, Table, in_order, missing_keys, slices, unknown_columns
from chronicle.imports.writer import Progress, Writer
from chronicle.models import Citation, Event, Import
from chronicle.quotations import check, unchecked
from chronicle.vocabularies import WorkState


def preview(tables: Sequence[Table], *, importer: Importer | None = None, progress: Progress | None = None) -> Report:
    """Return what an import would do: it is done, and taken back."""
    report = Report()
    if _has_columns(tables, report):
        with transaction.atomic(), pghistory.context(source="preview"):
            _write(tables, importer or Importer(), report, progress)
            transaction.set_rollback(True)
    return report


def import_tables(
    tables: Sequence[Table],
    *,
    importer: Importer | None = None,
    seal: str = "",
    progress: Progress | None = None,
) -> Report:
    """Write tables, all or nothing, and return what was done.

    With a single row refused, nothing is written; nor where `seal`, of a preview, is given and what would be done is
    no longer what that said; without one, nobody looked at its rows.
    """
    importer, report = importer or Importer(), Report(tells_values=bool(seal))
    if not _has_columns(tables, report):
        return report
    files = importer.files or ", ".join(dict.fromkeys(table.name for table in tables))
    with pghistory.context(source="import", file=files, account=importer.account) as context:
        with transaction.atomic():
            quoted = _write(tables, importer, report, progress)
            if not report.is_clean or (seal and seal != report.seal):
                transaction.set_rollback(True)
            else:
                _record(report, files, importer, context.id)
        if report.is_written:
            _compare(quoted)
    return report


def _compare(citations: Sequence[int]) -> None:
    """Compare the quotations that came in with their texts: after the import, since that locks documents."""
    for numbers in slices(citations):
        check(unchecked(Citation.objects.filter(pk__in=numbers)))


def _has_columns(tables: Sequence[Table], report: Report) -> bool:
    for table in tables:
        _check_columns(table, report)
    return not report.faults


def _write(tables: Sequence[Table], importer: Importer, report: Report, progress: Progress | None) -> list[int]:
    """Write the tables; return the numbers of the citations with a quotation that were written."""
    slugs, quoted = Slugs(), list[int]()
    for table in in_order(tables):
        writer = Writer(table, slugs, report, progress=progress, importer=importer)
        writer.write()
        if not importer.may_publish:
            Event.objects.filter(pk__in=writer.touched, state=WorkState.READY).update(state=WorkState.IN_REVIEW)
        quoted += writer.quoted
    return quoted


def _record(report: Report, files: str, importer: Importer, context: Any) -> None:
    counts = {name: report.number(verdict) for name, verdict in COUNTED.items()}
    Import.objects.create(context=context, files=files, editor=importer.user, **counts)
    report.is_written, report.context = True, str(context)


COUNTED = {"created": Verdict.CREATE, "changed": Verdict.UPDATE, "unchanged": Verdict.UNCHANGED}


def _check_columns(table: Table, report: Report) -> None:
    if table.model in DEPOSITED:  # whose rows are refused, with whatever columns
        return
    for name in unknown_columns(table):
        words = _("There is no such column; the template lists those that there are.")
        report.faults.append((table.name, Fault(name, "", words)))
    for name in missing_keys(table):
        words = _("This column is needed: it says which row is meant.")
        report.faults.append((table.name, Fault(name, "", words)))
