"""A numbered release of everything that is published, ready to be deposited: tables, linked data, references.

The same state of the published side, the same number and the same day give the same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

import yaml

from chronicle.exports import bibliographies, linked_events, linked_places
from chronicle.exports.archives import Archive
from chronicle.exports.origin import Origin
from chronicle.exports.package import data_package
from chronicle.models import Event, Location
from sources.models import Document

EVENTS_AT_A_TIME: Final = 50
"""How many events are held at a time, with everything that documents say of them."""
ROWS_AT_A_TIME: Final = 500

README: Final = """{title}, release {number}, {day}

Everything that was published when this release was made. Where documents differ, every value is there with who speaks;
none was chosen. From {root}

datapackage.json      describes every table: columns, types, links, checksums (Data Package 1.0)
data/*.csv            the tables, in UTF-8; a record is named by its slug, dates are EDTF; cells that a spreadsheet
                      would take for formulas have an apostrophe before them
events.jsonld         events with their citations, disputes included (JSON-LD: CIDOC CRM, Linked Art)
places.geojson        the gazetteer with names by language, party and period (Linked Places)
documents.bib, .json  the documents that are cited (BibLaTeX, CSL-JSON)
CITATION.cff          how to cite this release
SHA256SUMS            checksums of all files: sha256sum -c SHA256SUMS

Licence: {licence}
"""


@dataclass(frozen=True)
class Numbered:
    """Which release it is, and of which day."""

    number: int
    day: date

    @property
    def moment(self) -> datetime:
        """The moment that its files bear."""
        return datetime.combine(self.day, time(), UTC)

    @property
    def folder(self) -> str:
        """The folder that all of it lies in."""
        return f"chronicle-release-{self.number}/"


def release(origin: Origin, numbered: Numbered) -> Iterator[bytes]:
    """Yield a release as a ZIP archive, piece by piece, in bounded memory."""
    archive = Archive(numbered.moment, numbered.folder)
    yield from data_package(archive, origin)
    for path, texts in _files(origin):
        yield from archive.add(path, texts)
    yield from archive.add("CITATION.cff", [citation_file(origin, numbered)])
    yield from archive.add("README.txt", [_readme(origin, numbered)])
    yield from archive.add("SHA256SUMS", [f"{file.sha256}  {file.path}\n" for file in archive.files])
    yield from archive.end()


def _files(origin: Origin) -> Iterator[tuple[str, Iterable[str]]]:
    """What a release has besides tables, each file made when its turn comes."""
    events = Event.objects.using(origin.using).with_assertions().order_by("pk")
    places = Location.objects.using(origin.using).with_page().order_by("pk")
    documents = Document.objects.using(origin.using).with_reference().order_by("pk")
    yield "events.jsonld", linked_events.collection(events.iterator(chunk_size=EVENTS_AT_A_TIME), origin)
    yield "places.geojson", linked_places.collection(places.iterator(chunk_size=ROWS_AT_A_TIME), origin)
    yield "documents.bib", bibliographies.bibtex(documents.iterator(chunk_size=ROWS_AT_A_TIME))
    yield "documents.json", bibliographies.csl_json(documents.iterator(chunk_size=ROWS_AT_A_TIME))


def citation_file(origin: Origin, numbered: Numbered) -> str:
    """Return how to cite a release, in the Citation File Format 1.2.0: by the editorial body, never by a person."""
    masthead = origin.masthead
    about: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this data set, please cite this release of it.",
        "type": "dataset",
        "title": masthead.name,
        "authors": [{"name": masthead.editorial_body}],
        "version": str(numbered.number),
        "date-released": numbered.day,
        "url": origin.root,
    }
    if masthead.licence_url:
        about["license-url"] = masthead.licence_url
    return yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=120)


def _readme(origin: Origin, numbered: Numbered) -> str:
    licence = " ".join(part for part in (origin.masthead.licence, origin.masthead.licence_url) if part)
    return README.format(
        title=origin.name,
        number=numbered.number,
        day=numbered.day.isoformat(),
        root=origin.root,
        licence=licence or "not stated",
    )
