"""Reference lists in the formats of reference managers, however long they are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from chronicle.exports.streaming import json_list
from chronicle.imports.tables import slices
from sources.interchange import write_bibtex, write_ris
from sources.models import Document
from sources.references import csl


@dataclass(frozen=True)
class Form:
    """A format: what it is called, its media type, and how documents with their references are written in it."""

    name: str
    media_type: str
    written: Callable[[Iterable[Document]], Iterator[str]]


def bibtex(documents: Iterable[Document]) -> Iterator[str]:
    """Yield BibLaTeX, whose dates are EDTF; some entries at a time."""
    for some in slices(documents):
        yield f"{write_bibtex(some)}\n"


def ris(documents: Iterable[Document]) -> Iterator[str]:
    """Yield RIS, some records at a time."""
    for some in slices(documents):
        yield write_ris(some)


def csl_json(documents: Iterable[Document]) -> Iterator[str]:
    """Yield CSL-JSON, item by item, with dates as they were written in `raw`."""
    return json_list(csl(document) for document in documents)


FORMS: Final[Mapping[str, Form]] = {
    "bib": Form("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "ris": Form("RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "csl.json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
"""By how the names of files end."""
