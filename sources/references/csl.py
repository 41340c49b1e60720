"""A document as an item of the Citation Style Language 1.0.2 (schema `csl-data.json`)."""

from collections import defaultdict
from typing import Any, Final

from sources.edtf import EDTF, parse, words
from sources.edtf.dates import Date
from sources.models import Agent, Document
from sources.vocabularies import Access

Record = dict[str, Any]
"""A CSL item: variables by their CSL names; `custom` holds what CSL has no variable for."""

VARIABLES: Final = {
    "title": "title",
    "title-short": "title_short",
    "container-title": "container_title",
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "edition": "edition",
    "page": "pages",
    "publisher-place": "publisher_place",
    "language": "language",
    "DOI": "doi",
    "ISBN": "isbn",
    "URL": "url",
}
"""CSL variables that are columns of a document."""

CUSTOM: Final = {"archive-url": "archive_url", "rights": "rights"}

SEASONS: Final = {"21": 1, "22": 2, "23": 3, "24": 4}
"""Seasons of EDTF that CSL knows too."""


def csl(document: Document) -> Record:
    """Return the record of a document; variables without a value are left out."""
    record: Record = {"id": document.slug, "type": document.document_type}
    record |= _filled(document, VARIABLES)
    record |= _names(document)
    if document.publisher is not None:
        record["publisher"] = document.publisher.name
    if document.issued_edtf:
        record["issued"] = csl_date(parse(document.issued_edtf))
    if document.original_edtf:
        record["original-date"] = csl_date(parse(document.original_edtf))
    if document.accessed_on:
        day = document.accessed_on
        record["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    custom = _filled(document, CUSTOM)
    if document.access == Access.DESCRIBED:
        custom["access"] = str(Access.DESCRIBED)
    return record | ({"custom": custom} if custom else {})


def _filled(document: Document, variables: dict[str, str]) -> Record:
    values = {variable: getattr(document, column) for variable, column in variables.items()}
    return {variable: value for variable, value in values.items() if value}


def _names(document: Document) -> Record:
    """The contributors by their role, each role in the order of the title page."""
    names: dict[str, list[Record]] = defaultdict(list)
    for part in sorted(document.contributions.all(), key=lambda part: (part.role, part.position, part.pk)):
        names[part.role].append(csl_name(part.agent))
    return dict(names)


def csl_name(agent: Agent) -> Record:
    """Return a person's name in two parts, the name of a body in one."""
    family, comma, given = agent.name_sorted.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": agent.name}


def csl_date(edtf: EDTF) -> Record:
    """Return a date as CSL has it, with the words for it and the string as entered.

    Only plain dates and closed intervals have `date-parts`: for CSL two of them are a time that lasts, never one day
    among several.
    """
    date: Record = {"literal": words(edtf), "raw": edtf.text}
    parts = _date_parts(edtf)
    if parts:
        date["date-parts"] = parts
    if parts and edtf.dates[0].month in SEASONS:
        date["season"] = SEASONS[edtf.dates[0].month]
    if edtf.is_approximate or edtf.is_uncertain:
        date["circa"] = True
    return date


def _date_parts(edtf: EDTF) -> list[list[int]]:
    closed = len(edtf.spans) == 1 and not edtf.is_open and not edtf.has_unknown_end
    plain = edtf.is_interval or len(edtf.dates) == 1
    if not closed or not plain or any(_is_vague(date) for date in edtf.dates):
        return []
    return [_parts(date) for date in edtf.dates]


def _is_vague(date: Date) -> bool:
    return date.is_masked or bool(date.significant_digits) or (date.month > "12" and date.month not in SEASONS)


def _parts(date: Date) -> list[int]:
    month = "" if date.month in SEASONS else date.month
    return [int(part) for part in (date.year, month, date.day) if part]
