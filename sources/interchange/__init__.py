"""Bibliographies in the formats of reference managers: BibTeX and BibLaTeX, RIS, CSL-JSON, in and out.

Reading gives items, each with the columns of a document, the names of those who made it, and remarks: what was kept in
another form, what has no column here and is left behind, what cannot be read. Nothing is dropped in silence. Writing
takes documents with their contributors and publishers fetched. Neither reads nor writes a database.
"""

from sources.interchange.bibtex import read_bibtex
from sources.interchange.csl_json import read_csl_json
from sources.interchange.items import Item, Maker, Reading, Remark, UnreadableError
from sources.interchange.ris import read_ris
from sources.interchange.writing import write_bibtex, write_csl_json, write_ris

READERS = {"bib": read_bibtex, "ris": read_ris, "json": read_csl_json}
"""By how the names of files end."""
WRITERS = {"bib": write_bibtex, "ris": write_ris, "json": write_csl_json}
"""The same."""

__all__ = [
    "READERS",
    "WRITERS",
    "Item",
    "Maker",
    "Reading",
    "Remark",
    "UnreadableError",
    "read_bibtex",
    "read_csl_json",
    "read_ris",
    "write_bibtex",
    "write_csl_json",
    "write_ris",
]
