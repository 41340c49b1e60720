"""Places of a gazetteer as rows: what the desk has already is compared, what has no place here is told."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext as _

from chronicle.imports.folded import folded_texts
from chronicle.imports.gazetteers.places import UNKNOWN_LANGUAGE, Parent, Place
from chronicle.imports.said import Left, Read, Said
from chronicle.imports.tables import Line, Table, of_kind
from chronicle.models import Location, LocationName, LocationWithin
from chronicle.vocabularies import LocationKind, WithinBasis
from sources.models import Document, Party
from sources.models.constraints import SLUG_PATTERN
from sources.slugs import MAX_LENGTH, slug_from

LOCATION: Final = ("slug", "name", "kind", "geometry", "geonames_id", "wikidata_id")
NAME: Final = ("location", "toponym", "language", "period_edtf")
WITHIN: Final = ("location", "within", "period_edtf", "basis")
OF_OURS: Final = ("party", "is_preferred", "source")
"""Columns of names and relations that our own gazetteers fill alone: others leave them as they are."""
UNCERTAINTY: Final = "coordinate_uncertainty_m"
POINT: Final = (UNCERTAINTY, "latitude", "longitude")
LONGEST_GEONAMES: Final = 9
"""Digits of a number that the column holds."""


def tables_of(name: str, places: Sequence[Place], said: Said) -> Read:
    """Return places as tables of locations, names, and what lies within what."""
    gazetteer = Gazetteer(places, said)
    lines = [gazetteer.location(place) for place in places]
    names = [line for place in places for line in gazetteer.names(place)]
    withins = [line for place in places for line in gazetteer.withins(place)]
    columns = list(dict.fromkeys(column for line in lines for column in line.cells))
    tables = [
        Table(Location, of_kind(name, Location), columns, lines),
        Table(LocationName, of_kind(name, LocationName), [*NAME, *OF_OURS[:2]], names),
        Table(LocationWithin, of_kind(name, LocationWithin), [*WITHIN, OF_OURS[0], OF_OURS[2]], withins),
    ]
    left = [Left(name, place.line, fault) for place in places for fault in place.left]
    return Read(tables, left=left, rows=len(places))


class Gazetteer:
    """The places of a file, and the locations of the desk that are the same."""

    def __init__(self, places: Sequence[Place], said: Said) -> None:
        self.said = said
        for place in places:
            self._judge(place)
        self.by_identifier = {place.identifier: place for place in places if place.identifier}
        self.by_title: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            self.by_title[place.title].append(place)
        self.stored = Stored(places)
        self.slugs: dict[int, str] = {}
        given: set[str] = set()
        for place in places:
            self.slugs[id(place)] = slug = self._slug(place, given)
            given.add(slug)

    def _slug(self, place: Place, given: set[str]) -> str:
        """The slug of the location that a place is; else its own, or one of its title and what tells it apart."""
        stored = self.stored.like(place)
        if stored:
            return stored
        if place.slug and place.slug not in given:
            return place.slug
        tail = tail_of(place.identifier)
        if re.fullmatch(SLUG_PATTERN, tail) and any(letter.isalpha() for letter in tail) and len(tail) <= MAX_LENGTH:
            return tail
        title = slug_from(place.title)[: MAX_LENGTH - 30].strip("-") or "location"
        if tail:
            return slug_from(f"{title} {tail}") or title
        number = next(number for number in range(1, len(given) + 2) if _numbered(title, number) not in given)
        return _numbered(title, number)

    def _judge(self, place: Place) -> None:
        """Leave values behind that cannot be read, where that is wanted; a place without a name stays wrong."""
        if self.said.leaves_out:
            place.left += place.faults
            place.faults = []
        if not place.title:
            place.wrong("name", place.identifier, _("A place needs a name; give it one."))

    def location(self, place: Place) -> Line:
        """Return the row of a place."""
        cells = {"slug": self.slugs[id(place)], "name": place.title, "kind": self._kind(place)}
        cells |= _geometry(place, place.uncertainty or self.said.values.get(UNCERTAINTY, ""))
        if place.geonames and len(place.geonames) <= LONGEST_GEONAMES:
            cells["geonames_id"] = place.geonames
        if place.wikidata:
            cells["wikidata_id"] = place.wikidata
        return Line(place.line, {name: cell for name, cell in cells.items() if cell}, tuple(place.faults))

    def _kind(self, place: Place) -> str:
        """The kind of a place; one that is unknown changes nothing of a location that is there."""
        if place.kind or self.stored.like(place) or self.said.values.get("kind"):
            return place.kind
        words = _("its kind is not told by its types; it is kept as “%(kind)s”")
        place.changed("kind", place.title, words % {"kind": LocationKind.AREA.label})
        return LocationKind.AREA

    def names(self, place: Place) -> Iterator[Line]:
        """Return the rows of its names; none of a place that is refused."""
        if place.faults:
            return
        for name in place.names:
            is_heading = name.text == place.title and name.language == UNKNOWN_LANGUAGE and not name.period
            if not is_heading:
                cells = (self.slugs[id(place)], name.text, name.language, name.period)
                own = {"is_preferred": "yes"} if name.is_preferred else {}
                if name.party and self._has(Party, name.party, place):
                    own["party"] = name.party
                yield Line(place.line, dict(zip(NAME, cells, strict=True)) | own)

    def withins(self, place: Place) -> Iterator[Line]:
        """Return the rows of what it lies within; a larger place that is nowhere is told."""
        if place.faults:
            return
        for parent in place.parents:
            slug = self._of(parent)
            told = " ".join(part for part in (parent.name, parent.identifier) if part)
            if not slug or slug == self.slugs[id(place)]:
                place.changed(
                    "parent", told, _("no place of this file, and none of the desk, is it; it is left behind")
                )
                continue
            own = {"source": parent.source} if parent.source and self._has(Document, parent.source, place) else {}
            if parent.basis not in {"", WithinBasis.NATURE}:
                if not self._has(Party, parent.party, place):
                    continue
                own["party"] = parent.party
            if not parent.basis:
                words = _("it is kept as “by nature”, since no party is named whose law it would be")
                place.changed("parent", told, words)
            cells = (self.slugs[id(place)], slug, parent.period, parent.basis or WithinBasis.NATURE)
            yield Line(place.line, dict(zip(WITHIN, cells, strict=True)) | own)

    def _has(self, model: type[Party] | type[Document], slug: str, place: Place) -> bool:
        """Whether the desk has what a gazetteer of ours names; what it has not is told."""
        is_there = slug in self.stored.named[model]
        if not is_there:
            place.changed(str(model._meta.model_name), slug, _("the desk has none of this slug; it is left behind"))  # noqa: SLF001 -- Django documents it
        return is_there

    def _of(self, parent: Parent) -> str:
        """The slug of a larger place: of this file by its identifier or name, or of the desk."""
        place = self.by_identifier.get(parent.identifier)
        same = self.by_title.get(parent.name, []) if parent.name and not place else []
        if len(same) == 1:
            place = same[0]
        return self.slugs[id(place)] if place else self.stored.parent(parent)


class Stored:
    """The locations of the desk that may be those of a file: by their numbers elsewhere, their slugs, their names."""

    def __init__(self, places: Sequence[Place]) -> None:
        parents = [parent for place in places for parent in place.parents]
        found = [_known(parent.identifier) for parent in parents]
        numbers = {int(number) for number in _whole(place.geonames for place in (*places, *found))}
        items = {place.wikidata for place in (*places, *found)} - {""}
        tails = {tail_of(place.identifier) for place in (*places, *found)} - {""}
        self.named = _named(places)
        self.keys = folded_texts(parent.name for parent in parents if parent.name)
        rows = Location.objects.filter(merged_into=None).order_by("pk")
        self.by_geonames = _unique(rows.filter(geonames_id__in=numbers).values_list("geonames_id", "slug"))
        self.by_wikidata = _unique(rows.filter(wikidata_id__in=items).values_list("wikidata_id", "slug"))
        self.slugs = {*rows.filter(slug__in=tails).values_list("slug", flat=True)}
        self.by_name = _unique(rows.filter(name_folded__in=self.keys.values()).values_list("name_folded", "slug"))

    def like(self, place: Place) -> str:
        """Return the slug of the one location that a place is; nothing where there is none, or several."""
        tail = tail_of(place.identifier)
        own = tail if tail in self.slugs else ""
        number = int(place.geonames) if place.geonames else 0
        return own or self.by_geonames.get(number, "") or self.by_wikidata.get(place.wikidata, "")

    def parent(self, parent: Parent) -> str:
        """Return the slug of a larger location."""
        return self.like(_known(parent.identifier)) or self.by_name.get(self.keys.get(parent.name), "")


def _named(places: Sequence[Place]) -> dict[type[Model], set[str]]:
    """The slugs of parties and documents that gazetteers of ours name, those that the desk has."""
    names = {name.party for place in places for name in place.names}
    parties = names | {parent.party for place in places for parent in place.parents}
    sources = {parent.source for place in places for parent in place.parents} - {""}
    wanted: dict[type[Model], set[str]] = {Party: parties - {""}, Document: sources}
    found = {}
    for model, slugs in wanted.items():
        asked = {slug for slug in slugs if re.fullmatch(SLUG_PATTERN, slug)}
        found[model] = {*model._base_manager.filter(slug__in=asked).values_list("slug", flat=True)} if asked else set()  # noqa: SLF001 -- Django documents it
    return found


def _known(identifier: str) -> Place:
    place = Place(0, identifier, "")
    place.is_also(identifier)
    return place


def _whole(numbers: Iterable[str]) -> Iterator[str]:
    return (number for number in numbers if number and len(number) <= LONGEST_GEONAMES)


def _unique(pairs: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    """By what is found, the slug, where it is just one."""
    found: dict[Any, set[str]] = defaultdict(set)
    for key, slug in pairs:
        found[key].add(slug)
    return {key: next(iter(slugs)) for key, slugs in found.items() if len(slugs) == 1}


def tail_of(identifier: str) -> str:
    """The last part of an address or identifier: campodunum of https://…/places/campodunum/."""
    return re.split(r"[/=#:]", identifier.rstrip("/"))[-1]


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"


def _geometry(place: Place, uncertainty: str) -> dict[str, str]:
    """A point as coordinates where it is said how far they are to be trusted; anything else as it is."""
    geometry = place.geometry
    if not geometry:
        return {}
    first, *others = geometry["geometries"] if place.uncertainty and "geometries" in geometry else [geometry]
    if first["type"] == "Point" and uncertainty:
        position = first["coordinates"]
        if isinstance(position, list) and len(position) > 1:
            longitude, latitude = (_rounded(degrees) for degrees in position[:2])
            outline = {"geometry": json.dumps(_together(others), ensure_ascii=False)} if others else {}
            return dict(zip(POINT, (uncertainty, latitude, longitude), strict=True)) | outline
    return {"geometry": json.dumps(geometry, ensure_ascii=False)}


def _together(shapes: list[dict[str, Any]]) -> dict[str, Any]:
    return shapes[0] if len(shapes) == 1 else {"type": "GeometryCollection", "geometries": shapes}


def _rounded(degrees: Any) -> str:
    """Degrees with as many places as the column has: six, a tenth of a metre."""
    if isinstance(degrees, bool) or not isinstance(degrees, int | float):
        return str(degrees)
    return f"{round(Decimal(str(degrees)), 6):f}"
