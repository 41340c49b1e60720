"""The verb that compares the quotations of documents with their texts, and writes what it finds."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from chronicle.models import Citation
from chronicle.quotations.texts import StoredText, newest_texts, together
from chronicle.quotations.writing import Compared, write
from sources.quotations import Position, Quotation, find


@dataclass
class Report:
    """How many quotations were compared, by the state in which each was found, and how many of them stand anew."""

    states: Counter[str] = field(default_factory=Counter)
    changed: int = 0

    def __add__(self, other: "Report") -> "Report":
        return Report(self.states + other.states, self.changed + other.changed)


def unchecked(citations: QuerySet[Citation]) -> QuerySet[Citation]:
    """Return those of which the quotation was not compared since it was written."""
    return citations.filter(~Q(quotation=""), quotation_state="")


def check(citations: Iterable[Citation]) -> Report:
    """Compare the quotations of these citations, in as many queries for a thousand documents as for one.

    Each time that it holds texts is a transaction of its own, so that documents are not locked for long.
    """
    numbers: dict[int, list[int]] = {}
    for citation in citations:
        numbers.setdefault(citation.document_id, []).append(citation.pk)
    return sum((_check(_of(documents, numbers), {}) for documents in together(numbers)), start=Report())


def _of(documents: Iterable[int], numbers: Mapping[int, list[int]]) -> QuerySet[Citation]:
    chosen = [number for document in documents for number in numbers[document]]
    return Citation.objects.filter(document_id__in=documents, pk__in=chosen)


def check_document(
    document: int, *, only: Iterable[int] | None = None, hints: Mapping[int, Position] | None = None
) -> Report:
    """Compare the quotations from the document with this number, or those of some citations, with its newest text.

    What was found in this very text before is a hint, unless `hints` has another one by the number of the citation. A
    quotation, text or document that somebody changes meanwhile is left for whoever changed it.
    """
    rows = Citation.objects.filter(document_id=document)
    return _check(rows if only is None else rows.filter(pk__in=list(only)), hints or {})


def _check(rows: QuerySet[Citation], hints: Mapping[int, Position]) -> Report:
    with transaction.atomic():
        citations = list(rows.exclude(quotation="").order_by("document_id", "pk"))
        texts = newest_texts({citation.document_id for citation in citations}) if citations else {}
        found = [_compared(citation, texts.get(citation.document_id), hints) for citation in citations]
        return Report(Counter(str(one.finding.state) for one in found), write(found))


def _compared(citation: Citation, text: StoredText | None, hints: Mapping[int, Position]) -> Compared:
    quotation = Quotation(citation.quotation, citation.quotation_prefix, citation.quotation_suffix)
    hint = hints.get(citation.pk) or _found_before(citation, text)
    finding = find(quotation, text.text if text else None, hint=hint)
    page = text.page_at(finding.place.start) if text and finding.place else None
    return Compared(citation, finding, text.number if text else None, page)


def _found_before(citation: Citation, text: StoredText | None) -> Position | None:
    if text is None or citation.quotation_text_id != text.number or citation.quotation_start is None:
        return None
    return Position(citation.quotation_start, citation.quotation_end)
