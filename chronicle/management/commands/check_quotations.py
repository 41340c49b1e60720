"""`manage.py check_quotations`: compare every quotation with the text of its document, and say what needs a curator."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from chronicle.models import Citation
from chronicle.quotations import Report, check_document, unchecked
from chronicle.worklists.quotations import WAITING
from sources.models import Document
from sources.vocabularies import QuotationState


class Command(BaseCommand):
    """Goes through the documents by number, each in a transaction of its own: it can be stopped, and gone on with.

    Ends with 1 where a quotation is missing, ambiguous, or changed and not confirmed.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose the documents."""
        parser.add_argument("--document", metavar="SLUG", help="one document alone")
        parser.add_argument("--after", metavar="SLUG", help="the documents after this one, where a run was stopped")
        parser.add_argument("--new", action="store_true", help="quotations that were never compared, and no others")

    def handle(self, *, document: str | None, after: str | None, new: bool, **_options: Any) -> None:
        """Compare, and report by document and in all."""
        total = Report()
        with pghistory.context(source="check_quotations"):
            for number, slug in _documents(self._citations(document, after, new=new)):
                report = self._checked(number, new=new)
                total += report
                self._say(slug, report)
        self._say("all", total)
        needing = self._needing(document)
        self.stdout.write(f"need a curator: {needing}")
        if needing:
            raise CommandError("Decide on them at the desk, under Citations.", returncode=1)

    def _citations(self, document: str | None, after: str | None, *, new: bool) -> QuerySet[Citation]:
        quoted = Citation.objects.exclude(quotation="")
        rows: QuerySet[Citation] = unchecked(quoted) if new else quoted
        if document:
            rows = rows.filter(document_id=_number(document))
        return rows.filter(document_id__gt=_number(after)) if after else rows

    def _checked(self, number: int, *, new: bool) -> Report:
        if not new:
            return check_document(number)
        rows = unchecked(Citation.objects.filter(document_id=number))
        return check_document(number, only=rows.values_list("pk", flat=True))

    def _say(self, name: str, report: Report) -> None:
        states = ", ".join(f"{state} {report.states[state]}" for state in QuotationState if report.states[state])
        self.stdout.write(f"{name}: {states or 'no quotation'}; {report.changed} stand anew")

    def _needing(self, document: str | None) -> int:
        rows = Citation.objects.filter(WAITING)
        return (rows.filter(document_id=_number(document)) if document else rows).count()


def _number(slug: str) -> int:
    number = Document.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if number is None:
        raise CommandError(f"There is no document with the slug {slug}; the list of documents at the desk has them.")
    return number


def _documents(rows: QuerySet[Citation]) -> Iterator[tuple[int, str]]:
    """The documents of these citations, by number."""
    numbers = rows.order_by().values("document_id").distinct()
    yield from Document.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "slug").iterator()
