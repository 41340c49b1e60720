"""UCDP Georeferenced Event Dataset (codebook 23.1 and its neighbours) as events, places, figures and their sources.

Each event becomes an event of the desk, filed under its date, at its place. What the data set says of it is one
assertion of how many were killed, from its lowest to its highest estimate with all three as printed, one for each part
of these that it counts (civilians, those of unknown status, those of each side), and one of its date; each article that
it names as a source is a document of its own that reports the event. The names of the two sides stand in the statement.
Who is a party to a conflict is for curators to say: the dead of a side are kept where the desk has a party of its name.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from django.utils.translation import gettext as _

from chronicle.imports.outcomes import Fault
from chronicle.imports.said import Left, Read
from chronicle.imports.tables import Again, Line, Table, of_kind, slices
from chronicle.imports.ucdp_deaths import PARTS, SIDES, part, parties_of, populations, scopes, without_party
from chronicle.models import Citation, Event, EventKind, EventLocation, Location, Population, Unit
from chronicle.vocabularies import Aspect, Certainty, DateOf, LocationKind, LocationRole, Stance, WorkState
from sources.models import Document
from sources.slugs import slug_from
from sources.vocabularies import DocumentType

NEEDED: Final = frozenset(
    {
        *("id", "type_of_violence", "date_prec", "date_start", "date_end", "where_prec", "latitude", "longitude"),
        *("best", "high", "low"),
    }
)
"""Columns by which the data set is known."""
READ: Final = NEEDED | {"event_clarity", "where_coordinates", "side_a", "side_b", "source_article", *PARTS}
"""Columns that are read; the others have no place here."""

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "1": ("state-based-violence", "state-based violence"),
    "2": ("non-state-violence", "non-state violence"),
    "3": ("one-sided-violence", "one-sided violence"),
}
"""Types of violence, as the data set calls them."""
PLACES: Final[Mapping[str, tuple[LocationKind, str, Certainty]]] = {
    "1": (LocationKind.SETTLEMENT, "", Certainty.CERTAIN),
    "2": (LocationKind.AREA, "25000", Certainty.PROBABLE),
    "3": (LocationKind.DISTRICT, "", Certainty.CERTAIN),
    "4": (LocationKind.REGION, "", Certainty.CERTAIN),
    "5": (LocationKind.AREA, "", Certainty.PROBABLE),
    "6": (LocationKind.COUNTRY, "", Certainty.CERTAIN),
    "7": (LocationKind.AREA, "", Certainty.PROBABLE),
}
"""By `where_prec`: the kind of place, the metres that it may be off where the codebook says them, how sure it is."""
DATASET: Final = "ucdp-ged"
SUMMARY: Final = "2"
"""The `event_clarity` of what was summed up over a time; anything else happened on one day."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SOURCE = re.compile(r"\s*\"?(?P<office>[^,;\"]+?)\s*,\s*(?P<date>\d{4}-\d{2}-\d{2})\s*,\s*(?P<headline>.+?)\"?\s*")


def is_ucdp(headings: Sequence[str]) -> bool:
    """Return whether a sheet with these headings is the data set."""
    return {*headings} >= NEEDED


def read_ucdp(name: str, lines: Iterable[Line]) -> Read:
    """Return the events of a sheet as tables, each of which reads it again: none is held in memory.

    What the desk has already of kinds, places and articles stays as it is there.
    """
    parties = parties_of(lines)
    left, rows = _left(name, lines, parties)
    cited = Again(lambda: chain.from_iterable(_citations(line, parties) for line in lines))
    tables = [
        Table(EventKind, of_kind(name, EventKind), KIND, Again(lambda: _absent(EventKind, _kinds(lines)))),
        Table(Unit, of_kind(name, Unit), UNIT, Again(lambda: _absent(Unit, iter([PERSON])))),
        Table(Population, of_kind(name, Population), KIND, Again(lambda: _absent(Population, populations(lines)))),
        Table(Document, of_kind(name, Document), DOCUMENT, Again(lambda: _absent(Document, _documents(lines)))),
        Table(Location, of_kind(name, Location), LOCATION, Again(lambda: _absent(Location, _locations(lines)))),
        Table(Event, of_kind(name, Event), EVENT, Again(lambda: map(_event, lines))),
        Table(EventLocation, of_kind(name, EventLocation), PLACED, Again(lambda: map(_event_location, lines))),
        Table(Citation, of_kind(name, Citation), CITATION, cited),
    ]
    return Read(tables, left=left, rows=rows)


def _absent(model: type[Any], lines: Iterator[Line]) -> Iterator[Line]:
    """Leave out what the desk has already."""
    for some in slices(lines):
        slugs = [line.cells["slug"] for line in some]
        there = set(model.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        yield from (line for line in some if line.cells["slug"] not in there)


KIND: Final = ("slug", "name")
UNIT: Final = ("slug", "name", "name_plural")
PLACED: Final = ("event", "location", "role", "certainty")
PERSON: Final = Line(1, dict(zip(UNIT, ("person", "person", "persons"), strict=True)))
DOCUMENT: Final = ("slug", "document_type", "title", "title_short", "container_title", "issued_edtf", "url")
LOCATION: Final = ("slug", "name", "kind", "geometry", "latitude", "longitude", "coordinate_uncertainty_m")
EVENT: Final = ("slug", "title", "kind", "date_edtf", "reading_note", "state")
CITATION: Final = (
    *(
        "event",
        "document",
        "locator_label",
        "locator",
        "aspect",
        "stance",
        "statement",
        "asserted_date_edtf",
        "date_of",
    ),
    *("asserted_figure", "unit", "population", "side", "value_as_printed", "is_approximate"),
)


def _kinds(lines: Iterable[Line]) -> Iterator[Line]:
    given = dict.fromkeys(line.cells["type_of_violence"].strip() for line in lines)
    for number, code in enumerate((code for code in given if code in KINDS), start=2):
        yield Line(number, dict(zip(KIND, KINDS[code], strict=True)))


def _documents(lines: Iterable[Line]) -> Iterator[Line]:
    """The data set itself, then every article that it names, once."""
    cells = (
        DATASET,
        DocumentType.DATASET,
        "UCDP Georeferenced Event Dataset",
        "UCDP GED",
        "",
        "",
        "https://ucdp.uu.se/",
    )
    yield Line(1, dict(zip(DOCUMENT, cells, strict=True)))
    given: set[str] = set()
    for line in lines:
        for slug, source in _sources(line):
            if slug not in given:
                given.add(slug)
                short = f"{source['office'][:45]} {source['date'][:4]}"
                cells = (
                    slug,
                    DocumentType.ARTICLE_NEWSPAPER,
                    source["headline"],
                    short,
                    source["office"],
                    source["date"],
                    "",
                )
                yield Line(line.number, dict(zip(DOCUMENT, cells, strict=True)))


def _sources(line: Line) -> Iterator[tuple[str, dict[str, str]]]:
    """The articles of an event, each by a slug that the same article has in every row."""
    written = line.cells.get("source_article", "")
    for article in re.split(r";\s*(?=\"?[^;,]+,\s*\d{4}-\d{2}-\d{2},)", written):
        found = _SOURCE.fullmatch(article)
        if found:
            source = found.groupdict()
            yield slug_from(f"{source['office']} {source['date']} {source['headline']}"), source


def _locations(lines: Iterable[Line]) -> Iterator[Line]:
    given: set[str] = set()
    for line in lines:
        slug = _location_slug(line)
        if slug in given:
            continue
        given.add(slug)
        kind, uncertainty, _certainty = PLACES.get(line.cells["where_prec"].strip(), PLACES["5"])
        cells = {"slug": slug, "name": _place_name(line), "kind": kind, **_position(line, uncertainty)}
        yield Line(line.number, cells)


def _position(line: Line, uncertainty: str) -> dict[str, str]:
    """Coordinates where the codebook says how far they may be off; a point alone where it does not."""
    latitude, longitude = line.cells["latitude"].strip(), line.cells["longitude"].strip()
    if uncertainty:
        return {"latitude": latitude, "longitude": longitude, "coordinate_uncertainty_m": uncertainty}
    try:
        point = {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
    except ValueError:
        return {"latitude": latitude, "longitude": longitude, "coordinate_uncertainty_m": "1"}
    return {"geometry": json.dumps(point)}


def _place_name(line: Line) -> str:
    cells = line.cells
    name = next(
        (cells[key].strip() for key in ("where_coordinates", "adm_1", "country") if cells.get(key, "").strip()), ""
    )
    return name or _("place of UCDP event %(number)s") % {"number": cells["id"]}


def _location_slug(line: Line) -> str:
    position = f"{line.cells['latitude'].strip()} {line.cells['longitude'].strip()}".replace("-", "s").replace(".", "-")
    return slug_from(f"ucdp {_place_name(line)[:40]} {position}")


def _event_slug(line: Line) -> str:
    return f"ucdp-{line.cells['id'].strip()}"


def _date(line: Line) -> str:
    """The date in EDTF: a day, one day within a span, or a span over which an event was summed up."""
    start, end = (_day(line.cells[key]) for key in ("date_start", "date_end"))
    if start == end:
        return start
    return f"{start}/{end}" if line.cells.get("event_clarity", "").strip() == SUMMARY else f"[{start}..{end}]"


def _day(written: str) -> str:
    """The day of a date with a time of nothing: 2020-10-09 00:00:00.000."""
    found = _DAY.match(written.strip())
    return found[0] if found else written.strip()


def _event(line: Line) -> Line:
    number, code = line.cells["id"].strip(), line.cells["type_of_violence"].strip()
    title = _("Violence at %(place)s (UCDP %(number)s)") % {"place": _place_name(line)[:150], "number": number}
    note = _("As the UCDP Georeferenced Event Dataset files it.")
    kind = KINDS.get(code, (code,))[0]
    cells = (_event_slug(line), title, kind, _date(line), note, WorkState.DRAFT)
    return Line(line.number, dict(zip(EVENT, cells, strict=True)), tuple(_faults(line)))


def _faults(line: Line) -> Iterator[Fault]:
    """Codes that the codebook does not have, and figures in a wrong order."""
    for column, known in (("type_of_violence", KINDS), ("where_prec", PLACES)):
        if line.cells[column].strip() not in known:
            codes = ", ".join(known)
            yield Fault(column, line.cells[column], _("The codebook has %(codes)s; correct it.") % {"codes": codes})
    written = [line.cells[column].strip() for column in ("low", "best", "high")]
    if not all(number.isdecimal() for number in written) or sorted(written, key=int) != written:
        words = _("Write whole numbers, low first and high last; correct them.")
        yield Fault("best", ", ".join(written), words)


def _event_location(line: Line) -> Line:
    _kind, _uncertainty, certainty = PLACES.get(line.cells["where_prec"].strip(), PLACES["5"])
    cells = (_event_slug(line), _location_slug(line), LocationRole.SITE, certainty)
    return Line(line.number, dict(zip(PLACED, cells, strict=True)))


def _citations(line: Line, parties: Mapping[str, str]) -> Iterator[Line]:
    """What the data set says of an event, and which articles it names for it; none of a row that is refused."""
    if [*_faults(line)]:
        return
    cells = line.cells
    low, best, high = (cells[column].strip() for column in ("low", "best", "high"))
    own: dict[str, Any] = {"event": _event_slug(line), "document": DATASET, "stance": Stance.SUPPORTS}
    own |= {"locator_label": "section", "locator": cells["id"].strip()}
    figure = {"asserted_figure": f"[{low},{high}]", "unit": "person", "is_approximate": "no"}
    printed = f"low {low}, best {best}, high {high}"
    sides = " – ".join(side for side in (cells.get("side_a", "").strip(), cells.get("side_b", "").strip()) if side)
    said = _("It counts %(best)s killed, from %(low)s to %(high)s.") % {"best": best, "low": low, "high": high}
    statement = f"{said} {_('It names the sides: %(sides)s.') % {'sides': sides}}" if sides else said
    yield _cited(line, own | figure | {"aspect": Aspect.KILLED, "value_as_printed": printed, "statement": statement})
    for column, scope in scopes(line, parties):
        printed = f"{column} {part(line, column)}"
        said = _("Of those killed it counts %(printed)s.") % {"printed": printed}
        counted = {"asserted_figure": part(line, column), "value_as_printed": printed, "statement": said}
        yield _cited(line, own | figure | scope | counted | {"aspect": Aspect.KILLED})
    printed = " – ".join(dict.fromkeys(_day(cells[key]) for key in ("date_start", "date_end")))
    dated = {"asserted_date_edtf": _date(line), "date_of": DateOf.WHOLE, "value_as_printed": printed}
    yield _cited(line, own | dated | {"aspect": Aspect.DATE})
    reported = _("The UCDP Georeferenced Event Dataset names it as a source of this event.")
    for slug in dict.fromkeys(slug for slug, _source in _sources(line)):
        other = {"event": own["event"], "document": slug, "aspect": Aspect.OCCURRENCE, "stance": Stance.SUPPORTS}
        yield _cited(line, other | {"statement": reported})


def _cited(line: Line, cells: Mapping[str, Any]) -> Line:
    return Line(line.number, {column: str(cells.get(column, "")) for column in CITATION})


def _left(name: str, lines: Iterable[Line], parties: Mapping[str, str]) -> tuple[list[Left], int]:
    """What the data set has besides, a line for each of its columns, and how many rows it has."""
    rows, counts, missing = 0, Counter[str](), Counter[str]()
    first: dict[str, Line] = {}
    for line in lines:
        rows += 1
        others = {column for column, cell in line.cells.items() if column not in READ and cell.strip()}
        if line.cells.get("source_article", "").strip() and not any(_sources(line)):
            others.add("source_article")
        counts.update(others)
        sides = [line.cells.get(column, "").strip() for dead, column in SIDES.items() if part(line, dead)]
        missing.update(side for side in sides if side not in parties)
        for column in others:
            first.setdefault(column, line)
    told = _("there is no place for it, in %(rows)d rows; it is left behind")
    found = [(one, Fault(column, one.cells[column], told % {"rows": counts[column]})) for column, one in first.items()]
    unknown = [Fault("side", side, without_party(count)) for side, count in missing.items()]
    return [*(Left(name, one.number, fault) for one, fault in found), *(Left(name, 0, one) for one in unknown)], rows
